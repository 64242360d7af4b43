# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._redaction import HIDDEN, redact, secrets_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    max_leaves=20,
)


@given(JSON, st.text(alphabet="abcdefgh", min_size=8, max_size=20))
def test_a_planted_secret_is_nowhere(value: t.Any, secret: str) -> None:
    planted = {"a": value, "b": [f"before {secret} after", {secret: secret}]}
    assert secret not in json.dumps(redact(planted, {secret}), ensure_ascii=False)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://app:hunter22@db:5432/x", f"postgres://app:{HIDDEN}@db:5432/x"),
        ("redis://:p%40ss@cache", f"redis://:{HIDDEN}@cache"),
        ("https://api.example.com/health", "https://api.example.com/health"),
    ],
)
def test_the_password_of_a_url_is_hidden(url: str, shown: str) -> None:
    assert redact(url, set()) == shown


def test_secrets_are_known_by_their_names() -> None:
    target = {
        "login_user": "readiness_probe",
        "login_password": "correct horse",
        "nested": [{"api_key": "k-123456"}, {"tokens": ["t-1234567"]}],
        "port": 5432,
    }
    assert secrets_in({"readiness_x": target}) == {"correct horse", "k-123456", "t-1234567"}


def test_longer_secrets_go_first() -> None:
    assert redact("abcdefgh", {"abcdef", "abcdefgh"}) == HIDDEN

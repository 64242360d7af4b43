# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleError

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._variables import known_secrets


class Sealed:
    """A value that gives its text only when it is rendered, as one of a vault does."""


class Templar:
    """Renders a sealed value and one template, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[t.Any] = []

    def template(self, value: t.Any) -> t.Any:
        self.asked.append(value)
        if value == "{{ undefined }}":
            raise AnsibleError("'undefined' is undefined")
        if isinstance(value, dict):
            return {key: self.template(one) if isinstance(one, Sealed) else one for key, one in value.items()}
        return "sesame-open" if isinstance(value, Sealed) else "rendered-word"


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ({"login_password": "in-plain-text"}, "in-plain-text"),
        ({"login_password": Sealed()}, "sesame-open"),
        ("{{ vault.word }}", "rendered-word"),
        ("{% if true %}x{% endif %}", "rendered-word"),
    ],
)
def test_secrets_are_known_however_they_are_stored(value: t.Any, secret: str) -> None:
    assert known_secrets({"readiness_password": value}, Templar()) == {secret}


def test_what_is_plain_is_not_rendered() -> None:
    templar = Templar()
    assert (
        known_secrets({"readiness_limits": {"most": [1, 2.5, None, "plain", True]}, "other": "{{ x }}"}, templar)
        == set()
    )
    assert templar.asked == []


def test_the_name_of_a_target_makes_no_secret_of_all_that_is_in_it() -> None:
    target = {
        "token": "the-token",
        "mount": "secret",
        "entries": [{"path": "cryptofunk/database", "names": ["password"]}],
    }
    assert known_secrets({"readiness_secret_store": target}, Templar()) == {"the-token"}


def test_what_cannot_be_rendered_hides_nothing_else() -> None:
    variables = {"readiness_password": "{{ undefined }}", "readiness_token": "known-token"}
    assert known_secrets(variables, Templar()) == {"known-token"}

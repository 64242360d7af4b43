# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import HIDDEN, hidden, secret_values


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("mode", "paper", "paper"),
        ("max_drawdown", 0.1, 0.1),
        ("enabled", True, True),
        ("password", "hunter2", HIDDEN),
        ("api_key", "", ""),
        ("DATABASE_URL", "postgres://a:b@h/x", HIDDEN),
        ("endpoint", "https://a:b@h/x", "https://h/x"),
        ("note", "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2, HIDDEN),
        ("redis", {"host": "h", "password": "hunter2"}, {"host": "h", "password": HIDDEN}),
        ("tokens", ["hunter2"], [HIDDEN]),
    ],
)
def test_a_secret_is_hidden_and_all_else_is_shown(name: str, value: object, shown: object) -> None:
    assert hidden(name, value) == shown


def test_the_secrets_among_variables_are_told() -> None:
    assert secret_values({"TRADING_MODE": "live", "POSTGRES_PASSWORD": "hunter2", "EMPTY_TOKEN": ""}) == {"hunter2"}

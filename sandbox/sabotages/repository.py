# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the repository can be wrong: its history, and the configuration in it."""

from __future__ import annotations

import functools

from sandbox._contract import Sabotage
from sandbox._edits import Edit, in_checkout
from sandbox._sandbox import Sandbox
from sandbox.components import repository

_AGENTS = "configs/agents.yaml"
_SECURE = "sslmode=verify-full"


def _do(sandbox: Sandbox, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        in_checkout(repository.folder(sandbox), edit)


def _undo(sandbox: Sandbox, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        in_checkout(repository.folder(sandbox), edit.back)


def edited(name: str, items: tuple[str, ...], says: str, *edits: Edit, seen_through: tuple[str, ...] = ()) -> Sabotage:
    """Return the sabotage that edits files of the work tree. Its repair is the edit backwards, to the byte."""
    do, undo = functools.partial(_do, edits=edits), functools.partial(_undo, edits=edits)
    words = tuple(f"{edit.path}/{edit.right}" for edit in edits)
    return Sabotage(name, repository.NAME, items, says, do, undo, parts=words, seen_through=seen_through)


def _config(name: str, items: tuple[str, ...], says: str, right: str, wrong: str) -> Sabotage:
    return edited(name, items, says, Edit(repository.CONFIG, right, wrong))


SABOTAGES = [
    Sabotage(
        "key_in_the_history",
        repository.NAME,
        ("1.1.3",),
        "An exchange key was committed and removed again",
        functools.partial(repository.rebuild, leak=True),
        repository.rebuild,
        parts=(".",),
    ),
    Sabotage(
        "hole_in_the_history",
        repository.NAME,
        ("1.1.3",),
        "The content of a file of the history is not in the clone",
        functools.partial(repository.rebuild, missing_blob=True),
        repository.rebuild,
        "error",
        parts=(".",),
    ),
    _config(
        "config_environment",
        ("3.1.1",),
        "app.environment is development",
        'environment: "production"',
        'environment: "development"',
    ),
    _config("config_mode", ("3.1.2",), "trading.mode is LIVE", 'mode: "paper"', 'mode: "LIVE"'),
    _config("config_debug", ("3.1.3",), "app.log_level is debug", 'log_level: "info"', 'log_level: "debug"'),
    _config("config_testnet", ("3.1.4", "3.4.1"), "The exchange is its testnet", "testnet: false", "testnet: true"),
    edited(
        "config_no_keys",
        ("3.1.5", "8.3.1", "8.6.2"),
        "The API asks nobody for a key",
        Edit(repository.CONFIG, "auth:\n    enabled: true", "auth:\n    enabled: false"),
        seen_through=("nginx",),
    ),
    _config(
        "config_position_size",
        ("3.2.2",),
        "A position may be half of the portfolio",
        "max_position_size: 0.1",
        "max_position_size: 0.5",
    ),
    _config(
        "config_daily_loss",
        ("3.2.3",),
        "A fifth may be lost in a day",
        "max_daily_loss: 0.02",
        "max_daily_loss: 0.2",
    ),
    edited(
        "agents_drawdown",
        ("3.2.4",),
        "The risk agent vetoes at a drawdown of 20 % only",
        Edit(_AGENTS, "max_drawdown_percent: 10.0", "max_drawdown_percent: 20.0"),
    ),
    edited(
        "agents_leverage",
        ("3.3.5",),
        "The leverage is ten",
        Edit(_AGENTS, "max_leverage: 1.0", "max_leverage: 10"),
    ),
    edited(
        "database_url_plain",
        ("1.3.1",),
        "The workloads' DATABASE_URL says sslmode=disable",
        *(
            Edit(path, _SECURE, "sslmode=disable", everywhere=True)
            for path in ("docker-compose.prod.yml", "deployments/k8s/base/deployment-api.yaml")
        ),
    ),
]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the configuration of the programs."""

from __future__ import annotations

from sandbox._edits import Edit
from sandbox.defects._defect import Defect

_CONFIG = "configs/config.yaml"
_AGENTS = "configs/agents.yaml"


def _config(name: str, item: str, says: str, right: str, wrong: str) -> Defect:
    return Defect(name, (item,), says, (Edit(_CONFIG, right, wrong),))


DEFECTS = [
    _config(
        "environment_is_development",
        "3.1.1",
        "app.environment is development",
        'environment: "production"',
        'environment: "development"',
    ),
    _config("mode_in_upper_case", "3.1.2", "trading.mode is LIVE", 'mode: "paper"', 'mode: "LIVE"'),
    _config("log_level_debug", "3.1.3", "app.log_level is debug", 'log_level: "info"', 'log_level: "debug"'),
    _config("testnet_on", "3.1.4", "The exchange is its testnet", "testnet: false", "testnet: true"),
    _config(
        "position_of_half",
        "3.2.2",
        "A position may be half of the portfolio",
        "max_position_size: 0.1",
        "max_position_size: 0.5",
    ),
    _config(
        "daily_loss_of_a_fifth", "3.2.3", "A fifth may be lost in a day", "max_daily_loss: 0.02", "max_daily_loss: 0.2"
    ),
    Defect(
        "drawdown_of_the_agent",
        ("3.2.4",),
        "The risk agent vetoes at 20 % only",
        (Edit(_AGENTS, "max_drawdown_percent: 10.0", "max_drawdown_percent: 20.0"),),
    ),
    Defect(
        "leverage_of_ten", ("3.3.5",), "The leverage is ten", (Edit(_AGENTS, "max_leverage: 1.0", "max_leverage: 10"),)
    ),
]

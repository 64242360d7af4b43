# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The configuration of a healthy release, laid out as CryptoFunk's own, and the look that the role configuration takes at it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config

from ._judging import defaults, outcome, seen

DEFAULTS = defaults("configuration")
CONFIG = """\
app:
  environment: "production"
  log_level: "info"
database:
  password: "${POSTGRES_PASSWORD}"
trading:
  mode: "paper"  # paper or live
risk:
  max_position_size: 0.1
  max_daily_loss: 0.02
  max_drawdown: 0.1
exchanges:
  binance:
    api_key: "${BINANCE_API_KEY}"
    testnet: false
  bybit:
    testnet: false
api:
  auth:
    enabled: true
    require_https: true
telegram:
  debug: false
"""
AGENTS = """\
risk_agent:
  max_drawdown_percent: 10.0
  config:
    max_leverage: 1.0
logging:
  level: info
"""
LIVE = {
    "app": {"environment": "production"},
    "trading": {"mode": "paper"},
    "risk": {"max_position_size": 0.1, "max_daily_loss": 0.02, "max_drawdown": 0.1},
}
ITEMS = ("3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.1.5", "3.2.2", "3.2.3", "3.2.4", "3.3.5")
LIVE_ITEMS = ("3.1.1", "3.1.2", "3.2.2", "3.2.3", "3.2.4")


def make(path: Path) -> Path:
    """Write a healthy release to *path*."""
    write(path, "configs/config.yaml", CONFIG)
    write(path, "configs/agents.yaml", AGENTS)
    return path


def look(checkout: Path, **options: t.Any) -> dict[str, t.Any]:
    """Look as the role does."""
    return seen(
        config,
        path=str(checkout),
        facts=DEFAULTS["configuration_facts"],
        environments=DEFAULTS["configuration_environments"],
        ignored_variables=DEFAULTS["configuration_ignored_variables"],
        **options,
    )


def outcomes(subject: dict[str, t.Any], of: str = "config", items: t.Sequence[str] = ITEMS) -> dict[str, str]:
    """The items that did not pass."""
    found = {item: outcome(item, of, subject) for item in items}
    return {item: one for item, one in found.items() if one != "passed"}


def write(checkout: Path, name: str, text: str) -> None:
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text(text)


def edit(checkout: Path, old: str, new: str, name: str = "configs/config.yaml") -> None:
    text = (checkout / name).read_text()
    assert text.count(old) == 1
    (checkout / name).write_text(text.replace(old, new))


def answered(body: t.Any, **more: t.Any) -> dict[str, t.Any]:
    return {"observation": [{"subject": "api", "error": None, "unseen": {}, "body": body, **more}]}

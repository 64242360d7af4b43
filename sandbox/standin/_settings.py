# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the stand-in is told once, when it starts."""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass
from pathlib import Path

VERSION = "1.0.0"
AGENTS = {  # the port of each agent, as an offset from the first port of the sandbox
    "technical-agent": 101,
    "trend-follower": 102,
    "sentiment-agent": 104,
    "orderbook-agent": 105,
    "reversion-agent": 106,
    "arbitrage-agent": 107,
    "risk-agent": 108,
}
API, ORCHESTRATOR, MARKET_DATA = "api", "orchestrator", "market-data"


@dataclass(frozen=True)
class Settings:
    """``listen`` is a list of addresses for each service; ``keys`` the SHA-256 of each key and whether it is revoked."""

    hardened: bool
    listen: dict[str, list[tuple[str, int]]]
    config: Path
    switches: Path
    keys: dict[str, bool]

    @staticmethod
    def read(file: Path) -> Settings:
        data: dict[str, t.Any] = json.loads(file.read_text(encoding="utf-8"))
        listen = {name: [tuple(place) for place in places] for name, places in data["listen"].items()}
        return Settings(data["hardened"], listen, Path(data["config"]), Path(data["switches"]), data["keys"])

    def write(self, file: Path) -> None:
        data = {
            "hardened": self.hardened,
            "listen": self.listen,
            "config": str(self.config),
            "switches": str(self.switches),
            "keys": self.keys,
        }
        file.write_text(json.dumps(data, indent=1), encoding="utf-8")

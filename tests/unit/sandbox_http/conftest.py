# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in without a network: its services as functions, and its switches as a file."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from sandbox.standin.__main__ import services
from sandbox.standin._auth import digest_of
from sandbox.standin._http import Reply, Request
from sandbox.standin._settings import Settings

CONFIG = """
app: {name: CryptoFunk, environment: production, log_level: info}
database: {host: db, port: 5432, database: cryptofunk, password: "not to be shown"}
exchanges: {binance: {api_key: "not to be shown", testnet: false}}
risk: {max_drawdown: 0.1}
api:
  auth: {enabled: true, header_name: X-API-Key, require_https: true}
  allowed_origins: ["https://app.example.com"]
"""
LOCAL = {"host": "localhost:8080"}


class StandIn:
    """All services of one profile."""

    def __init__(self, folder: Path, hardened: bool) -> None:
        self._folder = folder
        (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
        keys = {digest_of("good"): False, digest_of("old"): True}
        self._services = services(Settings(hardened, {}, folder / "config.yaml", folder / "switches.json", keys))

    def switch(self, **switches: t.Any) -> None:
        (self._folder / "switches.json").write_text(json.dumps(switches), encoding="utf-8")

    def ask(self, path: str, service: str = "api", method: str = "GET", body: str = "", **headers: str) -> Reply:
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        return self._services[service](Request(method, path, "127.0.0.1", {**LOCAL, **named}, {}, body.encode()))


@pytest.fixture
def hardened(tmp_path: Path) -> StandIn:
    return StandIn(tmp_path, hardened=True)


@pytest.fixture
def shipped(tmp_path: Path) -> StandIn:
    return StandIn(tmp_path, hardened=False)

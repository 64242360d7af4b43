# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the stand-in until SIGTERM: ``python -m sandbox.standin <settings.json>``."""

from __future__ import annotations

import functools
import signal
import sys
import threading
from pathlib import Path

from sandbox.standin._agents import agent, market_data
from sandbox.standin._api import Api
from sandbox.standin._auth import Auth
from sandbox.standin._debug import with_debug
from sandbox.standin._http import Server, Service
from sandbox.standin._live import Live
from sandbox.standin._orchestrator import Orchestrator
from sandbox.standin._settings import AGENTS, API, MARKET_DATA, ORCHESTRATOR, Settings


def services(settings: Settings) -> dict[str, Service]:
    """Return every service by its name."""
    live = Live(settings.config, settings.switches)
    auth = Auth(settings.keys, settings.hardened)
    made: dict[str, Service] = {
        API: Api(live, auth, settings.hardened),
        ORCHESTRATOR: Orchestrator(live, auth, settings.hardened),
        MARKET_DATA: market_data(MARKET_DATA, live),
        **{name: agent(name, live) for name in AGENTS},
    }

    def shows_debug(name: str) -> bool:
        return name in (live.switch("debug") or ())

    return {name: with_debug(service, functools.partial(shows_debug, name)) for name, service in made.items()}


def main() -> None:
    settings = Settings.read(Path(sys.argv[1]))
    made = services(settings)
    for name, addresses in settings.listen.items():
        for address in addresses:
            Server(address, made[name]).serve_in_background()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *received: ended.set())
    ended.wait()


if __name__ == "__main__":
    main()

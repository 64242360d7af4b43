# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CryptoFunk's programs as HTTP sees them: the stand-in for API, orchestrator, agents and market-data server.

hardened: only nginx and the monitoring reach them, on the internal address. as_shipped: API and orchestrator listen on
every address, a wrong key is an error of the server, and the orchestrator obeys whoever asks.
"""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

from sandbox._files import write_bytes
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._waiting import answers
from sandbox.components import repository
from sandbox.standin._auth import digest_of
from sandbox.standin._settings import AGENTS, API, MARKET_DATA, ORCHESTRATOR, Settings

NAME = "api"
NEEDS = (repository.NAME,)
PROFILES = BOTH
PORTS = {API: 88, ORCHESTRATOR: 89, **AGENTS, MARKET_DATA: 201}

AUTH_PATH = "/api/v1/trade/pause"  # an empty body pauses nothing
HOSTILE_ORIGINS = ("https://evil.example.net", "null", "http://localhost:3000", "http://cryptofunk.example.com")
ANY_CLIENT = "198.18.{{ 256 | random }}.{{ 256 | random }}"  # each look is another client, with a budget of its own
_HERE = Path(__file__).resolve().parents[2]
_EVERYWHERE = (API, ORCHESTRATOR)  # as shipped


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME)
    (home / "switches.json").unlink(missing_ok=True)
    keys = {digest_of(sandbox.secret("api_key")): False, digest_of(sandbox.secret("api_key_revoked")): True}
    config = repository.folder(sandbox) / repository.CONFIG
    settings = Settings(sandbox.hardened, _listen(sandbox), config, home / "switches.json", keys)
    settings.write(home / "settings.json")
    sandbox.processes.start(NAME, [sys.executable, "-m", "sandbox.standin", home / "settings.json"], folder=_HERE)
    sandbox.processes.wait(NAME, lambda: _all_answer(sandbox))


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and _all_answer(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    api = {
        "api_key": sandbox.secret("api_key"),
        "auth_path": AUTH_PATH,
        "load_test_allowed": True,
        "allowed_origins": list(repository.ORIGINS),
        "hostile_origins": list(HOSTILE_ORIGINS),
        "forwarded_for": ANY_CLIENT,
    }
    health = [
        {"name": name, "url": url(sandbox, name) + path, "body": {"status": word}}
        for name, path, word in (
            (API, "/api/v1/health", "healthy"),
            (ORCHESTRATOR, "/health", "healthy"),
            *((name, "/health", "healthy") for name in (*AGENTS, MARKET_DATA)),
        )
    ]
    return {"readiness_api": api, "readiness_health": {"endpoints": health, "forwarded_for": ANY_CLIENT}}


def url(sandbox: Sandbox, name: str) -> str:
    """Return where the service *name* listens, inside."""
    return f"http://{INTERNAL}:{sandbox.port(PORTS[name])}"


def switch(sandbox: Sandbox, **changes: t.Any) -> None:
    """Turn the switches of ``sandbox/standin/_live.py``; None turns one back. It counts from the next request on."""
    file = sandbox.home(NAME) / "switches.json"
    switches = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    switches.update(changes)
    kept = {name: value for name, value in switches.items() if value is not None}
    write_bytes(file, json.dumps(kept).encode())


def _listen(sandbox: Sandbox) -> dict[str, list[tuple[str, int]]]:
    def addresses(name: str) -> tuple[str, ...]:
        return (INTERNAL, PUBLIC) if not sandbox.hardened and name in _EVERYWHERE else (INTERNAL,)

    return {name: [(host, sandbox.port(offset)) for host in addresses(name)] for name, offset in PORTS.items()}


def _all_answer(sandbox: Sandbox) -> bool:
    return all(answers(host, port) for places in _listen(sandbox).values() for host, port in places)

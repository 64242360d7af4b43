# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Redis, and the application that uses it as a cache.

hardened: TLS only, a password for everybody, users of their own for the application and the probe
(``docs/grants/redis.acl``), AOF, a memory limit, keys that expire and are found.
as_shipped: what CryptoFunk's compose file starts: no password, plaintext, on every address, AOF and memory limit as
above; and no keys at all, since no shipped service builds a cache.
"""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

import redis

from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._sql import GRANTS
from sandbox._users import program

NAME = "redis"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
PORTS = {"plain": 79, "tls": 80}

USER = "redis"
MOST_CLIENTS = 10000  # what the server takes unless told
PROBE = "readiness_probe"
CACHE_USER = "redis_cache_user"
_APPLICATION = "cryptofunk_app"
_APPLICATION_MAY = "-@all +@read +@write +@connection -@dangerous"
_PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "cache_user.py"
# What the compose file says, and what the hardened profile keeps of it.
SETTINGS = {"appendonly": "yes", "maxmemory": "512mb", "maxmemory-policy": "allkeys-lru", "save": "3600 1 300 100"}


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, USER)
    if sandbox.hardened:
        sandbox.authority.issue(home, user=USER)
    write_lines(home / "redis.conf", _configuration(sandbox, home), USER)
    run(sandbox)
    if sandbox.hardened:
        use_cache(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(CACHE_USER)
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    names = (NAME, CACHE_USER) if sandbox.hardened else (NAME,)
    return all(map(sandbox.processes.alive, names)) and _answers(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    target: dict[str, t.Any] = {"login_host": INTERNAL, "login_port": port(sandbox), "tls": sandbox.hardened}
    if sandbox.hardened:
        target.update(
            login_user=PROBE, login_password=sandbox.secret("redis_probe"), ca_path=str(sandbox.authority.path)
        )
    return {"readiness_redis": target}


def port(sandbox: Sandbox) -> int:
    return sandbox.port(PORTS["tls" if sandbox.hardened else "plain"])


def admin(sandbox: Sandbox) -> t.Any:
    """Return a client with every right."""
    words = _words(sandbox, "default", "redis_default")
    return redis.Redis(**words, socket_timeout=5, socket_connect_timeout=5, decode_responses=True)


def run(sandbox: Sandbox) -> None:
    """Start the server on the files that are there."""
    home = sandbox.home(NAME)
    server = program("redis-server", "redis-server")
    sandbox.processes.start(NAME, [server, home / "redis.conf"], USER, folder=home)
    sandbox.processes.wait(NAME, lambda: _answers(sandbox))


def use_cache(sandbox: Sandbox) -> None:
    """Start the application, and wait until its first lookups are through."""
    words = json.dumps(_words(sandbox, _APPLICATION, "redis_application"))
    settings = write_lines(sandbox.home(NAME) / "cache_user.json", [words])
    sandbox.processes.start(CACHE_USER, [sys.executable, _PROGRAM, settings])
    sandbox.processes.wait(CACHE_USER, lambda: int(admin(sandbox).info("stats")["keyspace_hits"]) > 0)


def _words(sandbox: Sandbox, user: str, secret: str) -> dict[str, t.Any]:
    words: dict[str, t.Any] = {"host": INTERNAL, "port": port(sandbox)}
    if sandbox.hardened:
        words.update(username=user, password=sandbox.secret(secret))
        words.update(ssl=True, ssl_ca_certs=str(sandbox.authority.path))
    return words


def _configuration(sandbox: Sandbox, home: Path) -> list[str]:
    settings = {**SETTINGS, "dir": str(home), "daemonize": "no", "loglevel": "notice"}
    lines = [f"{name} {value}" for name, value in settings.items()]
    if not sandbox.hardened:
        return [*lines, f"bind {INTERNAL} {PUBLIC}", f"port {port(sandbox)}", "protected-mode no"]
    keys = "~cryptofunk:* ~coingecko:* ~blackboard:*"
    return [
        *lines,
        f"bind {INTERNAL}",
        "port 0",
        f"tls-port {port(sandbox)}",
        f"tls-cert-file {home}/server.crt",
        f"tls-key-file {home}/server.key",
        f"tls-ca-cert-file {sandbox.authority.path}",
        "tls-auth-clients no",
        'tls-protocols "TLSv1.2 TLSv1.3"',
        f"requirepass {sandbox.secret('redis_default')}",
        f"user {_APPLICATION} on >{sandbox.secret('redis_application')} {keys} {_APPLICATION_MAY}",
        f"{_probe_rule()} >{sandbox.secret('redis_probe')}",
    ]


def _probe_rule() -> str:
    lines = (GRANTS / "redis.acl").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"user {PROBE} "))


def _answers(sandbox: Sandbox) -> bool:
    try:
        return bool(admin(sandbox).ping())
    except redis.RedisError:
        return False

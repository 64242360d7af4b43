# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Redis and its use as a cache can be wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._waiting import wait_until
from sandbox.components import redis
from sandbox.sabotages._stand_ins import redirected

_FOREVER_KEY = "cryptofunk:price:dogecoin:usd"
_LONG_KEY = "coingecko:chart:dogecoin:7"
_MOST_CLIENTS = 60
_CROWD = "redis_crowd"
_PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "crowd.py"
_NOBODY = 159  # a port at which nothing listens


def _sets(**settings: str) -> Act:
    """Return an act that changes settings of the running server. An underscore stands for a hyphen."""

    def act(sandbox: Sandbox) -> None:
        client = redis.admin(sandbox)
        for name, value in settings.items():
            client.config_set(name.replace("_", "-"), value)

    return act


def _restores(*names: str) -> Act:
    return _sets(**{name: redis.SETTINGS[name.replace("_", "-")] for name in names})


def _restart(sandbox: Sandbox) -> None:
    """Restart the server on its file, as the profile has it, and let the application fill it again."""
    redis.stop(sandbox)
    redis.start(sandbox)


def _go_public(sandbox: Sandbox) -> None:
    redis.admin(sandbox).config_set("bind", f"{INTERNAL} {PUBLIC}")


def _open_to_all(sandbox: Sandbox) -> None:
    """Listen on the public address, in TLS and in plaintext, and ask nobody for a password."""
    client = redis.admin(sandbox)
    client.execute_command("ACL", "SETUSER", "default", "on", "nopass")
    client.config_set("protected-mode", "no")
    client.config_set("bind", f"{INTERNAL} {PUBLIC}")
    client.config_set("port", sandbox.port(redis.PORTS["plain"]))


def _flood_with_misses(sandbox: Sandbox) -> None:
    client = redis.admin(sandbox)
    misses = int(client.info("stats")["keyspace_hits"])
    with client.pipeline(transaction=False) as pipeline:
        for number in range(misses):
            pipeline.get(f"cryptofunk:price:nobody-{number}:usd")
        pipeline.execute()


def _hardly_used(sandbox: Sandbox) -> None:
    sandbox.processes.stop(redis.CACHE_USER)
    redis.admin(sandbox).config_resetstat()


def _used_again(sandbox: Sandbox) -> None:
    redis.admin(sandbox).config_resetstat()
    sandbox.processes.stop(redis.CACHE_USER)
    redis.use_cache(sandbox)


def _empty(sandbox: Sandbox) -> None:
    sandbox.processes.stop(redis.CACHE_USER)
    redis.admin(sandbox).flushall()


def _forget_key(key: str) -> Act:
    return lambda sandbox: redis.admin(sandbox).delete(key)


def _no_persistence(sandbox: Sandbox) -> None:
    _sets(appendonly="no", save="")(sandbox)


def _persistence(sandbox: Sandbox) -> None:
    _restores("appendonly", "save")(sandbox)
    wait_until(
        lambda: not redis.admin(sandbox).info("persistence")["aof_rewrite_in_progress"], "The rewrite of the AOF"
    )


def _crowd(sandbox: Sandbox) -> None:
    """Let others hold connections, up to nearly all that the server allows."""
    client = redis.admin(sandbox)
    client.config_set("maxclients", _MOST_CLIENTS)
    crowd = str(int(_MOST_CLIENTS * 0.9))
    sandbox.processes.start(_CROWD, [sys.executable, _PROGRAM, INTERNAL, str(redis.port(sandbox)), crowd])
    sandbox.processes.wait(_CROWD, lambda: int(client.info("clients")["connected_clients"]) > int(crowd))


def _disperse(sandbox: Sandbox) -> None:
    sandbox.processes.stop(_CROWD)
    redis.admin(sandbox).config_set("maxclients", redis.MOST_CLIENTS)


def _wrong_password(sandbox: Sandbox) -> None:
    sandbox.targets.patch("redis_wrong_password", {"readiness_redis": {"login_password": "not-the-password"}})


def _of_redis(
    name: str,
    items: tuple[str, ...],
    says: str,
    do: Act,
    undo: Act,
    becomes: str = "failed",
    parts: tuple[str, ...] = (),
) -> Sabotage:
    return Sabotage(name, redis.NAME, items, says, do, undo, becomes, parts=parts)


SABOTAGES = [
    _of_redis("redis_open", ("1.2.2", "1.4.3"), "Redis is public and asks for no password", _open_to_all, _restart),
    _of_redis("redis_public", ("1.4.3",), "Redis listens on the public address", _go_public, _restart),
    _of_redis(
        "redis_misses", ("2.2.1",), "Every second lookup misses", _flood_with_misses, _used_again, parts=("hits",)
    ),
    _of_redis(
        "redis_unused",
        ("2.2.1",),
        "Nobody looks anything up",
        _hardly_used,
        _used_again,
        becomes="error",
    ),
    _of_redis(
        "redis_key_for_ever",
        ("2.2.2",),
        "A price never expires",
        lambda sandbox: redis.admin(sandbox).set(_FOREVER_KEY, "1"),
        _forget_key(_FOREVER_KEY),
        parts=("keys",),
    ),
    _of_redis(
        "redis_key_too_long",
        ("2.2.2",),
        "A chart lives for an hour",
        lambda sandbox: redis.admin(sandbox).set(_LONG_KEY, "1", ex=3600),
        _forget_key(_LONG_KEY),
        parts=("keys",),
    ),
    _of_redis("redis_no_keys", ("2.2.2", "2.5.2"), "There are no keys", _empty, _used_again, becomes="error"),
    _of_redis(
        "redis_noeviction",
        ("2.2.3",),
        "A full Redis refuses to write",
        _sets(maxmemory_policy="noeviction"),
        _restores("maxmemory_policy"),
        parts=("memory",),
    ),
    _of_redis(
        "redis_no_memory_limit",
        ("2.2.3",),
        "Redis may take all memory",
        _sets(maxmemory="0"),
        _restores("maxmemory"),
        parts=("memory",),
    ),
    _of_redis(
        "redis_no_persistence",
        ("2.2.4",),
        "Redis writes neither AOF nor RDB",
        _no_persistence,
        _persistence,
        parts=("persistence",),
    ),
    _of_redis(
        "redis_clients",
        ("2.3.5",),
        "Redis has nearly all clients that it allows",
        _crowd,
        _disperse,
        parts=("clients",),
    ),
    _of_redis(
        "redis_lost_its_master",
        ("8.2.3",),
        "Redis follows a master that is not there",
        lambda sandbox: redis.admin(sandbox).replicaof(INTERNAL, str(sandbox.port(_NOBODY))),
        lambda sandbox: redis.admin(sandbox).replicaof("NO", "ONE"),
    ),
    _of_redis("redis_stopped", ("8.2.3",), "Redis is down", redis.stop, redis.start, becomes="error"),
    _of_redis(
        "redis_wrong_password",
        ("8.2.3",),
        "The declared password of Redis is wrong",
        _wrong_password,
        lambda sandbox: sandbox.targets.unpatch("redis_wrong_password"),
        becomes="error",
    ),
    redirected(redis.NAME, "readiness_redis", "blackhole", 156, ("8.2.3",)),
    redirected(redis.NAME, "readiness_redis", "garbage", 157, ("8.2.3",)),
    redirected(redis.NAME, "readiness_redis", "slow", 158, ("8.2.3",)),
]

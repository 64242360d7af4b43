# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What sections of INFO say. Pure. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Section = t.Mapping[str, t.Any]

_FAILURES = {
    "rdb_last_bgsave_status": "the last RDB save",
    "aof_last_write_status": "the last write to the AOF",
    "aof_last_bgrewrite_status": "the last rewrite of the AOF",
}


def server(info: Section) -> dict[str, t.Any]:
    """Return version, mode and uptime."""
    version = str(info["redis_version"])
    return {
        "version": version,
        "major": int(version.split(".", maxsplit=1)[0]),
        "mode": info.get("redis_mode"),
        "uptime_seconds": info.get("uptime_in_seconds"),
    }


def memory(info: Section, stats: Section) -> dict[str, t.Any]:
    """Return the limit of memory, and what happens and happened at it."""
    return {
        "maxmemory": info["maxmemory"],
        "policy": info["maxmemory_policy"],
        "used_bytes": info["used_memory"],
        "fragmentation_ratio": info.get("mem_fragmentation_ratio"),
        "evicted_keys": stats.get("evicted_keys"),
    }


def clients(info: Section, stats: Section) -> dict[str, t.Any]:
    """Return how many clients there are, and how many there can be."""
    connected, most = info["connected_clients"], info.get("maxclients")
    return {
        "connected": connected,
        "max": most,
        "ratio": round(connected / most, 4) if most else None,
        "rejected": stats.get("rejected_connections"),
    }


def lookups(stats: Section, commands: Section) -> dict[str, t.Any]:
    """Return hits and misses, without those that looks at remaining lives (PTTL) made: also this probe's own.

    The server counts each such look as a hit, although nobody used what was cached.
    """
    own = int(commands.get("cmdstat_pttl", {}).get("calls", 0))
    hits, misses = max(0, int(stats["keyspace_hits"]) - own), int(stats["keyspace_misses"])
    total = hits + misses
    return {"hits": hits, "misses": misses, "total": total, "ratio": round(hits / total, 4) if total else None}


def hit_ratio(counted: Section, least: int) -> float:
    """Return the share of lookups that hit; raise LookError when there are too few of them to tell."""
    if counted["ratio"] is None or counted["total"] < least:
        why = f"Only {counted['total']} lookups are counted, {max(1, least)} are needed to tell"
        raise LookError(Reason.TOO_LITTLE_DATA, why)
    return float(counted["ratio"])


def persistence(info: Section, save: str | None, now: float) -> dict[str, t.Any]:
    """Return how data reach the disk. *save* is that setting, or None when it was not seen and is not needed."""
    aof = bool(info["aof_enabled"])
    changes = int(info["rdb_changes_since_last_save"])
    age = max(0, int(now - int(info["rdb_last_save_time"])))
    return {
        "methods": [*(["aof"] if aof else []), *(["rdb"] if save else [])],
        "failures": [words for key, words in _FAILURES.items() if info.get(key, "ok") != "ok"],
        "changes_since_save": changes,
        "last_save_age_seconds": age,
        "unsaved_seconds": 0 if aof or changes == 0 else age,
    }


def replication(info: Section) -> dict[str, t.Any]:
    """Return the role, and how the link to the other side is."""
    role = info["role"]
    link = info["master_link_status"] == "up" if role == "slave" else None
    return {
        "role": role,
        "replicas": info.get("connected_slaves", 0),
        "master": info.get("master_host"),
        "link_is_up": link,
        "is_stale": link is False,
    }

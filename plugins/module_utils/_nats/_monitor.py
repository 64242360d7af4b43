# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the monitoring port of a NATS server says. Pure, but for the one function that asks.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_body import json_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client, Request, shown

Said = t.Dict[str, t.Any]
_EPHEMERAL = ("/tmp", "/run", "/dev/shm", "/var/run")  # folders that a restart empties


def asked(base: str, path: str, client: Client, deadline: Deadline) -> Said:
    """Return the JSON of one report; ``http_status`` is in it."""
    response = client.fetch(Request(url=f"{base.rstrip('/')}/{path}"), deadline)
    if response.status == 404:
        raise LookError(Reason.UNSUPPORTED, f"{shown(base)} has no report {path.partition('?')[0]}")
    said = json_of(response)
    if not isinstance(said, dict):
        raise LookError(Reason.MALFORMED, f"The report {path.partition('?')[0]} of {shown(base)} is no object")
    return {**said, "http_status": response.status}


def health(said: Said) -> dict[str, t.Any]:
    """Return whether the server calls itself healthy, and what it says when not."""
    ok = said["http_status"] == 200 and said.get("status") == "ok"
    return {"ok": ok, "detail": str(said.get("error") or said.get("status") or said["http_status"])[:200]}


def connections(said: Said) -> dict[str, t.Any]:
    """Return how many clients there are, how many there may be, and their share."""
    now, most = _number(said, "connections"), _number(said, "max_connections")
    return {
        "current": now,
        "max": most,
        "ratio": round(now / most, 6) if most else 1.0,
        "slow": said.get("slow_consumers", 0),
    }


def peers(said: Said) -> list[str]:
    """Return the names of the servers that routes lead to. One peer may have many routes."""
    routes = said.get("routes") or []
    if not isinstance(routes, list):
        raise LookError(Reason.MALFORMED, "The report routez has no list of routes")
    return sorted(
        {str(route.get("remote_name") or route.get("remote_id")) for route in routes if isinstance(route, dict)}
    )


def jetstream(said: Said) -> dict[str, t.Any]:
    """Return the state of JetStream: where it stores, its group of servers, and its streams."""
    if said.get("disabled"):
        return {"enabled": False, "store_dir": "", "store_is_ephemeral": False, "meta": _no_meta(), "streams": []}
    config = said.get("config") or {}
    folder = str(config.get("store_dir", ""))
    return {
        "enabled": bool(folder),
        "store_dir": folder,
        "store_is_ephemeral": any(folder == one or folder.startswith(f"{one}/") for one in _EPHEMERAL),
        "meta": _meta(said.get("meta_cluster")),
        "streams": [
            _stream(one) for account in said.get("account_details") or [] for one in account.get("stream_detail") or []
        ],
    }


def _meta(said: Said | None) -> dict[str, t.Any]:
    if not said:
        return _no_meta()
    return {
        "leader": str(said.get("leader") or ""),
        "size": int(said.get("cluster_size") or 0),
        "offline": sorted(str(one.get("name")) for one in said.get("replicas") or [] if one.get("offline")),
    }


def _no_meta() -> dict[str, t.Any]:
    return {"leader": "", "size": 0, "offline": []}


def _stream(said: Said) -> dict[str, t.Any]:
    config, cluster = said.get("config") or {}, said.get("cluster") or {}
    replicas = cluster.get("replicas") or []
    return {
        "name": str(said.get("name")),
        "storage": str(config.get("storage", "")),
        "replicas": int(config.get("num_replicas") or 1),
        "leader": str(cluster.get("leader") or ""),
        "behind": sorted(str(one.get("name")) for one in replicas if one.get("offline") or not one.get("current")),
    }


def _number(said: Said, key: str) -> int:
    value = said.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise LookError(Reason.MALFORMED, f"The report varz has no number {key}")
    return value

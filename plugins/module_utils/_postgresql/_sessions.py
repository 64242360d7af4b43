# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is connected to the server, how many there can be, and whether the application's sessions are encrypted.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import APPLICATION_NAME
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._pooler import pooler

_CONNECTIONS = """
select count(*) filter (where backend_type = 'client backend') as in_use,
       current_setting('max_connections')::int as max,
       current_setting('superuser_reserved_connections')::int
         + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved
from pg_stat_activity
"""
# Sessions in this database, those of this probe left out.
_SESSIONS = """
select a.usename::text as "user", a.application_name, s.ssl as encrypted, a.client_addr is null as is_local,
       count(*) as sessions,
       count(*) filter (where a.query_start >= a.backend_start + %(after)s * interval '1 second') as reused,
       count(*) filter (where now() < a.backend_start + %(after)s * interval '1 second') as young,
       count(*) filter (where a.state like 'idle in transaction%%') as idle_in_transaction,
       coalesce(max(extract(epoch from now() - a.state_change))
                filter (where a.state like 'idle in transaction%%'), 0)::float8 as longest_idle_in_transaction_seconds
from pg_stat_activity a join pg_stat_ssl s on s.pid = a.pid
where a.backend_type = 'client backend' and a.datname = current_database() and a.application_name <> %(own)s
group by 1, 2, 3, 4 order by 1, 2, 3, 4
"""

Row = t.Dict[str, t.Any]


def connections(context: Context) -> dict[str, t.Any]:
    """Return how many connections are in use, and how many there can be."""
    context.need_sessions()
    found = context.session.row(_CONNECTIONS)
    in_use, most, reserved = found["in_use"], found["max"], found["reserved"]
    return {"in_use": in_use, "max": most, "reserved": reserved, "ratio": round(in_use / (most - reserved), 4)}


def sessions(context: Context) -> dict[str, t.Any]:
    """Return the sessions of the application in this database."""
    context.need_sessions()
    names = context.options["application_names"]
    users = context.options["application_users"]
    after = context.options["reused_after"]
    rows = context.session.rows(_SESSIONS, {"own": APPLICATION_NAME, "after": after})
    return of_application([row for row in rows if _is_wanted(row, names, users)])


def pool(context: Context) -> dict[str, t.Any]:
    """Return the sizes of the application's pool as they are declared, and how many sessions it holds now."""
    declared = [context.options["pool_size"]] if context.options["pool_size"] is not None else []
    sizes = declared + _pooler_sizes(context)
    if not sizes:
        raise LookError(Reason.NOT_CONFIGURED, "The size of the application's pool, pool_size, is not declared")
    live = int(context.once("sessions", lambda: sessions(context))["count"])
    return {"sizes": sizes, "sessions": live, "beyond": max(0, live - max(sizes))}


def reuse(context: Context) -> dict[str, t.Any]:
    """Return whether sessions serve again, instead of one request each: by a pooler that answers, or by their age."""
    if _pools_here(context):
        return {"by": "pooler", "reused": None, "young": None, "ratio": 1.0}
    groups = context.once("sessions", lambda: sessions(context))["groups"]
    return reuse_of(groups, f"Cannot {context.session.attempt}")


def reuse_of(groups: t.Sequence[Row], fault: str) -> dict[str, t.Any]:
    """Return the share of sessions that served again. One that has been idle ever since it was opened tells nothing."""
    reused, young = (sum(row[key] for row in groups) for key in ("reused", "young"))
    if not reused + young:
        raise LookError(Reason.TOO_LITTLE_DATA, f"{fault}: no session of the application is in use")
    return {"by": "sessions", "reused": reused, "young": young, "ratio": round(reused / (reused + young), 4)}


def of_application(rows: t.Sequence[Row]) -> dict[str, t.Any]:
    """Return the sessions grouped, those over the network apart, and the unencrypted ones by name."""
    remote = [row for row in rows if not row["is_local"]]
    return {
        "count": sum(row["sessions"] for row in rows),
        "groups": list(rows),
        "remote": remote,
        "unencrypted": [_named(row) for row in remote if not row["encrypted"]],
        "idle_in_transaction": sum(row["idle_in_transaction"] for row in rows),
        "longest_idle_in_transaction_seconds": max(
            (row["longest_idle_in_transaction_seconds"] for row in rows), default=0
        ),
    }


def _is_wanted(row: Row, names: t.Sequence[str], users: t.Sequence[str]) -> bool:
    return (not names or row["application_name"] in names) and (not users or row["user"] in users)


def _named(row: Row) -> str:
    return f"{row['sessions']} of {row['user']} ({row['application_name'] or 'unnamed'})"


def _pools_here(context: Context) -> bool:
    """Tell whether PgBouncer, where one is declared, has a pool for this database with sessions of the server in it."""
    if not context.options["pooler"]:
        return False
    pools = context.once("pooler", lambda: pooler(context))["pools"]
    own = [one for one in pools if one["database"] == context.login.database]
    return any((one["servers_active"] or 0) + (one["servers_idle"] or 0) > 0 for one in own)


def _pooler_sizes(context: Context) -> list[int]:
    """Return the size that PgBouncer gives to the pool of this database, where one is declared."""
    if not context.options["pooler"]:
        return []
    found = context.once("pooler", lambda: pooler(context))
    own = [one["pool_size"] for one in found["databases"] if one["name"] == context.login.database]
    return own or [found["default_pool_size"]]

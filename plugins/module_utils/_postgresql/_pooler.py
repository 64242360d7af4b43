# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What PgBouncer says of itself on its console. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import connect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._session import Session

_CONSOLE = "pgbouncer"  # the name of the database that is the console

Row = t.Dict[str, t.Any]


def pooler(context: Context) -> dict[str, t.Any]:
    """Return the settings and pools of the PgBouncer that stands at the declared address."""
    if not context.options["pooler"]:
        raise LookError(Reason.NOT_CONFIGURED, "The option pooler does not say that there is a PgBouncer")
    login = dataclasses.replace(context.login, database=_CONSOLE)
    session = Session(connect(login, context.deadline), login.name, context.deadline)
    try:
        return described(
            session.console("show config"), session.console("show databases"), session.console("show pools")
        )
    finally:
        session.close()


def described(config: t.Sequence[Row], databases: t.Sequence[Row], pools: t.Sequence[Row]) -> dict[str, t.Any]:
    """Return the observation of what the three commands show."""
    settings = {row["key"]: row["value"] for row in config}
    return {
        "pool_mode": settings.get("pool_mode"),
        "default_pool_size": _number(settings.get("default_pool_size")),
        "max_client_connections": _number(settings.get("max_client_conn")),
        "client_tls": settings.get("client_tls_sslmode"),
        "server_tls": settings.get("server_tls_sslmode"),
        "databases": [
            {"name": row["name"], "pool_size": _number(row["pool_size"]), "in_use": _number(row["current_connections"])}
            for row in databases
            if row["name"] != _CONSOLE
        ],
        "pools": [
            {
                "database": row["database"],
                "user": row["user"],
                "clients_active": _number(row["cl_active"]),
                "clients_waiting": _number(row["cl_waiting"]),
                "servers_active": _number(row["sv_active"]),
                "servers_idle": _number(row["sv_idle"]),
                "longest_wait_seconds": _number(row["maxwait"]),
            }
            for row in pools
            if row["database"] != _CONSOLE
        ],
    }


def _number(value: t.Any) -> int | None:
    return None if value is None else int(value)

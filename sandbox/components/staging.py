# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The database of staging: another one on the server of PostgreSQL, to which the migrations were applied first."""

from __future__ import annotations

import typing as t

from sandbox import _schema, _sql
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox
from sandbox.components import postgres

NAME = "staging"
NEEDS = (postgres.NAME,)
PROFILES = (Profile.HARDENED,)
PORTS: dict[str, int] = {}


def start(sandbox: Sandbox) -> None:
    sandbox.home(NAME)
    with postgres.admin(sandbox, "postgres") as cluster:
        if _is_there(cluster):
            cluster.run(f"drop database {postgres.STAGING} with (force)")
        cluster.run(f"create database {postgres.STAGING}")
        cluster.run(f"revoke all on database {postgres.STAGING} from public")
        cluster.run(f"grant connect on database {postgres.STAGING} to {postgres.probe(sandbox).user}")
    with postgres.admin(sandbox, postgres.STAGING) as database:
        database.run(_schema.migrations())
        database.run_file("hardened.sql")
        database.run("insert into schema_version select n, now(), 'migration ' || n from generate_series(1, 13) n")
        database.run(f"grant select on schema_version to {postgres.probe(sandbox).user}")


def stop(sandbox: Sandbox) -> None:
    """It goes with its server."""


def is_up(sandbox: Sandbox) -> bool:
    if not postgres.is_up(sandbox):
        return False
    with postgres.admin(sandbox, "postgres") as cluster:
        return _is_there(cluster)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    declared = postgres.targets(sandbox)["readiness_postgresql"]
    login = {key: declared[key] for key in declared if key.startswith(("login_", "ssl_", "ca_"))}
    return {"readiness_staging_postgresql": {**login, "login_db": postgres.STAGING}}


def _is_there(cluster: _sql.Session) -> bool:
    return bool(cluster.run("select 1 from pg_database where datname = %s", [postgres.STAGING]))

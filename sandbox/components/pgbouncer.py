# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PgBouncer in front of TimescaleDB: it adds TLS, SCRAM and several clients at a time.

as_shipped: the same in plaintext and as the superuser, since the real TimescaleDB is the primary itself.
"""

from __future__ import annotations

import contextlib
import typing as t
from pathlib import Path

from sandbox import _sql
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._users import program
from sandbox.components import postgres, timescale

NAME = "pgbouncer"
NEEDS = (timescale.NAME,)
PROFILES = BOTH
PORTS = {"server": 42}

_ADMINISTRATOR = "sandbox_admin"


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, postgres.USER)
    if sandbox.hardened:
        sandbox.authority.issue(home, user=postgres.USER)
    who = postgres.probe(sandbox)
    users = {who.user: who.password, _ADMINISTRATOR: sandbox.secret("pgbouncer_administrator")}
    write_lines(home / "users.txt", [f'"{user}" "{password}"' for user, password in users.items()], postgres.USER)
    write_lines(home / "pgbouncer.ini", _settings(sandbox, home), postgres.USER)
    run(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and _accepts(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    who = postgres.probe(sandbox)
    target = {
        "login_host": INTERNAL,
        "login_port": sandbox.port(PORTS["server"]),
        "login_user": who.user,
        "login_password": who.password,
        "login_db": postgres.DATABASE,
    }
    if sandbox.hardened:
        target.update(ssl_mode="verify-full", ca_cert=str(sandbox.authority.path))
    else:
        target.update(ssl_mode="prefer")
    return {"readiness_timescaledb": target}


def run(sandbox: Sandbox) -> None:
    """Start it on the files that are there."""
    home = sandbox.home(NAME)
    sandbox.processes.start(NAME, [program("pgbouncer", "pgbouncer"), home / "pgbouncer.ini"], postgres.USER)
    sandbox.processes.wait(NAME, lambda: _accepts(sandbox))


@contextlib.contextmanager
def admin(sandbox: Sandbox) -> t.Iterator[_sql.Session]:
    """Log in to TimescaleDB as its superuser."""
    where = {"host": INTERNAL, "port": sandbox.port(PORTS["server"]), "dbname": postgres.DATABASE}
    password = sandbox.secret("pgbouncer_administrator")
    with _sql.session(user=_ADMINISTRATOR, password=password, **where) as session:
        yield session


def _settings(sandbox: Sandbox, home: Path) -> list[str]:
    server = sandbox.port(timescale.PORTS["server"])
    lines = [
        "[databases]",
        f"{postgres.DATABASE} = host={INTERNAL} port={server} user=postgres password=any pool_size=1",
        "[pgbouncer]",
        f"listen_addr = {INTERNAL}",
        f"listen_port = {sandbox.port(PORTS['server'])}",
        "unix_socket_dir =",
        "auth_type = scram-sha-256",
        f"auth_file = {home}/users.txt",
        f"stats_users = {postgres.probe(sandbox).user}",
        "pool_mode = transaction",
        "server_tls_sslmode = disable",  # what is behind it answers a request for TLS with nonsense
        "server_reset_query =",
        "ignore_startup_parameters = extra_float_digits,options",
    ]
    if sandbox.hardened:
        lines += [
            "client_tls_sslmode = require",
            f"client_tls_cert_file = {home}/server.crt",
            f"client_tls_key_file = {home}/server.key",
            "client_tls_protocols = secure",
        ]
    return lines


def _accepts(sandbox: Sandbox) -> bool:
    try:
        with admin(sandbox) as database:
            database.run("select 1")
    except SandboxError:
        return False
    return True

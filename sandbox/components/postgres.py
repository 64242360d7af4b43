# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PostgreSQL 15, the primary.

hardened: TLS for everybody, SCRAM, an application role without rights beyond its tables, the role of
``docs/grants/postgresql.sql`` for the probe, pg_stat_statements, an index for every foreign key.
as_shipped: what CryptoFunk's compose file and migrations make of it: plaintext for everybody, on every address, as the
superuser with the password of its Secret.
"""

from __future__ import annotations

import contextlib
import subprocess
import time
import typing as t
from pathlib import Path
from signal import Signals

from sandbox import _schema, _sql
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._processes import environment
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._users import as_user, program

NAME = "postgres"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
PORTS = {"server": 32}

USER = "postgres"
DATABASE = "cryptofunk"
STAGING = "cryptofunk_staging"  # made by the component staging
DRILL = "readiness_drill"  # the role of the restore drill, made by the component backups
BINARIES = "/usr/lib/postgresql/15/bin"
VOLUME_BYTES = 50 * 2**30  # the claim postgres-pvc of the real system
POOL_SIZE = 10  # what the real code opens at most
REQUESTS = 500  # what the application's sessions make of them at their start is above the least that tells
APPLICATION = "cryptofunk-api"
_LONGEST_SOCKET = 107
_UNTRACKED = "-c pg_stat_statements.track=none"


class Login(t.NamedTuple):
    user: str
    password: str


def administrator(sandbox: Sandbox) -> Login:
    return Login("postgres", sandbox.secret("postgres_superuser") if sandbox.hardened else "changeme")


def application(sandbox: Sandbox) -> Login:
    if sandbox.hardened:
        return Login("cryptofunk_app", sandbox.secret("postgres_application"))
    return administrator(sandbox)


def probe(sandbox: Sandbox) -> Login:
    if sandbox.hardened:
        return Login("readiness_probe", sandbox.secret("postgres_probe"))
    return administrator(sandbox)


def replication(sandbox: Sandbox) -> Login:
    return Login("cryptofunk_replica", sandbox.secret("postgres_replica"))


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, USER)
    is_fresh = not (home / "data").exists()
    if is_fresh:
        _make_cluster(sandbox, home)
    configure(sandbox)
    run(sandbox)
    if is_fresh:
        _fill(sandbox)
    if sandbox.hardened:
        with admin(sandbox) as database:
            database.run("vacuum (analyze)")


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME, by=Signals.SIGINT)  # a fast shutdown: does not wait for clients


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and _accepts(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    who = probe(sandbox)
    target = {
        "login_host": INTERNAL,
        "login_port": sandbox.port(PORTS["server"]),
        "login_user": who.user,
        "login_password": who.password,
        "login_db": DATABASE,
        "volume_bytes": VOLUME_BYTES,
        "pool_size": POOL_SIZE,
        "requests": REQUESTS,
        "application_names": [APPLICATION],
    }
    if sandbox.hardened:
        target.update(ssl_mode="verify-full", ca_cert=str(sandbox.authority.path))
    else:
        target.update(ssl_mode="prefer")
    return {"readiness_postgresql": target}


@contextlib.contextmanager
def admin(sandbox: Sandbox, database: str = DATABASE) -> t.Iterator[_sql.Session]:
    """Log in as the superuser through the socket, which works whatever a sabotage did to TCP and TLS.

    What this session runs stays out of pg_stat_statements: nobody shall mistake it for the application's.
    """
    who = administrator(sandbox)
    where = {"host": str(sandbox.home(NAME)), "port": sandbox.port(PORTS["server"]), "dbname": database}
    with _sql.session(user=who.user, password=who.password, options=_UNTRACKED, **where) as session:
        yield session


def run(sandbox: Sandbox) -> None:
    """Start the server on the files that are there."""
    data = sandbox.home(NAME) / "data"
    sandbox.processes.start(NAME, [program("postgres", "postgresql-15", BINARIES), "-D", data], USER)
    sandbox.processes.wait(NAME, lambda: _accepts(sandbox))


def configure(sandbox: Sandbox, **changes: str) -> None:
    """Write the settings and the admission rules of the profile, with *changes* to the settings."""
    data = sandbox.home(NAME) / "data"
    settings = {**_settings(sandbox), **changes}
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    write_lines(data / "postgresql.conf", lines, USER)
    write_lines(data / "postgresql.auto.conf", [], USER)
    admit(sandbox, [])
    if sandbox.hardened:
        sandbox.authority.issue(data, user=USER)


def admit(sandbox: Sandbox, more: t.Iterable[str]) -> None:
    """Write pg_hba.conf with *more* rules in front of those of the profile."""
    write_lines(sandbox.home(NAME) / "data" / "pg_hba.conf", [*more, *_rules(sandbox)], USER)


def reload(sandbox: Sandbox) -> None:
    with admin(sandbox) as database:
        database.run("select pg_reload_conf()")
    time.sleep(0.3)  # the server reads its files when it gets round to it


def _settings(sandbox: Sandbox) -> dict[str, str]:
    settings = {
        "port": str(sandbox.port(PORTS["server"])),
        "unix_socket_directories": str(sandbox.home(NAME)),
        "timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": "32MB",
        "fsync": "off",  # a sandbox may lose its data when the machine fails
        "full_page_writes": "off",
        "log_line_prefix": "%m [%p] ",
    }
    if not sandbox.hardened:
        return {**settings, "listen_addresses": f"{INTERNAL},{PUBLIC}", "ssl": "off"}
    return {
        **settings,
        "listen_addresses": INTERNAL,
        "ssl": "on",
        "ssl_cert_file": "server.crt",
        "ssl_key_file": "server.key",
        "ssl_min_protocol_version": "TLSv1.2",
        "password_encryption": "scram-sha-256",
        "shared_preload_libraries": "pg_stat_statements",
        "pg_stat_statements.track_utility": "off",  # passwords are set by utility statements
        "log_min_duration_statement": "500ms",
        "wal_level": "replica",
        "max_wal_senders": "5",
        "max_replication_slots": "5",
        "max_slot_wal_keep_size": "256MB",  # a replica that never returns must not fill the disk
    }


def _rules(sandbox: Sandbox) -> list[str]:
    if not sandbox.hardened:
        return ["local all all scram-sha-256", "host all all all scram-sha-256"]
    app, look, copy = application(sandbox).user, probe(sandbox).user, replication(sandbox).user
    return [
        f"local all {administrator(sandbox).user} scram-sha-256",
        f"hostssl {DATABASE} {app},{look} {INTERNAL}/32 scram-sha-256",
        f"hostssl {STAGING} {look} {INTERNAL}/32 scram-sha-256",
        f"hostssl replication {copy} {INTERNAL}/32 scram-sha-256",
        f"hostssl all {DRILL} {INTERNAL}/32 scram-sha-256",
    ]


def _make_cluster(sandbox: Sandbox, home: Path) -> None:
    if len(f"{home}/.s.PGSQL.00000") > _LONGEST_SOCKET:
        raise SandboxError(f"The path of the socket in {home} is too long: set READINESS_SANDBOX to a shorter one")
    password = write_lines(home / "password", [administrator(sandbox).password], USER)
    initdb = program("initdb", "postgresql-15", BINARIES)
    words = [initdb, "-D", home / "data", "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password}"]
    done = subprocess.run(
        [*as_user(USER), *map(str, words), "--encoding=UTF8", "--no-sync"],
        env=environment(),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    password.unlink()
    if done.returncode != 0:
        raise SandboxError(f"initdb failed: {done.stderr.strip()}")


def _fill(sandbox: Sandbox) -> None:
    with admin(sandbox, "postgres") as cluster:
        cluster.run(f"create database {DATABASE}")
    with admin(sandbox) as database:
        database.run(_schema.migrations())
        database.run_file("data.sql")
        if sandbox.hardened:
            database.run_file("hardened.sql")
            database.run("create extension pg_stat_statements")
            _make_roles(sandbox, database)
            database.run("select pg_stat_statements_reset()")


def _make_roles(sandbox: Sandbox, database: _sql.Session) -> None:
    app, copy = application(sandbox), replication(sandbox)
    database.run(f"create role {app.user} login password %s", [app.password])
    database.run(f"create role {copy.user} login replication password %s", [copy.password])
    database.run(f"revoke all on database {DATABASE} from public; grant connect on database {DATABASE} to {app.user}")
    database.run(f"grant select, insert, update, delete on all tables in schema public to {app.user}")
    database.run(f"grant usage on all sequences in schema public to {app.user}")
    database.run_file(_sql.GRANTS / "postgresql.sql")
    database.run(f"alter role {probe(sandbox).user} password %s", [probe(sandbox).password])


def _accepts(sandbox: Sandbox) -> bool:
    try:
        with admin(sandbox, "postgres"):
            return True
    except SandboxError:
        return False

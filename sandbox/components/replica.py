# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A streaming replica of the primary, through a replication slot. It is copied anew at every start."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import typing as t
from signal import Signals

from sandbox import _sql
from sandbox._errors import SandboxError
from sandbox._processes import environment
from sandbox._profile import Profile
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._users import as_user, program
from sandbox._waiting import answers, wait_until
from sandbox.components import postgres

NAME = "replica"
NEEDS = (postgres.NAME,)
PROFILES = (Profile.HARDENED,)
PORTS = {"server": 33}
SLOT = "replica_1"


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, postgres.USER)
    shutil.rmtree(home / "data", ignore_errors=True)
    _copy(sandbox)
    run(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME, by=Signals.SIGINT)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and answers(INTERNAL, sandbox.port(PORTS["server"]))


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    return {}  # the primary knows its replicas


def run(sandbox: Sandbox) -> None:
    """Start the replica on the files that are there, and wait until it streams."""
    home = sandbox.home(NAME)
    own = ["-c", f"port={sandbox.port(PORTS['server'])}", "-c", f"unix_socket_directories={home}"]
    own += ["-c", "wal_retrieve_retry_interval=200ms"]  # back soon when the primary was away
    postgres_program = program("postgres", "postgresql-15", postgres.BINARIES)
    sandbox.processes.start(NAME, [postgres_program, "-D", home / "data", *own], postgres.USER)
    sandbox.processes.wait(NAME, lambda: is_up(sandbox))
    wait_until(lambda: streams(sandbox), "Streaming to the replica")


def streams(sandbox: Sandbox) -> bool:
    with postgres.admin(sandbox) as primary:
        return bool(primary.run("select 1 from pg_stat_replication where state = 'streaming'"))


@contextlib.contextmanager
def admin(sandbox: Sandbox) -> t.Iterator[_sql.Session]:
    """Log in as the superuser through the replica's socket."""
    who = postgres.administrator(sandbox)
    where = {"host": str(sandbox.home(NAME)), "port": sandbox.port(PORTS["server"]), "dbname": "postgres"}
    with _sql.session(user=who.user, password=who.password, **where) as session:
        yield session


def _copy(sandbox: Sandbox) -> None:
    who = postgres.replication(sandbox)
    with postgres.admin(sandbox) as primary:
        primary.run("select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active")
        primary.run("select pg_create_physical_replication_slot(%s, true)", [SLOT])
    port = sandbox.port(postgres.PORTS["server"])
    where = f"host={INTERNAL} port={port} user={who.user} sslmode=verify-full sslrootcert={sandbox.authority.path}"
    basebackup = program("pg_basebackup", "postgresql-15", postgres.BINARIES)
    words = [basebackup, "-d", where, "-D", sandbox.home(NAME) / "data", "-R", "-S", SLOT, "-c", "fast", "--no-sync"]
    done = subprocess.run(
        [*as_user(postgres.USER), *map(str, words)],
        env=environment({"PGPASSWORD": who.password}),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SandboxError(f"pg_basebackup failed: {done.stderr.strip()}")

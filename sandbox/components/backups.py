# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of the sandbox's PostgreSQL: several days of them, made by the real pg_dump, and the record of a real restore drill.

hardened: six daily dumps as zipped SQL and four weekly ones as archives, all encrypted, a line of cron that makes them, a plain dump
made right before the deployment, and a drill of the daily and of that one under the role of ``docs/grants/restore_drill.sql``.
as_shipped: what CryptoFunk's own script leaves: dumps with the log of ``pg_dump --verbose`` mixed in, not encrypted, made by hand when
somebody thought of it; no dump before the deployment, and no drill.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import time
import typing as t
from pathlib import Path

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _drill
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from sandbox import _sql
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._processes import environment
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._users import program
from sandbox.components import postgres

NAME = "backups"
NEEDS = (postgres.NAME,)
PROFILES = BOTH
PORTS: dict[str, int] = {}

DAILY, WEEKLY, PRE_DEPLOY = "daily", "weekly", "pre_deploy"
PATTERNS = {
    DAILY: "daily/**/cryptofunk_daily_*.sql.gz*",
    WEEKLY: "weekly/**/cryptofunk_weekly_*.dump*",
    PRE_DEPLOY: "**/backup_pre_deploy_*.sql",
}
BASELINE = {"schema_version": 1, "trading_sessions": 1, "orders": 1}
TEMPLATE = "readiness_drill_template"
_HOUR, _DAY = 3600.0, 86400.0
_EVERY = {DAILY: _DAY, WEEKLY: 7 * _DAY}
_FRESH_FOR = 18 * _HOUR  # after which the backups are made again
_FREEZE = 2 * _HOUR  # before now


def start(sandbox: Sandbox) -> None:
    sandbox.forget(NAME)
    for folder in ("store", "cron.d", "records"):
        (sandbox.home(NAME) / folder).mkdir()
    now = time.time()
    if sandbox.hardened:
        write_lines(sandbox.home(NAME) / "key", [sandbox.secret("backup_key")])
        make_role(sandbox)
        schedule(sandbox)
        for number in range(6):
            write(sandbox, DAILY, now - 2 * _HOUR - number * _DAY)
        for number in range(4):
            write(sandbox, WEEKLY, now - _DAY - number * 7 * _DAY)
        write(sandbox, PRE_DEPLOY, now - _HOUR)
        for kind in (DAILY, PRE_DEPLOY):
            _must_restore(drill(sandbox, kind))
    else:
        for days in (9, 20, 41, 43):
            write(sandbox, DAILY, now - days * _DAY, noisy(sandbox))
    (sandbox.home(NAME) / "made").touch()


def _must_restore(record: dict[str, t.Any]) -> None:
    if record["fault"]:
        raise SandboxError(f"the drill of {record['file']} failed: {record['fault']}")


def stop(sandbox: Sandbox) -> None:
    """Files need no end."""


def is_up(sandbox: Sandbox) -> bool:
    mark = sandbox.folder / NAME / "made"
    if not mark.exists() or time.time() - mark.stat().st_mtime > _FRESH_FOR or not postgres.is_up(sandbox):
        return False
    if not sandbox.hardened:
        return True
    with postgres.admin(sandbox, "postgres") as cluster:
        return bool(cluster.run("select 1 from pg_database where datname = %s", [TEMPLATE]))


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    freeze = (sandbox.home(NAME) / "made").stat().st_mtime - _FREEZE
    declared: dict[str, t.Any] = {
        "path": str(store(sandbox)),
        "database": postgres.DATABASE,
        "schedules": [str(sandbox.home(NAME) / "cron.d" / "*")],
        "records": str(records(sandbox)),
        "pre_deploy": PATTERNS[PRE_DEPLOY],
        "freeze": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(freeze)),
        "kinds": [_kind(name, sandbox) for name in (DAILY, WEEKLY) if sandbox.hardened or name == DAILY],
    }
    if not sandbox.hardened:
        return {"readiness_backups": declared}
    declared["decrypt"] = _cipher(sandbox, "-d")
    return {"readiness_backups": declared, "readiness_restore_drill": login(sandbox), "readiness_drills": ["restore"]}


def _kind(name: str, sandbox: Sandbox) -> dict[str, t.Any]:
    return {
        "name": name,
        "pattern": PATTERNS[name],
        "every_hours": _EVERY[name] / _HOUR,
        "command": f"database-backup.sh {name}",
        "drill": name == DAILY,
    }


def login(sandbox: Sandbox) -> dict[str, t.Any]:
    """Return where the drill restores to, and as whom."""
    return {
        "login_host": INTERNAL,
        "login_port": sandbox.port(postgres.PORTS["server"]),
        "login_user": postgres.DRILL,
        "login_password": sandbox.secret("postgres_drill"),
        "ssl_mode": "verify-full",
        "ca_cert": str(sandbox.authority.path),
        "baseline": BASELINE,
    }


def store(sandbox: Sandbox) -> Path:
    return sandbox.folder / NAME / "store"


def records(sandbox: Sandbox) -> Path:
    return sandbox.folder / NAME / "records"


def newest(sandbox: Sandbox, kind: str) -> Path:
    """Return the newest backup of a *kind*: their names end in their times."""
    return max(store(sandbox).rglob(PATTERNS[kind].rpartition("/")[2]), key=lambda path: path.name)


def schedule(sandbox: Sandbox, before: str = "") -> None:
    """Write what makes the backups by the clock, with *before* in front of each line."""
    lines = [f"{before}0 2 * * * backup /srv/cryptofunk/scripts/backup/database-backup.sh {DAILY}"]
    lines.append(f"{before}0 3 * * sun backup /srv/cryptofunk/scripts/backup/database-backup.sh {WEEKLY}")
    write_lines(sandbox.home(NAME) / "cron.d" / "cryptofunk", ["# Dumps of the database", *lines])


def write(sandbox: Sandbox, kind: str, made: float, data: bytes | None = None, encrypted: bool = True) -> Path:
    """Write a backup as if it had been *made* then: a whole dump unless *data* is given."""
    stamp = time.localtime(made)
    day, name = time.strftime("%Y%m%d", stamp), time.strftime("%Y%m%d_%H%M%S", stamp)
    if kind == PRE_DEPLOY:
        path = store(sandbox) / f"backup_pre_deploy_{name}.sql"
        data = dump(sandbox) if data is None else data
    else:
        is_archive = kind == WEEKLY
        path = store(sandbox) / kind / day / f"cryptofunk_{kind}_{name}{'.dump' if is_archive else '.sql.gz'}"
        data = dump(sandbox, *["--format=custom"] * is_archive) if data is None else data
        data = data if is_archive else gzip.compress(data, 6)
        if sandbox.hardened and encrypted:
            path, data = path.with_name(path.name + ".enc"), _encrypt(sandbox, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    return put(path, data, made)


def put(path: Path, data: bytes, made: float) -> Path:
    """Write a file whose last change was then."""
    path.write_bytes(data)
    os.utime(path, (made, made))
    return path


def dump(sandbox: Sandbox, *options: str, database: str = postgres.DATABASE) -> bytes:
    """Return what pg_dump makes of a database."""
    return _pg_dump(sandbox, [*options, database], subprocess.DEVNULL)


def noisy(sandbox: Sandbox) -> bytes:
    """Return a dump with the log of pg_dump mixed in, as ``pg_dump --verbose 2>&1`` makes it."""
    return _pg_dump(sandbox, ["--verbose", postgres.DATABASE], subprocess.STDOUT)


def _pg_dump(sandbox: Sandbox, words: list[str], errors: int) -> bytes:
    who = postgres.administrator(sandbox)
    where = {"PGHOST": str(sandbox.home(postgres.NAME)), "PGPORT": str(sandbox.port(postgres.PORTS["server"]))}
    done = subprocess.run(
        [program("pg_dump", "postgresql-client", postgres.BINARIES), *words],
        env=environment({**where, "PGUSER": who.user, "PGPASSWORD": who.password}),
        stdout=subprocess.PIPE,
        stderr=errors,
        check=False,
    )
    if done.returncode != 0:
        raise SandboxError(f"pg_dump ended with {done.returncode}")
    return done.stdout


def _cipher(sandbox: Sandbox, *words: str) -> list[str]:
    key = sandbox.home(NAME) / "key"
    return ["openssl", "enc", *words, "-aes-256-cbc", "-pbkdf2", "-iter", "1000", "-pass", f"file:{key}"]


def _encrypt(sandbox: Sandbox, data: bytes) -> bytes:
    return subprocess.run(_cipher(sandbox, "-e", "-salt"), input=data, stdout=subprocess.PIPE, check=True).stdout


def make_role(sandbox: Sandbox) -> None:
    """Make the drill's role and template by the very file of the documentation, anew."""
    with postgres.admin(sandbox, "postgres") as cluster:
        if cluster.run("select 1 from pg_database where datname = %s", [TEMPLATE]):
            cluster.run(f"alter database {TEMPLATE} is_template false")
            cluster.run(f"drop database {TEMPLATE} with (force)")
        if cluster.run("select 1 from pg_roles where rolname = %s", [postgres.DRILL]):
            for (name,) in scratch_databases(cluster):
                cluster.run(f"drop database {name} with (force)")
            cluster.run(f"drop owned by {postgres.DRILL}")
            cluster.run(f"drop role {postgres.DRILL}")
    who = postgres.administrator(sandbox)
    where = {"PGHOST": str(sandbox.home(postgres.NAME)), "PGPORT": str(sandbox.port(postgres.PORTS["server"]))}
    psql = program("psql", "postgresql-client", postgres.BINARIES)
    done = subprocess.run(
        [psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(_sql.GRANTS / "restore_drill.sql"), "postgres"],
        env=environment({**where, "PGUSER": who.user, "PGPASSWORD": who.password}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SandboxError(f"the role of the drill cannot be made: {done.stderr.strip()}")
    with postgres.admin(sandbox, "postgres") as cluster:
        cluster.run(f"alter role {postgres.DRILL} password %s", [sandbox.secret("postgres_drill")])


def scratch_databases(cluster: _sql.Session) -> _sql.Rows:
    return cluster.run("select datname from pg_database where datname like 'readiness\\_drill\\_2%%'")


def options_of(sandbox: Sandbox, kind: str, **changes: t.Any) -> dict[str, t.Any]:
    """Return the options of a drill of a *kind*, checked as those of the module."""
    raw = {
        **login(sandbox),
        "path": str(store(sandbox)),
        "kind": kind,
        "pattern": PATTERNS[kind],
        "decrypt": _cipher(sandbox, "-d"),
        "records": str(records(sandbox)),
        "timeout": 60,
        **changes,
    }
    checked = ArgumentSpecValidator(**_drill.SPEC).validate(raw)
    if checked.error_messages:
        raise SandboxError(f"wrong options of the drill: {checked.error_messages}")
    return dict(checked.validated_parameters)


def drill(sandbox: Sandbox, kind: str, **changes: t.Any) -> dict[str, t.Any]:
    """Do a restore drill, and return its record."""
    options = options_of(sandbox, kind, **changes)
    return _drill.drill(options, Deadline(options["timeout"]))

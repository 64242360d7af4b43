# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TimescaleDB and pgvector: the real extensions in PGlite, a PostgreSQL 17 that is compiled to WebAssembly.

It speaks the protocol to one client at a time, without TLS, and takes any password. So nobody looks at it directly:
``pgbouncer`` stands in front of it. It has no background workers, so no policy ever runs by itself; ``run_policies``
runs each with the real ``run_job`` and notes in the real table what the scheduler would have noted of it.
"""

from __future__ import annotations

import hashlib
import time
import typing as t
from pathlib import Path

import psycopg2

from sandbox import _npm, _schema, _sql
from sandbox._cache import cache
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._users import program
from sandbox._waiting import answers
from sandbox.components import postgres

NAME = "timescale"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
PORTS = {"server": 50}

_PACKAGES = Path(__file__).resolve().parent.parent
_PROGRAM = _PACKAGES / "programs" / "timescaledb.mjs"
_EXTENSIONS = ("timescaledb", "vector")
_NOTE_RUN = """
insert into _timescaledb_internal.bgw_job_stat
    (job_id, last_start, last_finish, next_start, last_successful_finish, last_run_success, total_runs, total_duration,
     total_duration_failures, total_successes, total_failures, total_crashes, consecutive_failures, consecutive_crashes)
select id, to_timestamp(%(start)s), to_timestamp(%(end)s), to_timestamp(%(end)s) + schedule_interval,
       case when %(good)s then to_timestamp(%(end)s) else '-infinity' end, %(good)s, 1,
       case when %(good)s then make_interval(secs => %(end)s - %(start)s) else interval '0' end,
       case when %(good)s then interval '0' else make_interval(secs => %(end)s - %(start)s) end,
       (%(good)s)::int, 1 - (%(good)s)::int, 0, 1 - (%(good)s)::int, 0
from _timescaledb_config.bgw_job where id = %(job)s
on conflict (job_id) do update set
    last_start = excluded.last_start, last_finish = excluded.last_finish, next_start = excluded.next_start,
    last_successful_finish = greatest(bgw_job_stat.last_successful_finish, excluded.last_successful_finish),
    last_run_success = excluded.last_run_success,
    total_runs = bgw_job_stat.total_runs + 1,
    total_duration = bgw_job_stat.total_duration + excluded.total_duration,
    total_duration_failures = bgw_job_stat.total_duration_failures + excluded.total_duration_failures,
    total_successes = bgw_job_stat.total_successes + excluded.total_successes,
    total_failures = bgw_job_stat.total_failures + excluded.total_failures,
    consecutive_failures = excluded.consecutive_failures * (bgw_job_stat.consecutive_failures + 1)
"""


def start(sandbox: Sandbox) -> None:
    data = sandbox.home(NAME) / "data"
    is_fresh = not data.exists()
    port = sandbox.port(PORTS["server"])
    structure = sandbox.home(NAME) / "structure.sql"
    structure.write_text(_schema.migrations(*_EXTENSIONS), encoding="utf-8")
    words: list[str | Path] = [_npm.installed(_PACKAGES), _pristine(structure), data, str(port), structure]
    sandbox.processes.start(NAME, [program("node", "nodejs"), _PROGRAM, *words])
    sandbox.processes.wait(NAME, lambda: answers(INTERNAL, port))
    if is_fresh:
        _fill(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME)  # its one connection belongs to pgbouncer


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    return {}  # pgbouncer is what a client sees


def run_policies(database: _sql.Session) -> None:
    """Run every policy now."""
    for (job,) in database.run("select job_id from timescaledb_information.jobs where hypertable_name is not null"):
        run_job(database, int(job))


def run_job(database: _sql.Session, job: int) -> None:
    """Run a policy now, as TimescaleDB's scheduler would, and note how it went where the scheduler would."""
    began = time.time()
    try:
        database.run(f"call run_job({job})")
        good = True
    except psycopg2.Error:
        good = False
    database.run(_NOTE_RUN, {"job": job, "good": good, "start": began, "end": time.time()})


def policy(database: _sql.Session, table: str, procedure: str) -> int:
    """Return the job that runs *procedure* for *table*."""
    query = "select job_id from timescaledb_information.jobs where hypertable_name = %s and proc_name = %s"
    return int(database.run(query, [table, procedure])[0][0])


def _pristine(structure: Path) -> Path:
    """Return where the database with its structure and without data is kept: another place for other packages or tables."""
    files = (_PACKAGES / "package-lock.json", _PROGRAM, structure)
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return cache() / f"timescaledb-{digest.hexdigest()[:16]}"


def _fill(sandbox: Sandbox) -> None:
    where = {"host": INTERNAL, "port": sandbox.port(PORTS["server"]), "dbname": postgres.DATABASE}
    with _sql.session(user="postgres", password="any", sslmode="disable", **where) as database:
        database.run_file("data.sql")
        run_policies(database)

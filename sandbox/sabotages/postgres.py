# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How PostgreSQL, its replica and its application can be wrong."""

from __future__ import annotations

import contextlib
import threading
import time

import psycopg2

from sandbox import _sql
from sandbox._contract import Act, Sabotage
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._waiting import wait_until
from sandbox.components import app_sessions, postgres, replica
from sandbox.sabotages import _old_postgres
from sandbox.sabotages._stand_ins import redirected

_BIG = "sabotage_import"
_BEHIND = 20 * 1024 * 1024  # bytes
_SETTINGS = "settings"
_SLOW_STATEMENT = "select count(*), pg_sleep(1.5) from trading_sessions"


def _sql_sabotage(
    name: str,
    items: tuple[str, ...],
    says: str,
    do: str,
    undo: str,
    becomes: str = "failed",
    parts: tuple[str, ...] = (),
) -> Sabotage:
    """Return a sabotage that is one statement of the superuser, and its repair by another one."""
    return Sabotage(name, postgres.NAME, items, says, _runs(do), _runs(undo), becomes, parts=parts)


def _runs(statement: str) -> Act:
    def act(sandbox: Sandbox) -> None:
        with postgres.admin(sandbox) as database:
            database.run(statement)

    return act


def _restart(sandbox: Sandbox, **changes: str) -> None:
    """Restart the primary with *changes* to its settings, and wait until its clients are back."""
    postgres.stop(sandbox)
    postgres.configure(sandbox, **changes)
    postgres.run(sandbox)
    _await_application(sandbox)
    wait_until(lambda: replica.streams(sandbox), "Streaming to the replica")


def _await_application(sandbox: Sandbox) -> None:
    wait_until(lambda: app_sessions.counted(sandbox) >= app_sessions.SESSIONS, "The application's return")


def restored(sandbox: Sandbox) -> None:
    postgres.configure(sandbox)
    postgres.reload(sandbox)


def admit_plaintext(sandbox: Sandbox) -> None:
    names = f"{postgres.application(sandbox).user},{postgres.probe(sandbox).user}"
    postgres.admit(sandbox, [f"host {postgres.DATABASE} {names} {INTERNAL}/32 scram-sha-256"])
    postgres.reload(sandbox)


def _tls_off(sandbox: Sandbox) -> None:
    postgres.configure(sandbox, ssl="off")
    admit_plaintext(sandbox)
    sandbox.targets.patch("postgres_tls_off", {"readiness_postgresql": {"ssl_mode": "prefer"}})


def _tls_on(sandbox: Sandbox) -> None:
    sandbox.targets.unpatch("postgres_tls_off")
    restored(sandbox)


def _autovacuum_off(sandbox: Sandbox) -> None:
    postgres.configure(sandbox, autovacuum="off")
    postgres.reload(sandbox)


def _go_public(sandbox: Sandbox) -> None:
    _restart(sandbox, listen_addresses=f"{INTERNAL},{PUBLIC}")


def _invalid_index(sandbox: Sandbox) -> None:
    """Let the server give up on a unique index, which leaves it behind, invalid."""
    with postgres.admin(sandbox) as database, contextlib.suppress(psycopg2.IntegrityError):
        database.run("create unique index concurrently sabotage_invalid on orders (symbol)")


def _slow_statements(sandbox: Sandbox) -> None:
    threads = [threading.Thread(target=_as_application, args=(sandbox, _SLOW_STATEMENT)) for dummy in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _as_application(sandbox: Sandbox, statement: str) -> None:
    who = postgres.application(sandbox)
    where = {"host": INTERNAL, "port": sandbox.port(postgres.PORTS["server"]), "dbname": postgres.DATABASE}
    with _sql.session(user=who.user, password=who.password, sslmode="require", **where) as session:
        session.run(statement)


def _read_by_scans(sandbox: Sandbox) -> None:
    with postgres.admin(sandbox) as database:
        database.run(f"create table {_BIG} as select n as id, md5(n::text) as text from generate_series(1, 200000) n")
        database.run(f"vacuum (analyze) {_BIG}")
        database.run("set max_parallel_workers_per_gather = 0")
        for number in range(60):
            database.run(f"select count(*) from {_BIG} where id = {number}")
    time.sleep(0.2)  # the statistics of a session are there when it has gone


def _never_vacuumed(sandbox: Sandbox) -> None:
    with postgres.admin(sandbox) as database:
        database.run(f"create table {_BIG} (id bigint primary key, text text) with (autovacuum_enabled = off)")
        database.run(f"insert into {_BIG} select n, md5(n::text) from generate_series(1, 100000) n")
        database.run(f"update {_BIG} set text = '' where id % 2 = 0")
    time.sleep(0.2)


def _fill_volume(sandbox: Sandbox) -> None:
    with postgres.admin(sandbox) as database:
        size = int(database.run("select sum(pg_database_size(oid)) from pg_database")[0][0])
    sandbox.targets.patch("postgres_volume_full", {"readiness_postgresql": {"volume_bytes": int(size * 1.05)}})


def _stop_replica(sandbox: Sandbox) -> None:
    replica.stop(sandbox)
    wait_until(lambda: not replica.streams(sandbox), "The end of streaming")


def _pause_replay(sandbox: Sandbox) -> None:
    """Let the replica take what it is sent and replay nothing of it, as a forgotten pause or a long query there does."""
    with replica.admin(sandbox) as standby:
        standby.run("select pg_wal_replay_pause()")
    with postgres.admin(sandbox) as primary:
        primary.run(f"select pg_logical_emit_message(false, 'sabotage', repeat('x', {_BEHIND}))")


def _resume_replay(sandbox: Sandbox) -> None:
    with replica.admin(sandbox) as standby:
        standby.run("select pg_wal_replay_resume()")
    wait_until(lambda: _has_replayed(sandbox), "The replay of what was held")


def _has_replayed(sandbox: Sandbox) -> bool:
    with postgres.admin(sandbox) as primary:
        return primary.run("select max(pg_current_wal_lsn() - replay_lsn) = 0 from pg_stat_replication") == [(True,)]


def _point_to_old(sandbox: Sandbox) -> None:
    _old_postgres.start(sandbox)
    port = sandbox.port(_old_postgres.OFFSET)
    sandbox.targets.patch("postgres_14", {"readiness_postgresql": {"login_port": port}})


def _point_back(sandbox: Sandbox) -> None:
    sandbox.targets.unpatch("postgres_14")
    _old_postgres.stop(sandbox)


def _start_again(sandbox: Sandbox) -> None:
    postgres.run(sandbox)
    _await_application(sandbox)
    wait_until(lambda: replica.streams(sandbox), "Streaming to the replica")


def _wrong_password(sandbox: Sandbox) -> None:
    change = {"login_password": "not-the-password"}
    sandbox.targets.patch("postgres_wrong_password", {"readiness_postgresql": change})


SABOTAGES = [
    Sabotage("postgres_tls_off", postgres.NAME, ("1.3.1",), "The server speaks no TLS", _tls_off, _tls_on),
    Sabotage(
        "postgres_plaintext_admitted",
        postgres.NAME,
        ("1.3.1",),
        "pg_hba.conf admits connections without TLS",
        admit_plaintext,
        restored,
        parts=(_SETTINGS,),
    ),
    Sabotage(
        "postgres_public", postgres.NAME, ("1.4.2",), "The server listens on the public address", _go_public, _restart
    ),
    Sabotage(
        "postgres_invalid_index",
        postgres.NAME,
        ("2.1.1",),
        "An index is invalid",
        _invalid_index,
        _runs("drop index if exists sabotage_invalid"),
        parts=("orders/symbol",),
    ),
    _sql_sabotage(
        "postgres_duplicate_index",
        ("2.1.1",),
        "Two indexes are the same",
        "create index sabotage_double on orders (session_id, placed_at desc)",
        "drop index if exists sabotage_double",
        parts=("orders/session",),
    ),
    Sabotage(
        "postgres_slow_statement",
        postgres.NAME,
        ("2.1.1.1",),
        "A statement of the application takes 1.5 s",
        _slow_statements,
        _runs(
            "select pg_stat_statements_reset(userid, dbid, queryid) from pg_stat_statements where query ~ 'pg_sleep'"
        ),
        parts=("statements",),
    ),
    _sql_sabotage(
        "postgres_no_statistics",
        ("2.1.1.1",),
        "The extension pg_stat_statements is not there",
        "drop extension pg_stat_statements",
        "create extension if not exists pg_stat_statements",
        becomes="error",
    ),
    Sabotage(
        "postgres_sequential_scans",
        postgres.NAME,
        ("2.1.1.2",),
        "A big table is read by sequential scans alone",
        _read_by_scans,
        _runs(f"drop table if exists {_BIG}"),
        parts=(_BIG,),
    ),
    _sql_sabotage(
        "postgres_unindexed_foreign_key",
        ("2.1.1.2",),
        "A foreign key has no index",
        "drop index idx_orders_position",
        "create index if not exists idx_orders_position on orders (position_id)",
        parts=("orders/position",),
    ),
    Sabotage(
        "postgres_autovacuum_off",
        postgres.NAME,
        ("2.1.4",),
        "Autovacuum is off",
        _autovacuum_off,
        restored,
        parts=(_SETTINGS,),
    ),
    Sabotage(
        "postgres_never_vacuumed",
        postgres.NAME,
        ("2.1.4",),
        "A big table was never vacuumed, and a third of it is dead",
        _never_vacuumed,
        _runs(f"drop table if exists {_BIG}"),
        parts=(_BIG,),
    ),
    Sabotage(
        "postgres_volume_full",
        postgres.NAME,
        ("2.1.5",),
        "The database fills 95 % of its declared volume",
        _fill_volume,
        lambda sandbox: sandbox.targets.unpatch("postgres_volume_full"),
        parts=("volume",),
    ),
    Sabotage(
        "postgres_14",
        postgres.NAME,
        ("4.3.1",),
        "The target is a PostgreSQL 14 (another, real server with the same schema)",
        _point_to_old,
        _point_back,
    ),
    Sabotage("replica_stopped", replica.NAME, ("4.3.6",), "The replica is down", _stop_replica, replica.run),
    Sabotage(
        "replica_paused",
        replica.NAME,
        ("4.3.6",),
        "The replica replays nothing, and falls behind",
        _pause_replay,
        _resume_replay,
    ),
    _sql_sabotage(
        "postgres_inactive_slot",
        ("4.3.6",),
        "A replication slot that nobody uses keeps the log",
        "select pg_create_physical_replication_slot('sabotage_forgotten', true)",
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'sabotage_forgotten'",
        parts=("slots",),
    ),
    _sql_sabotage(
        "trading_sessions_renamed",
        ("8.2.2",),
        "The table trading_sessions is not there",
        "alter table trading_sessions rename to sabotage_sessions",
        "alter table if exists sabotage_sessions rename to trading_sessions",
    ),
    Sabotage(
        "postgres_stopped",
        postgres.NAME,
        ("8.2.2",),
        "PostgreSQL is down",
        postgres.stop,
        _start_again,
        becomes="error",
    ),
    Sabotage(
        "postgres_wrong_password",
        postgres.NAME,
        ("8.2.2",),
        "The declared password of PostgreSQL is wrong",
        _wrong_password,
        lambda sandbox: sandbox.targets.unpatch("postgres_wrong_password"),
        becomes="error",
    ),
    redirected(postgres.NAME, "readiness_postgresql", "blackhole", 150, ("8.2.2",)),
    redirected(postgres.NAME, "readiness_postgresql", "garbage", 151, ("8.2.2",)),
    redirected(postgres.NAME, "readiness_postgresql", "babble", 152, ("8.2.2",)),
]

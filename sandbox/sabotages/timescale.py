# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How TimescaleDB and pgvector can be wrong."""

from __future__ import annotations

from sandbox import _schema
from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import pgbouncer, timescale
from sandbox.sabotages._stand_ins import redirected

_REMOVE = "select remove_compression_policy('candlesticks', if_exists => true)"
_ADD = "select add_compression_policy('candlesticks', interval '7 days')"


def _runs(*statements: str) -> Act:
    def act(sandbox: Sandbox) -> None:
        with pgbouncer.admin(sandbox) as database:
            for statement in statements:
                database.run(statement)

    return act


def _policy_restored(sandbox: Sandbox) -> None:
    with pgbouncer.admin(sandbox) as database:
        database.run(_REMOVE)
        database.run(_ADD)
        timescale.run_policies(database)


def _fail_policy(sandbox: Sandbox) -> None:
    """Let the compression of candlesticks fail, because its configuration asks for what cannot be."""
    with pgbouncer.admin(sandbox) as database:
        job = timescale.policy(database, "candlesticks", "policy_compression")
        database.run(f"update _timescaledb_config.bgw_job set config = config - 'compress_after' where id = {job}")
        timescale.run_job(database, job)


def _vectors_restored(sandbox: Sandbox) -> None:
    with pgbouncer.admin(sandbox) as database:
        if not database.run("select 1 from pg_extension where extname = 'vector'"):
            database.run(_schema.of_extension("vector"))


def _built_anew(sandbox: Sandbox) -> None:
    """Without the extension the hypertables are gone, too: only a new database has them again."""
    pgbouncer.stop(sandbox)
    timescale.stop(sandbox)
    sandbox.forget(timescale.NAME)
    timescale.start(sandbox)
    pgbouncer.start(sandbox)


def _of_timescale(name: str, items: tuple[str, ...], says: str, do: Act, undo: Act) -> Sabotage:
    return Sabotage(name, timescale.NAME, items, says, do, undo)


SABOTAGES = [
    _of_timescale(
        "candlesticks_plain_table",
        ("2.1.2", "2.1.2.1", "7.2.5"),
        "candlesticks is a plain table",
        _runs(
            "alter table candlesticks rename to sabotage_candlesticks",
            "create table candlesticks (like sabotage_candlesticks including all)",
        ),
        _runs(
            "do $$ begin if to_regclass('sabotage_candlesticks') is not null then"
            " drop table if exists candlesticks; alter table sabotage_candlesticks rename to candlesticks;"
            " end if; end $$"
        ),
    ),
    _of_timescale(
        "candlesticks_week_chunks",
        ("2.1.2.1",),
        "A chunk of candlesticks spans 7 days",
        _runs("select set_chunk_time_interval('candlesticks', interval '7 days')"),
        _runs("select set_chunk_time_interval('candlesticks', interval '1 day')"),
    ),
    _of_timescale(
        "candlesticks_not_compressed",
        ("2.1.2.2",),
        "candlesticks has no compression policy",
        _runs(_REMOVE),
        _policy_restored,
    ),
    _of_timescale(
        "candlesticks_compressed_late",
        ("2.1.2.2",),
        "candlesticks is compressed after 60 days",
        _runs(_REMOVE, "select add_compression_policy('candlesticks', interval '60 days')"),
        _policy_restored,
    ),
    _of_timescale(
        "candlesticks_compression_fails",
        ("2.1.2.2",),
        "The last compression of candlesticks failed",
        _fail_policy,
        _policy_restored,
    ),
    _of_timescale(
        "timescaledb_dropped",
        ("4.3.2",),
        "The extension timescaledb is not there",
        _runs("drop extension timescaledb cascade"),
        _built_anew,
    ),
    _of_timescale(
        "vector_dropped",
        ("4.3.3",),
        "The extension vector is not there",
        _runs("drop extension vector cascade"),
        _vectors_restored,
    ),
    redirected(timescale.NAME, "readiness_timescaledb", "blackhole", 154, ("4.3.2",)),
    redirected(timescale.NAME, "readiness_timescaledb", "hang_up", 155, ("4.3.2",)),
]

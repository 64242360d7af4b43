# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in migrations: numbers, pairs, what they destroy and do not undo."""

from __future__ import annotations

from sandbox._edits import Edit, Remove, Write
from sandbox.defects._defect import Defect

_LAST = "migrations/013_user_devices.sql"
_DOCUMENTED = "6.2.4"  # the document of the schema still names the table
_NOTHING = "begin;\n\ncommit;\n"


def _destroys(name: str, says: str, statement: str, *also: str) -> Defect:
    """Return the defect that the last migration runs *statement*, too; *also* are further items that turn red."""
    return Defect(name, ("7.2.2", *also), says, (Edit(_LAST, "\ncommit;", f"\n{statement}\n\ncommit;"),))


def _leaves(name: str, says: str, file: str, dropped: str) -> Defect:
    return Defect(name, ("7.2.2",), says, (Edit(f"migrations/{file}", f"{dropped}\n", ""),))


DEFECTS = [
    _destroys("migration_drops_column", "A column is dropped", "alter table trades drop column metadata;"),
    _destroys("migration_drops_table", "A table is dropped", "drop table if exists market_data_cache;", _DOCUMENTED),
    _destroys("migration_empties_table", "A table is emptied", "truncate market_data_cache;"),
    _destroys("migration_deletes_all", "Every row of a table is deleted", "delete from market_data_cache;"),
    _destroys(
        "migration_deletes_all_in_disguise",
        "Every row is deleted, with a condition",
        "delete from agent_status where true;",
    ),
    _destroys("migration_updates_all", "Every row of a table is updated", "update orders set exchange = 'binance';"),
    _destroys(
        "migration_changes_type",
        "The type of a column is changed",
        "alter table orders alter column price type numeric(10, 2);",
    ),
    _destroys(
        "migration_forbids_null", "NULL is forbidden where it may be", "alter table orders alter price set not null;"
    ),
    _destroys(
        "migration_adds_not_null",
        "A column without a value for old rows",
        "alter table trades add venue text not null;",
    ),
    _destroys(
        "migration_drops_in_a_block",
        "A table is dropped in a block of PL/pgSQL",
        "do $$ begin if true then execute 'drop table market_data_cache'; end if; end $$;",
        _DOCUMENTED,
    ),
    _destroys("migration_drops_with_all", "A type is dropped with its columns", "drop type signal_type cascade;"),
    _destroys(
        "migration_drops_chunks",
        "Old prices are dropped",
        "select drop_chunks('candlesticks', older_than => interval '1 day');",
    ),
    _destroys(
        "migration_deletes_in_with",
        "Rows are deleted while they are counted",
        "with gone as (delete from trades returning id) select count(*) from gone;",
    ),
    _destroys(
        "migration_announced_without_reason",
        "The announcement gives no reason",
        "-- readiness: announced\nalter table trades drop column metadata;",
    ),
    _leaves(
        "migration_leaves_table",
        "A way back leaves a table",
        "012_telegram_users_down.sql",
        "drop table telegram_messages;",
    ),
    _leaves(
        "migration_leaves_type",
        "A way back leaves a type",
        "007_decision_feedback_down.sql",
        "drop type feedback_rating;",
    ),
    _leaves(
        "migration_leaves_column",
        "A way back leaves a column",
        "004_llm_decisions_enhancement_down.sql",
        "alter table llm_decisions drop column context;",
    ),
    _leaves(
        "migration_leaves_index",
        "A way back leaves an index",
        "006_decisions_search_indexes_down.sql",
        "drop index idx_llm_decisions_latency;",
    ),
    Defect(
        "migration_without_way_back",
        ("7.2.2", "9.4"),
        "The last migration has no way back",
        (Remove("migrations/013_user_devices_down.sql"),),
    ),
    Defect(
        "migration_with_empty_way_back",
        ("7.2.2", "9.4"),
        "A way back undoes nothing",
        (Write("migrations/005_audit_logs_down.sql", _NOTHING),),
    ),
    Defect(
        "migration_commented_out",
        ("7.2.2", "9.4"),
        "A way back is commented out",
        (Edit("migrations/010_orchestrator_state_down.sql", "drop table", "-- drop table"),),
    ),
    Defect(
        "migration_number_twice",
        ("7.2.2",),
        "Two migrations have the number 13",
        (Write("migrations/013_settings.sql", "alter table orders add column note text;\n"),),
    ),
    Defect(
        "migration_version_behind",
        ("7.2.2",),
        "There is a migration more than the release states",
        (
            Write("migrations/014_note.sql", "alter table orders add column note text;\n"),
            Write("migrations/014_note_down.sql", "alter table orders drop column note;\n"),
        ),
    ),
    Defect(
        "migration_unnumbered",
        ("7.2.2",),
        "A migration has no number",
        (Write("migrations/fix_prices.sql", "alter table orders add column note text;\n"),),
    ),
    Defect(
        "migration_of_no_extension",
        ("7.2.2",),
        "A function calls what no migration installs",
        (
            Edit(
                "migrations/009_api_keys.sql",
                "key_hash varchar(64) not null unique,",
                "key_hash varchar(64) not null unique default encode(gen_random_bytes(32), 'hex'),",
            ),
        ),
    ),
    Defect(
        "migrations_run_at_first_start",
        ("7.2.2",),
        "The database runs the ways back at its first start",
        (
            Edit(
                "docker-compose.yml",
                "      - postgres-data:/var/lib/postgresql/data\n",
                "      - postgres-data:/var/lib/postgresql/data\n      - ./migrations:/docker-entrypoint-initdb.d:ro\n",
            ),
        ),
    ),
]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the large tables of a database are read and kept clean.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_TABLES = r"""
select format('%%I.%%I', s.schemaname, s.relname) as name,
       greatest(c.reltuples, s.n_live_tup)::int8 as "rows",
       s.n_live_tup as live, s.n_dead_tup as dead,
       s.seq_scan as sequential_scans, coalesce(s.idx_scan, 0) as index_scans,
       extract(epoch from now() - greatest(s.last_vacuum, s.last_autovacuum))::float8 / 86400 as days_since_vacuum,
       extract(epoch from now() - greatest(s.last_analyze, s.last_autoanalyze))::float8 / 86400 as days_since_analyze,
       s.n_dead_tup > 0 or s.n_ins_since_vacuum > 0 as changed_since_vacuum,
       s.n_mod_since_analyze > 0 as changed_since_analyze,
       exists (select from unnest(c.reloptions) o where lower(o) in
               ('autovacuum_enabled=false', 'autovacuum_enabled=off', 'autovacuum_enabled=0', 'autovacuum_enabled=no'))
           as autovacuum_is_off
from pg_stat_user_tables s join pg_class c on c.oid = s.relid
where greatest(c.reltuples, s.n_live_tup, s.n_live_tup + s.n_dead_tup) >= %(rows)s order by 2 desc, 1
"""
_COUNT = "select count(*) as tables from pg_stat_user_tables"
_VACUUM = """
select current_setting('autovacuum') = 'on' as autovacuum,
       current_setting('track_counts') = 'on' as track_counts,
       current_setting('autovacuum_naptime') as naptime,
       current_setting('autovacuum_vacuum_scale_factor')::float8 as vacuum_scale_factor,
       current_setting('autovacuum_analyze_scale_factor')::float8 as analyze_scale_factor,
       current_setting('autovacuum_freeze_max_age')::int8 as freeze_max_age,
       (select max(age(datfrozenxid))::int8 from pg_database) as wraparound_age
"""
_MOST = 50  # tables that are shown one by one

Row = t.Dict[str, t.Any]


def tables(context: Context) -> dict[str, t.Any]:
    """Return the tables of at least ``large_table_rows`` rows, and what is the matter with them."""
    large = context.session.rows(_TABLES, {"rows": context.options["large_table_rows"]})
    count = int(context.session.row(_COUNT)["tables"])
    return {"count": count, **summary(large, context.options["min_scans"])}


def vacuum(context: Context) -> dict[str, t.Any]:
    """Return the settings of autovacuum, and the age of the oldest transaction in any database."""
    return context.session.row(_VACUUM)


def summary(large: t.Sequence[Row], min_scans: int) -> dict[str, t.Any]:
    """Return the figures of the *large* tables.

    A table that did not change since its last vacuum needs none, however long ago that was: old chunks of a hypertable
    are left alone by autovacuum for ever. So the longest times are those of tables that have changed, and 0 without any.
    """
    unclean = [row for row in large if row["changed_since_vacuum"]]
    outdated = [row for row in large if row["changed_since_analyze"]]
    return {
        "large_count": len(large),
        "large": [{**row, "dead_ratio": dead_ratio(row)} for row in large[:_MOST]],
        "sequential": [_scans(row) for row in large if _is_read_sequentially(row, min_scans)],
        "never_vacuumed": [row["name"] for row in unclean if row["days_since_vacuum"] is None],
        "never_analyzed": [row["name"] for row in outdated if row["days_since_analyze"] is None],
        "longest_without_vacuum_days": _longest(unclean, "days_since_vacuum"),
        "longest_without_analyze_days": _longest(outdated, "days_since_analyze"),
        "highest_dead_ratio": max(map(dead_ratio, large), default=0.0),
        "autovacuum_is_off": [row["name"] for row in large if row["autovacuum_is_off"]],
    }


def dead_ratio(row: Row) -> float:
    """Return the share of dead rows in a table."""
    total = row["live"] + row["dead"]
    return round(row["dead"] / total, 4) if total else 0.0


def _longest(rows: t.Sequence[Row], key: str) -> float:
    return round(max((row[key] for row in rows if row[key] is not None), default=0.0), 2)


def _is_read_sequentially(row: Row, min_scans: int) -> bool:
    return bool(row["sequential_scans"] >= min_scans and row["sequential_scans"] > row["index_scans"])


def _scans(row: Row) -> str:
    return f"{row['name']}: {row['sequential_scans']} sequential and {row['index_scans']} index scans of {row['rows']} rows"

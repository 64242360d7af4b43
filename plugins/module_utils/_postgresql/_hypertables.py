# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TimescaleDB's hypertables: their chunks, and how their policies fare.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_EXTENSION = """
select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname = 'timescaledb'
"""
# to_jsonb, because which columns these views have depends on TimescaleDB's version.
_HYPERTABLES = """
select h.hypertable_schema::text as schema, h.hypertable_name::text as name, h.num_chunks::int as chunks,
       (to_jsonb(h) ->> 'compression_enabled')::bool as compression_enabled,
       d.column_name::text as dimension, extract(epoch from d.time_interval)::float8 as chunk_seconds
from timescaledb_information.hypertables h
left join timescaledb_information.dimensions d
    on d.hypertable_schema = h.hypertable_schema and d.hypertable_name = h.hypertable_name and d.dimension_number = 1
order by 1, 2
"""
_POLICIES = """
select j.hypertable_schema::text as schema, j.hypertable_name::text as name, j.proc_name::text as procedure,
       j.scheduled, s.last_run_status,
       extract(epoch from now() - nullif(s.last_run_started_at, '-infinity'))::float8 / 3600 as hours_since_run,
       case when a.after !~ '^-?[0-9]+$' then extract(epoch from a.after::interval)::float8 end as after_seconds
from timescaledb_information.jobs j
left join timescaledb_information.job_stats s on s.job_id = j.job_id
cross join lateral (select coalesce(j.config ->> 'compress_after', j.config ->> 'drop_after') as after) a
where j.hypertable_name is not null and j.proc_name in ('policy_compression', 'policy_retention')
"""
_BYTES = """
select h.hypertable_schema::text as schema, h.hypertable_name::text as name,
       {schema}.hypertable_size(format('%I.%I', h.hypertable_schema, h.hypertable_name)::regclass) as bytes
from timescaledb_information.hypertables h order by 1, 2
"""
_POLICY_KEYS = {"scheduled": None, "last_run_status": None, "hours_since_run": None, "after_seconds": None}

Row = t.Dict[str, t.Any]


def hypertables(context: Context) -> dict[str, t.Any]:
    """Return the hypertables with their policies. Without the extension there are none, and that was seen."""
    if not _schema(context):
        return combined([], [])
    return combined(context.session.rows(_HYPERTABLES), context.session.rows(_POLICIES))


def hypertable_sizes(context: Context) -> list[Row]:
    """Return how many bytes each hypertable has in its chunks; the size of the table itself is next to nothing."""
    schema = _schema(context)
    return context.session.rows(_BYTES.format(schema=schema)) if schema else []


def combined(found: t.Sequence[Row], policies: t.Sequence[Row]) -> dict[str, t.Any]:
    """Return the hypertables *found*, each with its two policies; what is not there has null for each of its keys."""
    by_table = {(row["schema"], row["name"], row["procedure"]): row for row in policies}
    details = [
        {
            **row,
            "compression": _policy(by_table.get((row["schema"], row["name"], "policy_compression"))),
            "retention": _policy(by_table.get((row["schema"], row["name"], "policy_retention"))),
        }
        for row in found
    ]
    return {
        "names": [row["name"] for row in details],
        "compressed": [row["name"] for row in details if row["compression"]["scheduled"]],
        "details": details,
    }


def _policy(row: Row | None) -> Row:
    return {key: row[key] for key in _POLICY_KEYS} if row else dict(_POLICY_KEYS)


def _schema(context: Context) -> str | None:
    rows = context.once("schema of timescaledb", lambda: context.session.rows(_EXTENSION))
    return str(rows[0]["schema"]) if rows else None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Indexes that are invalid, stand twice, or are missing for a foreign key.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_OWN = r"n.nspname !~ '^(pg_|information_schema$|_?timescaledb)'"
_INDEXES = rf"""
select format('%I.%I', n.nspname, c.relname) as name, format('%I.%I', n.nspname, r.relname) as "table",
       i.indkey::int2[] as columns, i.indnkeyatts as key_columns, i.indisvalid and i.indisready as is_valid,
       pg_get_expr(i.indpred, i.indrelid) as predicate,
       concat_ws('|', a.amname, i.indkey, i.indnkeyatts, i.indclass, i.indcollation, i.indoption,
                 pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)) as shape,
       exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid) as is_in_progress
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class r on r.oid = i.indrelid
     join pg_am a on a.oid = c.relam join pg_namespace n on n.oid = r.relnamespace
where {_OWN} order by 1
"""
_FOREIGN_KEYS = rf"""
select k.conname::text as name, format('%I.%I', n.nspname, r.relname) as "table", k.conkey as columns,
       array(select a.attname::text from unnest(k.conkey) with ordinality o (number, place)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.number order by o.place) as column_names
from pg_constraint k join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = r.relnamespace
where k.contype = 'f' and k.conparentid = 0 and {_OWN} order by 2, 1
"""

Row = t.Dict[str, t.Any]


def indexes(context: Context) -> dict[str, t.Any]:
    """Return the names of the indexes, and of the foreign keys, that need attention."""
    found = context.session.rows(_INDEXES)
    return {
        "count": len(found),
        "invalid": [row["name"] for row in found if not row["is_valid"] and not row["is_in_progress"]],
        "duplicate": duplicates(found),
        "unindexed_foreign_keys": unindexed(context.session.rows(_FOREIGN_KEYS), found),
    }


def duplicates(found: t.Sequence[Row]) -> list[str]:
    """Return "a = b" for each index that does what another one of the same table does already."""
    first: dict[tuple[str, str], str] = {}
    doubles: list[str] = []
    for row in found:
        if row["is_valid"]:
            other = first.setdefault((row["table"], row["shape"]), row["name"])
            if other != row["name"]:
                doubles.append(f"{other} = {row['name']}")
    return doubles


def unindexed(keys: t.Sequence[Row], found: t.Sequence[Row]) -> list[str]:
    """Return "table (columns)" for each foreign key whose columns lead no index of the referring table."""
    return [
        f"{key['table']} ({', '.join(key['column_names'])})"
        for key in keys
        if not any(_serves(row, key) for row in found if row["table"] == key["table"])
    ]


def _serves(index: Row, key: Row) -> bool:
    """Tell whether *index* finds the rows that refer by *key*, in whatever order its first columns stand."""
    columns = list(index["columns"])[: min(len(key["columns"]), index["key_columns"])]
    return bool(index["is_valid"]) and set(columns) == set(key["columns"]) and _is_whole(index["predicate"], key)


def _is_whole(predicate: str | None, key: Row) -> bool:
    """Tell whether the index has every row that refers: a partial one may leave out nulls only."""
    return predicate is None or predicate in {f"({name} IS NOT NULL)" for name in key["column_names"]}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application's own tables: which migrations were applied, and how many rows the declared ones have.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_FIND = """
select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(%s)
"""
# A schema that one may not use is left out of the search path without a word: its tables look as if they were not there.
_HIDDEN = """
select n.nspname::text as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relname = %s and c.relkind in ('r', 'p', 'v', 'm', 'f') and not has_schema_privilege(n.oid, 'usage')
"""
_VERSION_TABLE = "schema_version"  # of CryptoFunk's migrator


def schema(context: Context) -> dict[str, t.Any]:
    """Return the migrations that were applied, and the gaps between them."""
    table = _find(context, _VERSION_TABLE)
    if table is None:
        why = f"Cannot {context.session.attempt}: there is no table {_VERSION_TABLE}"
        raise LookError(Reason.NO_DATA, why)
    rows = context.session.rows(
        f"select version::int8 as version from {table} order by 1", needs=_right(context, table)
    )
    return migrations([int(row["version"]) for row in rows])


def migrations(versions: t.Sequence[int]) -> dict[str, t.Any]:
    """Return the newest version, all of them, and those between 1 and the newest that are missing."""
    newest = max(versions, default=None)
    missing = sorted(set(range(1, (newest or 0) + 1)) - set(versions))
    return {"version": newest, "versions": list(versions), "missing": missing}


def declared_tables(context: Context) -> list[dict[str, t.Any]]:
    """Return for each declared table whether it exists, and how many rows it has."""
    return [_declared(context, name) for name in _names(context)]


def missing_tables(context: Context) -> list[str]:
    """Return the declared tables that do not exist."""
    return [name for name in _names(context) if _find(context, name) is None]


def _names(context: Context) -> list[str]:
    names: list[str] = context.options["tables"]
    if not names:
        raise LookError(Reason.NOT_CONFIGURED, "The option tables names no table")
    return names


def _declared(context: Context, name: str) -> dict[str, t.Any]:
    table = _find(context, name)
    if table is None:
        return {"name": name, "exists": False, "rows": None}
    found = context.session.row(f'select count(*) as "rows" from {table}', needs=_right(context, table))
    return {"name": name, "exists": True, "rows": found["rows"]}


def _find(context: Context, name: str) -> str | None:
    """Return the quoted name of the table *name*, or None."""
    rows = context.once(f"table {name}", lambda: context.session.rows(_FIND, [name]))
    if rows:
        return str(rows[0]["name"])
    hidden = context.session.rows(_HIDDEN, [name.rpartition(".")[2]])
    if hidden:
        grant = f"grant usage on schema {hidden[0]['schema']} to {context.login.user}"
        raise LookError(Reason.UNAUTHORISED, f"Cannot {context.session.attempt}: permission denied; it needs: {grant}")
    return None


def _right(context: Context, table: str) -> str:
    return f"grant select on {table} to {context.login.user}"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare a database with the migrations of a release. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Sorted, gaps
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._relations import Relations, relations
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._hypertables import hypertables
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._schema import schema

_RELATIONS = """
select case when n.nspname = 'public' or pg_table_is_visible(c.oid) then c.relname::text end as plain,
       n.nspname::text || '.' || c.relname::text as full
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_(temp|toast)' and n.nspname <> 'information_schema'
"""
_IDENTITY = """
select (select system_identifier::text from pg_control_system()) || '/' || d.oid::text as identity
from pg_database d where d.datname = current_database()
"""

Row = t.Dict[str, t.Any]


class Release:
    """The migrations of a release, and what they leave behind."""

    def __init__(self, files: Sorted, first: int) -> None:
        self.ups = [(one.number, one.ups[0]) for one in files.migrations if one.ups]
        self.numbers = [number for number, dummy in self.ups]
        self.missing_files = gaps(self.numbers, first)
        if not self.numbers:
            raise LookError(Reason.NO_DATA, "The release has no migration that goes forward")
        self._relations: Relations | None = None

    def relations(self) -> Relations:
        if self._relations is None:
            self._relations = relations(script for dummy, script in self.ups)
        return self._relations

    def place(self, number: int) -> str:
        return next((f"{script.file}:{script.line}" for one, script in self.ups if one == number), "")


def release(found: Release) -> Row:
    """Return what the release has."""
    return {
        "latest": found.numbers[-1],
        "count": len(found.numbers),
        "at": [found.place(found.numbers[-1])],
    }


def migrations(context: Context, found: Release) -> Row:
    """Return which migrations of the release the database lacks, and which it has that the release does not."""
    applied = context.once("schema", lambda: schema(context))
    return compared(found.numbers, applied["versions"], found.place)


def compared(numbers: t.Sequence[int], applied: t.Sequence[int], place: t.Callable[[int], str]) -> Row:
    """Compare the *numbers* of a release with those that are *applied*."""
    newest = max(applied, default=None)
    pending = sorted(set(numbers) - set(applied))
    return {
        "version": newest,
        "count": len(applied),
        "pending": [{"number": number, "at": place(number)} for number in pending],
        "skipped": [
            {"number": number, "at": place(number)} for number in pending if newest is not None and number < newest
        ],
        "unknown": sorted(set(applied) - set(numbers)),
    }


def missing_relations(context: Context, found: Release) -> list[Row]:
    """Return the tables and views of the release that the database does not have."""
    wanted = found.relations()
    if not wanted.by_name:
        raise LookError(Reason.NO_DATA, "No table can be seen in the migrations of the release")
    rows = context.session.rows(_RELATIONS)
    there = {row["plain"] for row in rows} | {row["full"] for row in rows}
    missing = [vars(one) for one in wanted.by_name.values() if one.name not in there]
    return _certain(missing, wanted)


def missing_hypertables(context: Context, found: Release) -> list[Row]:
    """Return the hypertables of the release that are none in the database."""
    wanted = found.relations()
    there = set(hypertables(context)["names"])
    missing = [
        {"name": name, "at": place}
        for name, place in wanted.hypertables.items()
        if name.rpartition(".")[2] not in there
    ]
    return _certain(missing, wanted)


def identity(context: Context) -> str:
    """Return what tells this database from any other: that of its cluster, and its own number in it."""
    return str(context.session.row(_IDENTITY)["identity"])


def _certain(missing: list[Row], wanted: Relations) -> list[Row]:
    """Something is missing for sure only when the files show everything that they do."""
    if missing and wanted.opaque:
        raise LookError(
            Reason.UNSUPPORTED,
            f"The database has no {missing[0]['name']}, but {wanted.opaque[0]} runs what the file does not show",
        )
    return missing

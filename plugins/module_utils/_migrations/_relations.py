# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tables, views and hypertables are there when all migrations have run, as far as the files show it.

Pure. This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._acts import Tokens, acts_of, is_code
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Script
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import (
    SIGN,
    STRING,
    WORD,
    statements,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._objects import (
    Dropped,
    Made,
    created,
    dropped,
    table_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._reader import Reader

_TABLES = ("table", "foreign table")
_VIEWS = ("view", "materialized view")
_PASSING = frozenset({"temp", "temporary"})
_OWN_SCHEMA = "public."


@dataclass(frozen=True)
class Relation:
    """A table or a view, and where it is created, as file:line."""

    name: str
    kind: str
    at: str


@dataclass
class Relations:
    """What is there in the end, by name, and the places that run what the files do not show."""

    by_name: dict[str, Relation] = field(default_factory=dict)
    hypertables: dict[str, str] = field(default_factory=dict)
    opaque: list[str] = field(default_factory=list)


def relations(scripts: t.Iterable[Script]) -> Relations:
    """Return what the *scripts* leave behind when they run one after the other."""
    found = Relations()
    for script in scripts:
        for statement in statements(script.text, script.file, script.line):
            acts = acts_of(statement, script.file)
            found.opaque += [f"{script.file}:{token.line}" for token in acts.opaque]
            for tokens in acts.runs:
                if not is_code(tokens):
                    _note(tokens, script.file, found)
    return found


def _note(tokens: Tokens, file: str, found: Relations) -> None:
    for gone in dropped(tokens):
        _forget(gone, found)
    passing = {token.text for token in tokens[1:4] if token.kind == WORD} & _PASSING
    for made in created(tokens):
        if made.kind in (*_TABLES, *_VIEWS) and not passing:
            _keep(made, f"{file}:{made.line}", found)
    _rename(tokens, found)
    name = _hypertable(tokens)
    if name:
        found.hypertables[name] = f"{file}:{tokens[0].line}"


def _keep(made: Made, place: str, found: Relations) -> None:
    found.by_name[made.name] = Relation(made.name, made.kind, place)
    if {"timescaledb", "hypertable"} <= made.words:
        found.hypertables[made.name] = place


def _forget(gone: Dropped, found: Relations) -> None:
    if gone.kind in (*_TABLES, *_VIEWS):
        for name in gone.names:
            found.by_name.pop(name, None)
            found.hypertables.pop(name, None)
    if gone.kind == "schema":
        inside = [one for one in found.by_name for name in gone.names if one.startswith(f"{name}.")]
        for one in inside:
            found.by_name.pop(one, None)
            found.hypertables.pop(one, None)
    if gone.cascade:  # which views go with it is the database's to know
        for name in [one.name for one in found.by_name.values() if one.kind in _VIEWS]:
            del found.by_name[name]


def _rename(tokens: Tokens, found: Relations) -> None:
    """ALTER TABLE … RENAME TO and SET SCHEMA, of views as well."""
    reader = Reader(tokens)
    if not reader.take("alter") or not (reader.take("materialized", "view") or reader.take_any("table", "view")):
        return
    old = table_of(reader)
    if old is None:
        return
    new = None
    if reader.take("rename", "to"):
        new = reader.name()
        schema = old.rpartition(".")[0]
        new = f"{schema}.{new}" if schema and new else new
    elif reader.take("set", "schema"):
        schema = reader.name() or ""
        new = f"{schema}.{old.rpartition('.')[2]}"
        new = new[len(_OWN_SCHEMA) :] if new.startswith(_OWN_SCHEMA) else new
    if new and old in found.by_name:
        was = found.by_name.pop(old)
        found.by_name[new] = Relation(new, was.kind, was.at)
    if new and old in found.hypertables:
        found.hypertables[new] = found.hypertables.pop(old)


def _hypertable(tokens: Tokens) -> str | None:
    """Return the table in a call of create_hypertable."""
    for at, token in enumerate(tokens[:-2]):
        if token.kind == WORD and token.text == "create_hypertable" and tokens[at + 1].text == "(":
            inside = tokens[at + 2 :]
            text = next((one.text for one in inside[:4] if one.kind == STRING), None)
            if text is None or any(one.kind == SIGN and one.text == ")" for one in inside[:1]):
                return None
            return text[len(_OWN_SCHEMA) :] if text.startswith(_OWN_SCHEMA) else text
    return None

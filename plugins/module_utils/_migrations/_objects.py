# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a command creates and drops. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import NAME, WORD, Token
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._reader import Reader

# The words by which an object is created and dropped, longest first.
_KINDS: tuple[tuple[str, ...], ...] = (
    ("materialized", "view"),
    ("foreign", "table"),
    ("event", "trigger"),
    *(
        (kind,)
        for kind in ("table", "view", "index", "type", "domain", "function", "procedure", "aggregate", "trigger")
    ),
    *((kind,) for kind in ("sequence", "schema", "policy", "rule", "extension", "database", "publication", "server")),
)
_BETWEEN = ("or", "replace", "temporary", "temp", "unlogged", "unique", "recursive", "constraint", "global", "local")
_ON_A_TABLE = ("index", "trigger", "policy", "rule")


@dataclass(frozen=True)
class Made:
    """An object that was created: what, its name, the table that it belongs to, and the words of its definition."""

    kind: str
    name: str
    line: int
    table: str | None = None
    words: frozenset[str] = frozenset()
    replaces: bool = False


@dataclass
class Dropped:
    """What a command drops."""

    kind: str
    names: list[str] = field(default_factory=list)
    table: str | None = None
    cascade: bool = False


def created(tokens: t.Sequence[Token]) -> list[Made]:
    """Return what the command creates."""
    reader = Reader(tokens)
    if reader.take("create"):
        made = _create(reader, tokens)
        return [made] if made else []
    return _added(reader) if reader.take("alter") else []


def dropped(tokens: t.Sequence[Token]) -> list[Dropped]:
    """Return what the command drops."""
    reader = Reader(tokens)
    if reader.take("drop"):
        one = _drop(reader)
        return [one] if one else []
    return _removed(reader) if reader.take("alter") else []


def table_of(reader: Reader) -> str | None:
    """Read the name of the table in ALTER TABLE."""
    reader.take("if", "exists")
    reader.take("only")
    name = reader.name()
    reader.take("*")
    return name


def _create(reader: Reader, tokens: t.Sequence[Token]) -> Made | None:
    replaces = False
    while True:
        word = reader.take_any(*_BETWEEN)
        if not word:
            break
        replaces = replaces or word == "replace"
    kind = _kind(reader)
    if not kind:
        return None
    reader.take("concurrently")
    replaces = reader.take("if", "not", "exists") or replaces
    line = tokens[0].line
    name = reader.name()
    if kind == "index" and name == "on":  # a name of the server's choice
        return None
    table = _table_behind_on(reader) if kind in _ON_A_TABLE else None
    words = frozenset(token.text for token in reader.rest() if token.kind in (WORD, NAME))
    return Made(kind, name, line, table, words, replaces) if name else None


def _table_behind_on(reader: Reader) -> str | None:
    rest = list(reader.rest())
    for at, token in enumerate(rest):
        if token.kind == WORD and token.text == "on":
            behind = Reader(rest[at + 1 :])
            behind.take("only")
            return behind.name()
    return None


def _kind(reader: Reader) -> str | None:
    return next((" ".join(words) for words in _KINDS if reader.take(*words)), None)


def _drop(reader: Reader) -> Dropped | None:
    kind = _kind(reader)
    if not kind:
        return None
    reader.take("concurrently")
    reader.take("if", "exists")
    names = reader.names()
    table = None
    if kind in _ON_A_TABLE and reader.take("on"):
        table = reader.name()
    return Dropped(kind, names, table, "cascade" in reader.flat())


def _added(reader: Reader) -> list[Made]:
    """ALTER TABLE … ADD COLUMN and ADD CONSTRAINT."""
    if not reader.take("table"):
        return []
    table, found = table_of(reader), []  # type: str | None, list[Made]
    for part in reader.parts():
        line = part.line
        if not part.take("add"):
            continue
        kind = "constraint" if part.take("constraint") else "column"
        if kind == "column" and not part.take("column") and part.take_any(*_TABLE_CONSTRAINTS):
            continue
        replaces = part.take("if", "not", "exists")
        name = part.name()
        if name:
            found.append(Made(kind, name, line, table, replaces=replaces))
    return found


_TABLE_CONSTRAINTS = ("check", "unique", "primary", "foreign", "exclude")


def _removed(reader: Reader) -> list[Dropped]:
    """ALTER TABLE … DROP COLUMN and DROP CONSTRAINT."""
    if not reader.take("table"):
        return []
    table, found = table_of(reader), []  # type: str | None, list[Dropped]
    for part in reader.parts():
        if not part.take("drop"):
            continue
        kind = "constraint" if part.take("constraint") else "column"
        part.take("column")
        part.take("if", "exists")
        name = part.name()
        if name:
            found.append(Dropped(kind, [name], table, "cascade" in part.flat()))
    return found

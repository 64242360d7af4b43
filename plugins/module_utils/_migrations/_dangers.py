# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a command destroys, or may fail or lock on. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import (
    NAME,
    SIGN,
    STRING,
    WORD,
    Token,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._objects import dropped, table_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._reader import Reader

# What goes with them is data that no other statement brings back.
_WITH_DATA = ("table", "schema", "database", "sequence", "extension", "column")
_TIMESCALE = {"drop_chunks": "drops chunks of", "add_retention_policy": "lets a policy drop the old data of"}
_ALWAYS_TRUE = (["true"], ["1", "=", "1"])


@dataclass(frozen=True)
class Danger:
    """One destructive command: *says* what it does, *target* to what, and *table* whose data it is."""

    says: str
    target: str
    line: int
    table: str | None


@dataclass(frozen=True)
class Lock:
    """An index that is built while its table is locked against writes."""

    name: str
    table: str
    line: int


def dangers(tokens: t.Sequence[Token]) -> list[Danger]:
    """Return what the command destroys."""
    reader = Reader(tokens)
    first = reader.take_any("drop", "truncate", "delete", "update", "alter", "select", "perform")
    line = tokens[0].line
    if first == "drop":
        return _drop(reader, tokens)
    if first == "truncate":
        reader.take("table")
        reader.take("only")
        return [Danger("empties", f"the table {name}", line, name) for name in reader.names()]
    if first == "delete" and reader.take("from"):
        return _every_row(reader, "deletes every row of", line)
    if first == "update":
        return _every_row(reader, "updates every row of", line)
    if first == "alter":
        return _alter(reader, tokens)
    if first in ("select", "perform"):
        return _timescale(reader)
    return []


def blocking_index(tokens: t.Sequence[Token]) -> Lock | None:
    """Return the index that the command builds without CONCURRENTLY."""
    reader = Reader(tokens)
    if not reader.take("create"):
        return None
    reader.take("unique")
    if not reader.take("index") or reader.take("concurrently"):
        return None
    reader.take("if", "not", "exists")
    name = "" if reader.take("on") else reader.name()
    if name:
        reader.take("on")
    reader.take("only")
    table = reader.name()
    return Lock(name or "without a name", table, tokens[0].line) if table else None


def _drop(reader: Reader, tokens: t.Sequence[Token]) -> list[Danger]:
    line = tokens[0].line
    if reader.take("owned"):
        return [Danger("drops", "everything that a role owns", line, None)]
    found: list[Danger] = []
    for one in dropped(tokens):
        own = one.names if one.kind == "table" else [one.table] * len(one.names)
        if one.kind in _WITH_DATA:
            found += [Danger("drops", f"the {one.kind} {name}", line, table) for name, table in zip(one.names, own)]
        elif one.cascade:
            says = "drops, with all that depends on it,"
            found += [Danger(says, f"the {one.kind} {name}", line, one.table) for name in one.names]
    return found


def _every_row(reader: Reader, says: str, line: int) -> list[Danger]:
    reader.take("only")
    name = reader.name()
    if not name or name == "set":
        return []
    words = reader.flat()
    if "where" in words:
        rest = [token.text for token in reader.rest()]
        condition = rest[rest.index("where") + 1 :]
        if condition not in _ALWAYS_TRUE:
            return []
    if says.startswith("updates") and "set" not in words:
        return []
    return [Danger(says, f"the table {name}", line, name)]


def _alter(reader: Reader, tokens: t.Sequence[Token]) -> list[Danger]:
    if reader.take("type"):
        return _alter_type(reader, tokens[0].line)
    if not reader.take("table"):
        return []
    table = table_of(reader)
    found: list[Danger] = []
    for part in reader.parts():
        danger = _alter_table(part, table)
        if danger:
            found.append(danger)
    return found


def _alter_table(part: Reader, table: str | None) -> Danger | None:
    line = part.line
    action = part.take_any("drop", "alter", "add")
    if action == "drop":
        if part.take("constraint"):
            return None
        part.take("column")
        part.take("if", "exists")
        return Danger("drops", f"the column {table}.{part.name()}", line, table)
    if action == "alter":
        if part.take("constraint"):
            return None
        part.take("column")
        column = part.name()
        if part.take("type") or part.take("set", "data", "type"):
            return Danger("changes the type of", f"the column {table}.{column}", line, table)
        if part.take("set", "not", "null"):
            return Danger("forbids NULL in", f"the column {table}.{column}", line, table)
    if action == "add" and not part.take("constraint"):
        return _add_column(part, table, line)
    return None


def _add_column(part: Reader, table: str | None, line: int) -> Danger | None:
    """ADD COLUMN … NOT NULL without a value for the rows that are there fails, unless there are none."""
    if not part.take("column") and part.take_any("check", "unique", "primary", "foreign", "exclude"):
        return None
    part.take("if", "not", "exists")
    column, words = part.name(), part.flat()
    has_value = bool({"default", "generated"} & set(words)) or any("serial" in word for word in words)
    is_needed = any(pair == ("not", "null") for pair in zip(words, words[1:]))
    if is_needed and not has_value:
        return Danger("adds without a default, and forbids NULL in,", f"the column {table}.{column}", line, table)
    return None


def _alter_type(reader: Reader, line: int) -> list[Danger]:
    name, words = reader.name(), reader.flat()
    if words[:2] == ["add", "value"] or words[:2] in (["owner", "to"], ["set", "schema"], ["add", "attribute"]):
        return []
    return [Danger("changes", f"the type {name}", line, None)]


def _timescale(reader: Reader) -> list[Danger]:
    """Functions of TimescaleDB that drop data, called with the table as a text."""
    rest, found = list(reader.rest()), []  # type: list[Token], list[Danger]
    for at, token in enumerate(rest[:-2]):
        says = _TIMESCALE.get(token.text) if token.kind in (WORD, NAME) else None
        if says and rest[at + 1].kind == SIGN and rest[at + 1].text == "(":
            table = next((one.text.lower() for one in rest[at + 2 : at + 6] if one.kind == STRING), None)
            table = table[len("public.") :] if table and table.startswith("public.") else table
            found.append(Danger(says, f"the table {table}", token.line, table))
    return found

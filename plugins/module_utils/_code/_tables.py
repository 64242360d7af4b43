# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tables migrations leave, and which a document names. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._acts import acts_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import Token, statements
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._objects import (
    created,
    dropped,
    table_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._reader import Reader

_DOWN = re.compile(r"^--\s*(?:\+(?:goose|migrate)\s+Down|migrate:down)\b.*", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_CREATED = re.compile(
    r"\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?\"?(?P<name>\w+)", re.IGNORECASE
)
_VIEWS = ("view", "materialized view")
_TABLES = ("table", "foreign table")
_IDENTIFIER = r"[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)?"
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*$")
_WORD = re.compile(r"[A-Za-z_][\w$]*")
_FIRST_CELL = re.compile(r"\s*\|\s*(?P<cell>[^|]*?)\s*\|")
_CODE = re.compile(r"`([^`\n]+)`")
_NAMING = re.compile(
    rf"(?:(?:database\s+)?table\s*[:.]?\s*`?(?P<named>{_IDENTIFIER})`?|`(?P<code>{_IDENTIFIER})`(?:\s+table)?)$",
    re.IGNORECASE,
)


@dataclass
class Tables:
    """Where each table is made; what else a document may name: views, parts of tables, and tables of one session.

    ``opaque`` are the places where a script runs what cannot be seen.
    """

    made: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    opaque: list[str] = field(default_factory=list)

    def apply(self, sql: str, file: str) -> None:
        """Do to the tables what the script *file* does."""
        for statement in statements(_DOWN.sub("", sql), file):
            acts = acts_of(statement, file)
            self.opaque += [f"{file}:{one.line}" for one in acts.opaque]
            for tokens in acts.runs:
                self._do(tokens, file)

    def _do(self, tokens: t.Sequence[Token], file: str) -> None:
        for one in created(tokens):
            passes = {token.text for token in tokens[:4]} & {"temp", "temporary"} or {"partition", "of"} <= one.words
            if one.kind in _VIEWS or (one.kind in _TABLES and passes):
                self.others.add(one.name)
            elif one.kind in _TABLES:
                self.made.setdefault(one.name, f"{file}:{one.line}")
        for gone in dropped(tokens):
            for name in gone.names if gone.kind in (*_TABLES, *_VIEWS) else ():
                self.made.pop(name, None)
                self.others.discard(name)
        reader = Reader(tokens)
        if reader.take("alter", "table"):
            old, line = table_of(reader), reader.line
            new = reader.name() if reader.take("rename", "to") else None
            if old in self.made and new:
                del self.made[old]
                self.made[new] = f"{file}:{line}"


@dataclass
class Named:
    """The words that stand in a document as code, as a heading or at the head of a row; and what it presents as a table."""

    words: set[str] = field(default_factory=set)
    tables: dict[str, str] = field(default_factory=dict)


def named(text: str, name: str) -> Named:
    """Return what the document *name* names."""
    found = Named()
    is_code = is_table_of_tables = False
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        at = f"{name}:{number}"
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            found.words.update(word.lower() for word in _WORD.findall(line))
            for match in _CREATED.finditer(re.sub(r"--.*", "", line)):
                found.tables.setdefault(match.group("name").lower(), at)
        else:
            if re.fullmatch(r"[\s|:-]+", line) and "-" in line and "|" in line:
                is_table_of_tables = _is_head_of_tables(before)
            elif not line.lstrip().startswith("|"):
                is_table_of_tables = False
            _name(line, at, found, is_table_of_tables)
        before = line
    return found


def _is_head_of_tables(line: str) -> bool:
    match = _FIRST_CELL.match(line)
    return bool(
        match and re.fullmatch(r"\W*(?:tables?|table name|name of the table)\W*", match.group("cell"), re.IGNORECASE)
    )


def _name(line: str, at: str, found: Named, is_row_of_tables: bool) -> None:
    for code in _CODE.findall(line):
        found.words.update(word.lower() for word in _WORD.findall(code))
    heading = _HEADING.match(line)
    if heading:
        found.words.update(word.lower() for word in _WORD.findall(heading.group(1)))
        table = _NAMING.fullmatch(re.sub(r"^[\d.]+\s+", "", heading.group(1)))
        if table:
            found.tables.setdefault((table.group("named") or table.group("code")).rsplit(".", 1)[-1].lower(), at)
    cell = _FIRST_CELL.match(line)
    if cell:
        word = cell.group("cell").strip("`* ")
        if re.fullmatch(_IDENTIFIER, word):
            found.words.add(word.rsplit(".", 1)[-1].lower())
            if is_row_of_tables and not re.fullmatch(r"-+", word):
                found.tables.setdefault(word.rsplit(".", 1)[-1].lower(), at)


def created_in(sources: t.Iterable[str]) -> set[str]:
    """Return the tables that programs make by themselves, in texts of their code."""
    return {match.group("name").lower() for source in sources for match in _CREATED.finditer(source)}

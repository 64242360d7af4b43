# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a dump of PostgreSQL as SQL: what it holds, whether it is whole, and what tools have mixed into it. Pure.

This is a private part of the collection; nothing outside it may import it.

Blocks of whole lines go in one after the other, so that a dump of any size is read in little memory. Rows of a table stand between
``COPY … FROM stdin;`` and ``\\.``; what looks like anything else in there is data.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_LONGEST_LINE = 128 << 20
_MOST_NOISE = 20
_TAIL = 512
_NAME = rb'(?:"[^"\n]+"|[\w$]+)(?:\.(?:"[^"\n]+"|[\w$]+))?'
_TOOL = (
    rb"pg_(?:dump(?:all)?|restore): (?:(?:last built-in|reading|identifying|finding|flagging|saving|dumping contents|creating"
    rb"|processing|executing|warning|error|detail|hint|connecting)\b[^\n]{0,60}|\[)"
)
_SHELL = (
    rb"(?:psql|gzip|docker|kubectl|ssh|mysqldump|bash|sh): [^\n]{0,60}|Defaulted container [^\n]{0,60}|Error (?:response )?from [^\n]{0,60}"
    rb"|the input device is not a TTY[^\n]{0,20}|Warning: [^\n]{0,60}|time=\"[^\n]{0,60}|(?:WARNING|NOTICE|ERROR|FATAL):  ?[^\n]{0,60}"
)
_OUTSIDE = re.compile(
    rb"^(?:COPY (?P<copy>" + _NAME + rb")(?: \((?P<columns>[^\n]*)\))? FROM stdin;"
    rb"|CREATE (?:UNLOGGED |FOREIGN )?TABLE (?:IF NOT EXISTS )?(?P<table>" + _NAME + rb")"
    rb"|INSERT INTO (?P<insert>" + _NAME + rb")(?: \([^\n]*?\))? VALUES \((?P<first>\d*)"
    rb"|CREATE EXTENSION (?:IF NOT EXISTS )?(?P<extension>" + _NAME + rb")"
    rb"|CREATE DATABASE (?P<database>" + _NAME + rb")"
    rb"|\\connect (?P<connect>[^\n]+)"
    rb"|\\restrict (?P<key>\w+)"
    rb"|-- PostgreSQL database (?:cluster )?(?P<head>dump)$"
    rb"|-- Dumped from database version (?P<server>[\w.]+)"
    rb"|(?P<shell>" + _SHELL + rb"))"
    rb"|(?P<tool>" + _TOOL + rb")",
    re.MULTILINE,
)
_INSIDE = re.compile(rb"^(?P<end>\\\.)\r?$|(?P<tool>" + _TOOL + rb")", re.MULTILINE)
_TRAILER = re.compile(
    rb"--\n-- PostgreSQL database (?:cluster )?dump complete\n--\n\n(?:\\unrestrict (?P<key>\w+)\n\n)?\Z"
)


def blocks(chunks: t.Iterable[bytes]) -> t.Iterator[bytes]:
    """Cut *chunks* at ends of lines; only the last block may end without one."""
    kept: list[bytes] = []
    held = 0
    for chunk in chunks:
        whole, newline, rest = chunk.rpartition(b"\n")
        if not newline:
            kept.append(chunk)
            held += len(chunk)
            if held > _LONGEST_LINE:
                raise LookError(Reason.UNSUPPORTED, f"The dump has a line of more than {_LONGEST_LINE >> 20} MiB")
            continue
        yield b"".join([*kept, whole, newline])
        kept, held = [rest], len(rest)
    if held:
        yield b"".join(kept)


def plain_name(name: bytes) -> str:
    """Return a name of SQL without quotes, and without the schema public."""
    text = name.decode("utf-8", "replace").replace('"', "")
    return text[len("public.") :] if text.startswith("public.") else text


class Scan:
    """What was read of a dump so far."""

    def __init__(self, version_table: str = "schema_version") -> None:
        self.rows: dict[str, int | None] = {}
        self.extensions: list[str] = []
        self.databases: list[str] = []
        self.noise: list[dict[str, t.Any]] = []
        self.server_version: str | None = None
        self.schema_version: int | None = None
        self._version_table = version_table
        self._is_dump = False
        self._key: bytes | None = None
        self._table: str | None = None  # whose rows are being read
        self._tabs = 0  # in each of these rows
        self._column = 0  # of the version in a row of the table of versions
        self._lines = 0  # in the blocks before
        self._tail = b""

    def add(self, block: bytes) -> None:
        """Read one more block of whole lines."""
        at = 0
        while at < len(block):
            match = (_OUTSIDE if self._table is None else _INSIDE).search(block, at)
            until = match.start() if match else len(block)
            if self._table is not None:
                self._count(block, at, until)
            if not match:
                break
            at = self._handle(match, block)
        self._lines += block.count(b"\n")
        self._tail = (self._tail + block)[-_TAIL:]

    def damage(self) -> list[str]:
        """Return what is missing of the dump, now that all of it was read."""
        if not self._is_dump:
            return ["It does not begin as a dump of PostgreSQL does"]
        if self._table is not None:
            return [f"It ends among the rows of {self._table}"]
        trailer = _TRAILER.search(self._tail)
        if not trailer:
            return ['It does not end with "PostgreSQL database dump complete"']
        if self._key and trailer["key"] != self._key:
            return ["Its end belongs to another dump than its beginning"]
        return []

    def _count(self, block: bytes, start: int, end: int) -> None:
        table = t.cast(str, self._table)
        self.rows[table] = (self.rows.get(table) or 0) + block.count(b"\n", start, end)
        if table == self._version_table:
            for line in block[start:end].split(b"\n"):
                fields = line.split(b"\t")
                if len(fields) > self._column:
                    self._see_version(fields[self._column])

    def _handle(self, match: re.Match[bytes], block: bytes) -> int:
        """Take in what was found, and return where to read on."""
        kind = str(match.lastgroup)
        if kind == "tool":
            self._see_noise(match, block)
        elif kind == "end":
            self._table = None
        elif kind in ("copy", "columns"):
            self._begin_rows(match)
            return min(len(block), match.end() + 1)
        else:
            getattr(self, f"_see_{kind}")(match)
        return match.end()

    def _begin_rows(self, match: re.Match[bytes]) -> None:
        self._table = plain_name(match["copy"])
        columns = [plain_name(one.strip()) for one in (match["columns"] or b"").split(b",")]
        self._tabs = len(columns) - 1
        self._column = columns.index("version") if "version" in columns else 0
        self.rows[self._table] = self.rows.get(self._table) or 0

    def _see_noise(self, match: re.Match[bytes], block: bytes) -> None:
        """Note a message of a tool, unless it is the value of a row: then the line has as many columns as the others."""
        if self._table is not None and self._is_row(block, match.start()):
            return
        self._note(match, "tool")

    def _is_row(self, block: bytes, at: int) -> bool:
        begin, end = block.rfind(b"\n", 0, at) + 1, block.find(b"\n", at)
        following = block[end + 1 : block.find(b"\n", end + 1)] if end >= 0 else b""
        whole = [block[begin:end].count(b"\t") == self._tabs]
        whole.append(following in (b"", b"\\.") or following.count(b"\t") == self._tabs)
        return all(whole)

    def _note(self, match: re.Match[bytes], group: str) -> None:
        if len(self.noise) < _MOST_NOISE:
            line = self._lines + match.string.count(b"\n", 0, match.start(group)) + 1
            self.noise.append({"line": line, "text": match[group].decode("ascii", "replace").strip()})

    def _see_shell(self, match: re.Match[bytes]) -> None:
        self._note(match, "shell")

    def _see_table(self, match: re.Match[bytes]) -> None:
        self.rows.setdefault(plain_name(match["table"]), None)

    def _see_insert(self, match: re.Match[bytes]) -> None:
        table = plain_name(match["insert"])
        self.rows[table] = (self.rows.get(table) or 0) + 1

    def _see_first(self, match: re.Match[bytes]) -> None:
        self._see_insert(match)
        if plain_name(match["insert"]) == self._version_table:
            self._see_version(match["first"])

    def _see_extension(self, match: re.Match[bytes]) -> None:
        self.extensions.append(plain_name(match["extension"]))

    def _see_database(self, match: re.Match[bytes]) -> None:
        self.databases.append(plain_name(match["database"]))

    def _see_connect(self, match: re.Match[bytes]) -> None:
        name = match["connect"].split(b"dbname=")[-1].strip(b" '\"").split(b" ")[0]
        self.databases.append(plain_name(name))

    def _see_key(self, match: re.Match[bytes]) -> None:
        self._key = self._key or match["key"]

    def _see_head(self, dummy: re.Match[bytes]) -> None:
        self._is_dump = True

    def _see_server(self, match: re.Match[bytes]) -> None:
        self.server_version = match["server"].decode("ascii")

    def _see_version(self, field: bytes) -> None:
        if field.isdigit():
            self.schema_version = max(self.schema_version or 0, int(field))

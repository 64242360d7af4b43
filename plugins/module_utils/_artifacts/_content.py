# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The content of one file, decoded strictly: what is no JSON, or too deep, or ambiguous, is refused with a sentence.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import csv
import json
import math
import typing as t
from dataclasses import dataclass, field
from functools import cached_property

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Json = t.Any
Sibling = t.Callable[[str, str], t.Optional[bytes]]

_MOST_DIGITS = 400
_LONGEST = 200


def malformed(sentence: str) -> LookError:
    return LookError(Reason.MALFORMED, sentence)


def foreign(format_name: str, because: str) -> LookError:
    """The error for a file that is not of the format that it was declared as."""
    return malformed(f"The file is no {format_name} result: {because}")


def short(text: t.Any) -> str:
    """Return a name out of a file so that every report can show it: one line, bounded, nothing that a terminal obeys."""
    shown = "".join(letter if letter.isprintable() else " " for letter in str(text)[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _no_sibling(dummy_ending: str, dummy_other: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class Content:
    """One file: its bytes, what was said about it elsewhere, and a way to a file beside it by another ending of the name."""

    data: bytes
    said: Said = field(default_factory=Said)
    sibling: Sibling = _no_sibling

    @cached_property
    def text(self) -> str:
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as exc:
            raise malformed(f"The file is not UTF-8: byte {exc.start} fits nothing") from exc

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends. Only a line feed ends one: other separators stand in test output and in names."""
        lines = [line.rstrip("\r") for line in self.text.split("\n")]
        return lines if lines[-1] else lines[:-1]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The rows of comma-separated values."""
        try:
            return list(csv.reader(self.lines))
        except csv.Error as exc:
            raise malformed(f"The file is no table of comma-separated values: {exc}") from exc

    @cached_property
    def document(self) -> Json:
        """The one JSON value that the whole file is."""
        values = self.stream
        if len(values) != 1:
            raise malformed(f"The file holds {len(values)} JSON values, and one is expected")
        return values[0]

    @cached_property
    def mapping(self) -> dict[str, Json]:
        """The JSON object that the whole file is."""
        return t.cast("dict[str, Json]", need(self.document, dict, "the file"))

    @cached_property
    def stream(self) -> list[Json]:
        """The JSON values that stand one behind the other, with white space between them or none."""
        values: list[Json] = []
        position, text = 0, self.text
        while True:
            while position < len(text) and text[position] in " \t\r\n":
                position += 1
            if position == len(text):
                return values
            value, position = decode(text, position)
            values.append(value)

    @cached_property
    def first(self) -> Json:
        """The first JSON value of the file, or None when it does not begin with one."""
        try:
            return decode(self.text, len(self.text) - len(self.text.lstrip()))[0]
        except LookError:
            return None


def decode(text: str, position: int = 0) -> tuple[Json, int]:
    """Return the JSON value at *position* of *text*, and where it ends."""
    try:
        return _DECODER.raw_decode(text, position)
    except RecursionError as exc:
        raise malformed("The JSON is nested too deeply") from exc
    except json.JSONDecodeError as exc:
        rest = text[exc.pos :].strip()
        if exc.msg.startswith("Unterminated string") or any(
            word.startswith(rest) for word in ("true", "false", "null")
        ):
            raise malformed(f"The file is cut: its JSON ends in the middle, in line {exc.lineno}") from exc
        raise malformed(f"The file is no JSON: {exc.msg} in line {exc.lineno}, column {exc.colno}") from exc


def need(value: Json, kind: type | tuple[type, ...], where: str) -> t.Any:
    """Return *value* when it is of the type *kind*; true and false are no numbers."""
    is_bool_for_number = isinstance(value, bool) and kind is not bool
    if not isinstance(value, kind) or is_bool_for_number:
        raise malformed(f"Unexpected {type(value).__name__} for {where}")
    return value


def listed(value: Json, where: str) -> list[dict[str, Json]]:
    """Return *value* as a list of objects; null and nothing are the empty list, as many programs write it so."""
    if value is None:
        return []
    return [need(one, dict, f"an element of {where}") for one in need(value, list, where)]


def texts(value: Json, where: str) -> list[str]:
    """Return *value* as a list of texts; null and nothing are the empty list."""
    return [need(one, str, f"an element of {where}") for one in need(value or [], list, where)]


def number(value: Json, where: str) -> float:
    return float(need(value, (int, float), where))


def count(value: Json, where: str) -> int:
    found = number(value, where)
    if found < 0 or found != int(found):
        raise malformed(f"{where} is {found:g}, which is no count")
    return int(found)


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise malformed("A key stands twice in one JSON object, so it says two things")
    return found


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise malformed("A number of the JSON has too many digits")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise malformed("A number of the JSON is too large")
    return value


def _constant(name: str) -> t.NoReturn:
    raise malformed(f"The JSON holds {name}, which is no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)

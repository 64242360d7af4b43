# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables in the values of a compose file, replaced as compose does it. Pure. This is a private part of the collection.

A value remembers where its parts come from, by marks that no file holds: a variable that is given, a fallback that stands in the
file, or a variable of which nothing is known.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_GIVEN, _FALLBACK, _UNKNOWN = "\ue000", "\ue001", "\ue002"
_END = "\ue003"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-?+]")
_OPEN_MARKS = re.compile(f"[{_GIVEN}{_FALLBACK}{_END}]")
_MARKS = re.compile(f"[{_GIVEN}{_FALLBACK}{_UNKNOWN}{_END}]")
_UNKNOWN_PART = re.compile(f"{_UNKNOWN}([^{_END}]*){_END}")
_FALLBACK_PART = re.compile(f"{_FALLBACK}([^{_FALLBACK}]*?){_END}")
_FOREIGN_PART = re.compile(f"[{_GIVEN}{_UNKNOWN}][^{_END}]*{_END}")
_DEEPEST = 10


def without_marks(text: str) -> str:
    """Return what a file says without characters that would read as our marks."""
    return _MARKS.sub("", text)


def substitute(text: str, table: t.Mapping[str, str], missing: t.Callable[[str, bool], None], depth: int = 0) -> str:
    """Return *text* with its references replaced and marked; *missing* hears of each variable without a value, and whether
    compose refuses to go on without it.
    """
    if depth > _DEEPEST:
        raise LookError(Reason.MALFORMED, "references to variables are nested too deeply")
    found: list[str] = []
    position = 0
    while True:
        start = text.find("$", position)
        if start < 0:
            return "".join(found) + text[position:]
        found.append(text[position:start])
        part, position = _reference(text, start, table, missing, depth)
        found.append(part)


def _reference(
    text: str, start: int, table: t.Mapping[str, str], missing: t.Callable[[str, bool], None], depth: int
) -> tuple[str, int]:
    if text[start + 1 : start + 2] == "$":
        return "$", start + 2
    braced = text[start + 1 : start + 2] == "{"
    name = _NAME.match(text, start + 1 + braced)
    if not name:
        raise LookError(Reason.MALFORMED, "a dollar sign is followed by no name of a variable")
    if not braced:
        return _plain(name.group(), table, missing), name.end()
    operator = _OPERATOR.match(text, name.end())
    end = _closing(text, operator.end() if operator else name.end())
    if not operator:
        if end != name.end():
            raise LookError(Reason.MALFORMED, "a reference to a variable is not written as ${NAME}")
        return _plain(name.group(), table, missing), end + 1
    word = text[operator.end() : end]
    return _with_operator(name.group(), operator.group(), word, table, missing, depth), end + 1


def _closing(text: str, start: int) -> int:
    depth = 1
    for position in range(start, len(text)):
        if text[position] == "{" and text[position - 1] == "$":
            depth += 1
        elif text[position] == "}":
            depth -= 1
        if depth == 0:
            return position
    raise LookError(Reason.MALFORMED, "a reference to a variable is not closed")


def _plain(name: str, table: t.Mapping[str, str], missing: t.Callable[[str, bool], None]) -> str:
    if name in table:
        return f"{_GIVEN}{table[name]}{_END}"
    missing(name, False)
    return f"{_UNKNOWN}{name}{_END}"


def _with_operator(
    name: str,
    operator: str,
    word: str,
    table: t.Mapping[str, str],
    missing: t.Callable[[str, bool], None],
    depth: int,
) -> str:
    value = table.get(name)
    is_set = bool(value) if operator.startswith(":") else value is not None
    if operator.endswith("+"):
        return substitute(word, table, missing, depth + 1) if is_set else ""
    if is_set:
        return f"{_GIVEN}{value}{_END}"
    if operator.endswith("?"):
        missing(name, True)
        return f"{_UNKNOWN}{name}{_END}"
    inner = substitute(word, table, missing, depth + 1)
    return f"{_FALLBACK}{inner}{_END}" if origin(inner) == "literal" else inner


def part(text: str, start: int, end: int) -> str:
    """Return a part of a marked text with the mark that it stands under."""
    under: list[str] = []
    for letter in text[:start]:
        if letter == _END:
            under = under[:-1]
        elif letter in (_GIVEN, _FALLBACK, _UNKNOWN):
            under.append(letter)
    return "".join(under) + text[start:end] + _END * len(under)


def shown(text: str) -> str:
    """Return *text* without marks; what is not known stands as ``${NAME}``."""
    return _OPEN_MARKS.sub("", _UNKNOWN_PART.sub(r"${\1}", text))


def unknown_names(text: t.Any) -> list[str]:
    """Return the variables in *text* of which nothing is known."""
    return _UNKNOWN_PART.findall(text) if isinstance(text, str) else []


def origin(text: str) -> str:
    """Tell where the value comes from: ``unknown``, ``given``, ``fallback`` or ``literal``; the text itself counts before a fallback."""
    own = shown(_FALLBACK_PART.sub("", _FOREIGN_PART.sub("", text)))
    if own:
        return "literal"
    if _UNKNOWN in text:
        return "unknown"
    if _FALLBACK in text and shown(text):
        return "fallback"
    return "given" if _GIVEN in text else "literal"

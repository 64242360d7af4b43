# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables that a workload runs with, from wherever they are declared. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Found, Place, Tree, find

_REFERENCE = re.compile(
    r"\$(?:\$|(?P<plain>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?:(?P<op>:?[-?+])(?P<word>[^}]*))?\})"
)
_UNEXPANDED = re.compile(r"\$\{|\$\([A-Za-z_]")
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:(?P<user>[^:@/]*)(?::(?P<password>[^@]*))?@)?(?P<host>[^:/?#]*)(?::(?P<port>\d+))?",
    re.I,
)


@dataclass(frozen=True)
class Variable:
    """A variable of one environment."""

    name: str
    value: t.Any
    file: str | None
    line: int | None


def variables(tree: Tree, path: str, file: str, table: dict[str, str] | None) -> list[Variable]:
    """Return the variables that a file declares at *path*.

    There they stand as a mapping, as texts NAME=value, or as elements with name and value; values that are only referred to are
    left out. With a *table*, references in the values are replaced as compose does it.
    """
    found: list[Variable] = []
    for block in find(tree, path):
        for name, value, place in _entries(block, path):
            text = _text(value)
            line = tree.lines.get(place) or block.line
            found.append(Variable(name, expand(text, table) if table is not None else text, file, line))
    return found


def _entries(block: Found, path: str) -> t.Iterator[tuple[str, t.Any, Place]]:
    place: Place = tuple(int(step) if step.isdigit() else step for step in block.path.split(".")) if path else ()
    if isinstance(block.value, dict):
        yield from ((name, value, (*place, name)) for name, value in block.value.items() if value is not None)
    for number, element in enumerate(block.value if isinstance(block.value, list) else ()):
        if isinstance(element, str) and "=" in element:
            name, dummy, value = element.partition("=")
            yield name, value, (*place, number)
        elif isinstance(element, dict) and "name" in element and "value" in element:
            yield str(element["name"]), element["value"], (*place, number)


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def expand(text: str, table: dict[str, str]) -> str:
    """Replace the references in *text* as compose does; one that has neither a value nor a default stays as it is."""

    def replaced(match: t.Match[str]) -> str:
        name = match.group("plain") or match.group("name")
        if name is None:
            return "$"
        value, op, word = table.get(name), match.group("op") or "", match.group("word") or ""
        if op.endswith("+"):
            return word if value or (value is not None and op == "+") else ""
        if value or (value is not None and not op.startswith(":")):
            return value or ""
        return word if op.endswith("-") else match.group()

    return _REFERENCE.sub(replaced, text)


def is_unexpanded(value: t.Any) -> bool:
    """Tell whether *value* still holds a reference, which a program takes literally."""
    return isinstance(value, str) and bool(_UNEXPANDED.search(value))


def url_part(value: str, part: str) -> str | bool | None:
    """Return one part of a database URL that is no secret, or None when the URL lacks it."""
    if part == "sslmode":
        match = re.search(r"[?&\s]sslmode=([\w-]+)|^sslmode=([\w-]+)", value)
        return (match.group(1) or match.group(2)) if match else None
    url = _URL.match(value)
    if not url:
        return None
    return bool(url.group("password")) if part == "has_password" else url.group(part)


def scalar(text: str) -> t.Any:
    """Read the text of a variable as what it says: true and false, a number, or itself."""
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?\d+", text) and not re.fullmatch(r"[-+]?0\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?\d*\.\d+", text) else text

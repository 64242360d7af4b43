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
_DEPENDENT = re.compile(r"\$\(([A-Za-z_][\w.-]*)\)")
_UNEXPANDED = re.compile(r"\$\{|\$\([A-Za-z_]")
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:(?P<user>[^:@/]*)(?::(?P<password>[^@]*))?@)?(?P<host>[^:/?#]*)(?::(?P<port>\d+|\$[^/?#]*))?",
    re.I,
)

_PORTS = {"http": "80", "https": "443", "nats": "4222"}


@dataclass(frozen=True)
class Variable:
    """A variable of one environment."""

    name: str
    value: t.Any
    file: str | None
    line: int | None


def variables(
    tree: Tree, path: str, file: str, table: dict[str, str] | None, known: t.Mapping[str, str] | None = None
) -> list[Variable]:
    """Return the variables that a file declares at *path*.

    There they stand as a mapping, as texts NAME=value, or as elements with name and value; values that are only referred to are
    left out. With a *table*, references in the values are replaced as compose does it. In elements, ``$(NAME)`` is replaced as
    Kubernetes does it, by what stands above; *known* are the values of the keys of ConfigMaps.
    """
    found: list[Variable] = []
    for block in find(tree, path):
        above: dict[str, str] = {}
        for name, value, place in _entries(block, path):
            line = tree.lines.get(place) or block.line
            if isinstance(value, dict):
                for key in find(Tree(value), "configMapKeyRef.key"):
                    above[name] = (known or {}).get(str(key.value), f"$({name})")
                continue
            text = _dependent(_text(value), above)
            above[name] = text
            found.append(Variable(name, expand(text, table) if table is not None else text, file, line))
    return found


def _entries(block: Found, path: str) -> t.Iterator[tuple[str, t.Any, Place]]:
    """Yield name, value and place of each variable; a value that is only referred to is the dictionary that does it."""
    place: Place = tuple(int(step) if step.isdigit() else step for step in block.path.split(".")) if path else ()
    if isinstance(block.value, dict):
        yield from ((name, value, (*place, name)) for name, value in block.value.items() if value is not None)
    for number, element in enumerate(block.value if isinstance(block.value, list) else ()):
        if isinstance(element, str) and "=" in element:
            name, dummy, value = element.partition("=")
            yield name, value, (*place, number)
        elif isinstance(element, dict) and "name" in element and "value" in element:
            yield str(element["name"]), _text(element["value"]), (*place, number)
        elif isinstance(element, dict) and "name" in element and isinstance(element.get("valueFrom"), dict):
            yield str(element["name"]), element["valueFrom"], (*place, number)


def _dependent(text: str, above: t.Mapping[str, str]) -> str:
    return _DEPENDENT.sub(lambda match: above.get(match.group(1), match.group()), text)


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
    """Return one part of a URL that is no secret, or None when the URL lacks it; ``authority`` is host and port."""
    if part == "sslmode":
        match = re.search(r"[?&\s]sslmode=([\w-]+)|^sslmode=([\w-]+)", value)
        return (match.group(1) or match.group(2)) if match else None
    url = _URL.match(value)
    if not url:
        return None
    if part in ("port", "authority"):
        port = url.group("port") or _PORTS.get(url.group("scheme").lower())
        return port if part == "port" else f"{url.group('host').lower()}:{port or ''}".rstrip(":")
    return bool(url.group("password")) if part == "has_password" else url.group(part)


def scalar(text: str) -> t.Any:
    """Read the text of a variable as what it says: true and false, a number, or itself."""
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?\d+", text) and not re.fullmatch(r"[-+]?0\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?\d*\.\d+", text) else text

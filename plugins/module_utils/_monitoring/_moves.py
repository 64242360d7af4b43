# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which metrics of Go code are never moved, because no code that can run names them. Pure. A private part of the collection.

What can run is taken wide: all that ``main``, ``init`` and the values of package variables name, directly or through what these
name, with all methods of the types among it. So a metric that is said to stand still does; one that is said to move may not.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoCode, GoFile, Node, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import Metric

_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\\n])*\"|`[^`]*`|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/|(?P<chain>\b[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)"
    r"|(?P<after>\.\s*[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)",
    re.DOTALL,
)
_REGISTERING = re.compile(r"\b(?:Must)?Register\((?:[^()]|\([^()]*\))*\)")
_IMPORT = re.compile(r"(?:([\w.]+)\s+)?\"([^\"]+)\"")
Name = t.Tuple[str, str]  # a folder and a name in it


@dataclass
class _Unit:
    """A piece of code that runs as a whole: a function, a type with its methods, the value of a variable."""

    source: str
    folder: str
    imports: dict[str, list[str]]


@dataclass
class _Mentions:
    names: set[Name] = field(default_factory=set)  # what stands alone, or behind the name of a package
    fields: dict[Name, int] = field(default_factory=dict)  # what stands behind a dot, by the folder of who says it


def note_still(metrics: t.Iterable[Metric], code: GoCode) -> None:
    """Set ``moves`` of each metric."""
    live, whole = _live_mentions(code), list(metrics)
    for one in whole:
        folder, name = one.symbol
        if not name:
            continue
        is_exported = name[:1].isupper()
        behind_a_dot = sum(
            count for (place, found), count in live.fields.items() if found == name and (place == folder or is_exported)
        )
        one.moves = one.symbol in live.names if one.is_variable else behind_a_dot > one.settings


def _live_mentions(code: GoCode) -> _Mentions:
    roots, units = _units(code)
    found, waiting = _Mentions(), list(roots)
    done: set[Name] = set()
    while waiting:
        unit = waiting.pop()
        named = _mention(unit, found)
        for name in named - done:
            done.add(name)
            waiting.extend(units.get(name, ()))
    return found


def _mention(unit: _Unit, found: _Mentions) -> set[Name]:
    """Note what *unit* mentions, and return the names in it that may be of functions or types."""
    spans = [match.span() for match in _REGISTERING.finditer(unit.source)]
    named: set[Name] = set()
    for match in _TOKEN.finditer(unit.source):
        chain, after = match.group("chain"), match.group("after")
        if not (chain or after):
            continue
        words = [word.strip() for word in (chain or after).split(".") if word.strip()]
        own: set[Name] = set()
        if chain:
            own.update((folder, words[0]) for folder in (unit.folder, *unit.imports.get(".", ())))
            if len(words) > 1:
                own.update((folder, words[1]) for folder in unit.imports.get(words[0], ()))
        named |= own
        if any(start <= match.start() < end for start, end in spans):
            continue
        found.names |= own
        for word in words[1:] if chain else words:
            found.fields[(unit.folder, word)] = found.fields.get((unit.folder, word), 0) + 1
    return named


def _units(code: GoCode) -> tuple[list[_Unit], dict[Name, list[_Unit]]]:
    packages = {file.folder: file.name for file in code.files if not file.is_test}
    roots: list[_Unit] = []
    units: dict[Name, list[_Unit]] = {}
    for file in code.files:
        if file.is_test:
            continue
        imports = _imports(file, packages)
        for node in file.root.named_children:
            unit = _Unit(text(node), file.folder, imports)
            if node.type == "function_declaration":
                name = text(node.child_by_field_name("name"))
                if name in ("main", "init"):
                    roots.append(unit)
                unit.source = unit.source.replace(name, "", 1)
                units.setdefault((file.folder, name), []).append(unit)
            elif node.type == "method_declaration":
                unit.source = _after(node, node.child_by_field_name("receiver"))
                units.setdefault((file.folder, _receiver(node)), []).append(unit)
            elif node.type == "type_declaration":
                for spec in node.named_children:
                    name = spec.child_by_field_name("name")
                    if name is not None:
                        units.setdefault((file.folder, text(name)), []).append(_Unit(text(spec), file.folder, imports))
            elif node.type == "var_declaration":
                roots += [_Unit(value, file.folder, imports) for value in _values(node)]
    return roots, units


def _after(node: Node, first: Node) -> str:
    return t.cast("bytes", node.text)[first.end_byte - node.start_byte :].decode("utf-8", "replace")


def _receiver(node: Node) -> str:
    words = re.findall(r"\w+", re.sub(r"\[.*?\]", "", text(node.child_by_field_name("receiver"))))
    return str(words[-1]) if words else ""


def _values(declared: Node) -> t.Iterator[str]:
    for spec in (one for below in (declared, *declared.named_children) for one in below.named_children):
        if spec.type == "var_spec":
            value = spec.child_by_field_name("value")
            if value is not None:
                yield text(value)


def _imports(file: GoFile, packages: dict[str, str]) -> dict[str, list[str]]:
    """Return the folders behind each name of an imported package; behind a dot those whose names stand alone."""
    found: dict[str, list[str]] = {}
    for node in file.root.named_children:
        if node.type == "import_declaration":
            for alias, path in _IMPORT.findall(text(node)[len("import") :]):
                for folder, name in packages.items():
                    is_root = folder == "." and name == path.rsplit("/", 1)[-1]
                    if is_root or path == folder or path.endswith(f"/{folder}"):
                        found.setdefault(alias or name, []).append(folder)
    return found

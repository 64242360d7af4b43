# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which variables of the environment Go code reads. Pure. This is a private part of the collection.

Reads are os.Getenv, os.LookupEnv, os.ExpandEnv, viper's BindEnv, tags ``env:"NAME"``, and functions of the code's own that hand
their parameter on to one of these. A name that is not known before the program runs is returned as a place.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoFile,
    Node,
    arguments,
    callee,
    literal,
    place,
    text,
    walk,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Program, parameters, receiver

_READERS = {"Getenv": 0, "LookupEnv": 0}
_TAG = re.compile(r"\b(?:env|envconfig):\"(?P<name>[A-Za-z_][A-Za-z0-9_]*)")
_TAGS = re.compile(rb"\b(?:env|envconfig):\"")
_TELLING = "Getenv|LookupEnv|ExpandEnv|BindEnv|SetEnvPrefix|SetEnvKeyReplacer"
_REFERENCE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)")
_MOST_ROUNDS = 10


@dataclass
class Read:
    """The variables that are read, each with its places, and the places where the name is not known."""

    names: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def add(self, name: str, at: str) -> None:
        places = self.names.setdefault(name, [])
        if at not in places:
            places.append(at)


@dataclass
class _Call:
    """A call in a function of the code."""

    file: GoFile
    declared: Node
    node: Node
    operand: Node | None
    name: str


def read_variables(program: Program, constants: Constants, files: t.Sequence[GoFile]) -> Read:
    """Return the variables that the code of *files* reads."""
    found = Read()
    calls, wrappers = _readers(program, files)
    prefix, replaces = _viper(constants, calls)
    for one in calls:
        _note(program, constants, one, wrappers, found)
        if one.name == "BindEnv":
            _note_bound(constants, one, prefix, replaces, found)
    for file in files:
        for tag in walk(file.root, "raw_string_literal") if _TAGS.search(file.source) else ():
            if tag.parent is not None and tag.parent.type == "field_declaration":
                for match in _TAG.finditer(text(tag)):
                    found.add(match.group("name"), place(file, tag))
    return found


def _readers(program: Program, files: t.Sequence[GoFile]) -> tuple[list[_Call], dict[tuple[str, str, str], int]]:
    """Return the calls of files that may read a variable, and the functions that hand on which of their parameters."""
    wrappers: dict[tuple[str, str, str], int] = {}
    calls: list[_Call] = []
    read: set[str] = set()
    for dummy in range(_MOST_ROUNDS):
        before = len(wrappers)
        telling = re.compile("|".join([_TELLING, *(re.escape(key[2]) for key in wrappers)]).encode())
        for file in files:
            if file.path not in read and telling.search(file.source):
                read.add(file.path)
                calls += _calls(file)
        for one in calls:
            position = _position(program, one, wrappers)
            if position is not None and len(arguments(one.node)) > position:
                own = _handed_on(one, arguments(one.node)[position])
                if own is not None:
                    wrappers.setdefault(_key(one.file, one.declared), own)
        if len(wrappers) == before:
            break
    return calls, wrappers


def _calls(file: GoFile) -> t.Iterator[_Call]:
    for declared in file.root.named_children:
        if declared.type in ("function_declaration", "method_declaration", "var_declaration"):
            for node in walk(declared, "call_expression"):
                operand, name = callee(node)
                yield _Call(file, declared, node, operand, name)


def _position(program: Program, one: _Call, wrappers: t.Mapping[tuple[str, str, str], int]) -> int | None:
    """Return which argument of the call is the name of a variable."""
    package = program.imports[one.file.path].get(text(one.operand)) if one.operand is not None else None
    if package == "os" and one.name in _READERS:
        return _READERS[one.name]
    if one.operand is None:
        return wrappers.get((one.file.folder, "", one.name))
    if package is not None:
        return wrappers.get((package, "", one.name))
    found = {position for (folder, of, name), position in wrappers.items() if of and name == one.name}
    return found.pop() if len(found) == 1 else None


def _key(file: GoFile, declared: Node) -> tuple[str, str, str]:
    name = declared.child_by_field_name("name")
    return (file.folder, receiver(declared), text(name) if name is not None else "")


def _handed_on(one: _Call, argument: Node) -> int | None:
    """Return which parameter of the function around the call *argument* is."""
    if argument.type != "identifier" or one.declared.type == "var_declaration":
        return None
    names = [name for name, dummy in parameters(one.declared)]
    return names.index(text(argument)) if text(argument) in names else None


def _note(
    program: Program, constants: Constants, one: _Call, wrappers: t.Mapping[tuple[str, str, str], int], found: Read
) -> None:
    at, given = place(one.file, one.node), arguments(one.node)
    if one.operand is not None and text(one.operand) == "os" and one.name == "ExpandEnv" and given:
        template = constants.text(one.file, given[0])
        for match in _REFERENCE.finditer(template or ""):
            found.add(match.group("name"), at)
        if template is None and _handed_on(one, given[0]) is None:
            found.unknown.append(at)
        return
    position = _position(program, one, wrappers)
    if position is None or len(given) <= position:
        return
    names = _texts(constants, one, given[position])
    if names:
        for name in names:
            found.add(name, at)
    elif _handed_on(one, given[position]) is None:
        found.unknown.append(at)


def _texts(constants: Constants, one: _Call, node: Node) -> list[str]:
    """Return the texts that an expression may be: a constant, or a local name that only takes constants."""
    value = constants.text(one.file, node)
    if value is not None:
        return [value]
    if node.type != "identifier":
        return []
    found: list[str] = []
    for source in _sources(one.declared, text(node)):
        value = constants.text(one.file, source)
        elements = [value] if value is not None else _elements(constants, one, source)
        if not elements or None in elements:
            return []
        found += t.cast("t.List[str]", elements)
    return list(dict.fromkeys(found))


def _sources(declared: Node, name: str) -> t.Iterator[Node]:
    """Yield what is assigned to the local *name*, and what is ranged over for it."""
    for node in walk(declared, "short_var_declaration", "assignment_statement", "range_clause", "var_spec"):
        left = node.child_by_field_name("left" if node.type != "var_spec" else "name")
        right = node.child_by_field_name("right" if node.type != "var_spec" else "value")
        if left is None or right is None:
            continue
        names = list(left.named_children) if left.type == "expression_list" else [left]
        values = list(right.named_children) if right.type == "expression_list" else [right]
        for number, one in enumerate(names):
            if text(one) == name:
                yield values[0] if node.type == "range_clause" or number >= len(values) else values[number]


def _elements(constants: Constants, one: _Call, source: Node) -> list[str | None]:
    """Return the texts of a literal list, or of the local list that *source* names."""
    if source.type == "identifier":
        lists = [each for each in _sources(one.declared, text(source)) if each.type == "composite_literal"]
        return _elements(constants, one, lists[0]) if len(lists) == 1 else []
    if source.type != "composite_literal":
        return []
    body = source.child_by_field_name("body")
    return [
        constants.text(one.file, each.named_children[0] if each.named_children else each)
        for each in (body.named_children if body is not None else ())
        if each.type != "comment"
    ]


def _viper(constants: Constants, calls: t.Sequence[_Call]) -> tuple[str, bool]:
    """Return the prefix of viper's variables, and whether dots in keys become underscores."""
    prefixes = [
        constants.text(one.file, arguments(one.node)[0])
        for one in calls
        if one.name == "SetEnvPrefix" and arguments(one.node)
    ]
    known = [one for one in prefixes if one]
    return (known[0].upper() if known else ""), any(one.name == "SetEnvKeyReplacer" for one in calls)


def _note_bound(constants: Constants, one: _Call, prefix: str, replaces: bool, found: Read) -> None:
    given = [constants.text(one.file, each) for each in arguments(one.node)]
    at = place(one.file, one.node)
    if not given or None in given:
        found.unknown.append(at)
    elif len(given) > 1:
        for name in given[1:]:
            found.add(str(name), at)
    else:
        key = str(given[0]).upper()
        found.add("_".join(part for part in (prefix, key.replace(".", "_") if replaces else key) if part), at)


def tables_in(files: t.Sequence[GoFile]) -> t.Iterator[str]:
    """Yield the texts of the code that make tables."""
    for file in files:
        if b"CREATE TABLE" not in file.source.upper():
            continue
        for node in walk(file.root, "raw_string_literal", "interpreted_string_literal"):
            value = text(node)
            if "CREATE TABLE" in value.upper():
                yield literal(node) or ""

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several sources say about one fact. Pure. This is a private part of the collection."""

from __future__ import annotations

import math
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoFile
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._compiled import KINDS, compiled, word_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import (
    Variable,
    is_unexpanded,
    scalar,
    url_part,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import hidden
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Found, Tree, find

Source = t.Dict[str, t.Any]
Statement = t.Dict[str, t.Any]
_LONGEST = 120
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


class Material(t.Protocol):
    """What the sources are read from."""

    variables: list[Variable]

    def trees(self, file: str) -> list[tuple[str, Tree]]:
        """Return the documents of the files that *file* matches, with their names; none when there is no such file."""

    def go(self, pattern: str, word: str) -> list[GoFile]:
        """Return the Go files that *pattern* matches and that have *word* in them."""


@dataclass
class Fact:
    """The statements of a fact, the sources that could not be read, and the places that decide: file:line each."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[LookError] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def state(
        self, source: Source, value: t.Any, kind: str, name: str, file: str | None = None, line: int | None = None
    ) -> None:
        """Add what one source says."""
        place = f"{file}:{line}" if file and line else file or ""
        where = f"{place} {name}" if place else name
        if place:
            self.places.append(place)
        if source.get("part") and isinstance(value, str) and kind != "default":
            whole, value = value, url_part(value, source["part"])
            value = value if value is not None or not is_unexpanded(whole) else whole
            value = source.get("default") if value is None else value
        if source.get("keys") and isinstance(value, dict):
            value = sorted(str(key) for key in value)
        if holds_reference(value):
            raise LookError(Reason.NO_DATA, f"{where} holds a reference that nothing expands: its value is unknown")
        if value is None:
            raise LookError(Reason.NO_DATA, f"{where} has no value")
        value = _measured(source, value, kind, where)
        is_shown = source.get("part") or kind == "default"
        shown = value if is_shown else hidden(name.rsplit(".", 1)[-1], value)
        group = source.get("group") or ""
        self._add({"value": shown, "kind": kind, "file": file, "line": line, "name": name, "group": group})

    def _add(self, statement: Statement) -> None:
        """Keep a statement that a file makes many times only where it stands first."""
        if not any(
            {**one, "line": statement["line"]} == statement and _typed(one) == _typed(statement)
            for one in self.statements
        ):
            self.statements.append(statement)

    def divisor(self, name: str) -> float:
        """Return the one number that the fact is, to relate another one to it; *name* is what it is called."""
        found = [one["value"] for one in self.statements]
        if self.problems or not found or contradictions(self.statements):
            raise LookError(Reason.NO_DATA, f"What is relative to {name} is unknown, as {name} is")
        if isinstance(found[0], bool) or not isinstance(found[0], (int, float)) or found[0] <= 0:
            raise LookError(Reason.NO_DATA, f"What is relative to {name} is unknown, as {name} is {found[0]}")
        return float(found[0])


def read_fact(sources: t.Sequence[Source], material: Material, known: t.Mapping[str, Fact] | None = None) -> Fact:
    """Return what *sources* state; one that overrides replaces what stands before it.

    *known* are the facts that a source may be relative to.
    """
    fact = Fact()
    for source in sources:
        own = Fact()
        try:
            divisor = (known or {})[source["per"]].divisor(source["per"]) if source.get("per") else 1.0
            _read_source({**source, "divisor": divisor}, material, own)
        except KeyError as exc:
            own.problems.append(
                LookError(Reason.MALFORMED, f"There is no fact {exc} before the one that is relative to it")
            )
        except LookError as exc:
            own.problems.append(exc)
        if source.get("overrides") and own.statements:
            fact = Fact(problems=fact.problems)
        fact.statements += [one for one in own.statements if one not in fact.statements]
        fact.problems += own.problems
        fact.places += [one for one in own.places if one not in fact.places]
    return fact


def _read_source(source: Source, material: Material, fact: Fact) -> None:
    if source.get("variable"):
        _read_variable(source, material, fact)
        return
    for kind in KINDS:
        if source.get(kind):
            _read_compiled(source, kind, material, fact)
            return
    documents = material.trees(source["file"])
    if not documents:
        fact.places.append(source["file"])
        if source.get("default") is not None and source.get("optional"):
            fact.state(source, source["default"], "default", source["path"], source["file"])
        elif not source.get("optional"):
            raise LookError(Reason.NO_DATA, f"There is no file {source['file']}")
        return
    found = [(name, one) for name, tree in documents for one in find(tree, source["path"])]
    if not found:
        found = [(documents[0][0], Found(source["path"], None, None, missing=True))]
    for name, one in found:
        try:
            _state_found(source, name, one, fact)
        except LookError as exc:
            fact.problems.append(exc)


def _read_compiled(source: Source, kind: str, material: Material, fact: Fact) -> None:
    files = material.go(source["file"], word_of(kind, source[kind]))
    found = [(file.path, value, line) for file in files for value, line in compiled(kind, source[kind], file)]
    for path, value, line in found:
        fact.state(source, value, "code", source[kind], path, line)
    if not found and source.get("default") is not None:
        fact.state(source, source["default"], "default", source[kind])
    elif not found and not source.get("optional"):
        raise LookError(Reason.NO_DATA, f"No file {source['file']} has {source[kind]}")


def _state_found(source: Source, file: str, found: Found, fact: Fact) -> None:
    if not found.missing:
        fact.state(source, found.value, "file", found.path, file, found.line)
    elif source.get("default") is not None:
        fact.state(source, source["default"], "default", found.path, file)
    elif not source.get("optional"):
        fact.places.append(f"{file}:{found.line}" if found.line else file)
        raise LookError(Reason.NO_DATA, f"{file} has no {found.path}")


def _read_variable(source: Source, material: Material, fact: Fact) -> None:
    name, only = source["variable"], source.get("only")
    found = [variable for variable in material.variables if variable.name == name]
    for variable in found:
        if only is None or variable.value == only:
            value = variable.value if source.get("part") else scalar(variable.value)
            try:
                fact.state(source, value, "variable", name, variable.file, variable.line)
            except LookError as exc:
                fact.problems.append(exc)
    if not found and source.get("default") is not None:
        fact.state(source, source["default"], "default", name)


def holds_reference(value: t.Any) -> bool:
    """Tell whether *value*, or an element of it, holds a reference that nothing expands."""
    if isinstance(value, list):
        return any(holds_reference(one) for one in value)
    return is_unexpanded(value)


def _measured(source: Source, value: t.Any, kind: str, where: str) -> t.Any:
    """Return *value* in the unit that the source asks for: a fraction of another fact, seconds, or a scale."""
    if source.get("duration") and (kind != "code" or isinstance(value, str)):
        value = _seconds(str(value), where)
    if source.get("per"):
        return _scaled(value, 1 / source.get("divisor", 1.0), where)
    return value if source.get("scale") is None else _scaled(value, source["scale"], where)


def _seconds(text: str, where: str) -> float:
    found = _DURATION.findall(text)
    if not found or "".join(number + unit for number, unit in found) != text:
        raise LookError(Reason.MALFORMED, f"{where} is no duration with a unit")
    return float(f"{sum(float(number) * _SECONDS[unit] for number, unit in found):.12g}")


def _typed(statement: Statement) -> type:
    return type(statement["value"])  # true and 1 are equal to Python, and not to a reader


def _scaled(value: t.Any, scale: float, where: str) -> float:
    try:
        if isinstance(value, bool):
            raise ValueError(value)
        number = float(value) * scale
    except (TypeError, ValueError) as exc:
        raise LookError(Reason.MALFORMED, f"{where} is no number") from exc
    if not math.isfinite(number):
        raise LookError(Reason.MALFORMED, f"{where} is no finite number")
    return float(f"{number:.12g}")  # 20 % is 0.2, not 0.20000000000000001


def contradictions(statements: t.Sequence[Statement]) -> list[str]:
    """Say who states what when not all of *statements* state the same; those of one group are compared with each other."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.get("group") or "", []).append(statement)
    return [
        f"{_where(one)} says {str(one['value'])[:_LONGEST]}"
        for group in groups.values()
        if not all(same(group[0]["value"], other["value"]) for other in group[1:])
        for one in group
    ]


def same(left: t.Any, right: t.Any) -> bool:
    """Compare as a reader would: numbers by size, anything else strictly."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-9)
    return bool(left == right)


def _where(statement: Statement) -> str:
    if statement["kind"] == "live":
        return f"the running API ({statement['name']})"
    place = f"{statement['file']}:{statement['line']} {statement['name']}" if statement["line"] else statement["name"]
    return f"the default of {place}" if statement["kind"] == "default" else place

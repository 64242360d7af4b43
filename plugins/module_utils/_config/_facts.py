# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several sources say about one fact. Pure. This is a private part of the collection."""

from __future__ import annotations

import math
import typing as t
from dataclasses import dataclass, field

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


class Material(t.Protocol):
    """What the sources are read from."""

    variables: list[Variable]

    def trees(self, file: str) -> list[tuple[str, Tree]]:
        """Return the documents of the files that *file* matches, with their names; none when there is no such file."""


@dataclass
class Fact:
    """The statements of a fact, and the sources that could not be read."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[LookError] = field(default_factory=list)

    def state(
        self, source: Source, value: t.Any, kind: str, name: str, file: str | None = None, line: int | None = None
    ) -> None:
        """Add what one source says."""
        where = f"{file}:{line} {name}" if file and line else f"{file} {name}" if file else name
        if source.get("part") and isinstance(value, str):
            value = url_part(value, source["part"])
            value = source.get("default") if value is None else value
        if is_unexpanded(value):
            self.problems.append(
                LookError(Reason.NO_DATA, f"{where} holds a reference that nothing expands: its value is unknown")
            )
            return
        if value is None:
            self.problems.append(LookError(Reason.NO_DATA, f"{where} has no value"))
            return
        if source.get("scale") is not None:
            value = _scaled(value, source["scale"], where)
        is_shown = source.get("part") or kind == "default"
        shown = value if is_shown else hidden(name.rsplit(".", 1)[-1], value)
        self._add({"value": shown, "kind": kind, "file": file, "line": line, "name": name})

    def _add(self, statement: Statement) -> None:
        """Keep a statement that a file makes many times only where it stands first."""
        if not any(
            {**one, "line": statement["line"]} == statement and _typed(one) == _typed(statement)
            for one in self.statements
        ):
            self.statements.append(statement)


def read_fact(sources: t.Sequence[Source], material: Material) -> Fact:
    """Return what *sources* state; one that overrides replaces what stands before it."""
    fact = Fact()
    for source in sources:
        earlier, fact.statements = fact.statements, []
        try:
            _read_source(source, material, fact)
        except LookError as exc:
            fact.problems.append(exc)
        replaces = source.get("overrides") and fact.statements
        fact.statements = fact.statements if replaces else earlier + fact.statements
    return fact


def _read_source(source: Source, material: Material, fact: Fact) -> None:
    if source.get("variable"):
        _read_variable(source, material, fact)
        return
    documents = material.trees(source["file"])
    if not documents:
        if source.get("default") is not None and source.get("optional"):
            fact.state(source, source["default"], "default", source["path"], source["file"])
        elif not source.get("optional"):
            raise LookError(Reason.NO_DATA, f"There is no file {source['file']}")
        return
    found = [(name, one) for name, tree in documents for one in find(tree, source["path"])]
    for name, one in found:
        _state_found(source, name, one, fact)
    if not found:
        _state_found(source, source["file"], Found(source["path"], None, None, missing=True), fact)


def _state_found(source: Source, file: str, found: Found, fact: Fact) -> None:
    if not found.missing:
        fact.state(source, found.value, "file", found.path, file, found.line)
    elif source.get("default") is not None:
        fact.state(source, source["default"], "default", found.path, file)
    elif not source.get("optional"):
        raise LookError(Reason.NO_DATA, f"{file} has no {found.path}")


def _read_variable(source: Source, material: Material, fact: Fact) -> None:
    name, only = source["variable"], source.get("only")
    found = [variable for variable in material.variables if variable.name == name]
    for variable in found:
        if only is None or variable.value == only:
            value = variable.value if source.get("part") else scalar(variable.value)
            fact.state(source, value, "variable", name, variable.file, variable.line)
    if not found and source.get("default") is not None:
        fact.state(source, source["default"], "default", name)


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
    """Say who states what when not all of *statements* state the same."""
    if all(same(statements[0]["value"], one["value"]) for one in statements[1:]):
        return []
    return [f"{_where(one)} says {str(one['value'])[:_LONGEST]}" for one in statements]


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

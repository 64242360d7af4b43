# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards of Grafana: their variables, and what their panels ask for. Pure. A private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import Fault, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Document, Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._vocabulary import Vocabulary

Place = t.Tuple[t.Union[str, int], ...]

_VARIABLE = re.compile(
    r"\$\{(?P<a>[A-Za-z_]\w*)(?:[.:][^}]*)?\}|\$(?P<b>[A-Za-z_]\w*)|\[\[(?P<c>[A-Za-z_]\w*)(?::[^\]]*)?\]\]"
)
_STRING = re.compile(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')")
_BUILT_IN = frozenset(("timeFilter", "interval", "__interval"))
_LABEL_VALUES = re.compile(
    r"label_values\(\s*(?P<series>.+?)\s*,\s*\w+\s*\)|query_result\((?P<query>.+)\)|metrics\(.*\)", re.DOTALL
)
_DEEPEST = 10


@dataclass
class Query:
    """One query of a panel: the expression, and the data source that it is asked of."""

    panel: str
    ref: str
    expr: str
    at: str
    source: t.Any


@dataclass
class Dashboard:
    document: Document
    base: Place
    data: dict[str, t.Any]
    queries: list[Query] = field(default_factory=list)
    variables: dict[str, dict[str, t.Any]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return text(self.data, "title")

    @property
    def uid(self) -> str:
        return text(self.data, "uid")

    def at(self, *path: str | int) -> str:
        return self.document.at(*self.base, *path)

    @property
    def refresh(self) -> float:
        """The seconds between two refreshes, 0 when it is not refreshed by itself."""
        own = self.data.get("refresh")
        return (seconds(own) or 0.0) if isinstance(own, str) else 0.0


def read(source: Text) -> Dashboard:
    """Return the dashboard of a file; raise LookError when it is none."""
    document = source.document()
    base: Place = ("dashboard",) if isinstance(document.data.get("dashboard"), dict) else ()
    data = mapping(document.data, *base)
    if not isinstance(data.get("panels", data.get("rows")), list):
        raise LookError(Reason.MALFORMED, f"{source.name} is no dashboard: it has no panels")
    made = Dashboard(document, base, data)
    for dummy, one in mappings(data, "templating", "list"):
        made.variables[text(one, "name")] = one
    for key in ("panels", "rows"):
        _panels(made, (key,), None, 0)
    return made


def _panels(made: Dashboard, path: Place, source: t.Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise LookError(Reason.UNSUPPORTED, f"{made.at(*path)}: the panels are nested too deeply")
    for number, panel in mappings(made.data, *path):
        own = panel.get("datasource", source)
        for place, one in mappings(panel, "targets"):
            expr = text(one, "expr").strip()
            if expr:
                at = made.at(*path, number, "targets", place, "expr")
                made.queries.append(
                    Query(text(panel, "title") or "untitled", text(one, "refId"), expr, at, one.get("datasource", own))
                )
        _panels(made, (*path, number, "panels"), own, depth + 1)


def names_in(expr: str) -> set[str]:
    """Return the variables that a text refers to, without those of Grafana itself."""
    found = {match.group("a") or match.group("b") or match.group("c") for match in _VARIABLE.finditer(expr)}
    return {name for name in found if not name.startswith("__") and name not in _BUILT_IN}


def filled(expr: str) -> str:
    """Return an expression as Prometheus may get it, with something in place of each variable."""
    parts = _STRING.split(expr)
    return "".join(_VARIABLE.sub(".*", part) if number % 2 else _filled(part) for number, part in enumerate(parts))


def _filled(part: str) -> str:
    def value(match: re.Match[str]) -> str:
        before = part[: match.start()].rstrip()
        name = match.group("a") or match.group("b") or match.group("c")
        if name.endswith(("_ms", "_s")) and name.startswith("__") and not part[match.end() :].startswith("]"):
            return "60"
        if name.startswith("__") or name == "interval" or before.endswith(("[", ":", "offset")):
            return "5m"
        if before.endswith("(") and part[match.end() :].lstrip().startswith(","):
            return "5"
        return f"variable_{name}"

    return _VARIABLE.sub(value, part)


def variable_faults(made: Dashboard, vocabulary: Vocabulary) -> list[Fault]:
    """Return which variables are used and not declared, or find nothing."""
    used = {name: one.at for one in reversed(made.queries) for name in names_in(one.expr)}
    for one in made.queries:
        if isinstance(one.source, dict):
            used.update(dict.fromkeys(names_in(str(one.source.get("uid", ""))), one.at))
    found = [
        fault(f"The variable {name} is used and not declared", used[name])
        for name in used
        if name not in made.variables
    ]
    for number, (name, declared) in enumerate(made.variables.items()):
        query = declared.get("query")
        asked = text(query, "query") if isinstance(query, dict) else query
        match = (
            _LABEL_VALUES.fullmatch(asked.strip())
            if isinstance(asked, str) and text(declared, "type") == "query"
            else None
        )
        expr = (match.group("series") or match.group("query")) if match else None
        if expr:
            at = made.at("templating", "list", number)
            found += [
                fault(f"The variable {name} finds nothing: {says}", at) for says in expression_faults(expr, vocabulary)
            ]
    return found


def expression_faults(expr: str, vocabulary: Vocabulary) -> list[str]:
    """Return why an expression finds no data."""
    try:
        node = _promql.parse(filled(expr))
    except LookError as exc:
        if exc.reason is Reason.MALFORMED and filled(expr) == expr:
            return [f"it is no PromQL: {exc.message}"]
        raise LookError(
            Reason.UNSUPPORTED if exc.reason is Reason.MALFORMED else exc.reason, f"{expr}: {exc.message}"
        ) from exc
    found = [vocabulary.fault(one) for one in _promql.selectors(node) if "variable_" not in one.name]
    own = _promql.divides_by_itself(node)
    return [says for says in found if says] + (
        [f"it divides {own} by itself, series by series, which is always 1"] if own else []
    )

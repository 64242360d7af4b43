# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask an observation a question, strictly.

JMESPath is forgiving: a mistyped key is null, and null drops out of projections and filters. Here each such gap is kept, so
that a typo or an unknown value cannot make a box green. This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

try:
    import jmespath
    from jmespath.exceptions import JMESPathError
    from jmespath.visitor import TreeInterpreter
except ImportError:  # the documentation can be read without it; a run cannot begin
    jmespath = None
    JMESPathError = ValueError
    TreeInterpreter = object

_NULL: dict[str, t.Any] = {"type": "literal", "children": [], "value": None}


@dataclass
class Answer:
    """What a query found, and the gaps that it met on the way."""

    value: t.Any
    gaps: list[str] = field(default_factory=list)
    only_last_key_missing: bool = False


class _Strict(TreeInterpreter):
    """Evaluates like JMESPath and notes each place where nothing stood."""

    def __init__(self, subject: dict[str, t.Any]) -> None:
        super().__init__()
        self._subject = subject
        self.gaps: list[str] = []
        self.missing: list[str] = []

    def visit_field(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        key = node["value"]
        if value is self._subject:
            self._see_root(key)
        if not isinstance(value, dict) or key not in value:
            self.missing.append(key)
            self.gaps.append(f"there is no {key!r}")
            return None
        return value[key]

    def _see_root(self, key: str) -> None:
        why = self._subject.get("unseen", {}).get(key)
        if why:
            raise LookError(Reason(why["reason"]), why["message"])

    def visit_comparator(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        asks_for_null = _NULL in node["children"]
        left, right = (self.visit(child, value) for child in node["children"])
        if (left is None or right is None) and not asks_for_null:
            self.gaps.append("an unknown value is compared")
        return super().visit_comparator(node, value)

    def _is_false(self, value: t.Any) -> bool:
        """Decide a condition: the one place through which filters, ``&&`` and ``||`` go."""
        if value is None:
            self.gaps.append("an unknown value decides a condition")
        return bool(super()._is_false(value))

    def visit_not_expression(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        if self.visit(node["children"][0], value) is None:
            self.gaps.append("an unknown value is negated")
        return super().visit_not_expression(node, value)

    def visit_projection(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        base = self.visit(node["children"][0], value)
        found = super().visit_projection(node, value)
        return self._complete(base, found)

    def visit_value_projection(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        base = self.visit(node["children"][0], value)
        found = super().visit_value_projection(node, value)
        return self._complete(base, found)

    def _complete(self, base: t.Any, found: t.Any) -> t.Any:
        if found is not None and len(found) != len(base):
            self.gaps.append("an element of a list has no such value")
        return found

    def visit_filter_projection(self, node: dict[str, t.Any], value: t.Any) -> t.Any:
        kept = super().visit_filter_projection(
            {**node, "children": [node["children"][0], {"type": "identity", "children": []}, node["children"][2]]},
            value,
        )
        if kept is None:
            return None
        found = [self.visit(node["children"][1], element) for element in kept]
        if any(element is None for element in found):
            self.gaps.append("an element of a list has no such value")
        return [element for element in found if element is not None]


def compile_query(query: str) -> dict[str, t.Any]:
    """Return the parsed *query*; raise ValueError with a sentence when it is not JMESPath."""
    if jmespath is None:
        raise DataError(
            "The Python library jmespath is missing on the control node: install it beside ansible-core with 'pip install jmespath'"
        )
    try:
        return jmespath.compile(query).parsed  # type: ignore[no-any-return]
    except JMESPathError as exc:
        raise ValueError(f"{query!r} is not JMESPath: {str(exc).splitlines()[0]}") from exc


def ask(query: str, subject: dict[str, t.Any]) -> Answer:
    """Evaluate *query* over one *subject*; raise LookError for a key that the probe could not see."""
    interpreter = _Strict(subject)
    parsed = compile_query(query)
    try:
        value = interpreter.visit(parsed, subject)
    except JMESPathError as exc:
        raise LookError(Reason.MALFORMED, f"The query {query!r} does not fit what was observed: {exc}") from exc
    only_last = interpreter.missing[-1:] == _last_field(parsed) and len(set(interpreter.missing)) == 1
    return Answer(value, interpreter.gaps, only_last and parsed["type"] == "subexpression")


def _last_field(parsed: dict[str, t.Any]) -> list[str]:
    node = parsed
    while node["children"]:
        node = node["children"][-1]
    return [node["value"]] if node["type"] == "field" else []

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PromQL, parsed by promql-parser, and what an expression asks for. Pure. This is a private part of the collection.

The parser is native code that recurses: an expression that is long or deep is refused before it gets there.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

try:
    import promql_parser
except ImportError:
    HAS_PROMQL = False
else:
    HAS_PROMQL = True

Expr = t.Any  # promql_parser.Expr

_LONGEST = 8000
_DEEPEST = 40
_MOST_STEPS = 200  # operators and brackets
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`", re.DOTALL)
_COMMENT = re.compile(r"#[^\n]*")
_STEP = re.compile(r"[-+*/%^<>=!]+|\b(?:and|or|unless|atan2)\b|[(\[{]", re.IGNORECASE)
COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")


def parse(text: str) -> Expr:
    """Return the tree of an expression; raise LookError when it is none, or cannot be parsed here."""
    if not HAS_PROMQL:
        raise LookError(
            Reason.MISSING_LIBRARY,
            "PromQL is parsed with the Python package promql-parser, which is not installed",
        )
    _need_small(text)
    try:
        return promql_parser.parse(text)
    except ValueError as exc:
        raise LookError(Reason.MALFORMED, str(exc).strip().splitlines()[0][:200] if str(exc) else "no PromQL") from exc
    except BaseException as exc:  # pylint: disable=broad-exception-caught  # a panic of the native code is no Exception
        if isinstance(exc, (KeyboardInterrupt, SystemExit)):
            raise
        raise LookError(Reason.UNSUPPORTED, "The parser of PromQL gave up") from exc


def _need_small(text: str) -> None:
    bare = _COMMENT.sub("", _STRING.sub('""', text))
    depth = deepest = 0
    for letter in bare:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    if len(text) > _LONGEST or deepest > _DEEPEST or len(_STEP.findall(bare)) > _MOST_STEPS:
        raise LookError(
            Reason.UNSUPPORTED,
            f"longer than {_LONGEST} letters, {_MOST_STEPS} steps or {_DEEPEST} brackets in each other",
        )


def kind(node: Expr) -> str:
    return type(node).__name__


def operator(node: Expr) -> str:
    return str(node.op).strip().lower()


def children(node: Expr) -> list[Expr]:
    """Return the expressions that *node* is made of."""
    name = kind(node)
    if name == "BinaryExpr":
        return [node.lhs, node.rhs]
    if name == "AggregateExpr":
        return [one for one in (node.param, node.expr) if one is not None]
    if name == "Call":
        return list(node.args)
    if name in ("ParenExpr", "UnaryExpr", "SubqueryExpr"):
        return [node.expr]
    if name == "MatrixSelector":
        return [node.vector_selector]
    return []


def walk(node: Expr) -> t.Iterator[Expr]:
    yield node
    for one in children(node):
        yield from walk(one)


class Matcher(t.NamedTuple):
    """One condition on a label: its *op* is one of = != =~ !~."""

    label: str
    op: str
    value: str


_OPS = {"Equal": "=", "NotEqual": "!=", "Re": "=~", "NotRe": "!~"}


class Selector(t.NamedTuple):
    """What a selector asks for: the metric's name, or a pattern of names, and the conditions on labels."""

    name: str
    pattern: str
    matchers: tuple[Matcher, ...]

    @property
    def shown(self) -> str:
        return self.name or f"{{__name__=~{self.pattern!r}}}"


def selector(node: Expr) -> Selector:
    """Return what a vector selector asks for."""
    found = [
        Matcher(one.name, _OPS[str(one.op).rsplit(".", 1)[-1]], one.value)
        for one in (*node.matchers.matchers, *(one for group in node.matchers.or_matchers for one in group))
    ]
    name, pattern = node.name or "", ""
    for one in found:
        if one.label == "__name__" and one.op == "=":
            name = one.value
        elif one.label == "__name__" and one.op == "=~":
            pattern = one.value
    return Selector(name, pattern, tuple(one for one in found if one.label != "__name__"))


def selectors(node: Expr) -> list[Selector]:
    """Return the selectors of an expression, each once, in order."""
    return list(dict.fromkeys(selector(one) for one in walk(node) if kind(one) == "VectorSelector"))


def divides_by_itself(node: Expr) -> str:
    """Return the metric that the expression divides, series by series, by itself, or nothing.

    ``rate(a{code="5"}[5m]) / rate(a[5m])`` matches each series with itself: the ratio is 1 where there is any.
    """
    for one in walk(node):
        if kind(one) != "BinaryExpr" or operator(one) != "/" or _matching(one):
            continue
        left, right = selectors(one.lhs), selectors(one.rhs)
        if len(left) != 1 or len(right) != 1 or not left[0].name or left[0].name != right[0].name:
            continue
        aggregated = any(kind(below) == "AggregateExpr" for below in (*walk(one.lhs), *walk(one.rhs)))
        if left[0].matchers != right[0].matchers and not aggregated:
            return left[0].name
    return ""


def _matching(node: Expr) -> bool:
    return node.modifier is not None and node.modifier.matching is not None

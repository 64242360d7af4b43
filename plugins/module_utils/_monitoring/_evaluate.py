# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a PromQL expression returns for a handful of steady series. Pure. This is a private part of the collection.

This answers one question: does a rule fire in a given situation? A gauge stands at its value; a counter (below ``rate`` and its
like) grows by its value each second. A label that a series does not state has the value that a condition asks for. What this does
not know raises LookError ``unsupported``: an answer is never guessed.
"""

from __future__ import annotations

import math
import operator as arithmetic
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._promql import Expr, Selector


@dataclass(frozen=True)
class Sample:
    """A steady series. Of a series, ``name`` is the metric; of what an expression returns, nothing."""

    value: float
    labels: t.Mapping[str, str] = field(default_factory=dict)
    name: str = ""


Vector = t.List[Sample]
Result = t.Union[float, Vector]

_MATH: dict[str, t.Callable[[float, float], float]] = {
    "+": arithmetic.add,
    "-": arithmetic.sub,
    "*": arithmetic.mul,
    "/": lambda left, right: left / right if right else math.copysign(math.inf, left) if left else math.nan,
    "%": lambda left, right: math.fmod(left, right) if right else math.nan,
    "^": arithmetic.pow,
}
_COMPARE: dict[str, t.Callable[[float, float], bool]] = {
    "==": arithmetic.eq,
    "!=": arithmetic.ne,
    ">": arithmetic.gt,
    "<": arithmetic.lt,
    ">=": arithmetic.ge,
    "<=": arithmetic.le,
}
_AGGREGATIONS: dict[str, t.Callable[[t.List[float]], float]] = {
    "sum": sum,
    "avg": lambda found: sum(found) / len(found),
    "min": min,
    "max": max,
    "count": lambda found: float(len(found)),
    "group": lambda dummy: 1.0,
}
_KEEP = ("avg_over_time", "min_over_time", "max_over_time", "last_over_time", "quantile_over_time", "rate", "irate")
_STILL = ("deriv", "delta", "idelta", "changes", "resets", "stddev_over_time", "stdvar_over_time")
_EACH: dict[str, t.Callable[[float], float]] = {
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": round,
    "sgn": lambda value: float((value > 0) - (value < 0)),
}
_PASS = ("sort", "sort_desc", "label_replace", "label_join")


def evaluate(node: Expr, series: t.Sequence[Sample]) -> Result:
    """Return what *node* gives for *series*."""
    kind = _promql.kind(node)
    if kind == "NumberLiteral":
        return float(node.val)
    if kind == "ParenExpr":
        return evaluate(node.expr, series)
    if kind == "UnaryExpr":
        return _map(evaluate(node.expr, series), lambda value: -value)
    if kind == "VectorSelector":
        return _select(_promql.selector(node), series)
    if kind == "BinaryExpr":
        return _binary(node, evaluate(node.lhs, series), evaluate(node.rhs, series))
    if kind == "AggregateExpr":
        return _aggregate(node, series)
    if kind == "Call":
        return _call(node, series)
    raise _unknown(kind)


def fires(node: Expr, series: t.Sequence[Sample]) -> bool:
    """Tell whether an alerting rule with the expression *node* fires when there are *series*."""
    result = evaluate(node, series)
    return bool(result) if isinstance(result, list) else True


def _unknown(what: str) -> LookError:
    return LookError(Reason.UNSUPPORTED, f"{what} of PromQL is not understood here")


def _map(result: Result, change: t.Callable[[float], float]) -> Result:
    if isinstance(result, list):
        return [Sample(change(one.value), one.labels) for one in result]
    return change(result)


def _select(wanted: Selector, series: t.Sequence[Sample]) -> Vector:
    return [
        one
        for one in series
        if (one.name == wanted.name if wanted.name else bool(re.fullmatch(wanted.pattern or ".*", one.name)))
        and all(_holds(matcher, one.labels) for matcher in wanted.matchers)
    ]


def _holds(matcher: _promql.Matcher, labels: t.Mapping[str, str]) -> bool:
    if matcher.label not in labels:
        return True
    value = labels[matcher.label]
    try:
        same = value == matcher.value if matcher.op in ("=", "!=") else bool(re.fullmatch(matcher.value, value))
    except re.error as exc:
        raise _unknown(f"the pattern {matcher.value!r}") from exc
    return same if matcher.op in ("=", "=~") else not same


def _binary(node: Expr, left: Result, right: Result) -> Result:
    op = _promql.operator(node)
    if op in ("and", "or", "unless"):
        return _set(op, node, _vector(left), _vector(right))
    as_bool = bool(node.modifier and node.modifier.return_bool)
    if op not in _MATH and op not in _COMPARE:
        raise _unknown(f"the operator {op}")
    if isinstance(left, list) and isinstance(right, list):
        key = _key(node)
        pairs = [(one, other) for one in left for other in right if key(one) == key(other)]
    elif isinstance(left, list):
        pairs = [(one, Sample(t.cast("float", right))) for one in left]
    elif isinstance(right, list):
        pairs = [(Sample(left, one.labels), one) for one in right]
        if op in _COMPARE and not as_bool:
            return [other for one, other in pairs if _COMPARE[op](one.value, other.value)]
    else:
        return float(_COMPARE[op](left, right)) if op in _COMPARE else _MATH[op](left, right)
    return [made for one, other in pairs for made in _joined(op, one, other, as_bool)]


def _joined(op: str, one: Sample, other: Sample, as_bool: bool) -> Vector:
    if op in _MATH:
        return [Sample(_MATH[op](one.value, other.value), one.labels)]
    held = _COMPARE[op](one.value, other.value)
    if as_bool:
        return [Sample(float(held), one.labels)]
    return [Sample(one.value, one.labels)] if held else []


def _set(op: str, node: Expr, left: Vector, right: Vector) -> Vector:
    key = _key(node)
    theirs, ours = {key(one) for one in right}, {key(one) for one in left}
    if op == "and":
        return [one for one in left if key(one) in theirs]
    if op == "unless":
        return [one for one in left if key(one) not in theirs]
    return left + [one for one in right if key(one) not in ours]


def _vector(result: Result) -> Vector:
    if not isinstance(result, list):
        raise _unknown("a set of numbers")
    return result


def _key(node: Expr) -> t.Callable[[Sample], t.FrozenSet[t.Tuple[str, str]]]:
    """Return what of the labels has to agree."""
    matching = node.modifier.matching if node.modifier else None
    names = set(matching.labels) if matching else set()
    included = matching is not None and str(matching.type).endswith("Include")
    return lambda one: frozenset(pair for pair in one.labels.items() if (pair[0] in names) is included)


def _aggregate(node: Expr, series: t.Sequence[Sample]) -> Vector:
    op, found = _promql.operator(node), _vector(evaluate(node.expr, series))
    modifier = node.modifier
    names = set(modifier.labels) if modifier else set()
    by = modifier is None or str(modifier.type).endswith("By")
    groups: dict[frozenset[tuple[str, str]], list[float]] = {}
    for one in found:
        groups.setdefault(frozenset(pair for pair in one.labels.items() if (pair[0] in names) is by), []).append(
            one.value
        )
    if op in ("topk", "bottomk"):
        return found
    if op == "quantile":
        share = evaluate(node.param, series)
        if isinstance(share, list):
            raise _unknown("a quantile that is no number")
        return [Sample(sorted(values)[round(share * (len(values) - 1))], dict(key)) for key, values in groups.items()]
    if op not in _AGGREGATIONS:
        raise _unknown(op)
    return [Sample(_AGGREGATIONS[op](values), dict(key)) for key, values in groups.items()]


def _call(node: Expr, series: t.Sequence[Sample]) -> Result:
    name, args = str(node.func.name), list(node.args)
    if name in ("absent", "absent_over_time"):
        return [] if _inner(args[0], series) else [Sample(1.0)]
    if name in ("vector", "scalar"):
        found = evaluate(args[0], series)
        if name == "vector":
            return [Sample(found)] if not isinstance(found, list) else found
        return found[0].value if isinstance(found, list) and len(found) == 1 else math.nan
    if name in ("clamp_min", "clamp_max"):
        edge = evaluate(args[1], series)
        choose = max if name == "clamp_min" else min
        return _map(evaluate(args[0], series), lambda value: choose(value, t.cast("float", edge)))
    if name in _EACH:
        return _map(evaluate(args[0], series), _EACH[name])
    if name in _PASS:
        return evaluate(args[0], series)
    ranged = next((one for one in args if _promql.kind(one) in ("MatrixSelector", "SubqueryExpr")), None)
    if ranged is None:
        raise _unknown(f"the function {name}")
    found_in = _inner(ranged, series)
    if name in _KEEP:
        return [Sample(one.value, one.labels) for one in found_in]
    if name == "increase":
        return [Sample(one.value * ranged.range.total_seconds(), one.labels) for one in found_in]
    if name in _STILL:
        return [Sample(0.0, one.labels) for one in found_in]
    if name in ("count_over_time", "present_over_time"):
        return [Sample(1.0, one.labels) for one in found_in]
    if name == "predict_linear":
        return [Sample(one.value, one.labels) for one in found_in]
    raise _unknown(f"the function {name}")


def _inner(node: Expr, series: t.Sequence[Sample]) -> Vector:
    if _promql.kind(node) == "MatrixSelector":
        return _vector(evaluate(node.vector_selector, series))
    if _promql.kind(node) == "SubqueryExpr":
        return _vector(evaluate(node.expr, series))
    return _vector(evaluate(node, series))

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matchers: one observed value against one expectation.

A matcher returns whether the expectation holds, and raises LookError when the value cannot be judged by it: a wrong type is
never a pass and never a fault of the target. This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Matcher = t.Callable[[t.Any, t.Any], bool]


def _cannot_judge(observed: t.Any, wanted: str) -> LookError:
    return LookError(Reason.MALFORMED, f"Expected {wanted}, observed {type(observed).__name__}")


def _same(left: t.Any, right: t.Any) -> bool:
    """Compare without taking true for 1."""
    if isinstance(left, bool) is not isinstance(right, bool):
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    return bool(left == right)


def _within(element: t.Any, allowed: list[t.Any]) -> bool:
    return any(_same(element, one) for one in allowed)


def _list(observed: t.Any) -> list[t.Any]:
    if not isinstance(observed, list):
        raise _cannot_judge(observed, "a list")
    return observed


def _number(observed: t.Any) -> float:
    if isinstance(observed, bool) or not isinstance(observed, (int, float)):
        raise _cannot_judge(observed, "a number")
    return observed


def _subset_of(observed: t.Any, allowed: list[t.Any]) -> bool:
    elements = _list(observed)
    if not elements:
        raise LookError(Reason.NO_DATA, "The list is empty: there is nothing to judge")
    return all(_within(element, allowed) for element in elements)


def _matches(observed: t.Any, pattern: str) -> bool:
    if not isinstance(observed, str):
        raise _cannot_judge(observed, "a text")
    return re.search(pattern, observed) is not None


def _is_empty(observed: t.Any, wanted: bool) -> bool:
    if not isinstance(observed, (list, dict, str)):
        raise _cannot_judge(observed, "a list, a dictionary or a text")
    return (len(observed) == 0) is wanted


def _each(observed: t.Any, nested: dict[str, t.Any]) -> list[bool]:
    elements = _list(observed)
    if not elements:
        raise LookError(Reason.NO_DATA, "The list is empty: there is nothing to judge")
    ((name, expected),) = nested.items()
    return [MATCHERS[name](element, expected) for element in elements]


MATCHERS: dict[str, Matcher] = {
    "equals": _same,
    "one_of": _within,
    "subset_of": _subset_of,
    "superset_of": lambda observed, wanted: all(_within(one, _list(observed)) for one in wanted),
    "at_least": lambda observed, least: _number(observed) >= least,
    "at_most": lambda observed, most: _number(observed) <= most,
    "between": lambda observed, ends: ends[0] <= _number(observed) <= ends[1],
    "matches": _matches,
    "is_empty": _is_empty,
    "is_absent": lambda observed, wanted: (observed is None) is wanted,
    "every": lambda observed, nested: all(_each(observed, nested)),
    "none": lambda observed, nested: not any(_each(observed, nested)),
}

_NUMBERS = (int, float)


def expectation_fault(name: str, expected: t.Any) -> str | None:
    """Say what is wrong with the expectation of the matcher *name*, or None."""
    is_number = isinstance(expected, _NUMBERS) and not isinstance(expected, bool)
    if name in ("one_of", "subset_of", "superset_of") and not (isinstance(expected, list) and expected):
        return "needs a list that is not empty"
    if name in ("at_least", "at_most") and not is_number:
        return "needs a number"
    if name == "between" and not (isinstance(expected, list) and len(expected) == 2 and expected[0] <= expected[1]):
        return "needs a list of two numbers, the lower one first"
    if name == "matches" and not _is_pattern(expected):
        return "needs a regular expression"
    if name in ("is_empty", "is_absent") and not isinstance(expected, bool):
        return "needs true or false"
    if name in ("every", "none"):
        return _nested_fault(expected)
    return None


def _nested_fault(expected: t.Any) -> str | None:
    if not isinstance(expected, dict) or len(expected) != 1 or not set(expected) <= set(MATCHERS):
        return "needs exactly one matcher"
    ((name, nested),) = expected.items()
    fault = expectation_fault(name, nested)
    return f"{name} {fault}" if fault else None


def _is_pattern(expected: t.Any) -> bool:
    try:
        re.compile(expected)
    except (re.error, TypeError):
        return False
    return True

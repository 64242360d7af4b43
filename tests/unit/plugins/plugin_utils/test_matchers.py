# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._matchers import MATCHERS, expectation_fault


@pytest.mark.parametrize(
    ("name", "observed", "expected", "holds"),
    [
        ("equals", "on", "on", True),
        ("equals", True, 1, False),
        ("equals", [1, True], [1, 1], False),
        ("equals", {"a": 0}, {"a": False}, False),
        ("one_of", "live", ["paper", "live"], True),
        ("one_of", "LIVE", ["paper", "live"], False),
        ("subset_of", ["TLSv1.3"], ["TLSv1.2", "TLSv1.3"], True),
        ("subset_of", ["TLSv1", "TLSv1.3"], ["TLSv1.2", "TLSv1.3"], False),
        ("superset_of", ["a", "b"], ["a"], True),
        ("superset_of", [], ["a"], False),
        ("at_least", 15, 15, True),
        ("at_least", 14.9, 15, False),
        ("at_most", 0.2, 0.2, True),
        ("at_most", 0.21, 0.2, False),
        ("between", 0.05, [0.05, 0.2], True),
        ("between", 0.2001, [0.05, 0.2], False),
        ("matches", "SCRAM-SHA-256", "^SCRAM", True),
        ("matches", "md5", "^SCRAM", False),
        ("is_empty", [], True, True),
        ("is_empty", ["x"], True, False),
        ("is_empty", ["x"], False, True),
        ("is_absent", None, True, True),
        ("is_absent", "x", True, False),
        ("every", [True, True], {"equals": True}, True),
        ("every", [True, False], {"equals": True}, False),
        ("none", ["a", "b"], {"equals": "c"}, True),
        ("none", ["a", "b"], {"equals": "b"}, False),
    ],
)
def test_matcher(name: str, observed: t.Any, expected: t.Any, holds: bool) -> None:
    assert MATCHERS[name](observed, expected) is holds


@pytest.mark.parametrize(
    ("name", "observed", "expected", "reason"),
    [
        ("every", [], {"equals": True}, Reason.NO_DATA),
        ("none", [], {"equals": True}, Reason.NO_DATA),
        ("subset_of", [], ["a"], Reason.NO_DATA),
        ("every", "abc", {"equals": "a"}, Reason.MALFORMED),
        ("at_least", "15", 15, Reason.MALFORMED),
        ("at_most", True, 15, Reason.MALFORMED),
        ("between", "0.1", [0, 1], Reason.MALFORMED),
        ("matches", 15, "15", Reason.MALFORMED),
        ("is_empty", 0, True, Reason.MALFORMED),
        ("subset_of", "ab", ["a"], Reason.MALFORMED),
    ],
)
def test_what_cannot_be_judged_is_no_answer(name: str, observed: t.Any, expected: t.Any, reason: Reason) -> None:
    with pytest.raises(LookError) as caught:
        MATCHERS[name](observed, expected)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one_of", "live"),
        ("one_of", []),
        ("at_least", "15"),
        ("at_most", True),
        ("between", [2, 1]),
        ("between", [1]),
        ("matches", "("),
        ("is_empty", "yes"),
        ("every", {"equals": 1, "one_of": [1]}),
        ("every", {"equal": 1}),
        ("none", {"at_least": "x"}),
    ],
)
def test_a_wrong_expectation_is_refused(name: str, expected: t.Any) -> None:
    assert expectation_fault(name, expected)


@pytest.mark.parametrize(("name", "expected"), [("equals", None), ("between", [0, 0]), ("every", {"at_most": 3})])
def test_a_right_expectation_is_accepted(name: str, expected: t.Any) -> None:
    assert expectation_fault(name, expected) is None

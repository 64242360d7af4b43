# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import Variable
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._facts import (
    Fact,
    contradictions,
    read_fact,
    same,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree


@dataclass
class Given:
    """Files and variables, as a probe would have read them."""

    files: dict[str, t.Any]
    variables: list[Variable] = field(default_factory=list)

    def trees(self, file: str) -> list[tuple[str, Tree]]:
        return [(file, Tree(self.files[file]))] if file in self.files else []


def fact(*sources: dict[str, t.Any], **variables: str) -> Fact:
    given = Given(
        {"a": {"x": {"y": 1}, "many": {"p": {"z": 1}, "q": {}}}},
        [Variable(name, value, None, None) for name, value in variables.items()],
    )
    return read_fact(sources, given)


def values(found: Fact) -> list[t.Any]:
    return [one["value"] for one in found.statements]


SOURCE = {"file": "a", "path": "x.y"}


def test_a_source_states_its_value() -> None:
    assert values(fact(SOURCE)) == [1]


def test_keys_are_found_in_any_case() -> None:
    assert values(fact({"file": "a", "path": "X.Y"})) == [1]


def test_a_star_that_ends_in_nothing_for_one_element_leaves_the_fact_incomplete() -> None:
    found = fact({"file": "a", "path": "many.*.z"})

    assert (values(found), [one.message for one in found.problems]) == ([1], ["a has no many.q.z"])


@pytest.mark.parametrize(
    ("more", "stated", "problems"),
    [
        ({}, [], 1),
        ({"optional": True}, [], 0),
        ({"default": 5}, [5], 0),
        ({"default": False}, [False], 0),
        ({"default": 5, "optional": True}, [5], 0),
    ],
    ids=str,
)
def test_a_missing_key_is_what_the_source_says_of_it(
    more: dict[str, t.Any], stated: list[t.Any], problems: int
) -> None:
    found = fact({"file": "a", "path": "x.other", **more})

    assert (values(found), len(found.problems)) == (stated, problems)


@pytest.mark.parametrize(
    ("more", "stated", "problems"),
    [({}, [], 1), ({"optional": True}, [], 0), ({"default": 5}, [], 1), ({"default": 5, "optional": True}, [5], 0)],
    ids=str,
)
def test_a_missing_file_is_no_missing_key(more: dict[str, t.Any], stated: list[t.Any], problems: int) -> None:
    found = fact({"file": "other", "path": "x", **more})

    assert (values(found), len(found.problems)) == (stated, problems)


def test_a_variable_adds_to_the_file_or_overrides_it() -> None:
    assert values(fact(SOURCE, {"variable": "V"}, V="2")) == [1, 2]
    assert values(fact(SOURCE, {"variable": "V", "overrides": True}, V="2")) == [2]
    assert values(fact(SOURCE, {"variable": "V", "overrides": True})) == [1]
    assert values(fact(SOURCE, {"variable": "V", "only": "true"}, V="false")) == [1]


@pytest.mark.parametrize("value", ["many", "", "nan", "inf", "1e999"])
def test_what_is_scaled_must_be_a_finite_number(value: str) -> None:
    found = fact({"variable": "V", "scale": 0.01}, V=value)

    assert (values(found), len(found.problems)) == ([], 1)


def test_percent_become_the_fraction_that_a_reader_writes() -> None:
    assert values(fact({"variable": "V", "scale": 0.01}, V="20.0")) == [0.2]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (0.1, 0.10, True),
        (1, 1.0, True),
        (True, 1, False),
        (True, True, True),
        ("paper", "PAPER", False),
        ([1], [1], True),
        ("1", 1, False),
    ],
)
def test_numbers_are_compared_by_size_and_all_else_strictly(left: object, right: object, wanted: bool) -> None:
    assert same(left, right) is wanted


def test_a_contradiction_says_who_says_what() -> None:
    found = fact(SOURCE, {"variable": "V"}, {"file": "a", "path": "x.other", "default": 3}, V="2")

    assert contradictions(found.statements) == ["x.y says 1", "V says 2", "the default of x.other says 3"]


def test_a_number_is_related_to_another_fact() -> None:
    given = Given({"a": {"capital": 10000, "most": 2500}})
    capital = read_fact([{"file": "a", "path": "capital"}], given)
    share = {"file": "a", "path": "most", "per": "capital"}

    assert values(read_fact([share], given, {"capital": capital})) == [0.25]
    assert [one.message for one in read_fact([share], given, {}).problems] == [
        "There is no fact 'capital' before the one that is relative to it"
    ]
    for unknown in (Fact(), read_fact([{"file": "a", "path": "none", "default": 0}], given)):
        assert len(read_fact([share], given, {"capital": unknown}).problems) == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", 30.0), ("1m30s", 90.0), ("1.5h", 5400.0), ("250ms", 0.25), ("30", None), ("1d", None), ("", None)],
)
def test_a_duration_is_in_seconds_or_malformed(text: str, seconds: float | None) -> None:
    given = Given({"a": {"wait": text}})
    found = read_fact([{"file": "a", "path": "wait", "duration": True}], given)

    assert values(found) == ([] if seconds is None else [seconds])
    assert len(found.problems) == (seconds is None)


def test_statements_of_different_groups_may_differ() -> None:
    one, other = ({"file": "a", "path": "x", "group": name} for name in ("llm", "database"))
    given = Given({"a": {"x": 1, "y": 2}})

    assert contradictions(read_fact([one, {**other, "path": "y"}], given).statements) == []
    assert len(contradictions(read_fact([one, {**one, "path": "y"}], given).statements)) == 2


def test_the_keys_of_a_mapping_can_state_a_fact() -> None:
    given = Given({"a": {"x": {"q": 1, "p": 2}}})

    assert values(read_fact([{"file": "a", "path": "x", "keys": True}], given)) == [["p", "q"]]


def test_a_list_with_a_reference_is_unknown() -> None:
    found = read_fact([{"file": "a", "path": "x"}], Given({"a": {"x": ["p", "${Q}"]}}))

    assert (values(found), len(found.problems)) == ([], 1)


def test_a_fact_says_where_it_stands_also_when_it_is_unknown() -> None:
    given = Given({"a": {"x": "${Q}"}})

    assert read_fact([{"file": "a", "path": "x"}, {"file": "b", "path": "y"}], given).places == ["a", "b"]

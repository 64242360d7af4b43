# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._drift import differences

CONTAINERS = [{"name": "api", "image": "api:v1"}, {"name": "proxy", "image": "proxy:v2"}]


@pytest.mark.parametrize(
    ("wanted", "found", "places"),
    [
        pytest.param({"a": {"b": 1}}, {"a": {"b": 1}}, [], id="the same"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": 2}}, ["a.b"], id="another value"),
        pytest.param({"a": 1}, {"a": True}, ["a"], id="another type"),
        pytest.param({"a": 1}, {}, ["a"], id="missing"),
        pytest.param({}, {"a": None}, ["a"], id="more"),
        pytest.param({"x": {"app.example.com/a": "1"}}, {"x": {}}, ["x[app.example.com/a]"], id="a name with dots"),
        pytest.param([1, 2], [1, 3], ["[1]"], id="a list"),
        pytest.param({"a": [1, 2]}, {"a": [1]}, ["a"], id="a shorter list"),
        pytest.param(CONTAINERS, [{**CONTAINERS[0], "image": "api:v0"}, CONTAINERS[1]], ["[api].image"], id="by name"),
        pytest.param(CONTAINERS, CONTAINERS[::-1], ["(all)"], id="another order of names"),
        pytest.param(CONTAINERS, CONTAINERS[:1], ["[proxy]"], id="a name less"),
        pytest.param("a", "b", ["(all)"], id="the whole"),
    ],
)
def test_where_two_objects_differ(wanted: t.Any, found: t.Any, places: list[str]) -> None:
    assert differences(wanted, found) == places


def test_what_is_there_beyond_what_is_wanted_counts_only_where_all_is_wanted() -> None:
    assert differences({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3}, is_exact=False) == []
    assert differences({"a": {"b": 1}}, {"a": {"c": 1}}, is_exact=False) == ["a.b"]


def test_names_that_are_not_unique_are_no_names() -> None:
    twice = [{"name": "a", "value": 1}, {"name": "a", "value": 2}]
    assert differences(twice, [twice[1], twice[0]]) == ["[0].value", "[1].value"]


def test_no_value_is_told() -> None:
    assert "hunter2" not in str(differences({"password": "hunter2"}, {"password": "hunter3"}))


def test_many_places_are_counted() -> None:
    found = differences({}, {f"key{number}": 1 for number in range(25)})
    assert (len(found), found[-1]) == (21, "and 5 others")

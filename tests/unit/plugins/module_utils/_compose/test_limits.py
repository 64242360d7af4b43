# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose import _limits
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import from_tree
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

Said = t.Dict[str, t.Any]


def service(said: Said) -> Service:
    return Service("x", from_tree(Tree(said), "f"), ["f:1"])


def limits(**limit: t.Any) -> Said:
    return {"deploy": {"resources": {"limits": limit}}}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, 0),
        (limits(cpus="0.5"), 0.5),
        ({"cpus": 2}, 2),
        ({"cpus": 0}, 0),
        ({"cpu_quota": 50000}, 0.5),
        ({"deploy": {"resources": {"reservations": {"cpus": "1"}}}}, 0),
    ],
)
def test_the_limit_of_processors_is_found_in_both_places(said: Said, expected: float) -> None:
    assert _limits.cpu_limit(service(said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"), [({}, 0), (limits(memory="1g"), 1 << 30), ({"mem_limit": "64m"}, 64 << 20)]
)
def test_the_limit_of_memory_is_found_in_both_places(said: Said, expected: int) -> None:
    assert _limits.memory_limit(service(said)) == expected


@pytest.mark.parametrize("said", [{"cpus": "many"}, limits(cpus="${LIMIT}")])
def test_a_limit_of_processors_that_is_no_number_is_an_error(said: Said) -> None:
    with pytest.raises(LookError):
        _limits.cpu_limit(service(said))


@pytest.mark.parametrize("said", [{"mem_limit": "much"}, limits(memory="${LIMIT}")])
def test_a_limit_of_memory_that_is_no_amount_is_an_error(said: Said) -> None:
    with pytest.raises(LookError):
        _limits.memory_limit(service(said))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "no"),
        ({"restart": "always"}, "always"),
        ({"restart": "no"}, "no"),
        ({"deploy": {"restart_policy": {"condition": "any"}}}, "always"),
        ({"deploy": {"restart_policy": {"condition": "none"}}}, "no"),
    ],
)
def test_the_restarts_are_found_in_both_places(said: Said, expected: str) -> None:
    assert _limits.restart(service(said)) == expected


@pytest.mark.parametrize(
    ("logging", "bounded"),
    [
        (None, False),
        ({"driver": "json-file"}, False),
        ({"options": {"max-size": "10m"}}, True),
        ({"driver": "json-file", "options": {"max-size": "-1"}}, False),
        ({"driver": "local"}, True),
        ({"driver": "loki"}, True),
    ],
)
def test_a_log_is_bounded_by_its_driver_or_its_size(logging: Said | None, bounded: bool) -> None:
    assert _limits.logging(service({"logging": logging} if logging else {}))["bounded"] is bounded


@pytest.mark.parametrize(
    ("said", "expected"), [({}, 10), ({"stop_grace_period": "1m30s"}, 90), ({"stop_grace_period": "0s"}, 0)]
)
def test_the_time_to_stop_is_in_seconds(said: Said, expected: float) -> None:
    assert _limits.stop_grace(service(said)) == expected

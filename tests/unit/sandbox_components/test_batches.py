# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which sabotages of the self-test are done together."""

from __future__ import annotations

import typing as t

import pytest

from sandbox._batches import batches, fewest
from sandbox._contract import Sabotage


def one(name: str, component: str, *items: str, **parts: t.Any) -> Sabotage:
    return Sabotage(name, component, items or (name,), "", lambda sandbox: None, lambda sandbox: None, **parts)


WHOLE = one("whole", "registry")
PART = one("part", "kubernetes", parts=("job",))


@pytest.mark.parametrize(
    ("other", "together"),
    [
        pytest.param(one("a", "redis"), True, id="of another component"),
        pytest.param(one("a", "redis", "whole"), False, id="of the same item"),
        pytest.param(one("a", "registry"), False, id="of the same component"),
        pytest.param(one("a", "registry", parts=("x",)), False, id="of a part of it"),
        pytest.param(one("a", "docker"), False, id="of one that needs it"),
        pytest.param(one("a", "redis", seen_through=("registry",)), False, id="of what is seen through it"),
        pytest.param(
            one("a", "redis", seen_through=("docker",)), False, id="of what is seen through one that needs it"
        ),
    ],
)
def test_what_hurts_a_whole_component(other: Sabotage, together: bool) -> None:
    assert [len(batch) for batch in batches([WHOLE, other])] == ([2] if together else [1, 1])
    assert [len(batch) for batch in batches([other, WHOLE])] == ([2] if together else [1, 1])


@pytest.mark.parametrize(
    ("other", "together"),
    [
        pytest.param(one("a", "kubernetes", parts=("services",)), True, id="of another part"),
        pytest.param(one("a", "kubernetes", parts=("job", "x")), False, id="of the same part"),
        pytest.param(one("a", "kubernetes", parts=("job/retries",)), False, id="within the same part"),
        pytest.param(one("a", "kubernetes", parts=("jobs",)), True, id="of a part of a similar name"),
        pytest.param(one("a", "redis", seen_through=("kubernetes",)), False, id="of what is seen through all of it"),
        pytest.param(one("a", "repository"), False, id="of what all of it needs"),
        pytest.param(one("a", "repository", parts=("job",)), True, id="of a file of what it needs"),
    ],
)
def test_what_hurts_a_part_of_a_component(other: Sabotage, together: bool) -> None:
    assert [len(batch) for batch in batches([PART, other])] == ([2] if together else [1, 1])
    assert [len(batch) for batch in batches([other, PART])] == ([2] if together else [1, 1])


def test_two_that_are_seen_through_one_component_that_neither_hurts_are_done_together() -> None:
    seen = [one(name, component, seen_through=("docker",)) for name, component in (("a", "redis"), ("b", "nats"))]
    assert len(batches(seen)) == 1


def test_what_is_in_the_way_of_many_makes_the_batches_and_the_others_fill_them() -> None:
    wholes = [one(f"whole {number}", "registry") for number in range(3)]
    others = [one(f"other {number}", "redis", parts=(str(number),)) for number in range(3)]
    assert [{sabotage.component for sabotage in batch} for batch in batches([*others, *wholes])] == [
        {"registry", "redis"},
        {"registry"},
        {"registry"},
    ]


def test_a_sabotage_joins_the_batch_that_looks_at_its_topic_already() -> None:
    wholes = [one(f"whole {number}", "registry") for number in range(3)]
    other = one("other", "redis", parts=("a",))
    topics = {"whole 0": {"tls"}, "whole 1": {"cache"}, "whole 2": {"tls", "network"}, "other": {"cache"}}
    made = batches([*wholes, other], lambda one: topics[one.name])
    assert [[sabotage.name for sabotage in batch] for batch in made] == [["whole 0"], ["whole 1", "other"], ["whole 2"]]


def test_the_fewest_fail_every_item_that_any_fails() -> None:
    many = one("many", "redis", "1.1", "1.2", "1.3")
    covered = one("covered", "redis", "1.2")
    other = one("other", "nats", "1.3", "1.4")
    blind = one("blind", "nats", "1.5", becomes="error")
    assert fewest([covered, other, many, blind], ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]) == [many, other]
    assert fewest([covered, other, many, blind], ["1.4"]) == [other]
    assert fewest([], ["1.1"]) == []

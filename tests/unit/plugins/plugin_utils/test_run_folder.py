# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._checklist import drift
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import (
    not_applicable,
    of_other_platform,
    selected_topics,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

CATALOGUE = read_catalogue()
BOXES = [
    {"line": item["source"]["line"], "text": item["title"], "digest": item["source"]["digest"]}
    for item in sorted(CATALOGUE, key=lambda one: one["source"]["line"])
    if item["source"]["box"]
]


def test_there_are_268_boxes() -> None:
    assert len(BOXES) == 268


def test_an_unchanged_document_does_not_drift() -> None:
    assert drift(BOXES, CATALOGUE) == {"added": [], "removed": [], "changed": []}


def test_an_added_box_is_found() -> None:
    new = {"line": 77, "text": "new box", "digest": "f" * 16}
    assert drift([*BOXES[:40], new, *BOXES[40:]], CATALOGUE)["added"] == [{"line": 77, "text": "new box"}]


def test_a_removed_box_is_found() -> None:
    found = drift([*BOXES[:40], *BOXES[41:]], CATALOGUE)
    assert [one["title"] for one in found["removed"]] == [BOXES[40]["text"]]
    assert not found["added"] and not found["changed"]


def test_a_changed_box_is_found() -> None:
    changed = {**BOXES[40], "text": "reads differently", "digest": "e" * 16}
    found = drift([*BOXES[:40], changed, *BOXES[41:]], CATALOGUE)
    assert [one["text"] for one in found["changed"]] == ["reads differently"]
    assert not found["added"] and not found["removed"]


@pytest.mark.parametrize(
    ("run", "skip", "expected"),
    [
        (["all"], [], 46),
        (["tls"], [], 1),
        (["security"], [], 6),
        (["security"], ["tls"], 5),
        (["all"], ["security"], 40),
        (["all"], ["molecule-notest"], 46),
        (["tls", "cache"], [], 2),
        (["never"], [], 0),
    ],
)
def test_tags_select_topics(run: list[str], skip: list[str], expected: int) -> None:
    assert len(selected_topics(CATALOGUE, run, skip)) == expected


def test_a_tag_that_names_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="names no section and no topic"):
        selected_topics(CATALOGUE, ["tsl"], [])


def test_a_subsection_is_ruled_out_with_all_its_items() -> None:
    ruled_out = not_applicable(CATALOGUE, {"4.1": "compose", "1.1.4": "no exchange"})
    assert {"4.1.1", "4.1.8", "1.1.4", "1.1.4.3"} <= set(ruled_out)
    assert "4.2.1" not in ruled_out


@pytest.mark.parametrize(
    ("declared", "words"),
    [({"4.9": "x"}, "no item '4.9'"), ({"4.1": " "}, "needs a reason"), ({"4.1": True}, "needs a reason")],
)
def test_ruling_out_needs_an_item_and_a_reason(declared: dict[str, str], words: str) -> None:
    with pytest.raises(DataError, match=words):
        not_applicable(CATALOGUE, declared)


@pytest.mark.parametrize(
    ("platform", "ruled_out", "kept"),
    [("compose", ("4.1.1", "7.3.6", "9.2"), ("8.1.1", "7.4.1")), ("kubernetes", ("7.4.1",), ("8.1.1", "4.1.1", "9.2"))],
)
def test_items_of_the_other_platform_do_not_apply(
    platform: str, ruled_out: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    found = of_other_platform(CATALOGUE, platform)
    assert {found[one] for one in ruled_out} == {f"The system runs on {platform}, as readiness_platform says"}
    assert not set(kept) & set(found)


def test_undeclared_both_platforms_apply() -> None:
    assert of_other_platform(CATALOGUE, "both") == {}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The catalogue's words: remediations that help, titles that read alone, and digests of the checklist's own text.

``checklist_lines.json`` holds, by line number, the text of each line of the checklist that an item stands for.
"""

from __future__ import annotations

import hashlib
import json
import typing as t
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FILES = sorted(ROOT.glob("roles/*/vars/main/*.yml"))
LINES: dict[str, str] = json.loads(Path(__file__).with_name("checklist_lines.json").read_text(encoding="utf-8"))
ITEMS: list[dict[str, t.Any]] = [
    item for path in FILES for items in yaml.safe_load(path.read_text(encoding="utf-8")).values() for item in items
]

# The checklist says these; the real system does not know them, or does something else.
WRONG_WORDS = (
    "deployments/k8s/configmap.yaml",
    "migrate up",
    "/api/v1/alerts",
    "total_time",
    " -l app=postgres",
)

# The roles of 10.1 sign the run; they attest nothing.
ATTESTED = [item for item in ITEMS if "person" in item["decided_by"] and not item["id"].startswith("10.1.")]

each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])


def test_there_are_as_many_items_as_the_checklist_has_boxes_roles_and_rollbacks() -> None:
    assert len({item["id"] for item in ITEMS}) == len(ITEMS) == 275


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[2].name}.{path.stem}")
def test_a_file_names_its_part_of_the_checklist_in_its_first_comment(path: Path) -> None:
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith(("# Section ", "# Sections "))


@each_item
def test_a_remediation_says_something(item: dict[str, t.Any]) -> None:
    assert "REMEDY" not in item["remediation"]
    assert len(item["remediation"]) >= 30


def test_a_remediation_is_specific_to_its_item() -> None:
    shared = {text: count for text, count in Counter(item["remediation"] for item in ITEMS).items() if count > 2}

    assert shared == {}


@each_item
def test_a_remediation_names_no_command_that_is_known_to_be_wrong(item: dict[str, t.Any]) -> None:
    assert [wrong for wrong in WRONG_WORDS if wrong in item["remediation"]] == []


@each_item
def test_words_are_left_alone_by_the_templating_of_ansible(item: dict[str, t.Any]) -> None:
    words = item["title"] + item["remediation"]

    assert [mark for mark in ("{{", "{%", "{#") if mark in words] == []


@each_item
def test_a_title_has_no_markup(item: dict[str, t.Any]) -> None:
    assert not set("`*") & set(item["title"])


def test_a_title_can_be_told_from_all_others() -> None:
    twice = [title for title, count in Counter(item["title"] for item in ITEMS).items() if count > 1]

    assert twice == []


@each_item
def test_a_digest_is_that_of_the_text_in_the_checklist(item: dict[str, t.Any]) -> None:
    text = LINES[str(item["source"]["line"])]

    assert item["source"]["digest"] == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_each_line_of_the_checklist_has_one_item() -> None:
    assert sorted(item["source"]["line"] for item in ITEMS) == sorted(int(line) for line in LINES)


@pytest.mark.parametrize("item", ATTESTED, ids=lambda item: item["id"])
def test_what_a_person_attests_names_who_and_by_what(item: dict[str, t.Any]) -> None:
    assert "attests" in item["remediation"]
    assert "evidence is" in item["remediation"] or "evidence names" in item["remediation"]

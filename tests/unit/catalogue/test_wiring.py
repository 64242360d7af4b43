# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import SECTIONS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._query import compile_query

from .wiring import OWN, ROOT, documented_keys, looks, steps_of

CATALOGUE = read_catalogue()
CHECKS = [(item, check) for item in CATALOGUE for check in item["checks"]]
LOOKS = {section: looks(section) for section in SECTIONS}


def probes_of(item: dict[str, t.Any], check: dict[str, t.Any]) -> set[str]:
    return LOOKS[item["section"]].get((f"{item['section']}.{item['topic']}", check["of"]), set())


def label(pair: tuple[dict[str, t.Any], dict[str, t.Any]]) -> str:
    return f"{pair[0]['id']} {pair[1]['label']}"


def fields(node: dict[str, t.Any]) -> t.Iterator[str]:
    if node["type"] == "field":
        yield node["value"]
    for child in node.get("children", []):
        if isinstance(child, dict):
            yield from fields(child)


def names_in(tree: dict[str, t.Any]) -> set[str]:
    return set(tree).union(*(names_in(one) for one in tree.values()))


@pytest.mark.parametrize("pair", CHECKS, ids=map(label, CHECKS))
def test_each_check_is_looked_at_by_a_task_of_its_topic(pair: tuple[t.Any, t.Any]) -> None:
    assert probes_of(*pair), f"no task of roles/{pair[0]['section']} assesses of: {pair[1]['of']} for its topic"


@pytest.mark.parametrize("pair", CHECKS, ids=map(label, CHECKS))
def test_each_query_names_only_keys_that_its_probe_documents(pair: tuple[t.Any, t.Any]) -> None:
    for probe in probes_of(*pair):
        documented = documented_keys(probe)
        used = list(fields(compile_query(pair[1]["that"])))
        assert used[0] in documented, f"{used[0]} is no key of an observation of {probe}"
        unknown = set(used) - names_in(documented)
        assert not unknown or documented[used[0]] == {}, f"{probe} documents no {', '.join(sorted(unknown))}"


@pytest.mark.parametrize("section", SECTIONS)
def test_each_assessed_observation_has_checks(section: str) -> None:
    wanted = {(f"{item['section']}.{item['topic']}", check["of"]) for item, check in CHECKS}
    assert set(LOOKS[section]) <= wanted


@pytest.mark.parametrize("section", SECTIONS)
def test_each_topic_with_checks_is_imported_under_its_tag(section: str) -> None:
    table = (ROOT / "roles" / section / "tasks" / "main.yml").read_text()
    topics = {item["topic"] for item in CATALOGUE if item["section"] == section and item["checks"]}
    tags = set(re.findall(r"tags: \[?([\w, ]+)\]?", table))
    assert topics <= {tag.strip() for found in tags for tag in found.split(",")}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_topic_is_judged_once_after_all_of_its_looks_and_under_its_tag(section: str) -> None:
    seen: set[tuple[str, str]] = set()
    judged: list[str] = []
    for task, tags in steps_of(section):
        seen |= {(task.get("register", ""), tag) for tag in tags}
        assess = task.get(f"{OWN}assess", {"topic": "", "looks": []})
        topic = assess["topic"].rpartition(".")[2]
        judged += [topic] if topic else []
        assert [look["observed"] for look in assess["looks"] if (look["observed"], topic) not in seen] == []
        assert not topic or topic in tags
    assert sorted(judged) == sorted(
        {item["topic"] for item in CATALOGUE if item["section"] == section and item["checks"]}
    )


def test_topic_names_are_unique_over_all_sections() -> None:
    pairs = {(item["section"], item["topic"]) for item in CATALOGUE}
    names = [topic for dummy, topic in pairs] + list(SECTIONS)
    assert len(names) == len(set(names))

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts of a report in the order in which they are read. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import SEVERITIES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report, blocking
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._headings import (
    section_heading,
    topic_heading,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    ReportItem,
    followed,
    is_ticked,
    why,
)


@dataclass(frozen=True)
class Topic:
    """A subsection of the checklist with its items."""

    name: str
    number: str
    heading: str
    items: list[ReportItem]


@dataclass(frozen=True)
class Section:
    """A section of the checklist with its subsections."""

    name: str
    number: str
    heading: str
    topics: list[Topic]

    @property
    def items(self) -> list[ReportItem]:
        return [item for topic in self.topics for item in topic.items]


@dataclass(frozen=True)
class Held:
    """What holds up the launch. The groups are by reason; items that only follow others are kept apart."""

    failed: list[ReportItem]
    pending: dict[str, list[ReportItem]]
    undecided: dict[str, list[ReportItem]]
    following: list[ReportItem]


def sections(report: Report) -> list[Section]:
    """Return the items of a report by section and subsection, in the order of the checklist."""
    tree: dict[str, dict[str, list[ReportItem]]] = {}
    for item in report["items"]:
        tree.setdefault(item["section"], {}).setdefault(item["topic"], []).append(item)
    return [_section(name, topics) for name, topics in tree.items()]


def by_severity(report: Report) -> dict[str, list[int]]:
    """Return for each outcome how many items of each severity have it, and last how many in all."""
    table = {outcome: [0] * len(SEVERITIES) for outcome in report["counts"]}
    for item in report["items"]:
        table[item["outcome"]][SEVERITIES.index(item["severity"])] += 1
    return {outcome: [*row, report["counts"][outcome]] for outcome, row in table.items()}


def depth(item: ReportItem, topic: Topic) -> int:
    """Return how many of an item's parents stand above it in its subsection."""
    ids = {one["id"] for one in topic.items}
    parts = item["id"].split(".")
    return sum(".".join(parts[:length]) in ids for length in range(1, len(parts)))


def held(report: Report) -> Held:
    """Return what holds up the launch, grouped by what to do about it."""
    open_ones = blocking(report)
    own = [item for item in open_ones if not followed(item)]
    return Held(
        failed=[item for item in own if item["outcome"] == "failed"],
        pending=_by_reason(item for item in own if item["outcome"] == "pending"),
        undecided=_by_reason(item for item in own if item["outcome"] in ("error", "not_run")),
        following=[item for item in open_ones if followed(item)],
    )


def faults_first(item: ReportItem) -> list[dict[str, t.Any]]:
    """Return the verdicts of an item: what failed, then what could not be told, then what passed."""
    rank = {"fail": 0, "error": 1, "pass": 2}
    return sorted(item["verdicts"], key=lambda verdict: rank.get(verdict["verdict"], 0))


def first_message(item: ReportItem) -> str:
    """Return the message of the first fault of an item, or nothing."""
    return next((str(verdict["message"]) for verdict in faults_first(item) if verdict["message"]), "")


def reason_of(item: ReportItem) -> str:
    """Return what is to be said of an item at first sight: what was seen, or why it is open, or what a passed one leaves out."""
    if is_ticked(item) or item["raw_outcome"] == "failed":
        return why(item)
    return first_message(item) or why(item)


def _by_reason(items: t.Iterable[ReportItem]) -> dict[str, list[ReportItem]]:
    """Group items by their first reason, the largest group first."""
    groups: dict[str, list[ReportItem]] = {}
    for item in items:
        reason = "not_run" if item["outcome"] == "not_run" else next(iter(item["reasons"]), "no reason given")
        groups.setdefault(reason, []).append(item)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _section(name: str, topics: dict[str, list[ReportItem]]) -> Section:
    shown = [Topic(topic, _number(items, 2), topic_heading(topic), items) for topic, items in topics.items()]
    return Section(name, _number(shown[0].items, 1), section_heading(name), shown)


def _number(items: list[ReportItem], parts: int) -> str:
    """Return the number that the ids of *items* begin with; a range where they differ, as in 9.2–9.4."""
    numbers = dict.fromkeys(".".join(item["id"].split(".")[:parts]) for item in items)
    first, *rest = numbers
    return f"{first}–{rest[-1]}" if rest else first

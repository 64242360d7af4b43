# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as GitHub-flavoured Markdown, for a pull request or a job's summary. This is a private part of the collection."""

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import SEVERITIES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._markdown_text import plain, prose, table
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import one_line, shortened
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import (
    Section,
    Topic,
    by_severity,
    depth,
    held,
    reason_of,
    sections,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    OUTCOME_WORDS,
    TRIGGERS,
    ReportItem,
    drift_words,
    headline,
    is_ticked,
    outcome_words,
    partial_words,
    reason_words,
    run_facts,
    stopped_words,
    tally,
    why,
)

_LONGEST = 300  # characters of a message


def render(report: Report) -> str:
    """Return the *report* as Markdown."""
    parts = [_top(report), _holding(report), _drift(report), *map(_section, sections(report))]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _top(report: Report) -> list[str]:
    partial = partial_words(report)
    rows = [[OUTCOME_WORDS[outcome], *map(str, numbers)] for outcome, numbers in by_severity(report).items()]
    return [
        f"# {plain(headline(report))}",
        "",
        *([f"> **{plain(partial)}**", ""] if partial else []),
        *(f"> {prose(_short(stopped_words(one)))}\n" for one in report["stopped"]),
        *table(["Outcome", *SEVERITIES, "all"], rows),
        "",
        *table(["About this run", ""], [[name, plain(value)] for name, value in run_facts(report)]),
        "",
    ]


def _holding(report: Report) -> list[str]:
    found = held(report)
    lines = ["## What holds up the launch", ""]
    if found.failed:
        rows = [
            [
                f"**{item['id']}**",
                plain(item["title"]),
                item["severity"],
                prose(_seen(item)),
                prose(item["remediation"]),
            ]
            for item in found.failed
        ]
        lines += [
            f"### Failed ({len(rows)})",
            "",
            *table(["Item", "Title", "Severity", "Seen", "What to do"], rows),
            "",
        ]
    lines += _groups("Pending: a person has to say so", found.pending)
    lines += _groups("Cannot tell, or not run: nobody saw", found.undecided)
    if found.following:
        lines += [f"### Open only because others are ({len(found.following)})", ""]
        lines += [f"- {_reference(item)}: {outcome_words(item)} {plain(why(item))}" for item in found.following] + [""]
    return lines if len(lines) > 2 else [*lines, "Nothing: no blocking item is open.", ""]


def _groups(heading: str, groups: dict[str, list[ReportItem]]) -> list[str]:
    if not groups:
        return []
    lines = [
        f"- {prose(_short(reason_words(reason)))} ({len(items)}): {', '.join(plain(item['id']) for item in items)}"
        for reason, items in groups.items()
    ]
    return [f"### {heading} ({sum(map(len, groups.values()))})", "", *lines, ""]


def _drift(report: Report) -> list[str]:
    return ["## The target's own copy of the checklist", "", *(f"- {prose(line)}" for line in drift_words(report)), ""]


def _section(section: Section) -> list[str]:
    lines = [f"## {plain(section.number)} {plain(section.heading)}", "", tally(section.items), ""]
    for topic in section.topics:
        lines += _topic(topic)
    return lines


def _topic(topic: Topic) -> list[str]:
    note = [TRIGGERS, ""] if any(item["inverted"] for item in topic.items) else []
    boxes = [f"{'  ' * depth(item, topic)}{_box(item)}" for item in topic.items]
    return [f"### {plain(topic.number)} {plain(topic.heading)}", "", *note, *boxes, ""]


def _box(item: ReportItem) -> str:
    """Return an item with its box. Only what was seen to hold, or was attested, has a tick."""
    seen = _seen(item)
    state = outcome_words(item) if is_ticked(item) else f"**{outcome_words(item)}**"
    return f"- [{'x' if is_ticked(item) else ' '}] {_reference(item)} · {state}" + (f": {prose(seen)}" if seen else "")


def _reference(item: ReportItem) -> str:
    return f"**{plain(item['id'])}** {prose(item['title'])} · {plain(item['severity'])}"


def _seen(item: ReportItem) -> str:
    return _short(reason_of(item))


def _short(text: str) -> str:
    return shortened(one_line(text), _LONGEST)

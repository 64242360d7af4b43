# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The items of the HTML report: sections, subsections, boxes and their verdicts. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from collections import Counter

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_markup import (
    Markup,
    prose,
    tag,
    together,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import (
    as_data,
    as_expectation,
    one_line,
    shortened,
    visible,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import (
    Section,
    Topic,
    depth,
    faults_first,
    reason_of,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    DECIDED_BY_WORDS,
    TRIGGERS,
    ReportItem,
    is_ticked,
    outcome_words,
    some,
    tally,
    why,
)

_LONGEST = 600  # characters of a value that are shown; the whole stands in report.json
_MOST_PLACES = 20  # places of a verdict that are shown
_MOST = 50  # verdicts of an item that are shown, faults first

_MARKS = {"passed": "✓", "attested": "✓", "failed": "✗", "not_applicable": "–"}


def section(one: Section) -> Markup:
    """Return a section of the checklist."""
    name = f"section-{one.name}"
    heading = tag("h2", f"{one.number} {one.heading}", id=f"{name}-heading")
    summary = tag("p", tally(one.items), class_="soft")
    topics = together(_topic(topic) for topic in one.topics)
    return tag(
        "section", heading, summary, topics, id=name, class_="section", aria_labelledby=f"{name}-heading", tabindex="-1"
    )


def _topic(topic: Topic) -> Markup:
    rows = [tag("li", _item(item), class_=f"d{min(depth(item, topic), 3)}") for item in topic.items]
    return tag(
        "div",
        tag("h3", f"{topic.number} {topic.heading}"),
        tag("p", TRIGGERS, class_="soft") if any(item["inverted"] for item in topic.items) else "",
        tag("ul", *rows, class_="plain", role="list"),
        class_="topic",
    )


def _item(item: ReportItem) -> Markup:
    outcome = item["outcome"]
    reason = _reason(item)
    summary = tag(
        "summary",
        tag("span", _MARKS.get(outcome, ""), class_=f"box {outcome}", aria_hidden="true"),
        tag("span", item["id"], class_="id"),
        tag("span", prose(item["title"]), class_="title"),
        tag(
            "span",
            tag("span", item["severity"], class_=f"severity {item['severity']}"),
            " ",
            tag("span", outcome_words(item), class_=f"outcome {outcome}"),
            class_="state",
        ),
        tag("span", prose(reason), class_="why") if reason else "",
    )
    return tag(
        "details",
        summary,
        _body(item),
        class_="item",
        id=f"item-{item['id']}",
        data_outcome=outcome,
        data_severity=item["severity"],
        data_section=item["section"],
    )


def _reason(item: ReportItem) -> str:
    return shortened(visible(reason_of(item)), _LONGEST)


def _body(item: ReportItem) -> Markup:
    line = item["source_line"]
    facts = [
        ("Decided by", DECIDED_BY_WORDS[item["decided_by"]]),
        ("If it is open", "it holds up the launch" if item["blocking"] else "it does not hold up the launch"),
        ("In the checklist", f"line {line}" if line is not None else "not in it: an item of your own"),
    ]
    reasons = why(item, most=12)
    if reasons and reasons != _reason(item):
        facts.insert(0, ("Why", shortened(reasons, _LONGEST)))
    return tag(
        "div",
        tag("p", tag("strong", "What to do: "), prose(item["remediation"]), class_="remedy")
        if not is_ticked(item)
        else "",
        definitions(facts),
        _verdicts(item),
        class_="body",
    )


def definitions(pairs: t.Iterable[tuple[str, str]]) -> Markup:
    """Return pairs of name and value as a list of definitions."""
    return tag("dl", *(together([tag("dt", name), tag("dd", value)]) for name, value in pairs))


def _verdicts(item: ReportItem) -> str:
    verdicts = faults_first(item)
    if not verdicts:
        return ""
    kinds = Counter(verdict["verdict"] for verdict in verdicts)
    heading = ", ".join(f"{kinds[kind]} {kind}" for kind in ("fail", "error", "pass") if kinds[kind])
    rest = len(verdicts) - _MOST
    return together(
        [
            tag("h4", f"Verdicts: {heading}"),
            tag("ol", *map(_verdict, verdicts[:_MOST]), class_="verdicts", role="list"),
            tag("p", f"and {rest} more verdicts in report.json", class_="soft") if rest > 0 else "",
        ]
    )


def _verdict(verdict: dict[str, t.Any]) -> Markup:
    kind = verdict["verdict"]
    seen = "nothing" if kind == "error" else as_data(verdict["observed"])
    seen_in = " · seen in files, not in what runs" if verdict["static"] else ""
    looked = f"{seen_in} · {verdict['probe'] or 'no probe'} · {verdict['time']} · {verdict['duration_ms']} ms"
    reason = f" {verdict['reason']}" if verdict["reason"] else ""
    return tag(
        "li",
        tag(
            "div",
            tag("strong", f"{kind}{reason}", class_=kind),
            f" · {one_line(verdict['subject']) or 'no subject'} · host {verdict['host']}",
            tag("span", looked, class_="soft"),
        ),
        tag("p", shortened(visible(verdict["message"]), _LONGEST)) if verdict["message"] else "",
        tag(
            "dl",
            *_row("Where", one_line(", ".join(some(verdict["at"], _MOST_PLACES)))) * bool(verdict["at"]),
            *_row("Check", visible(verdict["check"])),
            *_row("Expected", as_expectation(verdict["expected"])),
            *_row("Observed", seen),
        ),
        class_=f"v-{kind}",
    )


def _row(name: str, value: str) -> list[Markup]:
    return [tag("dt", name), tag("dd", shortened(value, _LONGEST), class_="data")]

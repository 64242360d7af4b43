# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as JUnit XML after the strict schema of Ant: a suite a subsection, a case an item.

A failed item is a failure, an undecided one an error; what waits, is waived, does not apply or was not run is skipped with its
reason, because the schema allows one of the three. This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
from xml.etree import ElementTree as ET

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import (
    as_data,
    as_expectation,
    one_line,
    shortened,
    visible,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import (
    Topic,
    faults_first,
    reason_of,
    sections,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    REASON_WORDS,
    ReportItem,
    headline,
    is_ticked,
    outcome_words,
    partial_words,
    run_facts,
    stopped_words,
)

_LONGEST = 600  # characters of a value; the whole stands in report.json
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_KINDS = {"failed": "failure", "error": "error"}


def render(report: Report) -> str:
    """Return the *report* as XML text."""
    root = ET.Element("testsuites")
    topics = [(section.name, topic) for section in sections(report) for topic in section.topics]
    for number, (section, topic) in enumerate(topics):
        root.append(_suite(report, section, topic, number))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(report: Report, section: str, topic: Topic, number: int) -> ET.Element:
    run = report["run"]
    outcomes = [item["outcome"] for item in topic.items]
    failures, errors = outcomes.count("failed"), outcomes.count("error")
    started = _TIME.match(run["started"])
    suite = _element(
        "testsuite",
        name=f"{topic.number} {topic.heading}",
        package=f"readiness.{section}.{topic.name}",
        id=str(number),
        hostname=",".join(run["environments"]) or "localhost",
        timestamp=started[1] if started else "1970-01-01T00:00:00",
        tests=str(len(outcomes)),
        failures=str(failures),
        errors=str(errors),
        skipped=str(len(outcomes) - failures - errors - sum(map(is_ticked, topic.items))),
        time=_seconds(topic.items),
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(report):
        properties.append(_element("property", name=name, value=value))
    suite.extend(_case(item, f"readiness.{section}.{topic.name}") for item in topic.items)
    stopped = [stopped_words(one) for one in report["stopped"] if one["section"] == section]
    suite.append(_element("system-out", "\n".join([headline(report), *map(_state, topic.items)])))
    suite.append(_element("system-err", "\n".join([partial_words(report) or "", *stopped]).strip()))
    return suite


def _properties(report: Report) -> list[tuple[str, str]]:
    facts = [(name.lower().replace(" ", "_"), value) for name, value in run_facts(report)]
    return [("conclusion", report["conclusion"]), ("partial", partial_words(report) or "no"), *facts]


def _case(item: ReportItem, suite: str) -> ET.Element:
    case = _element("testcase", name=f"{item['id']} {item['title']}", classname=suite, time=_seconds([item]))
    if not is_ticked(item):
        seen = _seen(item)
        message = f"{outcome_words(item)}: {seen}" if seen else outcome_words(item)
        kind = _KINDS.get(item["outcome"], "skipped")
        codes = [reason for reason in item["reasons"] if reason in REASON_WORDS]
        typed = {} if kind == "skipped" else {"type": next(iter(codes), item["outcome"])}
        case.append(_element(kind, _body(item, message), message=message, **typed))
    return case


def _seen(item: ReportItem) -> str:
    return shortened(one_line(reason_of(item)), _LONGEST)


def _state(item: ReportItem) -> str:
    seen = _seen(item)
    return f"{item['id']}: {outcome_words(item)}" + (f": {seen}" if seen else "")


def _body(item: ReportItem, message: str) -> str:
    """Return what a reader needs who sees nothing but this case: some viewers show the message alone, others the body alone."""
    lines = [message, f"{item['severity']}, {'holds' if item['blocking'] else 'does not hold'} up the launch"]
    for verdict in faults_first(item):
        if verdict["verdict"] != "pass":
            lines += _verdict(verdict)
    return "\n".join([*lines, f"What to do: {item['remediation']}"])


def _verdict(verdict: dict[str, t.Any]) -> list[str]:
    seen = verdict["reason"] or as_data(verdict["observed"])
    return [
        f"{verdict['verdict']}: {one_line(verdict['subject'])} on {verdict['host']} at {verdict['time']}: {one_line(verdict['message'])}",
        f"  check: {shortened(one_line(verdict['check']), _LONGEST)}",
        f"  expected: {shortened(as_expectation(verdict['expected']), _LONGEST)}",
        f"  observed: {shortened(seen, _LONGEST)}",
        *([f"  where: {shortened(one_line(', '.join(verdict['at'])), _LONGEST)}"] if verdict["at"] else []),
    ]


def _seconds(items: list[ReportItem]) -> str:
    """Return how long the looks at *items* took; a look that served many checks counts once."""
    looks = {
        (verdict["host"], verdict["probe"], verdict["time"], verdict["duration_ms"])
        for item in items
        for verdict in item["verdicts"]
    }
    return f"{sum(look[3] for look in looks) / 1000:.3f}"


def _element(tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """Return an element without the characters that XML forbids."""
    element = ET.Element(tag, {key: one_line(value) for key, value in attributes.items()})
    element.text = visible(text) if text else None
    return element

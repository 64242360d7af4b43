# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The top of the HTML report: the conclusion, and what a reader is to do. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import SEVERITIES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_items import definitions
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_markup import (
    Markup,
    prose,
    tag,
    together,
    void,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import shortened, visible
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import (
    Held,
    Section,
    by_severity,
    held,
    reason_of,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    MEANINGS,
    OUTCOME_WORDS,
    ReportItem,
    drift_words,
    headline,
    outcome_words,
    partial_words,
    reason_words,
    run_facts,
    stopped_words,
    tally,
    why,
)

_LONGEST = 400  # characters of a message that the overview shows; the item below shows more
_OPEN_GROUP = 12  # groups with more items than this are closed at first


def top(report: Report) -> Markup:
    """Return the conclusion, and the facts that it stands on."""
    partial = partial_words(report)
    facts = [(name, tag("code", value) if name.endswith("digest") else value) for name, value in run_facts(report)]
    kind = report["conclusion"].lower().replace(" ", "-")
    return tag(
        "header",
        tag("p", "Production readiness", class_="kicker"),
        tag("h1", headline(report), class_=f"verdict {kind}"),
        tag("p", tag("strong", partial), class_="notice") if partial else "",
        _stopped(report),
        tag("div", _counts(report), definitions(facts), class_="two"),
        tag(
            "details",
            tag("summary", "What the outcomes mean"),
            definitions((OUTCOME_WORDS[one], meaning) for one, meaning in MEANINGS.items()),
            class_="group",
        ),
    )


def contents(parts: t.Iterable[Section]) -> Markup:
    """Return the links to the sections."""
    rows = [
        tag(
            "li",
            tag("a", f"{one.number} {one.heading}", href=f"#section-{one.name}"),
            tag("span", tally(one.items), class_="means"),
        )
        for one in parts
    ]
    return tag(
        "nav",
        tag("h2", "Sections", id="sections-heading"),
        tag("ul", *rows, class_="plain", role="list"),
        aria_labelledby="sections-heading",
    )


def holding(report: Report) -> Markup:
    """Return what holds up the launch: failed first, then pending, then undecided by common reason."""
    found = held(report)
    parts = [
        _failed(found.failed),
        _groups("Pending: a person has to say so", found.pending),
        _groups("Cannot tell, or not run: nobody saw", found.undecided),
        _following(found.following),
    ]
    nothing = tag("p", "Nothing: no blocking item is open.") if found == Held([], {}, {}, []) else ""
    return tag(
        "section",
        tag("h2", "What holds up the launch", id="held-heading"),
        nothing,
        *parts,
        aria_labelledby="held-heading",
    )


def drift(report: Report) -> Markup:
    """Return how the target's own copy of the checklist differs from the catalogue."""
    lines = drift_words(report)
    return tag(
        "section",
        tag("h2", "The target's own copy of the checklist", id="drift-heading"),
        tag("ul", *(tag("li", prose(line)) for line in lines)) if len(lines) > 1 else tag("p", prose(lines[0])),
        aria_labelledby="drift-heading",
    )


def filters(parts: t.Iterable[Section]) -> Markup:
    """Return the fields by which the script filters the items; they are hidden without it."""
    outcomes = [("all", ""), ("open", "failed error pending not_run")] + [
        (OUTCOME_WORDS[one], one) for one in OUTCOME_WORDS
    ]
    severities = [("all", ""), ("blocking", "critical high")] + [(one, one) for one in SEVERITIES]
    of_sections = [("all", "")] + [(f"{one.number} {one.heading}", one.name) for one in parts]
    return tag(
        "div",
        _select("outcome", "Outcome", outcomes),
        _select("severity", "Severity", severities),
        _select("section", "Section", of_sections),
        tag("label", "Text", void("input", type="search", id="filter-text", autocomplete="off")),
        *(
            tag("button", words, type="button", id=f"filter-{name}")
            for name, words in (("clear", "Show all"), ("open", "Open"), ("close", "Close"))
        ),
        tag("p", id="filter-shown", class_="soft", role="status"),
        id="filter",
        role="search",
        aria_label="Filter the items",
        hidden=True,
    )


def _stopped(report: Report) -> str:
    if not report["stopped"]:
        return ""
    rows = [tag("li", prose(shortened(stopped_words(one), _LONGEST))) for one in report["stopped"]]
    return tag("div", tag("strong", "Sections that stopped early"), tag("ul", *rows), class_="notice")


def _counts(report: Report) -> Markup:
    table = by_severity(report)
    heads = [tag("th", name, scope="col", class_="n") for name in (*SEVERITIES, "all")]
    rows = [
        _row(tag("span", OUTCOME_WORDS[outcome], class_=f"outcome {outcome}"), numbers)
        for outcome, numbers in table.items()
    ]
    return tag(
        "table",
        tag("caption", "Items by outcome and severity; critical and high ones hold up the launch"),
        tag("thead", tag("tr", tag("th", "Outcome", scope="col"), *heads)),
        tag("tbody", *rows),
        tag("tfoot", _row("all", [sum(column) for column in zip(*table.values())])),
    )


def _row(name: str, numbers: list[int]) -> Markup:
    return tag("tr", tag("th", name, scope="row"), *(tag("td", str(number), class_="n") for number in numbers))


def _failed(items: list[ReportItem]) -> str:
    if not items:
        return ""
    rows = [
        tag(
            "li",
            _reference(item),
            tag("p", prose(shortened(visible(reason_of(item)), _LONGEST)), class_="why"),
            tag("p", tag("strong", "What to do: "), prose(item["remediation"]), class_="remedy"),
        )
        for item in items
    ]
    return together([tag("h3", f"Failed ({len(items)})"), tag("ul", *rows, class_="plain held", role="list")])


def _groups(heading: str, groups: dict[str, list[ReportItem]]) -> str:
    if not groups:
        return ""
    size = sum(map(len, groups.values()))
    return together([tag("h3", f"{heading} ({size})"), *(_group(reason, items) for reason, items in groups.items())])


def _group(reason: str, items: list[ReportItem]) -> Markup:
    words = shortened(visible(reason_words(reason)), _LONGEST)
    rows = [tag("li", _reference(item)) for item in items]
    return tag(
        "details",
        tag("summary", prose(words), f" ({len(items)})"),
        tag("ul", *rows, class_="plain", role="list"),
        class_="group",
        open=len(items) <= _OPEN_GROUP,
    )


def _following(items: list[ReportItem]) -> str:
    if not items:
        return ""
    rows = [tag("li", _reference(item), tag("p", why(item), class_="why")) for item in items]
    return together(
        [tag("h3", f"Open only because others are ({len(items)})"), tag("ul", *rows, class_="plain", role="list")]
    )


def _reference(item: ReportItem) -> Markup:
    return together(
        [
            tag("a", item["id"], href=f"#item-{item['id']}"),
            " ",
            prose(item["title"]),
            tag("span", f" · {item['severity']} · ", class_="soft"),
            tag("span", outcome_words(item), class_=f"outcome {item['outcome']}"),
        ]
    )


def _select(name: str, label: str, options: list[tuple[str, str]]) -> Markup:
    choices = [tag("option", words, value=value) for words, value in options]
    return tag("label", label, tag("select", *choices, id=f"filter-{name}"))

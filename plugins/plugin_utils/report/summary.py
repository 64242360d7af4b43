# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The compact text at the end of a run: what a screen holds, however bad the run is. This is a private part of the collection."""

from __future__ import annotations

import textwrap
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import first_sentence, fit, one_line
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import Held, held, reason_of
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import (
    OUTCOME_WORDS,
    ReportItem,
    drift_words,
    headline,
    outcome_words,
    partial_words,
    reason_words,
    some,
    stopped_words,
)

_COLUMNS = 120
_LINES = 40
_FIRST_CHOICE = ("html", "markdown", "json")  # of the format to which a reader is sent for more


def render(report: Report, paths: t.Mapping[str, str]) -> str:
    """Return the summary of a *report* that was written to *paths*."""
    found = held(report)
    where = next((paths[name] for name in [*_FIRST_CHOICE, *paths] if name in paths), None)
    head, tail = _head(report), _tail(paths, where)
    others = [
        *_groups("Pending", found.pending, 3),
        *_groups("Cannot tell, or not run", found.undecided, 7),
        *_following(found),
    ]
    failed = _failed(found.failed, where, _LINES - len(head) - len(others) - len(tail))
    cut = [fit(line, _COLUMNS) for line in [*head, *failed, *others]]
    return "\n".join([*cut, *tail])


def _head(report: Report) -> list[str]:
    run = report["run"]
    partial = partial_words(report)
    counts = ", ".join(f"{count} {OUTCOME_WORDS[outcome]}" for outcome, count in report["counts"].items())
    names = ", ".join(some([one_line(name) for name in run["environments"]], 3))
    drift = drift_words(report) if any(_differs(compared) for compared in report["checklist"]) else []
    return [
        headline(report),
        *([partial] if partial else []),
        f"Run {run['id']} of {names}, release {one_line(run['release'] or 'not named')}, "
        f"{run['started']} to {run['finished'] or 'no end'}",
        f"{len(report['items'])} items: {counts}",
        *some([one_line(stopped_words(one)) for one in report["stopped"]], 2),
        *some([one_line(line) for line in drift], 1),
        "",
    ]


def _tail(paths: t.Mapping[str, str], where: str | None) -> list[str]:
    others = [one_line(path).rpartition("/")[2] for path in paths.values() if path != where]
    beside = f" (beside it: {', '.join(others)})" if others else ""
    return [f"Report: {one_line(where)}{beside}"] if where else []


def _failed(items: list[ReportItem], where: str | None, lines: int) -> list[str]:
    """Return what failed in at most *lines* lines: in full if there is room, else the worst of it and the ids of the rest."""
    if not items:
        return []
    told = [_told(item, 3) for item in items]
    if sum(map(len, told)) + 1 > lines:
        told = [_told(item, 1) for item in items[: (lines - 2) // 3]]
    rest = [item["id"] for item in items[len(told) :]]
    more = [f"  and {len(rest)} more{f' in {one_line(where)}' if where else ''}: {', '.join(rest)}"] if rest else []
    return [f"Failed ({len(items)}):", *(line for one in told for line in one), *more]


def _told(item: ReportItem, most: int) -> list[str]:
    """Return an item, what was seen, and in at most *most* lines what to do first."""
    seen = one_line(reason_of(item))
    to_do = f"      to do: {first_sentence(item['remediation'])}"
    wrapped = textwrap.wrap(to_do, _COLUMNS, subsequent_indent=" " * 13, max_lines=most, placeholder="…")
    return [
        f"  {item['id']} {one_line(item['title'])} [{item['severity']}]",
        f"      {outcome_words(item)}: {seen}" if seen else f"      {outcome_words(item)}",
        *wrapped,
    ]


def _groups(heading: str, groups: dict[str, list[ReportItem]], most: int) -> list[str]:
    """Return a line for each of the *most* largest groups, and one for the rest."""
    if not groups:
        return []
    lines = [_ids(f"  {len(items)} {one_line(reason_words(reason))}", items) for reason, items in groups.items()]
    rest = [item for items in list(groups.values())[most:] for item in items]
    more = [_ids(f"  {len(rest)} for other reasons", rest)] if rest else []
    return [f"{heading} ({sum(map(len, groups.values()))}):", *lines[:most], *more]


def _following(found: Held) -> list[str]:
    items = found.following
    return [_ids(f"Open only because others are ({len(items)})", items)] if items else []


def _ids(words: str, items: list[ReportItem]) -> str:
    """Return *words* with as many ids as the line holds, and how many more there are."""
    words = fit(words, _COLUMNS * 2 // 3)
    ids = [item["id"] for item in items]
    for shown in range(len(ids), 0, -1):
        line = f"{words}: {', '.join(some(ids, shown))}"
        if len(line) <= _COLUMNS:
            return line
    return words


def _differs(compared: t.Mapping[str, t.Any]) -> bool:
    return bool(compared["unseen"] is not None or compared["added"] or compared["removed"] or compared["changed"])

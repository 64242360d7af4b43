# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the writers say in words, so that all of them say the same. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import NOT_READY, OWN_CHECKS, READY
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import one_line

ReportItem = t.Dict[str, t.Any]

OUTCOME_WORDS = {
    "passed": "passed",
    "failed": "failed",
    "error": "cannot tell",
    "pending": "pending",
    "attested": "attested",
    "waived": "waived",
    "not_applicable": "not applicable",
    "not_run": "not run",
}

# Items that are bad news when they are true: a passed one is one that was looked at and is not the case.
_TRIGGER_WORDS = {"passed": "trigger clear", "failed": "trigger active"}

TRIGGERS = "These are triggers: a tick says that somebody looked, and that it is not the case."

MEANINGS = {
    "passed": "a probe looked and saw that it holds",
    "failed": "a probe looked and saw that it does not hold",
    "error": "nobody could see whether it holds: the outcome error of report.json",
    "pending": "a person has to say so and has not",
    "attested": "a person said so, and no probe saw the contrary",
    "waived": "it is open under a waiver",
    "not_applicable": "the inventory rules it out",
    "not_run": "this run was not to look at it",
}

REASON_WORDS = {
    "not_configured": "the inventory does not say where to look",
    "unreachable": "no way to the host or the address",
    "refused": "the connection was refused or cut off",
    "unauthorised": "the credentials or rights do not suffice to look",
    "timeout": "no answer within the budget",
    "no_data": "it was looked at, and there was nothing to judge",
    "too_little_data": "too few data to judge by",
    "unsupported": "the target cannot show it",
    "malformed": "the answer could not be understood",
    "missing_library": "a Python library is missing on the control node",
    "not_observed": "nothing looked at it",
    "not_implemented": "there is no check for it yet",
    "not_run": "this run was not to look at it",
}


DECIDED_BY_WORDS = {
    "probe": "a probe",
    "probe_and_person": "a probe, and then a person",
    "person": "a person",
    "items": "other items",
}


def is_ticked(item: ReportItem) -> bool:
    """Tell whether the box of an item has its tick."""
    return item["outcome"] in ("passed", "attested")


def outcome_words(item: ReportItem) -> str:
    """Return the outcome of an item in words."""
    outcome: str = item["outcome"]
    words = _TRIGGER_WORDS.get(outcome) if item["inverted"] else None
    if outcome == "waived":
        return f"waived (was {OUTCOME_WORDS[item['raw_outcome']]})"
    return words or OUTCOME_WORDS[outcome]


def reason_words(reason: str) -> str:
    """Return a reason as text; a reason code is explained."""
    return f"{reason} ({REASON_WORDS[reason]})" if reason in REASON_WORDS else one_line(reason)


def followed(item: ReportItem) -> list[str]:
    """Return the ids of the items for whose sake alone an item is open."""
    if item["decided_by"] != "items":
        return []
    before = f"{item['raw_outcome']}: "
    ids = [reason[len(before) :] for reason in item["reasons"] if reason.startswith(before)]
    return [] if OWN_CHECKS in ids else ids


def why(item: ReportItem, most: int = 3) -> str:
    """Return in one line what the reasons of an item say, or nothing."""
    ids = followed(item)
    if ids:
        return f"because of {', '.join(some(ids, 12))}"
    return "; ".join(some([reason_words(reason) for reason in item["reasons"]], most))


def some(texts: list[str], most: int) -> list[str]:
    """Return the first of *texts*, and how many more there are."""
    return texts if len(texts) <= most else [*texts[:most], f"and {len(texts) - most} more"]


def headline(report: Report) -> str:
    """Return the conclusion with the figures that it stands on."""
    return f"{report['conclusion']}: {_because(report)}"


def partial_words(report: Report) -> str | None:
    """Return what makes a report partial, or None when it is whole."""
    run = report["run"]
    if not run["partial"]:
        return None
    return (
        f"PARTIAL: {one_line(run['partial_because'] or 'no reason given')}. What was not looked at is open, not passed."
    )


def run_facts(report: Report) -> list[tuple[str, str]]:
    """Return what is to be known of a run, as pairs of name and value."""
    run = report["run"]
    return [
        ("Run", one_line(run["id"])),
        ("Environments", ", ".join(map(one_line, run["environments"])) or "none"),
        ("Release", one_line(run["release"] or "not named")),
        ("Started", one_line(run["started"])),
        ("Finished", one_line(run["finished"] or "not finished")),
        ("Collection", f"cryptofunk.readiness {one_line(run['collection_version'])}"),
        ("Catalogue digest", one_line(run["catalogue_digest"])),
        ("Ledger digest", one_line(run["ledger_digest"])),
    ]


def tally(items: t.Sequence[ReportItem]) -> str:
    """Return how many of *items* have which outcome, without those that none has."""
    counts = {outcome: sum(item["outcome"] == outcome for item in items) for outcome in OUTCOME_WORDS}
    return f"{len(items)} item{'s' * (len(items) != 1)}: " + ", ".join(
        f"{count} {OUTCOME_WORDS[one]}" for one, count in counts.items() if count
    )


def drift_words(report: Report) -> list[str]:
    """Return, line by line, how the target's own copy of the checklist differs from the catalogue. There is always a line."""
    if not report["checklist"]:
        return ["It was not compared with the catalogue."]
    return [line for compared in report["checklist"] for line in _drift_of(compared)]


def stopped_words(stopped: t.Mapping[str, t.Any]) -> str:
    """Return what is to be said of a section that ended early."""
    return f"Section {stopped['section']} stopped early on {stopped['host']}: {stopped['message']}"


def _drift_of(compared: t.Mapping[str, t.Any]) -> list[str]:
    name = f"{compared['subject'] or 'The checklist'} on {compared['host']}"
    if compared["unseen"] is not None:
        return [f"{name} could not be compared: {compared['unseen']}"]
    changes = [
        f"{name}, line {box['line']}, is new, so nothing looked at it: {box['text']}" for box in compared["added"]
    ]
    changes += [f"{name} no longer has {item['id']} {item['title']}" for item in compared["removed"]]
    changes += [
        f"{name}, line {one['line']}, says otherwise of {one['id']}: {one['text']}" for one in compared["changed"]
    ]
    return changes or [f"{name} has the boxes that the catalogue knows."]


def _because(report: Report) -> str:
    counts = dict.fromkeys(OUTCOME_WORDS, 0)
    for item in report["items"]:
        counts[item["outcome"]] += item["blocking"]
    failed, pending, waived = counts["failed"], counts["pending"], counts["waived"]
    untold = [f"{counts['error']} cannot be told"] if counts["error"] else []
    untold += [f"{counts['not_run']} {'was' if counts['not_run'] == 1 else 'were'} not looked at"] * bool(
        counts["not_run"]
    )
    if report["conclusion"] == NOT_READY:
        pend = [f"{pending} pend{'s' * (pending == 1)}"] if pending else []
        return ", ".join([f"{failed or 'no'} blocking item{'s' * (failed > 1)} failed", *pend, *untold])
    if report["conclusion"] == READY:
        said = f"none of the {sum(counts.values())} blocking items is open"
        return f"{said}, {waived} of them by waiver" if waived else said
    return f"no blocking item failed or pends, but {', '.join(untold)}" if untold else "there is no blocking item"

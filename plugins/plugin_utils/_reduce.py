# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reduce all verdicts of a run to one outcome an item. The one place that computes an outcome. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import Item

OUTCOMES = ("passed", "failed", "error", "pending", "attested", "waived", "not_applicable", "not_run")
BLOCKING_SEVERITIES = frozenset({"critical", "high"})
_MOST_PLACES = 3  # of one fault, in the reason of an item; the verdicts have them all
ONLY_FILES = "only the files of the release were seen, not what runs"
BOTH_PLATFORMS = "both"
READY, NOT_READY, CANNOT_TELL = "READY", "NOT READY", "CANNOT TELL"

OWN_CHECKS = "its own checks"  # of a parent, among the items that it follows
# How a parent follows its children: the first of these that any child has. One seen fault decides.
_PARENT_FOLLOWS = ("failed", "error", "not_run", "pending", "waived", "attested", "passed")


@dataclass(frozen=True)
class Statements:
    """What people said, already found valid: item id → reason for the pending ones."""

    attested: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()
    pending: t.Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """What this run was to look at."""

    hosts: tuple[str, ...]
    topics: frozenset[str]  # "section.topic" of the selected ones
    not_applicable: t.Mapping[tuple[str, str], str] = field(default_factory=dict)  # (host, item id) → reason
    platforms: t.Mapping[str, str] = field(default_factory=dict)  # host → what its system runs on

    def counts(self, host: str, check: t.Mapping[str, t.Any]) -> bool:
        """Tell whether a check is one of the platform of *host*; of none in particular, it is one of all."""
        return check.get("platform") in (None, self.platforms.get(host, BOTH_PLATFORMS)) or (
            self.platforms.get(host, BOTH_PLATFORMS) == BOTH_PLATFORMS
        )


@dataclass(frozen=True)
class Outcome:
    """The outcome of one item; *raw* is what it was before a waiver; *reasons* say why it is not green."""

    outcome: str
    raw: str
    reasons: tuple[str, ...]


def reduce(
    catalogue: t.Sequence[Item], verdicts: t.Iterable[t.Mapping[str, t.Any]], scope: Scope, people: Statements
) -> dict[str, Outcome]:
    """Return the outcome of each item of the *catalogue* by id."""
    by_item: dict[str, list[t.Mapping[str, t.Any]]] = {}
    for verdict in verdicts:
        if verdict["host"] in scope.hosts and (verdict["host"], verdict["item"]) not in scope.not_applicable:
            by_item.setdefault(verdict["item"], []).append(verdict)
    outcomes: dict[str, Outcome] = {}
    for item in sorted(catalogue, key=_depends):
        raw, reasons = _raw(item, by_item.get(item["id"], []), scope, people, catalogue, outcomes)
        is_waived = item["id"] in people.waived and raw in ("failed", "error", "pending")
        outcomes[item["id"]] = Outcome("waived" if is_waived else raw, raw, reasons)
    return {item["id"]: outcomes[item["id"]] for item in catalogue}


def count(outcomes: t.Iterable[Outcome]) -> dict[str, int]:
    """Return how many items have each outcome."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for outcome in outcomes:
        counts[outcome.outcome] += 1
    return counts


def conclude(catalogue: t.Sequence[Item], outcomes: t.Mapping[str, Outcome]) -> str:
    """Return the conclusion of a run."""
    blocking = {outcomes[item["id"]].outcome for item in catalogue if is_blocking(item)}
    if blocking & {"failed", "pending"}:
        return NOT_READY
    if not blocking or blocking & {"error", "not_run"}:
        return CANNOT_TELL
    return READY


def is_blocking(item: Item) -> bool:
    """Tell whether an item that is open holds up a launch."""
    return item["severity"] in BLOCKING_SEVERITIES


def _depends(item: Item) -> tuple[int, int]:
    """Sort so that an item comes after those that it is computed from: selectors last, then parents by depth."""
    is_selector = isinstance(item["items"], dict)
    if is_selector:
        return (2 if item["section"] == "signoff" else 1, 0)
    return (0, -item["id"].count("."))


def _raw(
    item: Item,
    verdicts: list[t.Mapping[str, t.Any]],
    scope: Scope,
    people: Statements,
    catalogue: t.Sequence[Item],
    outcomes: t.Mapping[str, Outcome],
) -> tuple[str, tuple[str, ...]]:
    excluded = [scope.not_applicable.get((host, item["id"])) for host in scope.hosts]
    if excluded and all(excluded):
        return "not_applicable", tuple(sorted({str(reason) for reason in excluded}))
    if item["decided_by"] == "items":
        return _from_items(item, verdicts, scope, catalogue, outcomes)
    if f"{item['section']}.{item['topic']}" not in scope.topics:
        return "not_run", ()
    if item["decided_by"] == "person":
        return _from_person(item, people)
    seen, reasons = _from_verdicts(item, verdicts, scope)
    if seen == "passed" and item["decided_by"] == "probe_and_person":
        return _from_person(item, people)
    return seen, reasons


def _from_person(item: Item, people: Statements) -> tuple[str, tuple[str, ...]]:
    if item["id"] in people.attested:
        return "attested", ()
    return "pending", (people.pending.get(item["id"], "no attestation yet"),)


def _from_verdicts(item: Item, verdicts: list[t.Mapping[str, t.Any]], scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Passed only when each check passed on each host to which the item applies, and what runs was among what was looked at.

    An optional check does not count where its target is not declared, nor does a static one; that it was not looked at is a
    reason all the same. A static check, the look at files for what runs, can fail an item but never replaces the look itself.
    """
    verdicts = _of_platform(item, verdicts, scope)
    if any(verdict["verdict"] == "fail" for verdict in verdicts):
        return "failed", _faults([verdict for verdict in verdicts if verdict["verdict"] == "fail"])
    if not item["checks"]:
        return "error", (Reason.NOT_IMPLEMENTED.value,)
    hosts = [host for host in scope.hosts if (host, item["id"]) not in scope.not_applicable]
    expected = {(host, check["label"]) for host in hosts for check in item["checks"] if scope.counts(host, check)}
    live = {
        check["label"] for check in item["checks"] if not check["static"] and _counts_somewhere(check, hosts, scope)
    }
    passed = {(verdict["host"], verdict["check"]) for verdict in verdicts if verdict["verdict"] == "pass"}
    undecided = [verdict for verdict in verdicts if verdict["verdict"] != "pass"]
    lenient = {check["label"] for check in item["checks"] if check["optional"] or check["static"]}
    excused = [one for one in undecided if one["check"] in lenient and one["reason"] == Reason.NOT_CONFIGURED.value]
    reasons = [str(verdict["reason"]) for verdict in undecided if verdict not in excused]
    judged = passed | {(verdict["host"], verdict["check"]) for verdict in undecided}
    if not expected or expected - judged:
        reasons.append(Reason.NOT_OBSERVED.value)
    if not live:
        reasons.append(Reason.NOT_IMPLEMENTED.value)
    elif not reasons and {host for host, check in passed if check in live} < set(hosts):
        reasons.append(Reason.NOT_CONFIGURED.value)
    if reasons:
        return "error", _distinct([*reasons, ONLY_FILES] if passed and not _any(passed, live) else reasons)
    return "passed", _distinct(f"not looked at: {verdict['message']}" for verdict in excused)


def _of_platform(item: Item, verdicts: list[t.Mapping[str, t.Any]], scope: Scope) -> list[t.Mapping[str, t.Any]]:
    """Leave out the verdicts by checks of a platform on which the host's system does not run."""
    others = {
        (host, check["label"]) for host in scope.hosts for check in item["checks"] if not scope.counts(host, check)
    }
    return [verdict for verdict in verdicts if (verdict["host"], verdict["check"]) not in others]


def _counts_somewhere(check: t.Mapping[str, t.Any], hosts: list[str], scope: Scope) -> bool:
    return any(scope.counts(host, check) for host in hosts)


def _faults(failed: list[t.Mapping[str, t.Any]]) -> tuple[str, ...]:
    """Return each message once, with the first places at which it was seen."""
    places: dict[str, dict[str, None]] = {}
    for verdict in failed:
        places.setdefault(verdict["message"], {}).update(dict.fromkeys(verdict["at"]))
    return tuple(f"{message}{_at(list(where))}" for message, where in places.items())


def _at(where: list[str]) -> str:
    if not where:
        return ""
    more = f" and {len(where) - _MOST_PLACES} more" if len(where) > _MOST_PLACES else ""
    return f" ({', '.join(where[:_MOST_PLACES])}{more})"


def _any(passed: set[tuple[str, str]], labels: set[str]) -> bool:
    return any(check in labels for dummy, check in passed)


def _from_items(
    item: Item,
    verdicts: list[t.Mapping[str, t.Any]],
    scope: Scope,
    catalogue: t.Sequence[Item],
    outcomes: t.Mapping[str, Outcome],
) -> tuple[str, tuple[str, ...]]:
    """Follow the worst of the selected items, and of the item's own checks when it has some."""
    if item["items"] is None:
        return "error", (Reason.NOT_IMPLEMENTED.value,)
    sources = {one["id"]: outcomes[one["id"]].outcome for one in _selected(item, catalogue)}
    own: tuple[str, ...] = ()
    if item["checks"]:
        is_selected = f"{item['section']}.{item['topic']}" in scope.topics
        sources[OWN_CHECKS], own = _from_verdicts(item, verdicts, scope) if is_selected else ("not_run", ())
    for outcome in _PARENT_FOLLOWS:
        followed = [name for name, one in sources.items() if one == outcome]
        if followed:
            others = () if outcome == "passed" else tuple(f"{outcome}: {name}" for name in followed)
            return outcome, (*own, *others) if OWN_CHECKS in followed else others
    if sources:
        return "not_applicable", ("none of its items applies",)
    return "error", (Reason.NOT_OBSERVED.value,)


def _selected(item: Item, catalogue: t.Sequence[Item]) -> list[Item]:
    selector = item["items"]
    if selector == "children":
        depth = item["id"].count(".") + 1
        return [one for one in catalogue if one["id"].startswith(item["id"] + ".") and one["id"].count(".") == depth]
    return [
        one
        for one in catalogue
        if one["section"] in selector["sections"]
        and one["severity"] in selector["severities"]
        and _depends(one)[0] < _depends(item)[0]
    ]


def _distinct(texts: t.Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))

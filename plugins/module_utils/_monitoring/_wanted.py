# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a rule that is wanted is there: played through, not compared by its words. Pure. A private part of the collection.

A wanted alert is a list of situations. A rule answers it when it fires in one of them and is silent in its counterpart.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._evaluate import Sample, evaluate, fires
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import (
    Fault,
    Prometheus,
    fault,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule, seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._vocabulary import Vocabulary


@dataclass(frozen=True)
class Situation:
    """Series with which a rule has to fire, and those with which it must not."""

    fires: list[Sample]
    silent: list[Sample]

    @property
    def metrics(self) -> set[str]:
        return {one.name for one in (*self.fires, *self.silent)}


@dataclass(frozen=True)
class WantedAlert:
    """An alert that has to be there, and how long it may wait before it is sent."""

    name: str
    waits_at_most: float
    situations: list[Situation]


def wanted(raw: dict[str, t.Any]) -> WantedAlert:
    """Return the declared alert; raise LookError when the declaration is wrong."""
    most = seconds(raw["for_at_most"])
    if most is None:
        raise LookError(Reason.MALFORMED, f"{raw['for_at_most']} of the alert {raw['name']} is no duration")
    situations = [
        Situation([_sample(line) for line in one["fires"]], [_sample(line) for line in one["silent"]])
        for one in raw["situations"]
    ]
    return WantedAlert(raw["name"], most, situations)


def _sample(line: str) -> Sample:
    """Return the series of a line such as ``up{job="api"} 0``."""
    series, dummy, value = line.strip().rpartition(" ")
    try:
        node = _promql.parse(series)
        own = _promql.selector(node)
        return Sample(float(value), {one.label: one.value for one in own.matchers}, own.name)
    except (LookError, ValueError, AttributeError) as exc:
        if isinstance(exc, LookError) and exc.reason is Reason.MISSING_LIBRARY:
            raise
        raise LookError(Reason.MALFORMED, f"{line!r} is no series with a value") from exc


def alert_faults(made: Prometheus, alert: WantedAlert, vocabulary: Vocabulary) -> tuple[list[Fault], list[str]]:
    """Return what is wrong with the rules for *alert*, nothing when one answers it, and where they stand."""
    if made.unread:
        raise made.unread[0]
    near: list[tuple[list[Fault], Rule]] = []
    blind: LookError | None = None
    for rule in made.rules:
        if not rule.is_alert or rule.node is None or not _is_about(rule, alert, made.rules):
            continue
        try:
            found = _faults(rule, alert, made.rules, vocabulary)
        except LookError as exc:
            blind = blind or LookError(exc.reason, f"{rule.at}: {rule.name}: {exc.message}")
            continue
        if not found:
            return [], [rule.at]
        near.append((found, rule))
    if blind:
        raise blind
    if near:
        return [one for found, dummy in near for one in found], [rule.at for dummy, rule in near]
    if made.rule_faults and not made.rules:
        return [made.rule_faults[0]], [made.rule_faults[0]["at"]]
    metrics = list(dict.fromkeys(name for one in alert.situations for name in sorted(one.metrics)))[:3]
    says = f"No rule that {made.workload.name} loads watches {', '.join(metrics)} or the like"
    return [fault(says, made.at)], [made.at]


def _is_about(rule: Rule, alert: WantedAlert, rules: list[Rule]) -> bool:
    names = {one.name for one in _promql.selectors(rule.node)}
    for other in rules:
        if not other.is_alert and other.name in names and other.node is not None:
            names |= {one.name for one in _promql.selectors(other.node)}
    return any(names & one.metrics for one in alert.situations)


def _faults(rule: Rule, alert: WantedAlert, rules: list[Rule], vocabulary: Vocabulary) -> list[Fault]:
    says: list[str] = []
    for one in alert.situations:
        if not {name.name for name in _promql.selectors(rule.node)} & (one.metrics | _recorded(rules)):
            continue
        answer = _played(rule, one, rules)
        if answer:
            says.append(answer)
            continue
        found = [vocabulary.fault(selector) for selector in _promql.selectors(rule.node)]
        wrong = [f"{rule.name}: {text}" for text in found if text]
        if rule.waits is None or rule.waits > alert.waits_at_most:
            wrong.append(f"{rule.name} waits for {rule.waits or 0:g} s, more than {alert.waits_at_most:g} s")
        return [fault(text, rule.at) for text in (*wrong, *(f"{rule.name}: {text}" for text in rule.faults))]
    return [fault(text, rule.at) for text in (says or [f"{rule.name} does not fire"])]


def _recorded(rules: list[Rule]) -> set[str]:
    return {one.name for one in rules if not one.is_alert}


def _played(rule: Rule, situation: Situation, rules: list[Rule]) -> str:
    """Say how the rule behaves wrongly in a situation, or nothing."""
    if not fires(rule.node, _with_recorded(rule, situation.fires, rules)):
        return f"{rule.name} does not fire when {_shown(situation.fires)}"
    if fires(rule.node, _with_recorded(rule, situation.silent, rules)):
        return f"{rule.name} fires already when {_shown(situation.silent)}"
    return ""


def _with_recorded(rule: Rule, series: list[Sample], rules: list[Rule]) -> list[Sample]:
    """Return *series* with those that are recorded of them; raise LookError when *rule* needs one that cannot be told."""
    found, needed = list(series), {one.name for one in _promql.selectors(rule.node)}
    for one in rules:
        if one.is_alert or one.node is None:
            continue
        try:
            result = evaluate(one.node, found)
        except LookError:
            if one.name in needed:
                raise
            continue
        found += [Sample(each.value, each.labels, one.name) for each in (result if isinstance(result, list) else ())]
    return found


def _shown(series: list[Sample]) -> str:
    shown = []
    for one in series:
        labels = ",".join(f'{key}="{value}"' for key, value in one.labels.items())
        shown.append(f"{one.name}{{{labels}}} is {one.value:g}" if labels else f"{one.name} is {one.value:g}")
    return " and ".join(shown[:2]) or "there are no series"

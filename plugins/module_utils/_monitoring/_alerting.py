# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prometheus, its jobs and rules, and Alertmanager, as subjects. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from functools import partial

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _alertmanager, _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._checkout import Checkout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import (
    Fault,
    Prometheus,
    WantedJob,
    fault,
    job_faults,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._subjects import note_faults, unread
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._wanted import alert_faults, wanted


def prometheuses(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    alerts = [wanted(one) for one in options["alerts"]]
    found = []
    for made in checkout.prometheuses.found:
        part = Part()
        part.seen.update({"at": [made.at], "rules": len(made.rules), "rule_faults": made.rule_faults})
        part.look("alertmanagers", partial(_told, made), "see whom Prometheus tells")
        for one in options["jobs"]:
            job = WantedJob(one["name"], one["job"] or one["name"], one["ports"], one["service"])
            note_faults(part, f"job_{job.name}", partial(job_faults, made, job), "see the job")
        for alert in alerts:
            look = partial(alert_faults, made, alert, checkout.vocabulary)
            note_faults(part, f"alert_{alert.name}", look, "see the alert")
        found.append(subject(made.workload.name, part.to_dict()))
    return [*found, *unread(checkout.prometheuses)]


def _told(made: Prometheus) -> dict[str, t.Any]:
    if made.discovers_alertmanagers and not made.alertmanagers:
        raise LookError(
            Reason.UNSUPPORTED, f"{made.document.at('alerting')}: whom Prometheus tells is only found when it runs"
        )
    at = made.document.at("alerting")
    faults = [fault(one.fault, at) for one in made.alertmanagers if one.fault]
    if not made.alertmanagers:
        faults.append(fault(f"{made.workload.name} names no Alertmanager", at))
    return {"faults": faults, "at": [at], "addresses": [one.address for one in made.alertmanagers]}


def jobs(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found = []
    for made in checkout.prometheuses.found:
        for job in made.jobs:
            faults = [fault(one.fault, job.at) for one in job.targets if one.fault]
            if not job.targets and not job.discovers:
                faults.append(fault(f"The job {job.name} has no targets", job.at))
            seen = {"at": [job.at], "targets": [one.address for one in job.targets], "faults": faults}
            found.append(subject(f"{made.workload.name}: {job.name}", seen))
    return found


def rules(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    return [_rule(rule, checkout) for rule in checkout.rules.found] + unread(checkout.rules)


def _rule(rule: Rule, checkout: Checkout) -> Subject:
    if rule.error and rule.error.reason is not Reason.MALFORMED:
        return {**unseen_subject(rule.name, rule.error), "at": [rule.at]}
    part = Part()
    part.seen.update({"at": [rule.at], "expr": rule.expr, "severity": rule.labels.get("severity", "")})
    part.seen["runbook"] = rule.annotations.get("runbook_url") or rule.annotations.get("runbook") or ""
    part.look("faults", partial(_rule_faults, rule, checkout), f"judge {rule.name}")
    return subject(rule.name or rule.at, part.to_dict())


def _rule_faults(rule: Rule, checkout: Checkout) -> list[Fault]:
    says = list(rule.faults)
    if rule.node is not None:
        says += [text for one in _promql.selectors(rule.node) for text in [checkout.vocabulary.fault(one)] if text]
        own = _promql.divides_by_itself(rule.node)
        if own:
            says.append(f"It divides {own} by itself, series by series, which is always 1: take the sum of both sides")
    return [fault(one, rule.at) for one in dict.fromkeys(says)]


def alertmanagers(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    found = []
    rules = [rule for rule in checkout.rules.found if rule.is_alert]
    for made in checkout.alertmanagers.found:
        part = Part()
        part.seen.update({"at": [made.document.at()], "faults": made.faults, "receivers": sorted(made.receivers)})
        part.look("placeholders", partial(_waiting, made), "look for placeholders")
        for one in options["channels"]:
            look = partial(_alertmanager.channel_faults, made, one["kinds"], one["name"])
            note_faults(part, f"channel_{one['name']}", look, "see the receivers")
        pagers = partial(_alertmanager.pager_faults, made, options["pagers"], rules)
        note_faults(part, "pager", pagers, "follow the routes")
        silent = partial(_silent, made, options["severities"])
        note_faults(part, "severities", silent, "follow the routes")
        part.look("unknown_alerts", partial(_unknown, made, rules, checkout), "compare with the rules")
        found.append(subject(made.workload.name, part.to_dict()))
    return [*found, *unread(checkout.alertmanagers)]


def _silent(made: _alertmanager.Alertmanager, severities: list[str]) -> tuple[list[Fault], list[str]]:
    return _alertmanager.silent_faults(made, severities), [made.root.at]


def _waiting(made: _alertmanager.Alertmanager) -> list[Fault]:
    if made.placeholders and made.workload.renders:
        raise LookError(
            Reason.UNSUPPORTED,
            f"{made.workload.at}: the configuration is only written when {made.workload.name} starts",
        )
    return made.placeholders


def _unknown(made: _alertmanager.Alertmanager, rules: list[Rule], checkout: Checkout) -> list[Fault]:
    if checkout.rules.unread:
        raise checkout.rules.unread[0][1]
    if not rules:
        raise LookError(Reason.NO_DATA, "The checkout has no alerting rules")
    return _alertmanager.unknown_alerts(made, {rule.name for rule in rules})

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the files that set up monitoring, and whether they fit the code. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._argspec import timeout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import (
    _alertmanager,
    _dashboards,
    _promql,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._checkout import Checkout, Seen
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._grafana import (
    is_of_prometheus,
    source_fault,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import (
    Fault,
    Prometheus,
    WantedJob,
    fault,
    job_faults,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._wanted import alert_faults, wanted

KINDS = ("prometheus", "job", "rule", "alertmanager", "grafana", "dashboards", "dashboard", "panel")


def _texts(default: list[str] | None = None) -> dict[str, t.Any]:
    return {"type": "list", "elements": "str", "default": default or []}


def _wanted(**options: t.Any) -> dict[str, t.Any]:
    named = {"name": {"type": "str", "required": True}, **options}
    return {"type": "list", "elements": "dict", "default": [], "options": named}


SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "kinds": {"type": "list", "elements": "str", "choices": list(KINDS), "default": list(KINDS)},
        "compose": {"type": "bool", "default": True},
        "compose_files": _texts(),
        "profiles": _texts(),
        "variables": {"type": "dict", "no_log": False},
        "environment_file": {"type": "path"},
        "manifests": _texts(["deployments/k8s/base"]),
        "program": {"type": "path"},
        "prometheus": _texts(["deployments/prometheus/prometheus.yml"]),
        "rules": _texts(["deployments/prometheus/alerts/*.yml"]),
        "alertmanager": _texts(["deployments/prometheus/alertmanager.yml"]),
        "dashboards": _texts(["deployments/grafana/dashboards/*.json"]),
        "datasources": _texts(["deployments/grafana/provisioning/datasources/*.yml"]),
        "known_metrics": _texts(),
        "jobs": _wanted(
            job={"type": "str"},
            ports={"type": "list", "elements": "int", "default": []},
            service={"type": "str", "default": ""},
        ),
        "alerts": _wanted(
            for_at_most={"type": "str", "default": "10m"},
            situations={
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {"fires": _texts(), "silent": _texts()},
            },
        ),
        "titles": _wanted(title={"type": "str", "required": True}),
        "channels": _wanted(kinds={"type": "list", "elements": "str", "required": True}),
        "pagers": _texts(["pagerduty"]),
        "severities": _texts(["critical", "warning", "info"]),
        "max_bytes": {"type": "int", "default": 2097152},
        **timeout(30.0),
    }
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return the subjects of the wanted kinds."""
    for group in ("jobs", "alerts", "titles", "channels"):
        for one in options[group]:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", one["name"]):
                return [
                    unseen_subject(
                        options["path"], LookError(Reason.MALFORMED, f"{one['name']!r} is no name in lower case")
                    )
                ]
    try:
        checkout = Checkout(options, deadline)
    except LookError as exc:
        return [unseen_subject(options["path"], exc)]
    looks: dict[str, t.Callable[[Checkout, dict[str, t.Any]], Observation]] = {
        "prometheus": _prometheuses,
        "job": _jobs,
        "rule": _rules,
        "alertmanager": _alertmanagers,
        "grafana": _grafanas,
        "dashboards": _all_dashboards,
        "dashboard": _each_dashboard,
        "panel": _panels,
    }
    found: Observation = []
    for kind in options["kinds"]:
        deadline.step()
        own = looks[kind](checkout, options)
        if not own and kind not in ("job", "grafana"):
            own = [
                unseen_subject(f"{options['path']}: {kind}", LookError(Reason.NO_DATA, f"The checkout has no {kind}"))
            ]
        found += [{**one, "kind": kind} for one in own]
    return found


def _unread(seen: Seen[t.Any]) -> Observation:
    return [unseen_subject(name, why) for name, why in seen.unread]


def _faults(part: Part, key: str, look: t.Callable[[], tuple[list[Fault], list[str]]], attempt: str) -> None:
    """Fill *key* with the faults and the places that a look gives."""

    def see() -> dict[str, t.Any]:
        faults, at = look()
        return {"faults": faults, "at": list(dict.fromkeys([*(one["at"] for one in faults), *at]))}

    part.look(key, see, attempt)


def _prometheuses(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    alerts = [wanted(one) for one in options["alerts"]]
    found = []
    for made in checkout.prometheuses.found:
        part = Part()
        part.seen.update({"at": [made.at], "rules": len(made.rules), "rule_faults": made.rule_faults})
        part.look("alertmanagers", lambda made=made: _told(made), "see whom Prometheus tells")  # type: ignore[misc]
        for one in options["jobs"]:
            job = WantedJob(one["name"], one["job"] or one["name"], one["ports"], one["service"])
            _faults(part, f"job_{job.name}", lambda made=made, job=job: job_faults(made, job), "see the job")  # type: ignore[misc]
        for alert in alerts:
            look = lambda made=made, alert=alert: alert_faults(made, alert, checkout.vocabulary)  # type: ignore[misc]  # noqa: E731
            _faults(part, f"alert_{alert.name}", look, "see the alert")
        found.append(subject(made.workload.name, part.to_dict()))
    return [*found, *_unread(checkout.prometheuses)]


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


def _jobs(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found = []
    for made in checkout.prometheuses.found:
        for job in made.jobs:
            faults = [fault(one.fault, job.at) for one in job.targets if one.fault]
            if not job.targets and not job.discovers:
                faults.append(fault(f"The job {job.name} has no targets", job.at))
            seen = {"at": [job.at], "targets": [one.address for one in job.targets], "faults": faults}
            found.append(subject(f"{made.workload.name}: {job.name}", seen))
    return found


def _rules(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    return [_rule(rule, checkout) for rule in checkout.rules.found] + _unread(checkout.rules)


def _rule(rule: Rule, checkout: Checkout) -> Subject:
    if rule.error and rule.error.reason is not Reason.MALFORMED:
        return {**unseen_subject(rule.name, rule.error), "at": [rule.at]}
    part = Part()
    part.seen.update({"at": [rule.at], "expr": rule.expr, "severity": rule.labels.get("severity", "")})
    part.seen["runbook"] = rule.annotations.get("runbook_url") or rule.annotations.get("runbook") or ""
    part.look("faults", lambda: _rule_faults(rule, checkout), f"judge {rule.name}")
    return subject(rule.name or rule.at, part.to_dict())


def _rule_faults(rule: Rule, checkout: Checkout) -> list[Fault]:
    says = list(rule.faults)
    if rule.node is not None:
        says += [text for one in _promql.selectors(rule.node) for text in [checkout.vocabulary.fault(one)] if text]
        own = _promql.divides_by_itself(rule.node)
        if own:
            says.append(f"It divides {own} by itself, series by series, which is always 1: take the sum of both sides")
    return [fault(one, rule.at) for one in dict.fromkeys(says)]


def _alertmanagers(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    found = []
    rules = [rule for rule in checkout.rules.found if rule.is_alert]
    for made in checkout.alertmanagers.found:
        part = Part()
        part.seen.update({"at": [made.document.at()], "faults": made.faults, "receivers": sorted(made.receivers)})
        part.look("placeholders", lambda made=made: _waiting(made), "look for placeholders")  # type: ignore[misc]
        for one in options["channels"]:
            look = lambda made=made, one=one: _alertmanager.channel_faults(made, one["kinds"], one["name"])  # type: ignore[misc]  # noqa: E731
            _faults(part, f"channel_{one['name']}", look, "see the receivers")
        pagers = lambda made=made: _alertmanager.pager_faults(made, options["pagers"], rules)  # type: ignore[misc]  # noqa: E731
        _faults(part, "pager", pagers, "follow the routes")
        silent = lambda made=made: (_alertmanager.silent_faults(made, options["severities"]), [made.root.at])  # type: ignore[misc]  # noqa: E731
        _faults(part, "severities", silent, "follow the routes")
        part.look("unknown_alerts", lambda made=made: _unknown(made, rules, checkout), "compare with the rules")  # type: ignore[misc]
        found.append(subject(made.workload.name, part.to_dict()))
    return [*found, *_unread(checkout.alertmanagers)]


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


def _grafanas(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found = [
        subject(
            made.workload.name, {"at": [made.workload.at], "faults": made.faults, "dashboards": len(made.dashboards)}
        )
        for made in checkout.grafanas.found
    ]
    return [*found, *_unread(checkout.grafanas)]


def _read(checkout: Checkout) -> tuple[list[_dashboards.Dashboard], list[tuple[str, LookError]]]:
    found, unread = [], []
    for text in checkout.dashboards():
        try:
            found.append(_dashboards.read(text))
        except LookError as exc:
            unread.append((text.name, exc))
    return found, unread


def _all_dashboards(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    found, unread = _read(checkout)
    if not found and not unread:
        return []
    part = Part()
    part.seen["at"] = [one.at() for one in found]
    twice = [
        (one, other) for number, one in enumerate(found) for other in found[:number] if one.uid and one.uid == other.uid
    ]
    part.seen["duplicates"] = [
        fault(f"{one.title} and {other.title} have the same uid {one.uid}: Grafana provisions neither", one.at("uid"))
        for one, other in twice
    ]
    for one in options["titles"]:
        look = lambda one=one: _titled(one, found, twice, unread)  # type: ignore[misc]  # noqa: E731
        _faults(part, f"dashboard_{one['name']}", look, "look for the dashboard")
    return [subject("the dashboards", part.to_dict())]


def _titled(
    wanted_title: dict[str, t.Any],
    found: list[_dashboards.Dashboard],
    twice: list[tuple[_dashboards.Dashboard, _dashboards.Dashboard]],
    unread: list[tuple[str, LookError]],
) -> tuple[list[Fault], list[str]]:
    own = [one for one in found if re.search(wanted_title["title"], one.title)]
    if not own:
        if unread:
            raise unread[0][1]
        at = [one.at("title") for one in found]
        return [fault(f"No dashboard has a title like {wanted_title['title']}", at[0] if at else "")], at
    at = [place for one in own for place in (one.at("title"), one.at("uid"))]
    faults = [
        fault(f"{one.title} has the uid {one.uid} of {other.title}: Grafana provisions neither", one.at("uid"))
        for pair in twice
        for one, other in (pair, pair[::-1])
        if one in own
    ]
    faults += [fault(f"{one.title} has no panels", one.at()) for one in own if not one.queries]
    return faults, at


def _each_dashboard(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found, unread = _read(checkout)
    subjects = []
    for one in found:
        part = Part()
        part.seen.update({"at": [one.at()], "title": one.title, "uid": one.uid, "refresh": one.refresh})
        part.seen.update({"refresh_at": [one.at("refresh")], "variables": sorted(one.variables)})
        part.seen["variables_at"] = [one.at("templating", "list")]
        part.look(
            "variable_faults",
            lambda one=one: _dashboards.variable_faults(one, checkout.vocabulary),
            "resolve the variables",
        )  # type: ignore[misc]
        subjects.append(subject(one.title or one.document.text.name, part.to_dict()))
    return subjects + [unseen_subject(name, why) for name, why in unread]


def _panels(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found, unread = _read(checkout)
    subjects = []
    for dashboard in found:
        for query in dashboard.queries:
            if is_of_prometheus(query.source):
                part = Part()
                part.seen.update({"at": [query.at], "expr": query.expr})
                part.look("faults", lambda query=query: _expression(query, checkout), "judge the expression")  # type: ignore[misc]
                part.look(
                    "source_faults",
                    lambda query=query, own=dashboard: _source(query, own, checkout),
                    "find the data source",
                )  # type: ignore[misc]
                subjects.append(subject(f"{dashboard.title}: {query.panel} {query.ref}".strip(), part.to_dict()))
    return subjects + [unseen_subject(name, why) for name, why in unread]


def _expression(query: _dashboards.Query, checkout: Checkout) -> list[Fault]:
    return [
        fault(says, query.at) for says in dict.fromkeys(_dashboards.expression_faults(query.expr, checkout.vocabulary))
    ]


def _source(query: _dashboards.Query, dashboard: _dashboards.Dashboard, checkout: Checkout) -> list[Fault]:
    says = source_fault(query.source, checkout.sources(), dashboard.variables)
    return [fault(says, query.at)] if says else []

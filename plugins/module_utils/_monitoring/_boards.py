# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Grafana and its dashboards, as subjects. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from functools import partial

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _dashboards
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._checkout import Checkout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._grafana import (
    is_of_prometheus,
    source_fault,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import Fault, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._subjects import note_faults, unread


def grafanas(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found = [
        subject(
            made.workload.name, {"at": [made.workload.at], "faults": made.faults, "dashboards": len(made.dashboards)}
        )
        for made in checkout.grafanas.found
    ]
    return [*found, *unread(checkout.grafanas)]


def _read(checkout: Checkout) -> tuple[list[_dashboards.Dashboard], list[tuple[str, LookError]]]:
    found, unread = [], []
    for text in checkout.dashboards():
        try:
            found.append(_dashboards.read(text))
        except LookError as exc:
            unread.append((text.name, exc))
    return found, unread


def all_dashboards(checkout: Checkout, options: dict[str, t.Any]) -> Observation:
    found, missed = _read(checkout)
    if not found and not missed:
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
        look = partial(_titled, one, found, twice, missed)
        note_faults(part, f"dashboard_{one['name']}", look, "look for the dashboard")
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


def each_dashboard(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found, missed = _read(checkout)
    subjects = []
    for one in found:
        part = Part()
        part.seen.update({"at": [one.at()], "title": one.title, "uid": one.uid, "refresh": one.refresh})
        part.seen.update({"refresh_at": [one.at("refresh")], "variables": sorted(one.variables)})
        part.seen["variables_at"] = [one.at("templating", "list")]
        part.look(
            "variable_faults",
            partial(_dashboards.variable_faults, one, checkout.vocabulary),
            "resolve the variables",
        )
        subjects.append(subject(one.title or one.document.text.name, part.to_dict()))
    return subjects + [unseen_subject(name, why) for name, why in missed]


def panels(checkout: Checkout, dummy: dict[str, t.Any]) -> Observation:
    found, missed = _read(checkout)
    subjects = []
    for dashboard in found:
        for query in dashboard.queries:
            if is_of_prometheus(query.source):
                part = Part()
                part.seen.update({"at": [query.at], "expr": query.expr})
                part.look("faults", partial(_expression, query, checkout), "judge the expression")
                part.look(
                    "source_faults",
                    partial(_source, query, dashboard, checkout),
                    "find the data source",
                )
                subjects.append(subject(f"{dashboard.title}: {query.panel} {query.ref}".strip(), part.to_dict()))
    return subjects + [unseen_subject(name, why) for name, why in missed]


def _expression(query: _dashboards.Query, checkout: Checkout) -> list[Fault]:
    return [
        fault(says, query.at) for says in dict.fromkeys(_dashboards.expression_faults(query.expr, checkout.vocabulary))
    ]


def _source(query: _dashboards.Query, dashboard: _dashboards.Dashboard, checkout: Checkout) -> list[Fault]:
    says = source_fault(query.source, checkout.sources(), dashboard.variables)
    return [fault(says, query.at)] if says else []

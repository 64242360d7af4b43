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
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _alerting, _boards
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._checkout import Checkout

KINDS = ("prometheus", "job", "rule", "alertmanager", "grafana", "dashboards", "dashboard", "panel")


def _texts(default: list[str] | None = None) -> dict[str, t.Any]:
    return {"type": "list", "elements": "str", "default": default or []}


def _wanted(**options: t.Any) -> dict[str, t.Any]:
    named = {"name": {"type": "str", "required": True}, **options}
    return {"type": "list", "elements": "dict", "default": [], "options": named}


OF_FILES = True
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
        "prometheus": _alerting.prometheuses,
        "job": _alerting.jobs,
        "rule": _alerting.rules,
        "alertmanager": _alerting.alertmanagers,
        "grafana": _boards.grafanas,
        "dashboards": _boards.all_dashboards,
        "dashboard": _boards.each_dashboard,
        "panel": _boards.panels,
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

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at a Kubernetes cluster: its nodes, and what runs in some of its namespaces.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._argspec import of_images, timeout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import (
    _access,
    _around,
    _cluster,
    _programs,
    _release,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import Lists, Wanted, collect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Client, connect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names

ASPECTS = (
    "nodes",
    "workloads",
    "network",
    "scaling",
    "volumes",
    "access",
    "jobs",
    "secrets",
    "certificates",
)
FORBIDDEN = [
    "list secrets",
    "create pods",
    "create pods/exec",
    "delete deployments.apps",
    "create rolebindings.rbac.authorization.k8s.io",
    "create clusterrolebindings.rbac.authorization.k8s.io",
    "escalate clusterroles.rbac.authorization.k8s.io",
    "impersonate users",
    "* *.*",
]

SPEC: dict[str, t.Any] = {
    **_access.OPTIONS,
    "argument_spec": {
        **_access.OPTIONS["argument_spec"],
        "namespaces": {"type": "list", "elements": "str", "default": ["cryptofunk"]},
        "aspects": {"type": "list", "elements": "str", "choices": list(ASPECTS), "default": list(ASPECTS)},
        "window": {"type": "float", "default": 0.0},
        "recent_hours": {"type": "float", "default": 1.0},
        "forbidden": {"type": "list", "elements": "str", "default": FORBIDDEN},
        "autoscaler_namespaces": {"type": "list", "elements": "str", "default": ["kube-system"]},
        "velero_namespace": {"type": "str", "default": "velero"},
        "passing_pods": {"type": "list", "elements": "dict", "default": [], "no_log": False},
        **of_images(),
        **timeout(30.0),
    },
}

_LISTED: dict[str, tuple[t.Any, ...]] = {  # of each namespace; what needs workloads takes their lists along
    "workloads": _release.OF_WORKLOADS,
    "network": _release.OF_NETWORK,
    "scaling": (*_release.OF_WORKLOADS, r.AUTOSCALERS, r.BUDGETS),
    "volumes": (r.CLAIMS, r.SNAPSHOTS),
    "access": (*_release.OF_WORKLOADS, r.ROLES, r.BINDINGS),
    "jobs": (r.JOBS, r.CRON_JOBS),
    "secrets": _release.OF_WORKLOADS,
    "certificates": (r.CERTIFICATES, r.EXTERNAL_SECRETS),
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return subjects of several kinds: the cluster, its nodes, and what the namespaces hold."""
    client = connect(options, deadline)
    client.get("/version", "get /version")  # so that a server that is not there is one error, not many
    asked = _asked(options)
    started = time.monotonic()
    lists = collect(client, asked, deadline)
    release = _release.Release(lists, asked, options["namespaces"])
    before = None
    if options["window"] > 0 and "workloads" in options["aspects"]:
        before = _restarts(release)
        _wait(options["window"] - (time.monotonic() - started), deadline)
        pods = [(r.PODS, place) for place in options["namespaces"]]
        lists = lists.renewed(collect(client, pods, deadline))
        release = _release.Release(lists, asked, options["namespaces"])
    return _subjects(options, client, release, lists, before, deadline)


def _asked(options: dict[str, t.Any]) -> list[Wanted]:
    aspects = options["aspects"]
    found: list[Wanted] = [
        (resource, place) for place in options["namespaces"] for one in aspects for resource in _LISTED.get(one, ())
    ]
    if "nodes" in aspects:
        found += _cluster.wanted(options["autoscaler_namespaces"])
    if "access" in aspects:
        found += [(r.CLUSTER_ROLES, None), (r.CLUSTER_BINDINGS, None)]
    if "volumes" in aspects:
        found += [(r.SCHEDULES, options["velero_namespace"]), (r.BACKUPS, options["velero_namespace"])]
    return [*found, (r.NAMESPACES, None)]


def _restarts(release: _release.Release) -> dict[str, int]:
    return {
        one.uid: one.restarts
        for place in release.namespaces
        if not release.gap(place, r.PODS)
        for one in release.of(r.PODS, place)
    }


def _wait(seconds: float, deadline: Deadline) -> None:
    if seconds >= deadline.left():
        raise LookError(
            Reason.TIMEOUT, "The window in which restarts are counted is longer than the budget of the look"
        )
    time.sleep(max(0.0, seconds))


def _subjects(
    options: dict[str, t.Any],
    client: Client,
    release: _release.Release,
    lists: Lists,
    before: dict[str, int] | None,
    deadline: Deadline,
) -> list[Subject]:
    aspects, now = options["aspects"], client.now()
    by = _programs.Judged(Names.of_options(options), options["stateful"], now, options["recent_hours"])
    found = _cluster.look(client, lists, options["autoscaler_namespaces"]) if "nodes" in aspects else []
    found += _around.namespaces(release, lists, aspects)
    held = _programs.hold(release, client, deadline) if "secrets" in aspects else None
    needs_workloads = bool({"workloads", "access"} & set(aspects))
    workloads = _programs.workloads(release, by, before, aspects, held) if needs_workloads else []
    found += workloads if "workloads" in aspects else []
    if "network" in aspects:
        found += _around.policies(release, options["passing_pods"])
    if "scaling" in aspects:
        found += _around.autoscalers(release)
    if "volumes" in aspects:
        found += _around.claims(release, lists, options["velero_namespace"], now)
        found += _around.schedules(lists, options["velero_namespace"], now)
    if "access" in aspects:
        found += _around.accounts(release, lists, workloads, client, options["forbidden"], deadline)
    found += _programs.jobs(release, now) if "jobs" in aspects else []
    found += [] if held is None else _programs.secrets(release, held)
    return found + (_around.certificates(release, now) if "certificates" in aspects else [])

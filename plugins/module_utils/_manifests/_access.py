# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what in the cluster, and what scales and evicts. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    number,
    sequence,
    text,
    texts,
)

_ALMIGHTY = ("cluster-admin", "admin", "edit")
_EVERYBODY = ("system:authenticated", "system:unauthenticated", "system:serviceaccounts", "system:anonymous")
_RISES = ("escalate", "bind", "impersonate")
_INTO_PODS = ("pods/exec", "pods/attach", "nodes/proxy")


def role(one: Manifest) -> dict[str, t.Any]:
    rules = mappings(one.data, "rules")
    wild = [position for position, rule in rules if _has_star(rule)]
    rising = [(position, words) for position, rule in rules for words in _rises(rule)]
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "wildcard": bool(wild),
        "wildcard_at": [one.place("rules", position) for position in wild],
        "rises": [words for dummy, words in rising],
        "rises_at": [one.place("rules", position) for position, dummy in rising],
    }


def _has_star(rule: dict[str, t.Any]) -> bool:
    return "*" in texts(rule, "verbs") or "*" in texts(rule, "resources")


def _rises(rule: dict[str, t.Any]) -> list[str]:
    """Return by which rights the holder gets rights of others."""
    verbs, resources = texts(rule, "verbs"), texts(rule, "resources")
    found = [f"{verb} {', '.join(resources)}" for verb in verbs if verb in _RISES]
    if "create" in verbs and "serviceaccounts/token" in resources and not texts(rule, "resourceNames"):
        found.append("create tokens of any service account")
    return found + [f"create {name}" for name in resources if name in _INTO_PODS and "create" in verbs]


def binding(one: Manifest) -> dict[str, t.Any]:
    subjects = [subject for dummy, subject in mappings(one.data, "subjects")]
    given = text(one.data, "roleRef", "name")
    return {
        "name": one.label,
        "at": [one.place("roleRef")],
        "role": given,
        "almighty": given in _ALMIGHTY[: 3 if one.kind == "ClusterRoleBinding" else 1],
        "to_everybody": [text(subject, "name") for subject in subjects if text(subject, "name") in _EVERYBODY]
        + ["default" for subject in subjects if _is_default(subject)],
    }


def _is_default(subject: dict[str, t.Any]) -> bool:
    return (text(subject, "kind"), text(subject, "name")) == ("ServiceAccount", "default")


def autoscaler(one: Manifest, objects: Objects) -> dict[str, t.Any]:
    target = mapping(one.data, "spec", "scaleTargetRef")
    least = number(one.data, "spec", "minReplicas")
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "target": f"{text(target, 'kind')}/{text(target, 'name')}",
        "target_missing": objects.find(text(target, "kind"), one.namespace, text(target, "name")) is None,
        "least": 1 if least is None else least,
        "most": number(one.data, "spec", "maxReplicas") or 0,
        "cannot_grow": (number(one.data, "spec", "maxReplicas") or 0) <= (1 if least is None else least),
        "measures": bool(
            sequence(one.data, "spec", "metrics") or get(one.data, "spec", "targetCPUUtilizationPercentage")
        ),
        "limits_at": [one.place("spec", "minReplicas")],
    }


def budget(one: Manifest, objects: Objects) -> dict[str, t.Any]:
    chosen = objects.selected(mapping(one.data, "spec", "selector"), one.namespace)
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "selects_nothing": not chosen,
        "evicts_nothing": any(_keeps_all(one, pod) for pod in chosen),
        "limit_at": [
            one.place("spec", "minAvailable" if get(one.data, "spec", "minAvailable") is not None else "maxUnavailable")
        ],
    }


def _keeps_all(one: Manifest, pod: Workload) -> bool:
    """Tell whether the budget forbids to evict any pod, so that no node can be emptied."""
    least, most = get(one.data, "spec", "minAvailable"), get(one.data, "spec", "maxUnavailable")
    return str(most) in ("0", "0%") or str(least) == "100%" or (isinstance(least, int) and least >= pod.replicas)


def schedule(one: Manifest) -> dict[str, t.Any]:
    """Return what a Velero Schedule backs up."""
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "paused": get(one.data, "spec", "paused") is True,
        "without_volumes": get(one.data, "spec", "template", "snapshotVolumes") is False
        and get(one.data, "spec", "template", "defaultVolumesToFsBackup") is not True,
    }

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies, autoscalers and budgets as they stand in the cluster, by the rules for manifests. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import condition, condition_words
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._workloads import without_places
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _access, _policies
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    number,
    text,
)

Data = t.Dict[str, t.Any]


def with_pods(objects: Objects, namespaces: t.Iterable[str], passing: t.Sequence[Data]) -> Objects:
    """Return the *objects* with a job for each of the labels *passing* in each namespace."""
    jobs = [
        Manifest(
            {
                "apiVersion": "batch/v1",
                "kind": "Job",
                "metadata": {"name": f"passing-{index}", "namespace": place},
                "spec": {"template": {"metadata": {"labels": labels}}},
            },
            "",
        )
        for place in namespaces
        for index, labels in enumerate(passing)
    ]
    return Objects([*objects.all, *jobs]) if jobs else objects


def policy(one: Manifest, objects: Objects) -> Data:
    facts = without_places(_policies.policy(one, objects))
    return {"namespace": one.namespace, **{key: value for key, value in facts.items() if key != "name"}}


def isolation(namespace: str, objects: Objects) -> Data:
    """Return which workloads of a namespace are restricted by no policy, on each side."""
    own = [one for one in objects.workloads if one.namespace == namespace]
    open_ = {side: [one.label for one in own if not _policies.restricts(one, side, objects)] for side in _SIDES}
    return {
        "workloads": len(own),
        "open_ingress": open_["ingress"],
        "open_egress": open_["egress"],
        "denies_ingress": _denies(namespace, "ingress", objects),
        "denies_egress": _denies(namespace, "egress", objects),
    }


_SIDES = ("ingress", "egress")


def _denies(namespace: str, side: str, objects: Objects) -> bool:
    """Tell whether a policy selects every pod of the namespace, also those that are made tomorrow, and opens nothing itself."""
    return any(
        one.namespace == namespace
        and mapping(one.data, "spec").get("podSelector") in ({}, None)
        and side in _policies.sides_of(one)
        and not mappings(one.data, "spec", side)
        for one in objects.of_kind("NetworkPolicy")
    )


def autoscaler(one: Manifest, objects: Objects) -> Data:
    """Return the facts of an autoscaler, and whether it can measure what it goes by."""
    facts = without_places(_access.autoscaler(one, objects))
    status = mapping(one.data, "status")
    measured = [each for dummy, each in mappings(status, "currentMetrics") if each.get("type")]
    return {
        "namespace": one.namespace,
        **{key: value for key, value in facts.items() if key != "name"},
        "scaling_active": condition(status, "ScalingActive") == "True",
        "scaling_reason": condition_words(status, "ScalingActive"),
        "able_to_scale": condition(status, "AbleToScale") == "True",
        "limited": condition(status, "ScalingLimited") == "True",
        "measured": len(measured),
        "current": number(status, "currentReplicas") or 0,
    }


def target_of(one: Manifest) -> str:
    return text(one.data, "spec", "scaleTargetRef", "name")


def budget(one: Manifest, objects: Objects) -> Data:
    facts = without_places(_access.budget(one, objects))
    return {
        "name": one.name,
        "selects_nothing": facts["selects_nothing"],
        "evicts_nothing": facts["evicts_nothing"],
        "allowed": number(one.data, "status", "disruptionsAllowed") or 0,
    }

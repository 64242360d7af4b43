# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a workload's newest version is rolled out. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import condition, condition_words
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import get, mapping, number, text

Data = t.Dict[str, t.Any]

COMPLETE = "complete"
_TELL_WHAT_THEY_SAW = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")  # a job has no word for it


def rollout(data: Data) -> Data:
    """Return how many pods are wanted, new, ready and available, and in words what is still missing."""
    counted = _COUNTED.get(text(data, "kind"), _of_deployment)(data)
    says = _unseen(data) or _stuck(data) or _missing(counted)
    return {**counted, "complete": says == "", "says": says or COMPLETE}


def _of_deployment(data: Data) -> Data:
    status = mapping(data, "status")
    return {
        "desired": _wanted(data),
        "updated": number(status, "updatedReplicas") or 0,
        "ready": number(status, "readyReplicas") or 0,
        "available": number(status, "availableReplicas") or 0,
        "old": max(0, (number(status, "replicas") or 0) - (number(status, "updatedReplicas") or 0)),
    }


def _of_stateful_set(data: Data) -> Data:
    """Count those of a partition, and those that are only renewed when somebody deletes them, as if they were wanted so."""
    status, desired = mapping(data, "status"), _wanted(data)
    kept = number(data, "spec", "updateStrategy", "rollingUpdate", "partition") or 0
    is_new = text(status, "updateRevision") == text(status, "currentRevision")
    updated = number(status, "updatedReplicas") or 0
    return {
        "desired": desired,
        "updated": desired if is_new or updated >= desired - min(kept, desired) else updated,
        "ready": number(status, "readyReplicas") or 0,
        "available": number(status, "availableReplicas") or 0,
        "old": max(0, (number(status, "replicas") or 0) - desired),
    }


def _of_daemon_set(data: Data) -> Data:
    status = mapping(data, "status")
    return {
        "desired": number(status, "desiredNumberScheduled") or 0,
        "updated": number(status, "updatedNumberScheduled") or 0,
        "ready": number(status, "numberReady") or 0,
        "available": number(status, "numberAvailable") or 0,
        "old": number(status, "numberMisscheduled") or 0,
    }


def _of_replica_set(data: Data) -> Data:
    status = mapping(data, "status")
    ready, available = number(status, "readyReplicas") or 0, number(status, "availableReplicas") or 0
    return {"desired": _wanted(data), "updated": _wanted(data), "ready": ready, "available": available, "old": 0}


def _of_pod(data: Data) -> Data:
    ready = int(condition(mapping(data, "status"), "Ready") == "True" or get(data, "status", "phase") == "Succeeded")
    return {"desired": 1, "updated": 1, "ready": ready, "available": ready, "old": 0}


def _of_job(data: Data) -> Data:
    """A job has nothing to wait for here: it runs to its end, and only its failure counts."""
    return {"desired": 0, "updated": 0, "ready": 0, "available": 0, "old": 0}


_COUNTED = {
    "DaemonSet": _of_daemon_set,
    "StatefulSet": _of_stateful_set,
    "ReplicaSet": _of_replica_set,
    "Pod": _of_pod,
    "Job": _of_job,
    "CronJob": _of_job,
}


def _wanted(data: Data) -> int:
    declared = number(data, "spec", "replicas")
    return 1 if declared is None else declared


def _unseen(data: Data) -> str:
    if text(data, "kind") not in _TELL_WHAT_THEY_SAW:
        return ""
    meant, seen = number(data, "metadata", "generation") or 0, number(data, "status", "observedGeneration") or 0
    return "the controller has not seen the newest version yet" if seen < meant else ""


def _stuck(data: Data) -> str:
    status = mapping(data, "status")
    if mapping(data, "spec").get("paused") is True:
        return "the rollout is paused"
    if condition(status, "Progressing") == "False":
        return f"the rollout makes no progress: {condition_words(status, 'Progressing') or 'no reason given'}"
    if condition(status, "Failed") == "True":
        return f"the job has failed: {condition_words(status, 'Failed') or 'no reason given'}"
    return ""


def _missing(counted: Data) -> str:
    desired = counted["desired"]
    for key in ("updated", "ready", "available"):
        if counted[key] < desired:
            return f"{counted[key]} of {desired} pods are {key}"
    return f"{counted['old']} old pods are still there" if counted["old"] else ""

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of pods and of sets of replicas, of which there are many. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._times import seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    number,
    text,
)

Data = t.Dict[str, t.Any]
Owner = t.Tuple[str, str]  # kind and name

_CONTROLLERS = ("ReplicaSet", "StatefulSet", "DaemonSet", "Job")
_REVISION = "deployment.kubernetes.io/revision"
NOBODY: Owner = ("", "")


@dataclass(frozen=True)
class Ran:
    """A container of a pod: which image runs, how often it was started again, why it waits, and when it ended last."""

    name: str
    image: str
    digest: str
    restarts: int
    waits: str
    ended: float | None
    why: str


@dataclass(frozen=True)
class Pod:
    namespace: str
    name: str
    uid: str
    owner: Owner
    phase: str
    ready: bool
    leaving: bool
    reason: str
    containers: tuple[Ran, ...]
    whole: Manifest | None  # kept only for a pod that nothing makes anew

    @property
    def restarts(self) -> int:
        return sum(one.restarts for one in self.containers)


@dataclass(frozen=True)
class Revision:
    """A set of replicas: one revision of a Deployment."""

    namespace: str
    name: str
    owner: Owner
    revision: int
    images: tuple[str, ...]
    replicas: int
    whole: Manifest | None  # kept only for a set that no Deployment makes


def pod(data: Data) -> Pod:
    status = mapping(data, "status")
    owner = _owner(data)
    return Pod(
        text(data, "metadata", "namespace"),
        text(data, "metadata", "name"),
        text(data, "metadata", "uid"),
        owner,
        text(status, "phase") or "Unknown",
        condition(status, "Ready") == "True",
        get(data, "metadata", "deletionTimestamp") is not None,
        _reason(status),
        tuple(
            _ran(one) for key in ("initContainerStatuses", "containerStatuses") for dummy, one in mappings(status, key)
        ),
        None if owner[0] in _CONTROLLERS else _whole("v1", "Pod", data),
    )


def replica_set(data: Data) -> Revision:
    notes = mapping(data, "metadata", "annotations")
    template, owner = mapping(data, "spec", "template", "spec"), _owner(data)
    given = str(notes.get(_REVISION, ""))
    return Revision(
        text(data, "metadata", "namespace"),
        text(data, "metadata", "name"),
        owner,
        int(given) if given.isdigit() else 0,
        tuple(text(one, "image") for dummy, one in mappings(template, "containers")),
        number(data, "status", "replicas") or 0,
        None if owner[0] == "Deployment" else _whole("apps/v1", "ReplicaSet", data),
    )


def condition(status: Data, name: str) -> str:
    """Return the status of a condition; empty when nobody has set it."""
    return next((text(one, "status") for dummy, one in mappings(status, "conditions") if one.get("type") == name), "")


def condition_words(status: Data, name: str) -> str:
    """Return why a condition is as it is: its reason."""
    return next((text(one, "reason") for dummy, one in mappings(status, "conditions") if one.get("type") == name), "")


def owners(pods: t.Iterable[Pod], sets: t.Iterable[Revision]) -> dict[tuple[str, Owner], list[Pod]]:
    """Return the pods of each owner, by namespace, kind and name; those of a Deployment's sets are its own."""
    above = {(one.namespace, one.name): one.owner for one in sets}
    found: dict[tuple[str, Owner], list[Pod]] = {}
    for one in pods:
        owner = one.owner if one.owner[0] in _CONTROLLERS else ("Pod", one.name)
        if owner[0] == "ReplicaSet":
            higher = above.get((one.namespace, owner[1]), NOBODY)
            owner = higher if higher[0] == "Deployment" else owner
        found.setdefault((one.namespace, owner), []).append(one)
    return found


def _owner(data: Data) -> Owner:
    """Return what makes an object anew, if that is of Kubernetes itself; what else does is not listed, so that its pods stand alone."""
    for dummy, one in mappings(data, "metadata", "ownerReferences"):
        if one.get("controller") is True and text(one, "apiVersion") in ("apps/v1", "batch/v1"):
            return text(one, "kind"), text(one, "name")
    return NOBODY


def _reason(status: Data) -> str:
    """Return why a pod is not what it should be: its own reason, or why it cannot be placed on a node."""
    return text(status, "reason") or (
        condition_words(status, "PodScheduled") if condition(status, "PodScheduled") == "False" else ""
    )


def _ran(one: Data) -> Ran:
    ended = mapping(one, "lastState", "terminated") or mapping(one, "state", "terminated")
    return Ran(
        text(one, "name"),
        text(one, "image"),
        text(one, "imageID").rpartition("@")[2],
        number(one, "restartCount") or 0,
        text(one, "state", "waiting", "reason"),
        seconds(text(ended, "finishedAt")),
        text(ended, "reason"),
    )


def _whole(version: str, kind: str, data: Data) -> Manifest:
    metadata = {key: mapping(data, "metadata").get(key) for key in ("name", "namespace", "labels", "generation")}
    status = {key: value for key, value in mapping(data, "status").items() if key != "containerStatuses"}
    kept = {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": mapping(data, "spec"), "status": status}
    return Manifest(kept, "")

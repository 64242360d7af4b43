# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of a release, and which of them belong together. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import CLUSTER_WIDE, Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    Place,
    mapping,
    mappings,
    number,
    text,
    texts,
)

_TEMPLATES: dict[str, Place] = {
    "Pod": (),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout", "Job"),
        ("spec", "template"),
    ),
}
RUN_TO_AN_END = ("Job", "CronJob")
_NAME_OF_NAMESPACE = "kubernetes.io/metadata.name"


@dataclass
class Container:
    """A container of a workload. *init* ones run to their end before the others start."""

    data: dict[str, t.Any]
    path: Place
    init: bool
    workload: Workload

    @property
    def name(self) -> str:
        own = text(self.data, "name")
        return self.workload.label if own == self.workload.name else f"{self.workload.label}/{own}"

    def place(self, *path: str | int) -> str:
        return self.workload.manifest.place(*self.path, *path)

    @property
    def ports(self) -> list[tuple[str, int]]:
        """The declared ports, each with its name."""
        found = [(text(one, "name"), number(one, "containerPort")) for dummy, one in mappings(self.data, "ports")]
        return [(name, port) for name, port in found if port is not None]


@dataclass
class Workload:
    """What makes pods: the object, and where in it the pod is described."""

    manifest: Manifest
    template: Place

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def label(self) -> str:
        return self.manifest.label

    @property
    def namespace(self) -> str:
        return self.manifest.namespace

    @property
    def pod(self) -> dict[str, t.Any]:
        return mapping(self.manifest.data, *self.template, "spec")

    @property
    def labels(self) -> dict[str, t.Any]:
        return mapping(self.manifest.data, *self.template, "metadata", "labels")

    @property
    def ends(self) -> bool:
        return self.manifest.kind in RUN_TO_AN_END

    @property
    def replicas(self) -> int:
        declared = number(self.manifest.data, "spec", "replicas")
        return 1 if declared is None else declared

    def place(self, *path: str | int) -> str:
        """Return where a part of the pod stands."""
        return self.manifest.place(*self.template, "spec", *path)

    @property
    def containers(self) -> list[Container]:
        return [
            Container(one, (*self.template, "spec", key, number), key == "initContainers", self)
            for key in ("initContainers", "containers")
            for number, one in mappings(self.pod, key)
        ]

    @property
    def ports(self) -> list[tuple[str, int]]:
        return [port for container in self.containers for port in container.ports]


class Objects:
    """All objects of a release."""

    def __init__(self, manifests: t.Sequence[Manifest], outside: t.Iterable[tuple[str, str]] = ()) -> None:
        self.all = list(manifests)
        self._by_kind: dict[str, list[Manifest]] = {}
        for one in self.all:
            self._by_kind.setdefault(one.kind, []).append(one)
        self.outside = set(outside)  # kind and name of what rendering will make
        self.workloads = [Workload(one, _TEMPLATES[one.kind]) for one in self.all if one.kind in _TEMPLATES]
        self._by_name = {(one.kind, one.namespace, one.name): one for one in reversed(self.all)}
        self._namespaces = {one.name: mapping(one.data, "metadata", "labels") for one in self.of_kind("Namespace")}

    def of_kind(self, *kinds: str) -> list[Manifest]:
        return [one for kind in kinds for one in self._by_kind.get(kind, ())]

    def find(self, kind: str, namespace: str, name: str) -> Manifest | None:
        return self._by_name.get((kind, "" if kind in CLUSTER_WIDE else namespace, name)) or self._by_name.get(
            (kind, "", name)
        )

    def selected(self, selector: t.Any, namespace: str) -> list[Workload]:
        """Return the workloads of *namespace* whose pods a label selector selects."""
        return [one for one in self.workloads if one.namespace == namespace and selects(selector, one.labels)]

    def labels_of_namespace(self, name: str) -> dict[str, t.Any]:
        """Return the labels that the namespace is known to have: its name, which each has, and those of its manifest."""
        return {**self._namespaces.get(name, {}), _NAME_OF_NAMESPACE: name}


def selects(selector: t.Any, labels: dict[str, t.Any]) -> bool:
    """Tell whether a selector of matchLabels and matchExpressions selects *labels*; an empty one selects everything."""
    wanted = mapping(selector, "matchLabels")
    return all(str(labels.get(key)) == str(value) and key in labels for key, value in wanted.items()) and all(
        _holds(one, labels) for dummy, one in mappings(selector, "matchExpressions")
    )


def _holds(expression: dict[str, t.Any], labels: dict[str, t.Any]) -> bool:
    key, operator = text(expression, "key"), text(expression, "operator")
    if operator in ("Exists", "DoesNotExist"):
        return (key in labels) is (operator == "Exists")
    is_in = key in labels and str(labels[key]) in texts(expression, "values")
    return is_in if operator == "In" else not is_in

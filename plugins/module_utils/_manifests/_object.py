# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object of a manifest, and where each part of it stands. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from functools import cached_property

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    Place,
    get,
    mappings,
    text,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

CLUSTER_WIDE = frozenset(
    [
        "Namespace",
        "Node",
        "PersistentVolume",
        "StorageClass",
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "PriorityClass",
        "IngressClass",
        "ValidatingWebhookConfiguration",
        "MutatingWebhookConfiguration",
        "APIService",
        "VolumeSnapshotClass",
        "RuntimeClass",
        "ClusterIssuer",
        "ClusterSecretStore",
        "ClusterExternalSecret",
        "CSIDriver",
    ]
)


@dataclass
class Manifest:
    """An object of Kubernetes. *twin* is the object of a file that a rendered one was made of."""

    data: dict[str, t.Any]
    file: str
    lines: dict[Place, int] = field(default_factory=dict)
    base: Place = ()
    twin: Manifest | None = None

    @cached_property
    def kind(self) -> str:
        return text(self.data, "kind")

    @cached_property
    def name(self) -> str:
        return text(self.data, "metadata", "name")

    @cached_property
    def namespace(self) -> str:
        return text(self.data, "metadata", "namespace")

    @property
    def group(self) -> str:
        return text(self.data, "apiVersion").rpartition("/")[0]

    @property
    def label(self) -> str:
        return f"{self.kind}/{self.name}"

    def place(self, *path: str | int) -> str:
        """Return file:line of what stands at *path*, or of the nearest part around it that stands in a file."""
        if self.twin:
            return self.twin.place(*self._translated(path))
        for end in range(len(path), -1, -1):
            line = self.lines.get((*self.base, *path[:end]))
            if line:
                return f"{self.file}:{line}"
        return f"{self.file}:1"

    def _translated(self, path: Place) -> Place:
        """Return the path in the twin: rendering may reorder lists, whose elements are then found by name."""
        found: list[str | int] = []
        for depth, step in enumerate(path):
            if isinstance(step, int) and self.twin:
                name = text(self.data, *path[: depth + 1], "name")
                same = [at for at, one in mappings(self.twin.data, *found) if name and text(one, "name") == name]
                found.append(same[0] if same else step)
            else:
                found.append(step)
        return tuple(found)


def objects(tree: Tree, file: str) -> t.Iterator[Manifest]:
    """Yield the objects of a document; those of a List one by one. What is no object of Kubernetes is left out."""
    yield from _objects(tree.data, tree, file, ())


def _objects(data: t.Any, tree: Tree, file: str, base: Place) -> t.Iterator[Manifest]:
    if not (isinstance(data, dict) and text(data, "kind") and text(data, "apiVersion")):
        return
    if text(data, "kind").endswith("List") and isinstance(get(data, "items"), list):
        for number, one in mappings(data, "items"):
            yield from _objects(one, tree, file, (*base, "items", number))
    else:
        yield Manifest(data, file, tree.lines, base)

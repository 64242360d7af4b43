# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of the looked-at namespaces as one release, and what of it was not seen. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _pods
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import Lists, Wanted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Resource
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mappings

OF_WORKLOADS = (*r.PROGRAMS, r.PODS, r.REPLICA_SETS, r.SERVICES, r.CONFIG_MAPS, r.ACCOUNTS, r.CLAIMS, r.AUTOSCALERS)
OF_NETWORK = (*OF_WORKLOADS, r.POLICIES)
_SUMMARISED = (r.PODS, r.REPLICA_SETS)
_MAKE_PODS = (*r.PROGRAMS, *_SUMMARISED)


class Release:
    """What the namespaces hold, as far as it was asked for and seen."""

    def __init__(self, lists: Lists, asked: t.Collection[Wanted], namespaces: t.Sequence[str]) -> None:
        self._lists = lists
        self._asked = set(asked)
        self.namespaces = namespaces
        self.objects = Objects([one for place in namespaces for one in self._whole(place)] + self._wide())

    def of(self, resource: Resource, namespace: str) -> list[t.Any]:
        return self._lists.of(resource, namespace)

    def gap(self, namespace: str, *resources: Resource) -> LookError | None:
        """Return why one of the lists was not seen, if so; those that nobody asked for count as seen."""
        for resource in resources:
            try:
                self._seen(resource, namespace if resource.namespaced else None)
            except LookError as exc:
                return exc
        return None

    def without_workloads(self, namespace: str) -> LookError | None:
        """Return why it is not known what makes pods in a namespace."""
        return self.gap(namespace, *_MAKE_PODS)

    def pods(self, namespace: str) -> dict[tuple[str, _pods.Owner], list[_pods.Pod]]:
        return _pods.owners(self.of(r.PODS, namespace), self.of(r.REPLICA_SETS, namespace))

    def _seen(self, resource: Resource, namespace: str | None) -> list[t.Any]:
        return self._lists.of(resource, namespace) if (resource, namespace) in self._asked else []

    def _whole(self, namespace: str) -> t.Iterator[Manifest]:
        """Yield the objects of a namespace that were seen: jobs by their own, unless a CronJob makes them."""
        for resource in (*OF_NETWORK, r.BUDGETS):
            if self.gap(namespace, resource):
                continue
            found = self._seen(resource, namespace)
            if resource in _SUMMARISED:
                yield from (one.whole for one in found if one.whole)
            else:
                yield from (one for one in found if not _is_of_cron_job(one))

    def _wide(self) -> list[Manifest]:
        return [] if self.gap("", r.NAMESPACES) else self._seen(r.NAMESPACES, None)


def _is_of_cron_job(one: Manifest) -> bool:
    return one.kind == "Job" and any(
        each.get("kind") == "CronJob" for dummy, each in mappings(one.data, "metadata", "ownerReferences")
    )

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is listed of a cluster: each kind of objects once, side by side, and only what is read of them later.

This is a private part of the collection.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _pods
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import (
    Absent,
    Client,
    Data,
    Resource,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all

Wanted = t.Tuple[Resource, t.Optional[str]]  # a kind, and the namespace of its objects if it has one

_AT_ONCE = 6
_NOT_KEPT = ("managedFields", "selfLink")
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def manifest(resource: Resource, data: Data) -> Manifest:
    """Return an object of a list as a manifest: lists leave out what they are lists of, and much is of use to nobody here."""
    kept = {key: value for key, value in mapping(data, "metadata").items() if key not in _NOT_KEPT}
    notes = {key: value for key, value in mapping(kept, "annotations").items() if key != _LAST_APPLIED}
    metadata = {**kept, "annotations": notes}
    return Manifest({**data, "apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata}, "")


_KEPT: dict[Resource, t.Callable[[Data], t.Any]] = {
    r.PODS: _pods.pod,
    r.REPLICA_SETS: _pods.replica_set,
}


class Lists:
    """The lists that were asked for: each is what was found, or why it was not."""

    def __init__(self, found: dict[Wanted, list[t.Any] | LookError]) -> None:
        self._found = found

    def of(self, resource: Resource, namespace: str | None = None) -> list[t.Any]:
        """Return a list; raise LookError where it was not seen. A kind that the server does not know has no objects."""
        found = self._found[(resource, namespace)]
        if isinstance(found, Absent):
            return []
        if isinstance(found, LookError):
            raise found
        return found

    def known(self, resource: Resource, namespace: str | None = None) -> bool:
        """Tell whether the server knows the kind at all; raise LookError where that was not seen."""
        found = self._found[(resource, namespace)]
        if isinstance(found, LookError) and not isinstance(found, Absent):
            raise found
        return not isinstance(found, Absent)

    def renewed(self, newer: Lists) -> Lists:
        """Return the lists with those of *newer* in place of the same."""
        return Lists({**self._found, **newer._found})


def collect(client: Client, wanted: t.Iterable[Wanted], deadline: Deadline) -> Lists:
    """List all that is *wanted*, several at a time."""
    each = list(dict.fromkeys(wanted))
    groups = _groups(client) if any(_is_optional(resource) for resource, dummy in each) else None
    jobs = [functools.partial(_list, client, resource, namespace, groups) for resource, namespace in each]
    return Lists(dict(zip(each, run_all(jobs, _AT_ONCE, deadline))))


def _list(client: Client, resource: Resource, namespace: str | None, groups: set[str] | None) -> list[t.Any]:
    if groups is not None and _is_optional(resource) and resource.group not in groups:
        raise Absent(f"The API server at {client.name} knows no group {resource.group}")
    return client.listed(resource, namespace, _KEPT.get(resource) or functools.partial(manifest, resource))


def _is_optional(resource: Resource) -> bool:
    """Tell whether the kind is one that something else than Kubernetes brings."""
    return "." in resource.group and not (
        resource.group.endswith(".k8s.io") and resource.group not in ("metrics.k8s.io", r.SNAPSHOTS.group)
    )


def _groups(client: Client) -> set[str] | None:
    """Return the groups that the server knows; None where it does not tell, when their lists tell it."""
    try:
        found = client.get("/apis", "get /apis")
    except LookError:
        return None
    return {text(one, "name") for one in found.get("groups") or [] if isinstance(one, dict)}

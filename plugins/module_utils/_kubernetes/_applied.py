# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether an object of the cluster is as the release has it. This is a private part of the collection.

The server is asked, in a dry run, what would become of its object if the release's were applied once more: defaults, other ways to
write a quantity, and what admission plugins add are then the same on both sides. What needs no such knowledge is compared as it is.
"""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._drift import differences
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import (
    Absent,
    Client,
    Refused,
    Resource,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text

Data = t.Dict[str, t.Any]
Kinds = t.Dict[t.Tuple[str, str], t.Union[Resource, LookError]]  # by apiVersion and kind

_NOT_APPLIED = ("apiVersion", "kind", "metadata", "status")
_WHOLE = ("data", "binaryData", "immutable")  # of a ConfigMap, in which nothing has a default
_RESTARTED = "kubectl.kubernetes.io/restartedAt"  # kubectl rollout restart, which changes nothing else
_RIGHTS = "rbac.authorization.k8s.io"  # a dry run of these is refused to whoever has not all the rights in them


def kinds(client: Client, objects: t.Iterable[Manifest]) -> Kinds:
    """Return what the server calls the kinds of *objects*, by one question for each apiVersion."""
    found: Kinds = {}
    for version in sorted({text(one.data, "apiVersion") for one in objects}):
        group, dummy, number = version.rpartition("/")
        own = {one.kind for one in objects if text(one.data, "apiVersion") == version}
        try:
            listed = mappings(client.get(f"/apis/{version}" if group else f"/api/{version}"), "resources")
        except LookError as exc:
            found.update({(version, kind): exc for kind in own})
            continue
        plain = {text(one, "kind"): one for dummy, one in listed if "/" not in text(one, "name")}
        for kind in own:
            known = plain.get(kind)
            found[version, kind] = (
                Resource(group, number, text(known, "name"), kind, known.get("namespaced") is True)
                if known
                else Absent(f"The API server at {client.name} knows no {kind} of {version}")
            )
    return found


def present(client: Client, known: Kinds, one: Manifest) -> Data | None:
    """Return the object as the cluster has it; None where it has none."""
    try:
        return client.one(resource_of(known, one), one.namespace, one.name)
    except Absent:
        return None


def resource_of(known: Kinds, one: Manifest) -> Resource:
    found = known[text(one.data, "apiVersion"), one.kind]
    if isinstance(found, LookError):
        raise found
    return found


def drift(client: Client, resource: Resource, wanted: Manifest, live: Data, is_autoscaled: bool) -> list[str]:
    """Return the places at which the object is not as the release has it."""
    held = mapping(wanted.data, "metadata")
    marks = {key: held[key] for key in ("labels", "annotations") if held.get(key)}
    places = differences({"metadata": marks}, {"metadata": mapping(live, "metadata")}, is_exact=False)
    applied = {key: value for key, value in wanted.data.items() if key not in _NOT_APPLIED}
    if wanted.kind == "ConfigMap":
        whole, found = ({key: each[key] for key in _WHOLE if each.get(key)} for each in (applied, live))
        return places + differences(whole, found)
    if resource.group == _RIGHTS or not resource.namespaced:
        return places + differences(applied, live, is_exact=False)
    if is_autoscaled:
        applied["spec"] = {**mapping(applied, "spec"), "replicas": mapping(live, "spec").get("replicas")}
    try:
        made = client.tried(resource, wanted.namespace, wanted.name, _change(wanted.kind, applied))
    except Refused as exc:
        return places + (exc.fields or ["(the cluster does not accept it)"])
    return places + differences(_bare(made, applied), _bare(live, applied))


def _change(kind: str, applied: Data) -> Data | list[Data]:
    """Return the change that applies the release's object; the volume that a claim was given is no part of that."""
    if kind == "PersistentVolumeClaim":
        return applied
    return [{"op": "add", "path": f"/{key}", "value": value} for key, value in applied.items()]


def _bare(one: Data, applied: Data) -> Data:
    """Return the parts of an object that the release has, without the note of a restart."""
    found = copy.deepcopy({key: one.get(key) for key in applied})
    notes = mapping(found, "spec", "template", "metadata", "annotations")
    notes.pop(_RESTARTED, None)
    if not notes:
        mapping(found, "spec", "template", "metadata").pop("annotations", None)
    return found

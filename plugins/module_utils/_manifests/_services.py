# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services: whom they select, which ports they offer, and to whom. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    number,
    sequence,
    text,
)


def service(one: Manifest, objects: Objects, names: Names) -> dict[str, t.Any]:
    chosen = pods_of(one, objects)
    images = [_image.parse(text(each.data, "image")) for pod in chosen for each in pod.containers]
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "type": text(one.data, "spec", "type") or "ClusterIP",
        "type_at": [one.place("spec", "type")],
        "from_outside": _is_from_outside(one),
        "selects_nothing": bool(mapping(one.data, "spec", "selector")) and not chosen,
        "software": sorted({found for found in (names.of(image) for image in images) if found}),
        "dead_ports": _dead_ports(one, chosen),
        "ports_at": [one.place("spec", "ports")],
    }


def pods_of(one: Manifest, objects: Objects) -> list[Workload]:
    selector = mapping(one.data, "spec", "selector")
    return objects.selected({"matchLabels": selector}, one.namespace) if selector else []


def ports_of(one: Manifest) -> list[tuple[str, int, t.Any]]:
    """Return the ports of a service: name, number, and the port of the pods."""
    found = [
        (text(each, "name"), number(each, "port"), each.get("targetPort"))
        for dummy, each in mappings(one.data, "spec", "ports")
    ]
    return [(name, port, port if target is None else target) for name, port, target in found if port is not None]


def target_of(target: t.Any, pods: t.Iterable[Workload]) -> int | None:
    """Return the number of the pods' port that *target* means, a number or the name of a port."""
    if isinstance(target, int) or str(target).isdigit():
        return int(target)
    return next((port for pod in pods for name, port in pod.ports if name == target), None)


def _dead_ports(one: Manifest, pods: list[Workload]) -> list[str]:
    """Return the ports that lead to none that the pods declare. Pods that declare no ports at all are believed."""
    declared = {port for pod in pods for dummy, port in pod.ports}
    if not pods:
        return []
    return [
        f"{port} leads to {target}"
        for dummy, port, target in ports_of(one)
        if (target_of(target, pods) is None) or (declared and target_of(target, pods) not in declared)
    ]


def _is_from_outside(one: Manifest) -> bool:
    kind = text(one.data, "spec", "type")
    notes = mapping(one.data, "metadata", "annotations")
    is_internal = any(
        re.search(r"internal", key, re.IGNORECASE)
        and str(value).lower() in ("true", "internal", "0.0.0.0/0")
        or str(value).lower() == "internal"
        for key, value in notes.items()
    )
    return (
        bool(sequence(one.data, "spec", "externalIPs"))
        or kind == "NodePort"
        or (kind == "LoadBalancer" and not is_internal)
    )

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets of the cluster: which keys they have, and which of these hold nothing real. No value is kept. Pure.

Only those that a workload refers to are asked for, each by its name: the right to list Secrets is the right to read them all.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._values import needed_keys, secret_keys

PULL_TYPES = ("kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg")


@dataclass(frozen=True)
class Secret:
    """What may be known of a Secret."""

    type: str
    keys: tuple[str, ...]
    empty: tuple[str, ...]
    stand_ins: tuple[str, ...]


def secret(data: dict[str, t.Any]) -> Secret:
    """Return what may be known of a Secret. The values end here."""
    one = Manifest({**data, "kind": "Secret", "apiVersion": "v1"}, "")
    found = [(key["name"].partition("/")[2], key) for key in secret_keys(one, ())]
    return Secret(
        text(data, "type"),
        tuple(name for name, dummy in found),
        tuple(name for name, key in found if key["empty"]),
        tuple(name for name, key in found if key["stand_in"]),
    )


def describe(name: str, one: Secret | None, needed: t.Collection[tuple[str, str]]) -> dict[str, t.Any]:
    """Return the facts of a Secret, or of one that there is not; *needed* are the (secret, key) without which a pod does not start."""
    wanted = {key for other, key in needed if other == name}
    held = one or Secret("", (), (), ())
    return {
        "exists": one is not None,
        "secret_type": held.type,
        "keys_held": list(held.keys),
        "empty_keys": list(held.empty),
        "stand_ins": list(held.stand_ins),
        "missing_keys": sorted(wanted - set(held.keys)),
        "empty_needed_keys": sorted(wanted & set(held.empty)),
    }


def needed_in(namespace: str, objects: Objects) -> set[tuple[str, str]]:
    """Return the (secret, key) without which a pod of the namespace does not start."""
    return needed_keys(Objects([one for one in objects.all if one.namespace == namespace]))


def referred(one: Workload) -> set[str]:
    """Return the names of the Secrets that a workload needs to start; what it calls optional is left out."""
    found = {text(each, "secret", "secretName") for each in _volumes(one)}
    for container in one.containers:
        found |= {_named(each, "secretRef") for dummy, each in mappings(container.data, "envFrom")}
        found |= {_named(mapping(each, "valueFrom"), "secretKeyRef") for dummy, each in mappings(container.data, "env")}
    return found - {""}


def _volumes(one: Workload) -> list[dict[str, t.Any]]:
    plain = [each for dummy, each in mappings(one.pod, "volumes")]
    parts = [{"secret": _renamed(part)} for each in plain for dummy, part in mappings(each, "projected", "sources")]
    return [each for each in (*plain, *parts) if mapping(each, "secret").get("optional") is not True]


def _renamed(part: dict[str, t.Any]) -> dict[str, t.Any]:
    return {"secretName": text(part, "secret", "name"), "optional": mapping(part, "secret").get("optional")}


def _named(reference: dict[str, t.Any], key: str) -> str:
    found = mapping(reference, key)
    return "" if found.get("optional") is True else text(found, "name")

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All that is said of one set of objects, as plain lists. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from collections import Counter

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import (
    _access,
    _connections,
    _containers,
    _ingresses,
    _policies,
    _services,
    _values,
    _workloads,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._environment import (
    Environment,
    environment,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import CLUSTER_WIDE, Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, text

Facts = t.Dict[str, t.Any]


def describe(objects: Objects, names: Names, stateful: t.Collection[str]) -> Facts:
    """Return the facts of *objects*, each with the places where it stands."""
    return {
        **_of_programs(objects, names, stateful),
        **_of_network(objects, names),
        **_of_values(objects),
        **_of_access(objects),
        **_of_names(objects),
    }


def raw_images(objects: Objects) -> list[Facts]:
    """Return the images as the files have them, before anything rewrites them."""
    found = []
    for workload in objects.workloads:
        for one in workload.containers:
            image = _image.parse(text(one.data, "image"))
            facts = {"image": text(one.data, "image"), "latest": image.is_latest, "floating": image.is_floating}
            found.append({"name": one.name, **facts, "at": [one.place("image")]})
    return found


def _of_programs(objects: Objects, names: Names, stateful: t.Collection[str]) -> Facts:
    containers, links, urls, gaps, plain = [], [], [], [], []
    for workload in objects.workloads:
        for one in workload.containers:
            env = environment(one, objects)
            facts, talks = program(one, env, objects, names)
            containers.append(facts)
            links += talks
            urls += _connections.database_urls(one, env)
            gaps += [{"name": f"{one.name} wants {what}", "kind": kind, "at": [at]} for kind, what, at in env.gaps]
            plain += _values.plain_variables(one, env)
    return {
        "containers": containers,
        "connections": _once(links),
        "database_urls": urls,
        "missing_references": gaps,
        "plain_values": plain
        + [found for one in objects.of_kind("ConfigMap") for found in _values.plain_settings(one)],
        "workloads": [_workloads.workload(one, objects, names, stateful) for one in objects.workloads],
        "streams": [found for one in objects.workloads for found in _workloads.streams(one, objects, names)],
    }


def program(one: Container, env: Environment, objects: Objects, names: Names) -> tuple[Facts, list[Facts]]:
    """Return the facts of a container, and the connections that it makes."""
    talks = _connections.connections(one, env, objects)
    return _containers.container(one, env, bool(talks), objects, names), talks


def _once(links: list[Facts]) -> list[Facts]:
    """Drop a connection that several containers of a pod have."""
    return list({one["name"]: one for one in reversed(links)}.values())[::-1]


def _of_network(objects: Objects, names: Names) -> Facts:
    return {
        "services": [_services.service(one, objects, names) for one in objects.of_kind("Service")],
        "ingresses": [
            _ingresses.ingress(one, objects) for one in objects.of_kind("Ingress") if one.group == "networking.k8s.io"
        ],
        "policies": [_policies.policy(one, objects) for one in objects.of_kind("NetworkPolicy")],
        "denies_ingress": _policies.denies_all(objects, "ingress"),
        "denies_egress": _policies.denies_all(objects, "egress"),
    }


def _of_values(objects: Objects) -> Facts:
    needed = _values.needed_keys(objects)
    keys = [found for one in objects.of_kind("Secret") for found in _values.secret_keys(one, needed)]
    return {"secrets": keys}


def _of_access(objects: Objects) -> Facts:
    scalers = [_access.autoscaler(one, objects) for one in objects.of_kind("HorizontalPodAutoscaler")]
    schedules = [one for one in objects.of_kind("Schedule") if one.group == "velero.io"]
    return {
        "roles": [_access.role(one) for one in objects.of_kind("Role", "ClusterRole")],
        "bindings": [_access.binding(one) for one in objects.of_kind("RoleBinding", "ClusterRoleBinding")],
        "autoscalers": scalers,
        "autoscaled": sorted({one["target"].rpartition("/")[2] for one in scalers}),
        "budgets": [_access.budget(one, objects) for one in objects.of_kind("PodDisruptionBudget")],
        "backup_schedules": [_access.schedule(one) for one in schedules],
    }


def _of_names(objects: Objects) -> Facts:
    seen = Counter(map(_identity, objects.all))
    homeless = [one for one in objects.all if one.kind not in CLUSTER_WIDE and not one.namespace]
    doubles = [one for one in objects.all if seen[_identity(one)] > 1]
    claims = objects.of_kind("PersistentVolumeClaim")
    return {
        "duplicates": [{"name": one.label, "at": [one.place("metadata", "name")]} for one in doubles],
        "without_namespace": [{"name": one.label, "at": [one.place("metadata", "name")]} for one in homeless],
        "claims": [
            {
                "name": one.label,
                "at": [one.place("metadata", "name")],
                "storage": text(mapping(one.data, "spec", "resources", "requests"), "storage"),
            }
            for one in claims
        ],
    }


def _identity(one: Manifest) -> tuple[str, str, str, str]:
    return one.group, one.kind, one.namespace, one.name

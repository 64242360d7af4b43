# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a cluster, its version, and what adds nodes to it. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import condition
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text

Data = t.Dict[str, t.Any]

_PRESSURES = ("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable")
_POOLS = {  # the label by which each provider tells the pool of a node
    "cloud.google.com/gke-nodepool": "GKE",
    "eks.amazonaws.com/nodegroup": "EKS",
    "kubernetes.azure.com/agentpool": "AKS",
    "doks.digitalocean.com/node-pool": "DOKS",
    "karpenter.sh/nodepool": "Karpenter",
}
_GROW_BY_THEMSELVES = ("Karpenter",)
_AUTOSCALERS = re.compile(r"(?:^|[-/])(?:cluster-autoscaler|karpenter)(?:$|[-/])")
_NOT_READY_FOR_WORK = ("NoSchedule", "NoExecute")


def node(one: Manifest, server_minor: int | None) -> Data:
    status = mapping(one.data, "status")
    version = text(status, "nodeInfo", "kubeletVersion")
    own = minor_of(version)
    ready = condition(status, "Ready")
    return {
        "ready": ready == "True",
        "ready_condition": ready or "Unknown",
        "cordoned": mapping(one.data, "spec").get("unschedulable") is True,
        "pressures": [name for name in _PRESSURES if condition(status, name) == "True"],
        "unknown_conditions": [
            text(each, "type") for dummy, each in mappings(status, "conditions") if each.get("status") == "Unknown"
        ],
        "taints": [
            text(each, "key")
            for dummy, each in mappings(one.data, "spec", "taints")
            if each.get("effect") in _NOT_READY_FOR_WORK
        ],
        "kubelet_version": version,
        "minors_behind": None if own is None or server_minor is None else server_minor - own,
        "pool": pool(one),
    }


def pool(one: Manifest) -> str:
    """Return which provider's pool a node is of; empty where no label tells."""
    labels = mapping(one.data, "metadata", "labels")
    return next((name for label, name in _POOLS.items() if label in labels), "")


def minor_of(version: str) -> int | None:
    """Return the minor version of one like v1.36.3, or 36+."""
    match = re.match(r"v?1\.(\d+)", version)
    return int(match.group(1)) if match else None


def server(said: Data) -> Data:
    """Return the version of the API server."""
    major = re.match(r"\d+", str(said.get("major", "")))
    minor = re.match(r"\d+", str(said.get("minor", "")))
    return {
        "version": str(said.get("gitVersion", "")),
        "major": int(major.group()) if major else None,
        "minor": int(minor.group()) if minor else minor_of(str(said.get("gitVersion", ""))),
    }


def fitness(nodes: t.Sequence[Data]) -> Data:
    """Return how many nodes there are, and how many of them take pods."""
    return {
        "count": len(nodes),
        "ready": sum(1 for one in nodes if one["ready"]),
        "usable": sum(1 for one in nodes if one["ready"] and not one["cordoned"]),
    }


def node_autoscaler(nodes: t.Sequence[Data], programs: t.Iterable[Manifest], status: Data | None) -> Data:
    """Return what adds nodes, as far as the cluster tells: a program, its status, or the label of a pool that grows by itself."""
    found = [one for one in programs if _AUTOSCALERS.search(one.name) or _AUTOSCALERS.search(_images(one))]
    pools = sorted({one["pool"] for one in nodes} - {""})
    runs = [one.name for one in found if (mapping(one.data, "status").get("availableReplicas") or 0) > 0]
    return {
        "programs": sorted(one.name for one in found),
        "running": sorted(runs),
        "status": _health(status),
        "pools": pools,
        "found": bool(runs) or bool(set(pools) & set(_GROW_BY_THEMSELVES)),
    }


def _images(one: Manifest) -> str:
    pod = mapping(one.data, "spec", "template", "spec")
    return " ".join(text(each, "image").partition(":")[0] for dummy, each in mappings(pod, "containers"))


def _health(config: Data | None) -> str:
    """Return what the autoscaler says of the cluster in its ConfigMap; empty where there is none."""
    said = text(config, "data", "status")
    match = re.search(r"(?m)^\s*(?:Health:|status:)\s*(\w+)", said)
    return match.group(1) if match else ""

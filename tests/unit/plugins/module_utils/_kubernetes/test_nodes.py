# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _nodes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._times import seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest


def node(labels: dict[str, str] | None = None, spec: dict[str, t.Any] | None = None, **conditions: str) -> Manifest:
    status = {
        "nodeInfo": {"kubeletVersion": "v1.34.2"},
        "conditions": [{"type": name, "status": value} for name, value in conditions.items()],
    }
    return Manifest(
        {"kind": "Node", "metadata": {"name": "n", "labels": labels or {}}, "spec": spec or {}, "status": status}, ""
    )


@pytest.mark.parametrize(
    ("one", "key", "value"),
    [
        pytest.param(node(Ready="True"), "ready", True, id="ready"),
        pytest.param(node(Ready="Unknown"), "ready", False, id="a lost node is not ready"),
        pytest.param(node(), "ready_condition", "Unknown", id="nobody says"),
        pytest.param(node(Ready="True", DiskPressure="True"), "pressures", ["DiskPressure"], id="pressure"),
        pytest.param(node(MemoryPressure="False"), "pressures", [], id="no pressure"),
        pytest.param(node(MemoryPressure="Unknown"), "unknown_conditions", ["MemoryPressure"], id="unknown pressure"),
        pytest.param(node(spec={"unschedulable": True}), "cordoned", True, id="cordoned"),
        pytest.param(node(), "minors_behind", 2, id="older than the server"),
        pytest.param(node({"eks.amazonaws.com/nodegroup": "a"}), "pool", "EKS", id="managed pool"),
        pytest.param(
            node(
                spec={"taints": [{"key": "gpu", "effect": "NoSchedule"}, {"key": "soft", "effect": "PreferNoSchedule"}]}
            ),
            "taints",
            ["gpu"],
            id="taints that keep pods away",
        ),
    ],
)
def test_node(one: Manifest, key: str, value: t.Any) -> None:
    assert _nodes.node(one, 36)[key] == value


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        ({"major": "1", "minor": "36", "gitVersion": "v1.36.3"}, 36),
        ({"major": "1", "minor": "34+", "gitVersion": "v1.34.1-eks-1"}, 34),
        ({"gitVersion": "v1.33.0"}, 33),
        ({}, None),
    ],
)
def test_server(said: dict[str, str], minor: int | None) -> None:
    assert _nodes.server(said)["minor"] == minor


def test_only_ready_nodes_that_take_pods_are_usable() -> None:
    nodes = [
        _nodes.node(one, 36)
        for one in (node(Ready="True"), node(Ready="False"), node(spec={"unschedulable": True}, Ready="True"))
    ]
    assert _nodes.fitness(nodes) == {"count": 3, "ready": 2, "usable": 1}


def program(name: str, image: str, available: int) -> Manifest:
    spec = {"template": {"spec": {"containers": [{"image": image}]}}}
    return Manifest({"metadata": {"name": name}, "spec": spec, "status": {"availableReplicas": available}}, "")


STATUS = {"data": {"status": "time: now\nautoscalerStatus: Running\nclusterWide:\n  health:\n    status: Healthy\n"}}


@pytest.mark.parametrize(
    ("programs", "pools", "found"),
    [
        ([program("cluster-autoscaler", "registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.0", 1)], [""], True),
        ([program("ca", "registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.0", 1)], [""], True),
        ([program("cluster-autoscaler", "x", 0)], [""], False),
        ([program("coredns", "registry.k8s.io/coredns:v1", 2)], [""], False),
        ([], ["GKE"], False),
        ([], ["Karpenter"], True),
    ],
)
def test_what_adds_nodes(programs: list[Manifest], pools: list[str], found: bool) -> None:
    answer = _nodes.node_autoscaler([{"pool": one} for one in pools], programs, STATUS)
    assert (answer["found"], answer["status"]) == (found, "Healthy")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-25T08:00:00Z", 1795593600.0),
        ("2026-11-25T08:00:00.123456Z", 1795593600.0),
        ("2026-11-25T10:00:00+02:00", 1795593600.0),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times(text: str, value: float | None) -> None:
    assert seconds(text) == value

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _applied
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import (
    Absent,
    Client,
    Refused,
    Resource,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest

Data = t.Dict[str, t.Any]
CONFIG_MAPS = Resource("", "v1", "configmaps", "ConfigMap", True)
ROLES = Resource("rbac.authorization.k8s.io", "v1", "roles", "Role", True)
CLAIMS = Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", True)
NAMESPACES = Resource("", "v1", "namespaces", "Namespace", False)


class Cluster:
    """Answers a dry run by what *then* makes of the live object and the change."""

    name = "api.example.com"

    def __init__(self, then: t.Callable[[t.Any], Data] | None = None, lists: Data | None = None) -> None:
        self.then = then
        self.lists = lists or {}
        self.changes: list[t.Any] = []

    def tried(self, resource: Resource, namespace: str, name: str, change: t.Any) -> Data:
        self.changes.append(change)
        assert self.then, "no dry run is needed"
        return self.then(change)

    def get(self, path: str, right: str = "") -> Data:
        found = self.lists.get(path)
        if found is None:
            raise LookError(Reason.UNREACHABLE, path)
        return {"resources": found}

    def one(self, resource: Resource, namespace: str, name: str) -> Data:
        raise Absent(name)


def drift(cluster: Cluster, resource: Resource, wanted: Data, live: Data, is_autoscaled: bool = False) -> list[str]:
    client = t.cast(Client, cluster)
    return _applied.drift(client, resource, Manifest({"kind": resource.kind, **wanted}, "m"), live, is_autoscaled)


def applied(change: t.Any) -> Data:
    return {one["path"][1:]: one["value"] for one in change}


def deployment(replicas: int, image: str, **notes: str) -> Data:
    template: Data = {"metadata": {"annotations": notes}, "spec": {"containers": [{"name": "api", "image": image}]}}
    return {"spec": {"replicas": replicas, "template": template}}


def test_the_same_deployment_has_no_drift() -> None:
    live = {**deployment(2, "a:v1"), "status": {"replicas": 2}, "metadata": {"labels": {"app": "api", "more": "x"}}}
    wanted = {**deployment(2, "a:v1"), "metadata": {"name": "api", "labels": {"app": "api"}}}
    cluster = Cluster(applied)
    assert drift(cluster, r.DEPLOYMENTS, wanted, live) == []
    assert cluster.changes == [[{"op": "add", "path": "/spec", "value": wanted["spec"]}]]


def test_what_was_changed_or_added_by_hand_is_drift() -> None:
    live = deployment(2, "a:v0")
    live["spec"]["paused"] = True
    live["metadata"] = {"labels": {"app": "other"}}
    wanted = {**deployment(2, "a:v1"), "metadata": {"labels": {"app": "api"}}}
    places = ["metadata.labels.app", "spec.template.spec.containers[api].image", "spec.paused"]
    assert drift(Cluster(applied), r.DEPLOYMENTS, wanted, live) == places


def test_a_restart_is_no_drift() -> None:
    restarted = deployment(2, "a:v1", **{"kubectl.kubernetes.io/restartedAt": "2026-11-25"})
    wanted = {"spec": {**deployment(2, "a:v1")["spec"]}}
    wanted["spec"]["template"] = {**wanted["spec"]["template"], "metadata": {}}
    assert drift(Cluster(applied), r.DEPLOYMENTS, wanted, restarted) == []
    other = deployment(2, "a:v1", note="by hand")
    assert drift(Cluster(applied), r.DEPLOYMENTS, wanted, other) == ["spec.template.metadata.annotations"]


def test_the_number_of_pods_is_the_autoscalers() -> None:
    assert drift(Cluster(applied), r.DEPLOYMENTS, deployment(2, "a:v1"), deployment(5, "a:v1"), True) == []
    assert drift(Cluster(applied), r.DEPLOYMENTS, deployment(2, "a:v1"), deployment(5, "a:v1")) == ["spec.replicas"]


def test_a_release_that_the_cluster_refuses_differs() -> None:
    def refuse(fields: list[str]) -> t.Callable[[t.Any], Data]:
        def then(change: t.Any) -> Data:
            raise Refused("no", fields)

        return then

    for fields, places in ((["spec.selector"], ["spec.selector"]), ([], ["(the cluster does not accept it)"])):
        assert drift(Cluster(refuse(fields)), r.DEPLOYMENTS, deployment(2, "a"), deployment(2, "a")) == places


def test_a_config_map_is_compared_whole_and_without_a_dry_run() -> None:
    wanted = {"data": {"LEVEL": "info"}}
    assert drift(Cluster(), CONFIG_MAPS, wanted, {"data": {"LEVEL": "info"}, "metadata": {"uid": "1"}}) == []
    assert drift(Cluster(), CONFIG_MAPS, wanted, {"data": {"LEVEL": "info", "MORE": "x"}}) == ["data.MORE"]
    assert drift(Cluster(), CONFIG_MAPS, wanted, {"binaryData": {"b": "eA=="}}) == ["data", "binaryData"]


@pytest.mark.parametrize("resource", [ROLES, NAMESPACES])
def test_rights_and_what_is_of_the_whole_cluster_are_compared_without_a_dry_run(resource: Resource) -> None:
    wanted = {"rules": [{"verbs": ["get"]}]}
    assert drift(Cluster(), resource, wanted, {"rules": [{"verbs": ["get"]}], "spec": {"finalizers": ["x"]}}) == []
    assert drift(Cluster(), resource, wanted, {"rules": [{"verbs": ["*"]}]}) == ["rules[0].verbs[0]"]


def test_a_claim_keeps_the_volume_that_it_was_given() -> None:
    live = {"spec": {"volumeName": "v", "resources": {"requests": {"storage": "1Gi"}}}}
    wanted = {"spec": {"resources": {"requests": {"storage": "2Gi"}}}}
    cluster = Cluster(lambda change: {"spec": {"volumeName": "v", **change["spec"]}})
    assert drift(cluster, CLAIMS, wanted, live) == ["spec.resources.requests.storage"]
    assert cluster.changes == [{"spec": wanted["spec"]}]


def test_the_kinds_are_those_that_the_server_has() -> None:
    listed = [
        {"name": "deployments", "kind": "Deployment", "namespaced": True},
        {"name": "deployments/scale", "kind": "Scale", "namespaced": True},
    ]
    objects = [
        Manifest({"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}, "m")
        for version, kind in (("apps/v1", "Deployment"), ("apps/v1", "Odd"), ("v1", "Service"))
    ]
    client = t.cast(Client, Cluster(lists={"/apis/apps/v1": listed}))
    known = _applied.kinds(client, objects)
    assert _applied.resource_of(known, objects[0]) == r.DEPLOYMENTS
    with pytest.raises(Absent, match="knows no Odd of apps/v1"):
        _applied.resource_of(known, objects[1])
    with pytest.raises(LookError, match="/api/v1"):
        _applied.present(client, known, objects[2])
    assert _applied.present(client, known, objects[0]) is None
    assert _applied.present(client, known, objects[1]) is None

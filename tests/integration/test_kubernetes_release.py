# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The comparison of a real control plane with the manifests of the checkout, with the rights of docs/grants and no others."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import kubernetes_release as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import kubernetes, repository
from sandbox.sabotages import _cluster
from tests.unit.catalogue.wiring import documented_keys

pytestmark = pytest.mark.all_components

Subject = t.Dict[str, t.Any]
DENIED = "The user lacks the right to patch services in the namespace cryptofunk, in a dry run"


@pytest.fixture
def cluster(hardened: Sandbox) -> Sandbox:
    lifecycle.up(hardened, [kubernetes.NAME], lambda name, what: print(f"{name:14} {what}"))
    return hardened


def look(sandbox: Sandbox, **changes: t.Any) -> list[Subject]:
    declared = sandbox.targets.read()
    release = {"path": declared["readiness_repository"]["path"], **declared["readiness_manifests"]}
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**declared["readiness_kubernetes"], **release, **changes})
    assert not checked.error_messages
    result = run_probe("kubernetes_release_info", probe.observe, checked.validated_parameters)
    text = json.dumps(result, allow_nan=False)
    for one in workloads.secrets(sandbox, workloads.rendered(sandbox)):
        assert not [value for value in one["stringData"].values() if value in text]
    return t.cast("list[Subject]", result["observation"])


def named(subjects: t.Iterable[Subject], kind: str, name: str) -> Subject:
    return next(one for one in subjects if (one["kind"], one["name"]) == (kind, name))


def resource_versions(sandbox: Sandbox) -> set[tuple[str, str]]:
    kinds = "deployments,services,networkpolicies,configmaps,jobs,persistentvolumeclaims,replicasets"
    objects = kubernetes.get(sandbox, kinds)["items"]
    return {(one["metadata"]["uid"], one["metadata"]["resourceVersion"]) for one in objects}


def test_a_cluster_that_is_as_the_release_is_seen_so_and_is_not_changed(cluster: Sandbox) -> None:
    before = resource_versions(cluster)
    subjects = look(cluster)
    for one in subjects:
        unseen = set(one["unseen"])
        assert (one["error"], unseen) == (None, set()), (one["subject"], one["unseen"])
        assert set(one) <= set(documented_keys("kubernetes_release_info"))
        assert one.get("exists", True) or one.get("state") == "removed", one["subject"]
        assert not one.get("differs"), (one["subject"], one["differs"])
        assert not (one.get("stand_ins") or one.get("missing_keys") or one.get("other_images")), one["subject"]
    assert {one["kind"] for one in subjects} == {
        "application",
        "config",
        "infrastructure",
        "job",
        "object",
        "rollback",
        "secret",
    }
    assert {one["says"] for one in subjects if "says" in one} == {"complete"}
    ways = [one for one in subjects if one["kind"] == "rollback"]
    assert {(one["earlier_releases"], one["undo_accepted"]) for one in ways} == {(1, True)}
    images = [each["image"] for one in ways for each in one["containers"]]
    assert len(images) == 13
    assert all(image.endswith(f":{repository.DEPLOYED}") for image in images)
    assert resource_versions(cluster) == before


def test_a_restart_is_no_difference(cluster: Sandbox) -> None:
    _cluster.run(cluster, "rollout", "restart", "deployment/bifrost")
    _cluster.rolled_out(cluster, "bifrost")
    assert named(look(cluster, aspects=["objects"]), "infrastructure", "Deployment/bifrost")["differs"] == []


@pytest.mark.parametrize(
    ("sabotage", "kind", "name", "expected"),
    [
        ("kubernetes_config_changed", "config", "ConfigMap/cryptofunk-config", {"differs": ["data.LOG_LEVEL"]}),
        ("kubernetes_config_deleted", "config", "ConfigMap/vault-config", {"exists": False, "differs": None}),
        (
            "kubernetes_secret_lacks_key",
            "secret",
            "Secret/cryptofunk-secrets",
            {"missing_keys": ["POSTGRES_PASSWORD"]},
        ),
        ("kubernetes_secret_placeholder", "secret", "Secret/cryptofunk-secrets", {"stand_ins": ["POSTGRES_PASSWORD"]}),
        (
            "kubernetes_service_changed",
            "object",
            "Service/redis-service",
            {"differs": ["spec.selector[app.kubernetes.io/name]"]},
        ),
        (
            "kubernetes_migration_of_before",
            "job",
            "Job/migrate",
            {"exists": True, "state": "complete, with other images"},
        ),
        (
            "kubernetes_image_of_before",
            "application",
            "Deployment/reversion-agent",
            {
                "differs": ["spec.template.spec.containers[reversion-agent].image"],
                "other_images": [f"registry.example.com/cryptofunk/reversion-agent:{repository.DEPLOYED}"],
                "says": "complete",
            },
        ),
        (
            "kubernetes_revisions_pruned",
            "rollback",
            "Deployment/orderbook-agent",
            {"earlier_releases": 0, "undo_accepted": None, "containers": []},
        ),
        (
            "kubernetes_way_back_forbidden",
            "rollback",
            "Deployment/api",
            {"earlier_releases": 1, "undo_accepted": False},
        ),
    ],
)
def test_what_is_not_as_the_release_is_seen(
    cluster: Sandbox, sabotage: str, kind: str, name: str, expected: dict[str, t.Any]
) -> None:
    lifecycle.break_it(cluster, sabotage)
    seen = named(look(cluster), kind, name)
    assert {key: seen[key] for key in expected} == expected


def test_without_the_right_to_a_dry_run_it_is_named(cluster: Sandbox) -> None:
    kubernetes.kubectl(
        cluster, "delete", "rolebinding", f"{kubernetes.PROBE}-dry-run", f"--namespace={kubernetes.NAMESPACE}"
    )
    try:
        subjects = look(cluster, aspects=["objects"])
    finally:
        kubernetes.grant(cluster)
    service = named(subjects, "object", "Service/redis-service")
    assert service["exists"] is True
    assert (service["differs"], service["unseen"]["differs"]["message"]) == (None, DENIED)
    assert named(subjects, "config", "ConfigMap/cryptofunk-config")["differs"] == []


def test_a_checkout_without_manifests_is_told_by_its_folder(cluster: Sandbox) -> None:
    (one,) = look(cluster, folders=["deployments/nowhere"])
    assert one["error"]["reason"] == "no_data"
    assert "deployments/nowhere" in one["error"]["message"]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of Kubernetes on a real control plane, with the rights of docs/grants and no others.

The cluster is started for these tests and stays up, as whoever looks at it later needs it anyway.
"""

from __future__ import annotations

import json
import socket
import time
import typing as t

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import kubernetes as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import kubernetes
from tests.unit.catalogue.wiring import documented_keys

from .test_postgresql import differences

pytestmark = pytest.mark.all_components

Subject = t.Dict[str, t.Any]


@pytest.fixture
def cluster(hardened: Sandbox) -> Sandbox:
    lifecycle.up(hardened, [kubernetes.NAME], lambda name, what: print(f"{name:14} {what}"))
    return hardened


def look(sandbox: Sandbox, **changes: t.Any) -> list[Subject]:
    declared = dict(sandbox.targets.read()["readiness_kubernetes"])
    place = declared.pop("namespace")
    given = {**declared, "namespaces": [place], **changes}
    options = {name: value for name, value in given.items() if value is not None}
    checked = ArgumentSpecValidator(**probe.SPEC).validate(options)
    assert not checked.error_messages
    result = run_probe("kubernetes_info", probe.observe, checked.validated_parameters)
    text = json.dumps(result, allow_nan=False)
    for one in workloads.secrets(sandbox, workloads.rendered(sandbox)):
        assert not [value for value in one["stringData"].values() if value in text]
    return t.cast("list[Subject]", result["observation"])


def of_kind(subjects: t.Iterable[Subject], kind: str) -> list[Subject]:
    return [one for one in subjects if one.get("kind") == kind]


def named(subjects: t.Iterable[Subject], kind: str, name: str) -> Subject:
    return next(one for one in of_kind(subjects, kind) if one["name"] == name)


def refused(subjects: t.Iterable[Subject]) -> set[str]:
    """Return what the subjects say of rights that are missing."""
    gaps = [gap for one in subjects for gap in [one["error"], *one["unseen"].values()] if gap]
    return {gap["message"] for gap in gaps if gap["reason"] == "unauthorised"}


def test_a_healthy_cluster_is_seen_whole(cluster: Sandbox) -> None:
    subjects = look(cluster)
    for one in subjects:
        assert (one["error"], one["unseen"]) == (None, {}), one["subject"]
    documented = documented_keys("kubernetes_info")
    found = differences({key: one for each in subjects for key, one in each.items()}, documented)
    assert [path for path in found if path.lstrip(".") not in documented] == []  # of some kinds there may be none
    (whole,) = of_kind(subjects, "cluster")
    assert (whole["nodes"]["usable"], whole["server"]["minor"], whole["metrics_api"]["nodes"]) == (3, 36, 3)
    assert {one["rollout"]["says"] for one in of_kind(subjects, "workload")} == {"complete"}
    assert {one["bound"] for one in of_kind(subjects, "claim")} == {True}
    assert not any(one["allowed_acts"] for one in of_kind(subjects, "account"))
    assert named(subjects, "secret", "Secret/cryptofunk-secrets")["missing_keys"] == []


def test_a_list_is_read_page_by_page(cluster: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = look(cluster, aspects=["workloads", "network"])
    monkeypatch.setattr("ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client.PAGE", 3)
    assert look(cluster, aspects=["workloads", "network"]) == whole


@pytest.mark.parametrize(
    ("sabotage", "aspect", "kind", "name", "expected"),
    [
        (
            "kubernetes_policy_selects_nothing",
            "network",
            "policy",
            "NetworkPolicy/agents-old",
            {"selects_nothing": True},
        ),
        (
            "kubernetes_rollout_hangs",
            "workloads",
            "workload",
            "Deployment/orchestrator",
            {"rollout": {"complete": False}, "pods": {"restarts": 0}},
        ),
    ],
)
def test_what_is_broken_is_seen(
    cluster: Sandbox, sabotage: str, aspect: str, kind: str, name: str, expected: dict[str, t.Any]
) -> None:
    lifecycle.break_it(cluster, sabotage)
    seen = named(look(cluster, aspects=[aspect]), kind, name)
    for key, value in expected.items():
        found = {part: seen[key][part] for part in value} if isinstance(value, dict) else seen[key]
        assert found == value, seen[key]


def test_without_the_rights_of_the_documentation_the_missing_ones_are_named(cluster: Sandbox) -> None:
    kubernetes.kubectl(cluster, "delete", "rolebinding", kubernetes.PROBE, f"--namespace={kubernetes.NAMESPACE}")
    kubernetes.kubectl(cluster, "delete", "clusterrolebinding", kubernetes.PROBE)
    try:
        subjects = look(cluster)
    finally:
        kubernetes.grant(cluster)
    assert {
        "The user lacks the right to list nodes",
        "The user lacks the right to list deployments of the group apps in the namespace cryptofunk",
    } <= refused(subjects)
    assert of_kind(subjects, "workload")[0]["error"]["reason"] == "unauthorised"


def test_the_rights_of_the_documentation_change_nothing(cluster: Sandbox) -> None:
    said = kubernetes.kubectl(
        cluster,
        "scale",
        "deployment/api",
        "--replicas=0",
        f"--namespace={kubernetes.NAMESPACE}",
        check=False,
        user="probe",
    )
    assert "orbidden" in said or "change nothing" in said, said
    assert kubernetes.get(cluster, "deployment", "api")["spec"]["replicas"] > 0


def test_a_wrong_token_is_unauthorised(cluster: Sandbox) -> None:
    config = yaml.safe_load((cluster.home(kubernetes.NAME) / "probe.conf").read_text())
    config["users"][0]["user"]["token"] = "not-the-token"
    (one,) = look(cluster, kubeconfig=None, kubeconfig_content=yaml.safe_dump(config))
    assert one["error"]["reason"] == "unauthorised"
    assert "not-the-token" not in str(one)


def test_a_server_that_never_answers_costs_its_budget(cluster: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        (one,) = look(
            cluster, kubeconfig=None, context=None, url=f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=1.0
        )
    assert (one["error"]["reason"], time.monotonic() - began < 3) == ("timeout", True)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _pods
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._rollout import rollout


def deployment(spec: dict[str, t.Any], **status: t.Any) -> dict[str, t.Any]:
    return {
        "kind": "Deployment",
        "metadata": {"generation": 2},
        "spec": spec,
        "status": {"observedGeneration": 2, **status},
    }


DONE = {"replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}
STUCK = [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(deployment({"replicas": 2}, **DONE), "complete", id="complete"),
        pytest.param(deployment({"replicas": 0}), "complete", id="nothing is wanted"),
        pytest.param(deployment({}), "0 of 1 pods are updated", id="one is wanted where nobody says"),
        pytest.param(
            deployment({"replicas": 2}, **{**DONE, "observedGeneration": 1}),
            "the controller has not seen the newest version yet",
            id="not seen",
        ),
        pytest.param(
            deployment({"replicas": 2}, **{**DONE, "updatedReplicas": 1}), "1 of 2 pods are updated", id="half"
        ),
        pytest.param(
            deployment({"replicas": 2}, **{**DONE, "readyReplicas": 1}), "1 of 2 pods are ready", id="unready"
        ),
        pytest.param(
            deployment({"replicas": 2}, **{**DONE, "availableReplicas": 0}), "0 of 2 pods are available", id="too young"
        ),
        pytest.param(
            deployment({"replicas": 2}, **{**DONE, "replicas": 3}), "1 old pods are still there", id="old ones"
        ),
        pytest.param(
            deployment({"replicas": 2}, **DONE, conditions=STUCK),
            "the rollout makes no progress: ProgressDeadlineExceeded",
            id="stuck",
        ),
        pytest.param(deployment({"replicas": 2, "paused": True}, **DONE), "the rollout is paused", id="paused"),
        pytest.param(
            {
                "kind": "Job",
                "status": {"conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}]},
            },
            "the job has failed: BackoffLimitExceeded",
            id="failed job",
        ),
        pytest.param({"kind": "Job", "metadata": {"generation": 1}, "status": {"succeeded": 1}}, "complete", id="job"),
        pytest.param({"kind": "Pod", "status": {"phase": "Pending"}}, "0 of 1 pods are ready", id="pod"),
    ],
)
def test_rollout(data: dict[str, t.Any], says: str) -> None:
    found = rollout(data)
    assert (found["says"], found["complete"]) == (says, says == "complete")


def stateful(updated: int, partition: int, same: bool) -> dict[str, t.Any]:
    return {
        "kind": "StatefulSet",
        "spec": {"replicas": 3, "updateStrategy": {"rollingUpdate": {"partition": partition}}},
        "status": {
            "replicas": 3,
            "readyReplicas": 3,
            "availableReplicas": 3,
            "updatedReplicas": updated,
            "updateRevision": "b",
            "currentRevision": "b" if same else "a",
        },
    }


@pytest.mark.parametrize(
    ("data", "complete"),
    [
        pytest.param(stateful(3, 0, same=True), True, id="all of one revision"),
        pytest.param(stateful(1, 0, same=False), False, id="under way"),
        pytest.param(stateful(1, 2, same=False), True, id="up to its partition"),
    ],
)
def test_a_stateful_set_is_complete_up_to_its_partition(data: dict[str, t.Any], complete: bool) -> None:
    assert rollout(data)["complete"] is complete


def test_a_daemon_set_counts_by_nodes() -> None:
    status = {"desiredNumberScheduled": 3, "updatedNumberScheduled": 3, "numberReady": 2, "numberAvailable": 2}
    assert rollout({"kind": "DaemonSet", "status": status})["says"] == "2 of 3 pods are ready"


def made_by(kind: str, name: str, version: str = "apps/v1") -> list[dict[str, t.Any]]:
    return [{"controller": True, "kind": kind, "name": name, "apiVersion": version}]


def pod(name: str, owner: list[dict[str, t.Any]]) -> _pods.Pod:
    return _pods.pod({"metadata": {"name": name, "namespace": "shop", "uid": name, "ownerReferences": owner}})


def test_pods_are_found_by_their_deployment_through_its_sets() -> None:
    sets = [
        _pods.replica_set(
            {"metadata": {"name": "api-1", "namespace": "shop", "ownerReferences": made_by("Deployment", "api")}}
        )
    ]
    pods = [pod("api-1-x", made_by("ReplicaSet", "api-1")), pod("db-0", made_by("StatefulSet", "db"))]
    found = _pods.owners(pods, sets)
    assert {key[1]: [one.name for one in own] for key, own in found.items()} == {
        ("Deployment", "api"): ["api-1-x"],
        ("StatefulSet", "db"): ["db-0"],
    }


@pytest.mark.parametrize(
    "owner", [[], made_by("Kafka", "k", "kafka.example.com/v1"), made_by("StatefulSet", "s", "apps.example.com/v1")]
)
def test_a_pod_that_nothing_listed_makes_is_kept_whole(owner: list[dict[str, t.Any]]) -> None:
    one = pod("alone", owner)
    assert one.whole is not None
    assert list(_pods.owners([one], [])) == [("shop", ("Pod", "alone"))]


def test_a_set_that_no_deployment_makes_is_kept_whole() -> None:
    one = _pods.replica_set(
        {"metadata": {"name": "r", "ownerReferences": made_by("Rollout", "r", "argoproj.io/v1alpha1")}}
    )
    assert one.whole is not None


def test_what_a_pod_says_of_its_containers() -> None:
    state = {
        "name": "api",
        "image": "example.com/api:1.0",
        "imageID": "example.com/api@sha256:abc",
        "restartCount": 4,
        "state": {"waiting": {"reason": "CrashLoopBackOff"}},
        "lastState": {"terminated": {"reason": "Error", "finishedAt": "2026-11-25T08:00:00Z"}},
    }
    (ran,) = _pods.pod({"metadata": {"name": "p"}, "status": {"containerStatuses": [state]}}).containers
    assert (ran.digest, ran.restarts, ran.waits, ran.why) == ("sha256:abc", 4, "CrashLoopBackOff", "Error")
    assert ran.ended == 1795593600.0


def test_a_pod_that_no_node_takes_says_why() -> None:
    status = {
        "phase": "Pending",
        "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}],
    }
    assert _pods.pod({"metadata": {"name": "p"}, "status": status}).reason == "Unschedulable"

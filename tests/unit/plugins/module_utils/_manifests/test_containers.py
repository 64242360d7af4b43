# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

HEALTHY = """
ports: [{name: http, containerPort: 8080}]
resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}
livenessProbe: {httpGet: {path: /, port: http}}
readinessProbe: {httpGet: {path: /ready, port: 8080}}
"""


def one(describe: t.Any, *texts: str) -> dict[str, t.Any]:
    found: dict[str, t.Any] = describe(*texts)["containers"][0]
    return found


def test_a_healthy_container(describe: t.Any, deployment: t.Any) -> None:
    found = one(describe, deployment("a", HEALTHY))
    assert found["missing_resources"] == []
    assert (found["liveness"], found["readiness"], found["same_probes"]) == (True, True, False)
    assert not found["wrong_liveness_port"] and not found["wrong_readiness_port"]
    assert found["at"] == ["m.yaml:10"]


@pytest.mark.parametrize(
    ("resources", "wanted"),
    [
        ("", ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]),
        ("resources: {limits: {cpu: 1, memory: 1Gi}}", []),
        ("resources: {requests: {cpu: 1, memory: 1Gi}}", ["limits.cpu", "limits.memory"]),
        (
            "resources: {limits: {cpu: '', memory: 0}}",
            ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"],
        ),
        ("resources: nonsense", ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]),
    ],
)
def test_missing_resources(describe: t.Any, deployment: t.Any, resources: str, wanted: list[str]) -> None:
    assert one(describe, deployment("a", resources))["missing_resources"] == wanted


@pytest.mark.parametrize(
    ("probes", "same"),
    [
        ("livenessProbe: {httpGet: {path: /, port: http}}\nreadinessProbe: {httpGet: {path: /, port: 8080}}", True),
        ("livenessProbe: {tcpSocket: {port: 8080}}\nreadinessProbe: {httpGet: {path: /, port: 8080}}", False),
        ("livenessProbe: {exec: {command: [a]}}\nreadinessProbe: {exec: {command: [a]}}", True),
        ("livenessProbe: {exec: {command: [a]}}", False),
    ],
)
def test_probes_that_ask_the_same(describe: t.Any, deployment: t.Any, probes: str, same: bool) -> None:
    ports = "ports: [{name: http, containerPort: 8080}]\n"
    assert one(describe, deployment("a", ports + probes))["same_probes"] is same


def test_a_probe_that_asks_nothing_is_none(describe: t.Any, deployment: t.Any) -> None:
    found = one(describe, deployment("a", "livenessProbe: {periodSeconds: 5}\nreadinessProbe: {exec: {command: []}}"))
    assert (found["liveness"], found["readiness"]) == (False, False)


@pytest.mark.parametrize(
    ("port", "declared", "wrong"),
    [
        ("8081", "ports: [{containerPort: 8080}]", True),
        ("8081", "", False),  # a port need not be declared
        ("http", "", True),  # but a name must
        ("8080", "ports: [{containerPort: 8080}]", False),
    ],
)
def test_the_port_of_a_probe(describe: t.Any, deployment: t.Any, port: str, declared: str, wrong: bool) -> None:
    text = f"{declared}\nlivenessProbe: {{tcpSocket: {{port: {port}}}}}"
    assert one(describe, deployment("a", text))["wrong_liveness_port"] is wrong


def test_a_job_has_not_to_tell_how_it_is(describe: t.Any, deployment: t.Any) -> None:
    job = deployment("a").replace("kind: Deployment", "kind: Job").replace("apps/v1", "batch/v1")
    assert one(describe, job)["runs_on"] is False
    assert one(describe, deployment("a"))["runs_on"] is True


def test_an_init_container_runs_on_only_as_a_sidecar(describe: t.Any, deployment: t.Any) -> None:
    init = "initContainers: [{name: early, image: a}, {name: beside, image: a, restartPolicy: Always}]"
    found = {each["name"]: each["runs_on"] for each in describe(deployment("a", pod=init))["containers"]}
    assert found == {"Deployment/a/early": False, "Deployment/a/beside": True, "Deployment/a": True}


ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: n}\nimagePullSecrets: [{name: s}]"


@pytest.mark.parametrize(
    ("image", "pod", "more", "needs", "has"),
    [
        ("registry.example.com/a:1.0", "", [], True, False),
        ("registry.example.com/a:1.0", "imagePullSecrets: [{name: s}]", [], True, True),
        ("registry.example.com/a:1.0", "", [ACCOUNT], True, True),
        ("quay.io/a/b:1.0", "", [], False, False),
        ("a/b:1.0", "", [], False, False),
    ],
)
def test_pull_secrets(
    describe: t.Any, deployment: t.Any, image: str, pod: str, more: list[str], needs: bool, has: bool
) -> None:
    found = one(describe, deployment("a", pod=pod, image=image), *more)
    assert (found["needs_pull_secret"], found["has_pull_secret"]) == (needs, has)


def test_a_placeholder_of_a_registry(describe: t.Any, deployment: t.Any) -> None:
    assert one(describe, deployment("a", image="your-registry.io/a:1.0"))["placeholder_registry"] is True


@pytest.mark.parametrize(
    ("image", "software"),
    [
        ("timescale/timescaledb:2.14.2-pg17", "postgresql"),
        ("redis:7.4.1", "redis"),
        ("oliver006/redis_exporter:v1.0", ""),
        ("quay.io/prometheuscommunity/postgres-exporter:v1.0", ""),
    ],
)
def test_software_is_known_by_its_image(describe: t.Any, deployment: t.Any, image: str, software: str) -> None:
    assert one(describe, deployment("a", image=image))["software"] == software


def test_rights_of_the_container_win_over_those_of_the_pod(describe: t.Any, deployment: t.Any) -> None:
    pod = "securityContext: {runAsNonRoot: true}"
    assert one(describe, deployment("a", pod=pod))["non_root"] is True
    assert one(describe, deployment("a", "securityContext: {runAsNonRoot: false}", pod))["non_root"] is False

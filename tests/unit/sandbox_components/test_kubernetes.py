# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is made of the rendered manifests before they are deployed, and which components are started unasked."""

from __future__ import annotations

import typing as t

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._profile import Profile
from sandbox._sandbox import open_sandbox
from sandbox.components import _kubernetes_workloads as workloads


def _deployment(image: str) -> dict[str, t.Any]:
    template = {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"image": image}]}}
    return {"kind": "Deployment", "metadata": {"name": "api"}, "spec": {"template": template}}


@pytest.mark.parametrize(
    ("image", "before"),
    [
        ("registry.example.com/cryptofunk/api:v1.0.0", "registry.example.com/cryptofunk/api:v0.9.0"),
        ("prom/prometheus:v1.0.0", "prom/prometheus:v1.0.0"),
    ],
)
def test_release_before_had_its_own_images_of_the_application(image: str, before: str) -> None:
    now = [_deployment(image), {"kind": "Job", "metadata": {"name": "migrate"}}]
    (made,) = workloads.earlier(now)
    assert made["spec"]["template"]["spec"]["containers"][0]["image"] == before
    assert made["spec"]["template"]["metadata"]["annotations"]
    assert "annotations" not in now[0]["spec"]["template"]["metadata"]


def test_each_claim_has_a_volume_those_of_stateful_sets_too() -> None:
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    claim = {"kind": "PersistentVolumeClaim", "metadata": {"name": "grafana-pvc"}, "spec": spec}
    templates = [{"metadata": {"name": "data"}, "spec": spec}]
    nats = {
        "kind": "StatefulSet",
        "metadata": {"name": "nats"},
        "spec": {"replicas": 2, "volumeClaimTemplates": templates},
    }
    names = [one["spec"]["claimRef"]["name"] for one in workloads.volumes([claim, nats])[1:]]
    assert names == ["grafana-pvc", "data-nats-0", "data-nats-1"]


@pytest.mark.parametrize(("components", "starts"), [("", False), ("some", False), ("all", True)])
def test_what_takes_minutes_to_build_is_started_on_request(
    components: str, starts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPONENTS", components)
    sandbox = open_sandbox(Profile.HARDENED)
    asked = lifecycle.asked_for(sandbox)
    assert ("kubernetes" in asked) is starts
    assert ("kubernetes" in lifecycle.left_out(sandbox)) is not starts
    assert "postgres" in asked

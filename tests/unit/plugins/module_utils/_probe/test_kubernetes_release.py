# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._declared import Declared
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe.kubernetes_release import _job, _says

Data = t.Dict[str, t.Any]


def job(image: str = "migrate:v1", **status: t.Any) -> Data:
    spec = {"backoffLimit": 0, "template": {"spec": {"containers": [{"name": "migrate", "image": image}]}}}
    return {"metadata": {"name": "migrate"}, "spec": spec, "status": status}


def declared(**spec: t.Any) -> Declared:
    data = job()
    one = Manifest({**data, "kind": "Job", "apiVersion": "batch/v1", "spec": {**data["spec"], **spec}}, "m.yaml")
    return Declared(one, "job", Objects([one]).workloads[0])


def ended(kind: str) -> Data:
    return {"conditions": [{"type": kind, "status": "True"}]}


@pytest.mark.parametrize(
    ("live", "spec", "state"),
    [
        (None, {}, "missing"),
        (None, {"ttlSecondsAfterFinished": 600}, "removed"),
        (job(active=1), {}, "running"),
        (job(**ended("Failed")), {}, "failed"),
        (job(**ended("Complete")), {}, "complete"),
        (job("migrate:v0", **ended("Complete")), {}, "complete, with other images"),
    ],
)
def test_how_far_a_job_has_come(live: Data | None, spec: Data, state: str) -> None:
    assert _job(declared(**spec), live, 0.0) == {"state": state}


@pytest.mark.parametrize(
    ("live", "says"),
    [
        ({"status": {"phase": "Bound"}}, "complete"),
        ({"status": {"phase": "Pending"}}, "the claim is Pending"),
        ({}, "the claim is without a phase"),
    ],
)
def test_a_claim_is_complete_when_it_has_its_volume(live: Data, says: str) -> None:
    assert _says("PersistentVolumeClaim", live) == says


def test_of_what_is_not_there_no_condition_is_seen() -> None:
    with pytest.raises(LookError, match="The cluster has no such object"):
        _says("Deployment", None)

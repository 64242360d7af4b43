# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _declared
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._declared import Wanted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects

Data = t.Dict[str, t.Any]


def one(kind: str, name: str, **parts: t.Any) -> Manifest:
    return Manifest(
        {"apiVersion": "v1", "kind": kind, "metadata": {"name": name, "namespace": "shop"}, **parts}, "m.yaml"
    )


def workload(kind: str, name: str, image: str, **pod: t.Any) -> Manifest:
    container = {"name": name, "image": image, **pod.pop("container", {})}
    spec = {"template": {"spec": {"containers": [container], **pod}}}
    return one(kind, name, spec={"jobTemplate": {"spec": spec}} if kind == "CronJob" else spec)


@pytest.mark.parametrize(
    ("manifest", "part"),
    [
        (workload("Deployment", "api", "r.example.com/cryptofunk/api:v1"), "application"),
        (workload("CronJob", "report", "r.example.com/cryptofunk/report:v1"), "application"),
        (workload("StatefulSet", "redis", "redis:7"), "infrastructure"),
        (workload("Job", "migrate", "r.example.com/cryptofunk/migrate:v1"), "job"),
        (one("ConfigMap", "settings"), "config"),
        (one("PersistentVolumeClaim", "data"), "infrastructure"),
        (one("Service", "api"), "object"),
    ],
)
def test_each_object_has_a_part(manifest: Manifest, part: str) -> None:
    found = _declared.declared(Objects([manifest]), "(^|/)cryptofunk/")
    assert [(each.manifest, each.part) for each in found] == [(manifest, part)]


def test_secrets_are_no_objects_that_are_compared() -> None:
    assert _declared.declared(Objects([one("Secret", "keys", stringData={"a": "b"})]), "x") == []


def test_a_pattern_that_is_none_is_told() -> None:
    with pytest.raises(LookError, match="own_images is no regular expression"):
        _declared.declared(Objects([]), "(")


def test_the_secrets_of_a_release_with_their_keys() -> None:
    env = [{"name": "P", "valueFrom": {"secretKeyRef": {"name": "database", "key": "password"}}}]
    objects = Objects(
        [
            workload("Deployment", "api", "api:v1", container={"env": env}, imagePullSecrets=[{"name": "pull"}]),
            one("Secret", "written", data={"a": "Yg=="}, stringData={"c": "d"}),
            one("SealedSecret", "sealed", spec={"encryptedData": {"e": "x"}}),
            one("ExternalSecret", "copied", spec={"target": {"name": "copy"}, "data": [{"secretKey": "f"}, {}]}),
            one("Ingress", "web", spec={"tls": [{"secretName": "web-tls"}, {"hosts": ["a"]}]}),
        ]
    )
    assert _declared.secrets(objects) == [
        Wanted("shop", "copy", frozenset({"f"}), False),
        Wanted("shop", "database", frozenset({"password"}), False),
        Wanted("shop", "pull", frozenset(), True),
        Wanted("shop", "sealed", frozenset({"e"}), False),
        Wanted("shop", "web-tls", frozenset({"tls.crt", "tls.key"}), False),
        Wanted("shop", "written", frozenset({"a", "c"}), False),
    ]


def test_the_targets_of_autoscalers() -> None:
    scaler = one("HorizontalPodAutoscaler", "api", spec={"scaleTargetRef": {"kind": "Deployment", "name": "api"}})
    assert _declared.autoscaled(Objects([scaler])) == {("Deployment", "shop", "api")}

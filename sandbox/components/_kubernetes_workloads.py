# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs in the cluster: the rendered manifests of the checkout, and what a cluster has of its own.

Imported by ``kubernetes``, whose ``apply`` and ``get`` it is given.
"""

from __future__ import annotations

import base64
import copy
import datetime as dt
import json
import re
import subprocess
import typing as t
from pathlib import Path

import yaml

from sandbox import _go
from sandbox._errors import SandboxError
from sandbox._processes import environment
from sandbox._sandbox import Sandbox
from sandbox.components import repository

Object = dict[str, t.Any]
NAMESPACE = "cryptofunk"
BASE = "deployments/k8s/base"
_CLUSTER = "kube-system"
_OWN_KINDS = {
    "externalsecrets": ("external-secrets.io", "v1", "ExternalSecret"),
    "schedules": ("velero.io", "v1", "Schedule"),
    "backups": ("velero.io", "v1", "Backup"),
}
_CLASS = "standard"


def rendered(sandbox: Sandbox) -> list[Object]:
    """Return the objects that kustomize makes of the checkout."""
    folder = repository.folder(sandbox) / BASE
    words: list[str | Path] = [_go.built("kustomize"), "build", folder]
    done = subprocess.run(words, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"kustomize: {done.stderr.strip()[-600:]}")
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def earlier(objects: t.Iterable[Object]) -> list[Object]:
    """Return the *objects* as the release before had them: the application's images of that version, and no job."""
    text = json.dumps([one for one in objects if one["kind"] != "Job"])
    made: list[Object] = json.loads(
        re.sub(rf'("image": "[^"]*/cryptofunk/[^"]*):{repository.RELEASE}"', rf'\1:{repository.DEPLOYED}"', text)
    )
    for one in made:  # what others made has a release before, too: nothing but the template's note of it differs
        if one["kind"] == "Deployment":
            one["spec"]["template"]["metadata"].setdefault("annotations", {})["cryptofunk.example.com/release"] = (
                repository.DEPLOYED
            )
    return made


def own_kinds() -> list[Object]:
    """Return the kinds that operators of their own bring: copied secrets and backups of volumes."""
    return [
        {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.{group}"},
            "spec": {
                "group": group,
                "scope": "Namespaced",
                "names": {"plural": plural, "singular": kind.lower(), "kind": kind},
                "versions": [
                    {
                        "name": version,
                        "served": True,
                        "storage": True,
                        "schema": {
                            "openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                        },
                    }
                ],
            },
        }
        for plural, (group, version, kind) in _OWN_KINDS.items()
    ]


def volumes(objects: t.Iterable[Object]) -> list[Object]:
    """Return a class of storage, and a volume for each claim of *objects*."""
    found: list[Object] = [
        {
            "apiVersion": "storage.k8s.io/v1",
            "kind": "StorageClass",
            "metadata": {"name": _CLASS},
            "provisioner": "sandbox.example.com/none",
        }
    ]
    return found + [volume(claim) for claim in claims(objects)]


def claims(objects: t.Iterable[Object]) -> t.Iterator[Object]:
    """Return the claims of volumes in *objects*, and those that their stateful sets will make."""
    for one in objects:
        if one["kind"] == "PersistentVolumeClaim":
            yield one
        elif one["kind"] == "StatefulSet":
            for template in one["spec"].get("volumeClaimTemplates", []):
                for number in range(one["spec"]["replicas"]):
                    name = f"{template['metadata']['name']}-{one['metadata']['name']}-{number}"
                    yield {**template, "metadata": {"name": name}}


def volume(claim: Object) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": f"{NAMESPACE}-{claim['metadata']['name']}"},
        "spec": {
            "capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
            "accessModes": claim["spec"]["accessModes"],
            "storageClassName": claim["spec"].get("storageClassName", _CLASS),
            "persistentVolumeReclaimPolicy": "Retain",
            "claimRef": {"namespace": NAMESPACE, "name": claim["metadata"]["name"]},
            "hostPath": {"path": f"/nonexistent/{claim['metadata']['name']}"},
        },
    }


def secrets(sandbox: Sandbox, objects: t.Iterable[Object]) -> list[Object]:
    """Return the secrets that an operator copies out of the secret store, and those that are put there by hand."""
    made = [_secret("postgres-ca", {"postgres-ca.crt": sandbox.authority.path.read_text(encoding="ascii")})]
    for name in ("cryptofunk-tls", "postgres-tls", "redis-tls"):
        pair = sandbox.authority.issue(sandbox.home("kubernetes"), name=name)
        files = {"tls.crt": pair.certificate, "tls.key": pair.key, "ca.crt": sandbox.authority.path}
        values = {key: file.read_text(encoding="ascii") for key, file in files.items()}
        made.append(_secret(name, values, kind="kubernetes.io/tls"))
    login = base64.b64encode(f"readiness_probe:{sandbox.secret('registry')}".encode()).decode()
    config = {"auths": {"registry.example.com": {"auth": login}}}
    made.append(
        _secret(
            "registry-credentials", {".dockerconfigjson": json.dumps(config)}, kind="kubernetes.io/dockerconfigjson"
        )
    )
    for one in objects:
        if one["kind"] == "ExternalSecret":
            keys = [entry["secretKey"] for entry in one["spec"]["data"]]
            name = one["spec"]["target"]["name"]
            made.append(_secret(name, {key: sandbox.secret(f"kubernetes_{key.lower()}") for key in keys}))
    return made


def _secret(name: str, values: dict[str, str], kind: str = "Opaque") -> Object:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "type": kind,
        "stringData": values,
    }


def system(is_hardened: bool) -> list[Object]:
    """Return what runs beside the application: names, and where the profile has them nodes on demand and backups of volumes."""
    made = [_workload("coredns", {"k8s-app": "kube-dns"}, 2)]
    if is_hardened:
        made.append(_workload("cluster-autoscaler", {"app.kubernetes.io/name": "cluster-autoscaler"}, 1))
        status = yaml.safe_dump(
            {
                "autoscalerStatus": "Running",
                "clusterWide": {"health": {"status": "Healthy"}, "scaleUp": {"status": "NoActivity"}},
                "nodeGroups": [{"name": "trading", "health": {"status": "Healthy", "minSize": 3, "maxSize": 6}}],
            }
        )
        name = {"name": "cluster-autoscaler-status", "namespace": _CLUSTER}
        made.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": name, "data": {"status": status}})
        made += backups(dt.datetime.now(dt.timezone.utc))
    return made


def backups(now: dt.datetime, age: dt.timedelta = dt.timedelta(hours=6), phase: str = "Completed") -> list[Object]:
    """Return a schedule of backups of the namespace, and its last one, *age* old."""
    done = (now - age).strftime("%Y-%m-%dT%H:%M:%SZ")
    what = {"includedNamespaces": [NAMESPACE], "snapshotVolumes": True, "ttl": "720h0m0s"}
    schedule = {"schedule": "0 3 * * *", "paused": False, "template": what}
    name = {"namespace": "velero", "labels": {"velero.io/schedule-name": "daily"}}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "velero"}},
        {
            "apiVersion": "velero.io/v1",
            "kind": "Schedule",
            "metadata": {"name": "daily", "namespace": "velero"},
            "spec": schedule,
            "status": {"phase": "Enabled", "lastBackup": done},
        },
        {
            "apiVersion": "velero.io/v1",
            "kind": "Backup",
            "metadata": {"name": "daily-last", **name},
            "spec": what,
            "status": {
                "phase": phase,
                "startTimestamp": done,
                "completionTimestamp": done,
                "volumeSnapshotsAttempted": 5,
                "volumeSnapshotsCompleted": 5,
                "errors": 0,
                "warnings": 0,
            },
        },
    ]


def in_sync(objects: t.Iterable[Object]) -> list[Object]:
    """Return *objects* with what an operator writes on a copied secret: that it was copied."""
    made = copy.deepcopy(list(objects))
    for one in made:
        if one["kind"] == "ExternalSecret":
            one["status"] = {"conditions": [{"type": "Ready", "status": "True", "reason": "SecretSynced"}]}
    return made


def _workload(name: str, labels: dict[str, str], replicas: int) -> Object:
    container = {"name": name, "image": f"registry.k8s.io/{name}:v1.12.1"}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": _CLUSTER, "labels": labels},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
        },
    }

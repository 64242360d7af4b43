# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What kwok plays: nodes that are ready, pods that run at once, jobs that complete, and usage that is read off them.

The rules ("stages") are those of kwok's own module, kept in the caller's cache. Annotations of a pod make it one that is never
ready, that crashes again and again, or whose job fails, and a label makes a node one that is lost.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import typing as t
from pathlib import Path

import yaml

from sandbox import _go
from sandbox._cache import made_once
from sandbox._errors import SandboxError
from sandbox._files import write_bytes

HANGS = "sandbox.example.com/hangs"
CRASHES = "sandbox.example.com/crashes"
FAILS = "sandbox.example.com/fails"
LOST = "sandbox.example.com/lost"
_MODULE = "sigs.k8s.io/kwok"
_FILES = (
    "stage/node/fast/node-initialize.yaml",
    "stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
    "stage/pod/fast/pod-ready.yaml",
    "stage/pod/fast/pod-complete.yaml",
    "stage/pod/fast/pod-delete.yaml",
    "metrics/resource/metrics-resource.yaml",
    "metrics/usage/usage-from-annotation.yaml",
)
_UNLESS = {
    "node-initialize": f"labels['{LOST}']",
    "pod-ready": f"annotations['{HANGS}']",
    "pod-complete": f"annotations['{FAILS}']",
}
_CRASHING = """
{{ $now := Now }}
containerStatuses:
{{ range $index, $item := .spec.containers }}
{{ $origin := index $.status.containerStatuses $index }}
- image: {{ $item.image | Quote }}
  name: {{ $item.name | Quote }}
  ready: false
  started: false
  restartCount: {{ add1 $origin.restartCount }}
  state:
    waiting: {reason: CrashLoopBackOff, message: back-off restarting failed container}
  lastState:
    terminated: {exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}
{{ end }}
conditions:
- {type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }}}
- {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }}}
- {type: ContainersReady, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }}}
phase: Running
"""
_FAILED = """
{{ $now := Now }}
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated: {exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}
{{ end }}
phase: Failed
"""


def write_stages(file: Path) -> Path:
    """Write all that kwok plays to *file*."""
    stages = [stage for name in _FILES for stage in yaml.safe_load_all((_folder() / name).read_text(encoding="utf-8"))]
    for stage in stages:
        unless = _UNLESS.get(stage["metadata"]["name"])
        if unless:
            stage["spec"]["selector"]["matchExpressions"].append(_expression(unless, "DoesNotExist"))
    stages.append(_stage("pod-crashes", CRASHES, _CRASHING, 1000))
    stages.append(_stage("pod-fails", FAILS, _FAILED, 0))
    return write_bytes(file, yaml.safe_dump_all(stages).encode())


def nodes(is_hardened: bool) -> list[dict[str, t.Any]]:
    """Return three nodes in a pool that scales itself, or one that does not."""
    pool = {"cloud.google.com/gke-nodepool": "trading"}
    return [
        node(f"node-{number}", {**pool, "topology.kubernetes.io/zone": f"zone-{number}"} if is_hardened else {})
        for number in ((1, 2, 3) if is_hardened else (1,))
    ]


def node(name: str, labels: dict[str, str], pods: int = 110) -> dict[str, t.Any]:
    size = {"cpu": "32", "memory": "128Gi", "pods": str(pods)}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "labels": {
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
                "kubernetes.io/arch": "amd64",
                **labels,
            },
            "annotations": {
                "kwok.x-k8s.io/node": "fake",
                "metrics.k8s.io/resource-metrics-path": f"/metrics/nodes/{name}/metrics/resource",
            },
        },
        "status": {
            "allocatable": size,
            "capacity": size,
            "nodeInfo": dict.fromkeys(("architecture", "bootID", "containerRuntimeVersion", "kernelVersion"), "")
            | dict.fromkeys(("kubeProxyVersion", "machineID", "operatingSystem", "osImage", "systemUUID"), "")
            | {"kubeletVersion": "v1.36.3"},
        },
    }


def metrics_service(port: int) -> list[dict[str, t.Any]]:
    """Return what makes the API hand requests for metrics to the metrics server on this machine."""
    place = {"name": "metrics-server", "namespace": "kube-system"}
    return [
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": place,
            "spec": {"type": "ExternalName", "externalName": "localhost", "ports": [{"port": port}]},
        },
        {
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": {"name": "v1beta1.metrics.k8s.io"},
            "spec": {
                "group": "metrics.k8s.io",
                "version": "v1beta1",
                "service": {**place, "port": port},
                "insecureSkipTLSVerify": True,
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
            },
        },
    ]


def _expression(key: str, operator: str, values: t.Sequence[str] = ()) -> dict[str, t.Any]:
    query = f".metadata.{key}".replace("'", '"')
    return {"key": query, "operator": operator, **({"values": list(values)} if values else {})}


def _stage(name: str, annotation: str, template: str, delay: int) -> dict[str, t.Any]:
    """Return a stage for running pods with the *annotation*, done again and again every *delay* milliseconds."""
    expressions = [
        _expression(f"annotations['{annotation}']", "Exists"),
        _expression("deletionTimestamp", "DoesNotExist"),
        {"key": ".status.phase", "operator": "In", "values": ["Running"]},
    ]
    return {
        "apiVersion": "kwok.x-k8s.io/v1alpha1",
        "kind": "Stage",
        "metadata": {"name": name},
        "spec": {
            "resourceRef": {"apiGroup": "v1", "kind": "Pod"},
            "selector": {"matchExpressions": expressions},
            "delay": {"durationMilliseconds": delay},
            "next": {"statusTemplate": template.strip() + "\n"},
        },
    }


def _folder() -> Path:
    """Return the folder with kwok's own files, copied once out of its module, which a clean of Go's cache removes."""
    return made_once(f"kwok-files-{_version()}", _copy)


def _version() -> str:
    text = (_go.MODULES / "kwok" / "go.mod").read_text(encoding="utf-8")
    return text.partition(f"{_MODULE} ")[2].split()[0]


def _copy(fresh: Path) -> None:
    folder = _go.MODULES / "kwok"
    go = _go.toolchain("1.26")
    words: list[str | Path] = [go, "mod", "download", "-json", f"{_MODULE}@{_version()}"]
    env = {**os.environ, "GOWORK": "off", "GOFLAGS": "-mod=mod"}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout) if done.returncode == 0 else {}
    if not found.get("Dir"):
        raise SandboxError(f"Cannot get the module {_MODULE}: {done.stderr.strip()[-600:]}")
    for word in ("stage", "metrics"):
        shutil.copytree(Path(found["Dir"]) / "kustomize" / word, fresh / word, copy_function=shutil.copyfile)
    for folder in fresh.rglob("*/"):
        folder.chmod(0o755)  # Go's cache is read-only

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure what a look at a big cluster costs: time and memory of kubernetes_info at growing numbers of Deployments and pods.

The cluster is the sandbox's own, whose nodes are simulated and whose control plane is real; it is stopped afterwards. Each look is a
process of its own, as Ansible makes one, with the rights of docs/grants in the measured namespace.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import typing as t

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import kubernetes as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox
from sandbox._waiting import wait_until
from sandbox.components import _kubernetes_simulation as simulation
from sandbox.components import kubernetes

NAMESPACE = "big"
STEPS = (5, 125, 250, 500)  # Deployments
REPLICAS = 6
MOST_MIB = 300
ASPECTS = ["nodes", "workloads", "network", "scaling", "volumes", "access"]
ROUNDS = 3


class Cost(t.NamedTuple):
    """What one look took: *seconds* of wall time, the peak of resident memory, and how many subjects it told."""

    seconds: float
    mib: float
    subjects: int


def main() -> int:
    sandbox = open_sandbox(Profile.HARDENED)
    lifecycle.up(sandbox, [kubernetes.NAME], lambda name, what: print(f"{name:14} {what}", flush=True))
    try:
        costs = _measure(sandbox)
    finally:
        kubernetes.stop(sandbox)
    most = max(cost.mib for cost in costs)
    print(f"the most memory that a look takes: {most:.0f} MiB, of {MOST_MIB} MiB that it may take")
    return 1 if most >= MOST_MIB else 0


def _measure(sandbox: Sandbox) -> list[Cost]:
    _prepare(sandbox)
    print(f"{'deployments':>11} {'pods':>6} {'seconds':>8} {'MiB':>6} {'ms a pod':>9}")
    costs = []
    for before, count in zip((0, *STEPS), STEPS):
        _grow(sandbox, before, count)
        cost = min(_look(sandbox) for dummy in range(ROUNDS))
        more_pods = (count - STEPS[0]) * REPLICAS
        more = f"{(cost.seconds - costs[0].seconds) / more_pods * 1000:9.2f}" if costs else ""
        print(f"{count:11} {count * REPLICAS:6} {cost.seconds:8.2f} {cost.mib:6.0f} {more}", flush=True)
        costs.append(cost)
    return costs


def _prepare(sandbox: Sandbox) -> None:
    """Make room for the pods, and let the probe look at them."""
    kubernetes.apply(sandbox, [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}])
    for number in range(4):
        kubernetes.kubectl(
            sandbox, "create", "--filename=-", stdin=json.dumps(simulation.node(f"big-{number}", {}, pods=1000))
        )
    grants = kubernetes.GRANTS.read_text(encoding="utf-8")
    kubernetes.kubectl(
        sandbox, "apply", "--filename=-", stdin=grants.replace("namespace: cryptofunk", f"namespace: {NAMESPACE}")
    )


def _grow(sandbox: Sandbox, before: int, count: int) -> None:
    """Have *count* Deployments, each with a service, and wait until all of their pods are ready."""
    objects = [one for number in range(before, count) for one in _service(f"agent-{number}")]
    kubernetes.kubectl(sandbox, "create", "--filename=-", stdin=yaml.safe_dump_all(objects))
    wait_until(lambda: _ready(sandbox) == count, f"{count} Deployments", within=900, every=2)


def _ready(sandbox: Sandbox) -> int:
    words = ("--output=jsonpath={.items[*].status.readyReplicas}", f"--namespace={NAMESPACE}")
    said = kubernetes.kubectl(sandbox, "get", "deployments", *words).split()
    return said.count(str(REPLICAS))


def _service(name: str) -> list[dict[str, t.Any]]:
    labels = {"app.kubernetes.io/name": name}
    check = {"httpGet": {"path": "/health", "port": "http"}}
    container = {
        "name": "agent",
        "image": "registry.example.com/cryptofunk/agent:v1.0.0",
        "ports": [{"name": "http", "containerPort": 8080}],
        "resources": {
            "requests": {"cpu": "10m", "memory": "16Mi"},
            "limits": {"cpu": "100m", "memory": "64Mi"},
        },
        "livenessProbe": {**check, "periodSeconds": 20},
        "readinessProbe": check,
        "env": [{"name": f"SETTING_{number}", "value": "x" * 40} for number in range(20)],
    }
    metadata = {"name": name, "namespace": NAMESPACE, "labels": labels}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [container]}}
    return [
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": metadata,
            "spec": {"replicas": REPLICAS, "selector": {"matchLabels": labels}, "template": template},
        },
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata,
            "spec": {"selector": labels, "ports": [{"name": "http", "port": 80, "targetPort": "http"}]},
        },
    ]


def _look(sandbox: Sandbox) -> Cost:
    config = str(sandbox.home(kubernetes.NAME) / "probe.conf")
    command = [sys.executable, "-m", "tests.bench_cluster", config]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise SystemExit(f"the look failed: {done.stderr.strip()[-1000:]}")
    return Cost(*json.loads(done.stdout))


def look(config: str) -> None:
    """Look as the module does, and print what it took."""
    asked = {"kubeconfig": config, "context": kubernetes.PROBE, "namespaces": [NAMESPACE], "aspects": ASPECTS}
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**asked, "timeout": 120.0})
    began = time.monotonic()
    result = run_probe("kubernetes_info", probe.observe, checked.validated_parameters)
    seconds = time.monotonic() - began
    lost = [one for one in result["observation"] if one["error"] or one["unseen"]]
    if lost:
        raise SystemExit(f"{len(lost)} subjects were not seen, such as {lost[0]['subject']}: {lost[0]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, len(result["observation"])]))


if __name__ == "__main__":
    sys.exit(look(sys.argv[1]) if sys.argv[1:] else main())

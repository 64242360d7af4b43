# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Kubernetes cluster: a real control plane, and nodes that kwok simulates, so that no container runs.

etcd, the API server, the controllers and the scheduler are one program, built of Kubernetes' own modules. It is a fresh cluster at
each start. hardened: the manifests of the checkout are deployed in two releases, on three nodes, with a metrics server.
as_shipped: CryptoFunk's own manifests, deployed once, on one node, and no metrics server.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import typing as t
from pathlib import Path

import yaml

from sandbox import _go
from sandbox._certificates import Authority, Wanted
from sandbox._errors import SandboxError
from sandbox._files import write_bytes
from sandbox._processes import environment
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._waiting import answers as is_open
from sandbox._waiting import wait_until
from sandbox.components import _kubernetes_flags as flags
from sandbox.components import _kubernetes_simulation as simulation
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import repository

NAME = flags.NAME
NEEDS = (repository.NAME,)
PROFILES = BOTH
PORTS = flags.PORTS
ON_REQUEST = True
VERSION = "v1.36.3"
NAMESPACE = workloads.NAMESPACE
PROBE = "readiness-probe"  # the service account of docs/grants/kubernetes.yaml, and its namespace
_PARTS = ("etcd", "apiserver", "controllers", "scheduler", "kwok", "metrics_server")
_STAMPED = "k8s.io/component-base/version"
_HERE = Path(__file__).resolve().parent
GRANTS = _HERE.parents[1] / "docs" / "grants" / "kubernetes.yaml"


def start(sandbox: Sandbox) -> None:
    shutil.rmtree(sandbox.home(NAME))
    home = sandbox.home(NAME)
    _make_certificates(home)
    _run(sandbox, "etcd", program(), "etcd", *flags.etcd(sandbox))
    _run(sandbox, "apiserver", program(), "apiserver", *flags.apiserver(sandbox))
    _write_kubeconfig(sandbox, "admin", {"client-certificate": f"{home}/admin.crt", "client-key": f"{home}/admin.key"})
    sandbox.processes.wait(process("apiserver"), lambda: answers(sandbox))
    run_controllers(sandbox)
    _run(sandbox, "scheduler", program(), "scheduler", *flags.scheduler(sandbox))
    run_nodes(sandbox)
    for node in simulation.nodes(sandbox.hardened):
        kubectl(sandbox, "create", "--filename=-", stdin=json.dumps(node))
    if sandbox.hardened:
        run_metrics(sandbox)
    _deploy(sandbox)
    _let_probe_in(sandbox)
    if sandbox.hardened:
        wait_until(lambda: is_measured(sandbox), "The first measurement of usage", every=1)


def _deploy(sandbox: Sandbox) -> None:
    """Bring the namespace up as the profile has it: hardened a second time, on top of the release before."""
    objects = workloads.rendered(sandbox)
    apply(sandbox, [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}])
    apply(sandbox, workloads.volumes(objects))
    if sandbox.hardened:
        kinds = workloads.own_kinds()
        apply(sandbox, kinds)
        names = [f"crd/{kind['metadata']['name']}" for kind in kinds]
        kubectl(sandbox, "wait", "--for=condition=Established", "--timeout=20s", *names)
        apply(sandbox, workloads.secrets(sandbox, objects))
        apply(sandbox, workloads.earlier(objects))
        wait_until(lambda: _replica_sets(sandbox), "The release before", every=0.3)
    apply(sandbox, workloads.system(sandbox.hardened))
    deploy(sandbox)


def deploy(sandbox: Sandbox) -> None:
    """Apply what the checkout renders, and wait until it runs."""
    apply(sandbox, workloads.in_sync(workloads.rendered(sandbox)))
    wait_until(lambda: is_rolled_out(sandbox), "The rollout of the release", within=90, every=0.5)


def is_rolled_out(sandbox: Sandbox, *names: str) -> bool:
    """Tell whether each workload, or each of *names*, has as many pods that are new and ready as it wants, and no other ones."""
    for one in get(sandbox, "deployments,statefulsets")["items"]:
        if names and one["metadata"]["name"] not in names:
            continue
        status, wanted = one.get("status", {}), one["spec"]["replicas"]
        counts = [status.get(word, 0) for word in ("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")]
        if status.get("observedGeneration") != one["metadata"]["generation"] or counts != [wanted] * len(counts):
            return False
    return True


def is_measured(sandbox: Sandbox) -> bool:
    """Tell whether the autoscalers know the usage of what they scale."""
    return all("averageUtilization" in str(one["status"]) for one in get(sandbox, "horizontalpodautoscalers")["items"])


def _replica_sets(sandbox: Sandbox) -> bool:
    """Tell whether each Deployment has its first replica set, which the next release will keep as the one before."""
    owned = {one["metadata"]["ownerReferences"][0]["name"] for one in get(sandbox, "replicasets")["items"]}
    return owned == {one["metadata"]["name"] for one in get(sandbox, "deployments")["items"]}


def stop(sandbox: Sandbox) -> None:
    for part in reversed(_PARTS):
        sandbox.processes.stop(process(part), within=5)


def is_up(sandbox: Sandbox) -> bool:
    """Tell whether all parts live and the API answers; the metrics server is a part of its own, which may be away."""
    parts = [part for part in _PARTS if part != "metrics_server"]
    return all(sandbox.processes.alive(process(part)) for part in parts) and answers(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    return {
        "readiness_kubernetes": {
            "kubeconfig": str(sandbox.home(NAME) / "probe.conf"),
            "context": PROBE,
            "namespace": NAMESPACE,
        }
    }


def process(part: str) -> str:
    return f"{NAME}_{part}"


def program() -> Path:
    """Return the program that holds the control plane and kubectl."""
    major, minor = VERSION.lstrip("v").split(".")[:2]
    return _go.built(
        NAME, {f"{_STAMPED}.gitVersion": VERSION, f"{_STAMPED}.gitMajor": major, f"{_STAMPED}.gitMinor": minor}
    )


def run_controllers(sandbox: Sandbox) -> None:
    _run(sandbox, "controllers", program(), "controllers", *flags.controllers(sandbox))


def run_nodes(sandbox: Sandbox) -> None:
    """Start what plays the nodes."""
    file = simulation.write_stages(sandbox.home(NAME) / "kwok.yaml")
    _run(sandbox, "kwok", _go.built("kwok"), *flags.kwok(sandbox, file))


def run_metrics(sandbox: Sandbox) -> None:
    """Start the metrics server and make it known to the API."""
    port = sandbox.port(PORTS["metrics"])
    _run(sandbox, "metrics_server", _go.built("metrics-server"), *flags.metrics(sandbox))
    sandbox.processes.wait(process("metrics_server"), lambda: is_open(INTERNAL, port))
    apply(sandbox, simulation.metrics_service(port))


def kubectl(sandbox: Sandbox, *words: str, stdin: str = "", check: bool = True, user: str = "admin") -> str:
    """Run kubectl as the administrator, or as another user with a kubeconfig, and return what it printed."""
    config = sandbox.home(NAME) / f"{user}.conf"
    done = subprocess.run(
        [program(), "kubectl", f"--kubeconfig={config}", *words],
        input=stdin,
        env=environment({"HOME": str(sandbox.home(NAME))}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if check and done.returncode != 0:
        raise SandboxError(f"kubectl {' '.join(words[:3])}: {done.stderr.strip()[-600:]}")
    return done.stdout if done.returncode == 0 else done.stdout + done.stderr


def get(sandbox: Sandbox, *words: str) -> t.Any:
    """Return what ``kubectl get`` says of the namespace, as data."""
    return json.loads(kubectl(sandbox, "get", f"--namespace={NAMESPACE}", "--output=json", *words))


def apply(sandbox: Sandbox, objects: t.Iterable[dict[str, t.Any]]) -> None:
    """Make the cluster have the *objects* as they are."""
    text = yaml.safe_dump_all(objects, sort_keys=False)
    kubectl(sandbox, "apply", "--server-side", "--force-conflicts", "--filename=-", stdin=text)


def answers(sandbox: Sandbox) -> bool:
    if not (sandbox.home(NAME) / "admin.conf").exists():
        return False
    return kubectl(sandbox, "get", "--raw=/readyz", "--request-timeout=3s", check=False).strip() == "ok"


def _run(sandbox: Sandbox, part: str, *command: str | Path) -> None:
    sandbox.processes.start(process(part), command, env={"HOME": str(sandbox.home(NAME))})


def _make_certificates(home: Path) -> None:
    """Make an authority of the cluster's own, as whoever it vouches for is a user of the cluster."""
    (home / "ca").mkdir()
    authority = Authority(home / "ca")
    authority.issue(home, name="server")
    authority.issue(home, Wanted(hosts=("admin",), organization="system:masters"), name="admin")
    authority.issue(home, Wanted(hosts=("service-accounts",)), name="accounts")


def _write_kubeconfig(sandbox: Sandbox, name: str, user: dict[str, str]) -> None:
    cluster = {
        "server": f"https://{INTERNAL}:{sandbox.port(PORTS['api'])}",
        "certificate-authority": str(sandbox.home(NAME) / "ca" / "ca.crt"),
    }
    context = {"cluster": "sandbox", "user": name, "namespace": NAMESPACE}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "sandbox", "cluster": cluster}],
        "users": [{"name": name, "user": user}],
        "contexts": [{"name": name, "context": context}],
        "current-context": name,
    }
    file = {"admin": "admin", PROBE: "probe"}[name]
    write_bytes(sandbox.home(NAME) / f"{file}.conf", yaml.safe_dump(config).encode())


def grant(sandbox: Sandbox) -> None:
    """Give the service account of the probe what the grants say."""
    kubectl(sandbox, "apply", f"--filename={GRANTS}")


def _let_probe_in(sandbox: Sandbox) -> None:
    """Give the probe the rights of docs/grants and no other, and a token to come in."""
    grant(sandbox)
    token = kubectl(sandbox, "create", "token", PROBE, f"--namespace={PROBE}", "--duration=24h")
    _write_kubeconfig(sandbox, PROBE, {"token": token.strip()})

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a Kubernetes cluster, and what runs in it, can be wrong.

Each hurts parts of the cluster of its own, so that many are done and seen together: a look at the cluster takes its time.
"""

from __future__ import annotations

import datetime as dt
import typing as t

import yaml

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import _kubernetes_simulation as simulation
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import kubernetes, repository
from sandbox.sabotages import _cluster as cluster

_STATUS = "cluster-autoscaler-status"
_RBAC = "rbac.authorization.k8s.io"


def _of(
    name: str, items: tuple[str, ...], part: str, says: str, do: Act, undo: Act, seen_through: tuple[str, ...] = ()
) -> Sabotage:
    return Sabotage(name, kubernetes.NAME, items, says, do, undo, parts=(part,), seen_through=seen_through)


def _autoscaler_says(health: str) -> Act:
    status = yaml.safe_dump({"autoscalerStatus": "Running", "clusterWide": {"health": {"status": health}}})
    place = {"name": _STATUS, "namespace": "kube-system"}
    return cluster.added({"apiVersion": "v1", "kind": "ConfigMap", "metadata": place, "data": {"status": status}})


def _autoscaler_back(sandbox: Sandbox) -> None:
    kubernetes.apply(sandbox, workloads.system(is_hardened=True))


def _measured(sandbox: Sandbox) -> None:
    wait_until(lambda: kubernetes.is_measured(sandbox), "The usage of what is scaled", every=0.5)


def _autoscaler_of_pods(sandbox: Sandbox) -> None:
    cluster.as_declared(("HorizontalPodAutoscaler", "api"))(sandbox)
    _measured(sandbox)


def _neglected(sandbox: Sandbox) -> None:
    """Roll out containers without limits and without probes."""
    place = "/spec/template/spec/containers/0"
    change = [{"op": "remove", "path": f"{place}/{key}"} for key in ("resources", "livenessProbe", "readinessProbe")]
    cluster.patch(sandbox, "deployment", "risk-agent", change, way="json")
    cluster.rolled_out(sandbox, "risk-agent")


def _copied(hours: float, phase: str) -> Act:
    """Let the last backup of the volumes be so old, and have ended so."""

    def act(sandbox: Sandbox) -> None:
        now = dt.datetime.now(dt.timezone.utc)
        kubernetes.apply(sandbox, workloads.backups(now, dt.timedelta(hours=hours), phase))

    return act


def _claim_without_volume(sandbox: Sandbox) -> None:
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": "nowhere",
        "resources": {"requests": {"storage": "1Gi"}},
    }
    kubernetes.apply(sandbox, [_object("v1", "PersistentVolumeClaim", "left-alone", spec=spec)])


def _object(version: str, kind: str, name: str, **rest: t.Any) -> dict[str, t.Any]:
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": kubernetes.NAMESPACE},
        **rest,
    }


def _policy(name: str, selector: dict[str, t.Any]) -> dict[str, t.Any]:
    spec = {"podSelector": {"matchLabels": selector}, "policyTypes": ["Ingress"]}
    return _object("networking.k8s.io/v1", "NetworkPolicy", name, spec=spec)


def _wrong_port(sandbox: Sandbox) -> None:
    """Let the orchestrator's policy open a port on which nothing listens."""
    change = [{"op": "replace", "path": "/spec/ingress/0/ports/0/port", "value": 18080}]
    cluster.patch(sandbox, "networkpolicy", "orchestrator-allow", change, way="json")


def _binding(role: str, kind: str = "ClusterRole") -> dict[str, t.Any]:
    account = {"kind": "ServiceAccount", "name": "default", "namespace": kubernetes.NAMESPACE}
    role_ref = {"apiGroup": _RBAC, "kind": kind, "name": role}
    return _object(f"{_RBAC}/v1", "RoleBinding", f"everyone-{role}", roleRef=role_ref, subjects=[account])


_EXEC = _object(
    f"{_RBAC}/v1", "Role", "debug", rules=[{"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]}]
)

SABOTAGES = [
    _of(
        "kubernetes_node_cordoned",
        ("4.1.1",),
        "nodes",
        "One of three nodes takes no pods",
        cluster.done("cordon", "node-3"),
        cluster.done("uncordon", "node-3"),
    ),
    _of(
        "kubernetes_nodes_do_not_grow",
        ("4.1.2",),
        "node autoscaler",
        "What adds nodes says that it is not well",
        _autoscaler_says("Unhealthy"),
        _autoscaler_back,
    ),
    _of(
        "kubernetes_autoscaler_deleted",
        ("4.1.3",),
        "autoscalers",
        "The autoscaler of the API was deleted",
        cluster.deleted("horizontalpodautoscaler", "api"),
        _autoscaler_of_pods,
    ),
    _of(
        "kubernetes_workload_neglected",
        ("4.1.4", "5.5.2", "5.5.3"),
        "deployment risk-agent",
        "A container has neither limits nor probes",
        _neglected,
        cluster.as_released("risk-agent"),
    ),
    _of(
        "kubernetes_claim_unbound",
        ("4.1.5",),
        "claims",
        "A claim has no volume",
        _claim_without_volume,
        cluster.deleted("pvc", "left-alone"),
    ),
    _of(
        "kubernetes_backup_old",
        ("4.1.6",),
        "backups",
        "The last backup of the volumes is two days old",
        _copied(50, "Completed"),
        _copied(6, "Completed"),
    ),
    _of(
        "kubernetes_backup_partial",
        ("4.1.6",),
        "backups",
        "The last backup of the volumes is not complete",
        _copied(6, "PartiallyFailed"),
        _copied(6, "Completed"),
    ),
    _of(
        "kubernetes_policy_selects_nothing",
        ("4.1.7",),
        "policies",
        "A policy is for pods that there are not",
        cluster.added(_policy("agents-old", {"app": "agent"})),
        cluster.deleted("networkpolicy", "agents-old"),
    ),
    _of(
        "kubernetes_policy_wrong_port",
        ("4.1.7",),
        "policies",
        "A policy opens a port on which nothing listens",
        _wrong_port,
        cluster.as_declared(("NetworkPolicy", "orchestrator-allow")),
    ),
    _of(
        "kubernetes_nothing_denied",
        ("4.1.7",),
        "policies",
        "No policy denies what no other allows",
        cluster.deleted("networkpolicy", "default-deny-all"),
        cluster.as_declared(("NetworkPolicy", "default-deny-all")),
    ),
    _of(
        "kubernetes_account_almighty",
        ("4.1.8",),
        "rights",
        "The account of the agents may do everything",
        cluster.added(_binding("cluster-admin")),
        cluster.deleted("rolebinding", "everyone-cluster-admin"),
    ),
    _of(
        "kubernetes_account_runs_commands",
        ("4.1.8",),
        "rights",
        "The account of the agents may run commands in pods",
        cluster.added(_EXEC, _binding("debug", "Role")),
        cluster.deleted("role/debug", "rolebinding/everyone-debug"),
    ),
    _of(
        "kubernetes_rollout_hangs",
        ("8.1.1", "7.3.6", "7.3.7"),
        "rollouts",
        "A rollout never gets ready",
        cluster.annotated("orchestrator", simulation.HANGS, cluster.hangs("orchestrator")),
        cluster.as_released("orchestrator"),
        (repository.NAME,),
    ),
    _of(
        "kubernetes_crash_loop",
        ("8.1.3", "7.3.7"),
        "rollouts",
        "A pod crashes again and again",
        cluster.annotated("trend-agent", simulation.CRASHES, cluster.has_crashed("trend-agent")),
        cluster.as_released("trend-agent"),
        (repository.NAME,),
    ),
]

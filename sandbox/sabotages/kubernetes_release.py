# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a Kubernetes cluster can be other than the release that the checkout has, or know no way back to the release before."""

from __future__ import annotations

import typing as t

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import _kubernetes_simulation as simulation
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import kubernetes, repository
from sandbox.sabotages import _cluster as cluster

_OWN = "registry.example.com/cryptofunk"
_JOB = ("Job", "migrate")


def _of(
    name: str, items: tuple[str, ...], part: str, says: str, do: Act, undo: Act, through: tuple[str, ...] = ()
) -> Sabotage:
    """Return a sabotage of a part of the cluster, which is seen by the manifests of the repository."""
    seen_through = (repository.NAME, *through)
    return Sabotage(name, kubernetes.NAME, items, says, do, undo, parts=(part,), seen_through=seen_through)


def _declared(sandbox: Sandbox, kind: str, name: str) -> dict[str, t.Any]:
    objects = workloads.rendered(sandbox)
    return next(one for one in objects if (one["kind"], one["metadata"]["name"]) == (kind, name))


def _secrets_back(sandbox: Sandbox) -> None:
    kubernetes.apply(sandbox, workloads.secrets(sandbox, workloads.rendered(sandbox)))


def _job(change: t.Callable[[dict[str, t.Any]], None], ends: str) -> Act:
    """Run the job anew, with a change to it, and wait until it has ended so."""

    def act(sandbox: Sandbox) -> None:
        one = _declared(sandbox, *_JOB)
        change(one["spec"])
        cluster.run(sandbox, "delete", "job", one["metadata"]["name"], "--ignore-not-found")
        kubernetes.apply(sandbox, [one])
        wait_until(lambda: ends in _conditions(sandbox), f"The end of the job, {ends}", every=0.3)

    return act


def _conditions(sandbox: Sandbox) -> set[str]:
    status = kubernetes.get(sandbox, "job", _JOB[1]).get("status", {})
    return {one["type"] for one in status.get("conditions", []) if one["status"] == "True"}


def _fails(job: dict[str, t.Any]) -> None:
    job["backoffLimit"] = 0
    job["template"]["metadata"].setdefault("annotations", {})[simulation.FAILS] = "true"
    job["template"]["spec"]["restartPolicy"] = "Never"


def _is_of_before(job: dict[str, t.Any]) -> None:
    job["template"]["spec"]["containers"][0]["image"] = f"{_OWN}/migrate:{repository.DEPLOYED}"


def _as_it_is(job: dict[str, t.Any]) -> None:
    """Change nothing."""


def _set(name: str, *words: str) -> Act:
    """Change a Deployment by ``kubectl set``, and wait until that is rolled out."""

    def act(sandbox: Sandbox) -> None:
        cluster.run(sandbox, "set", words[0], f"deployment/{name}", *words[1:])
        cluster.rolled_out(sandbox, name)

    return act


def _forget(sandbox: Sandbox) -> None:
    """Let the cluster keep no revision but the newest."""
    cluster.patch(sandbox, "deployment", "orderbook-agent", {"spec": {"revisionHistoryLimit": 0}})
    wait_until(lambda: len(_revisions(sandbox, "orderbook-agent")) == 1, "The end of revisions", every=0.3)


def _remember(sandbox: Sandbox) -> None:
    """Deploy the release before and the release once more."""
    name = "orderbook-agent"
    limit = _declared(sandbox, "Deployment", name)["spec"].get("revisionHistoryLimit", 10)
    cluster.patch(sandbox, "deployment", name, {"spec": {"revisionHistoryLimit": limit}})
    _set(name, "image", f"{name}={_OWN}/{name}:{repository.DEPLOYED}")(sandbox)
    cluster.as_released(name)(sandbox)


def _revisions(sandbox: Sandbox, name: str) -> list[str]:
    sets = kubernetes.get(sandbox, "replicasets", f"--selector=app.kubernetes.io/name={name}")["items"]
    return [one["metadata"]["name"] for one in sets]


def _forbidding() -> list[dict[str, t.Any]]:
    """Return a rule by which the cluster takes no Deployment of the version before."""
    name, version = {"name": "no-old-versions"}, "admissionregistration.k8s.io/v1"
    rule = {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"], "resources": ["deployments"]}
    old = f"object.spec.template.spec.containers.exists(one, one.image.endsWith(':{repository.DEPLOYED}'))"
    return [
        {
            "apiVersion": version,
            "kind": "ValidatingAdmissionPolicy",
            "metadata": name,
            "spec": {"matchConstraints": {"resourceRules": [rule]}, "validations": [{"expression": f"!{old}"}]},
        },
        {
            "apiVersion": version,
            "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": name,
            "spec": {"policyName": name["name"], "validationActions": ["Deny"]},
        },
    ]


def _forbid(sandbox: Sandbox) -> None:
    kubernetes.apply(sandbox, _forbidding())
    wait_until(lambda: _is_forbidden(sandbox), "The rule", every=0.3)


def _permit(sandbox: Sandbox) -> None:
    for kind in ("validatingadmissionpolicybinding", "validatingadmissionpolicy"):
        kubernetes.kubectl(sandbox, "delete", kind, "no-old-versions", "--ignore-not-found")
    wait_until(lambda: not _is_forbidden(sandbox), "The end of the rule", every=0.3)


def _is_forbidden(sandbox: Sandbox) -> bool:
    words = ("set", "image", "deployment/api", f"api={_OWN}/api:{repository.DEPLOYED}", "--dry-run=server")
    said = kubernetes.kubectl(sandbox, *words, f"--namespace={kubernetes.NAMESPACE}", check=False)
    return "no-old-versions" in said


_ROLLBACKS = ("registry", "docker")

SABOTAGES = [
    _of(
        "kubernetes_config_changed",
        ("7.3.1",),
        "configs",
        "A ConfigMap was changed by hand",
        cluster.changed("configmap", "cryptofunk-config", {"data": {"LOG_LEVEL": "debug"}}),
        cluster.as_declared(("ConfigMap", "cryptofunk-config")),
    ),
    _of(
        "kubernetes_config_deleted",
        ("7.3.1",),
        "configs",
        "A ConfigMap is not there",
        cluster.deleted("configmap", "vault-config"),
        cluster.as_declared(("ConfigMap", "vault-config")),
    ),
    _of(
        "kubernetes_secret_lacks_key",
        ("7.3.2",),
        "secrets",
        "A Secret lacks a key that pods read",
        cluster.changed("secret", "cryptofunk-secrets", [{"op": "remove", "path": "/data/POSTGRES_PASSWORD"}], "json"),
        _secrets_back,
    ),
    _of(
        "kubernetes_secret_placeholder",
        ("7.3.2",),
        "secrets",
        "A Secret has a placeholder for a value",
        cluster.changed("secret", "cryptofunk-secrets", {"stringData": {"POSTGRES_PASSWORD": "changeme"}}),
        _secrets_back,
    ),
    _of(
        "kubernetes_service_changed",
        ("7.3.3",),
        "services",
        "A service was led to other pods by hand",
        cluster.changed("service", "redis-service", {"spec": {"selector": {"app.kubernetes.io/name": "redis-old"}}}),
        cluster.as_declared(("Service", "redis-service")),
    ),
    _of(
        "kubernetes_infrastructure_hangs",
        ("7.3.4",),
        "deployment redis",
        "A rollout of Redis never gets ready",
        cluster.annotated("redis", simulation.HANGS, cluster.hangs("redis")),
        cluster.as_released("redis"),
    ),
    _of(
        "kubernetes_migration_failed",
        ("7.3.5",),
        "job",
        "The job of the migrations failed",
        _job(_fails, "Failed"),
        _job(_as_it_is, "Complete"),
        ("postgres",),
    ),
    _of(
        "kubernetes_migration_of_before",
        ("7.3.5",),
        "job",
        "The job of the migrations ran the image of the release before",
        _job(_is_of_before, "Complete"),
        _job(_as_it_is, "Complete"),
        ("postgres",),
    ),
    _of(
        "kubernetes_image_of_before",
        ("7.3.6",),
        "deployment reversion-agent",
        "A service runs the image of the release before",
        _set("reversion-agent", "image", f"reversion-agent={_OWN}/reversion-agent:{repository.DEPLOYED}"),
        cluster.as_released("reversion-agent"),
    ),
    _of(
        "kubernetes_variable_set",
        ("7.3.6",),
        "deployment sentiment-agent",
        "A variable of a service was set by hand",
        _set("sentiment-agent", "env", "LOG_LEVEL=debug"),
        cluster.as_released("sentiment-agent"),
    ),
    _of(
        "kubernetes_revisions_pruned",
        ("9.2",),
        "deployment orderbook-agent",
        "The cluster keeps no revision of the release before",
        _forget,
        _remember,
        _ROLLBACKS,
    ),
    _of(
        "kubernetes_way_back_forbidden",
        ("9.2",),
        "admission",
        "A rule of the cluster forbids the version before",
        _forbid,
        _permit,
        _ROLLBACKS,
    ),
]

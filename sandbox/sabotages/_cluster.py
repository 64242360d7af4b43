# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What somebody with kubectl does to a cluster."""

from __future__ import annotations

import json
import typing as t

from sandbox._contract import Act
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import _kubernetes_workloads as workloads
from sandbox.components import kubernetes

_NAMESPACE = f"--namespace={kubernetes.NAMESPACE}"


def done(*words: str, namespace: str = kubernetes.NAMESPACE) -> Act:
    """Return the act of running kubectl with these words."""
    return lambda sandbox: run(sandbox, *words, namespace=namespace)


def run(sandbox: Sandbox, *words: str, namespace: str = kubernetes.NAMESPACE) -> None:
    kubernetes.kubectl(sandbox, *words, f"--namespace={namespace}")


def deleted(*words: str) -> Act:
    return done("delete", *words, "--ignore-not-found")


def patch(sandbox: Sandbox, kind: str, name: str, change: t.Any, way: str = "merge") -> None:
    run(sandbox, "patch", kind, name, f"--type={way}", f"--patch={json.dumps(change)}")


def changed(kind: str, name: str, change: t.Any, way: str = "merge") -> Act:
    return lambda sandbox: patch(sandbox, kind, name, change, way)


def added(*objects: dict[str, t.Any]) -> Act:
    """Apply objects that the checkout does not have."""
    return lambda sandbox: kubernetes.apply(sandbox, objects)


def as_declared(*places: tuple[str, str]) -> Act:
    """Replace the objects of these kinds and names by what the checkout renders."""

    def act(sandbox: Sandbox) -> None:
        for one in workloads.rendered(sandbox):
            if (one["kind"], one["metadata"]["name"]) in places:
                kubernetes.kubectl(sandbox, "replace", "--force", "--filename=-", stdin=json.dumps(one))

    return act


def rolled_out(sandbox: Sandbox, name: str) -> None:
    wait_until(lambda: kubernetes.is_rolled_out(sandbox, name), f"The rollout of {name}", every=0.3)


def annotated(name: str, annotation: str, is_seen: t.Callable[[Sandbox], bool]) -> Act:
    """Roll out a release of a Deployment whose pods kwok treats as the annotation says, and wait until that is to be seen."""

    def act(sandbox: Sandbox) -> None:
        patch(sandbox, "deployment", name, {"spec": {"template": {"metadata": {"annotations": {annotation: "true"}}}}})
        wait_until(lambda: is_seen(sandbox), f"What {annotation} does", every=0.3)

    return act


def as_released(name: str) -> Act:
    """Let a Deployment have what the release has, as ``kubectl rollout undo`` does."""

    def act(sandbox: Sandbox) -> None:
        one = next(
            one for one in workloads.rendered(sandbox) if (one["kind"], one["metadata"]["name"]) == ("Deployment", name)
        )
        template = one["spec"]["template"]
        change = [{"op": "replace", "path": "/spec/template", "value": template}]
        patch(sandbox, "deployment", name, change, way="json")
        rolled_out(sandbox, name)

    return act


def pods_of(sandbox: Sandbox, name: str) -> list[dict[str, t.Any]]:
    found: list[dict[str, t.Any]] = kubernetes.get(sandbox, "pods", f"--selector=app.kubernetes.io/name={name}")[
        "items"
    ]
    return found


def hangs(name: str) -> t.Callable[[Sandbox], bool]:
    """Return what tells whether a new pod of a Deployment runs and is not ready."""

    def is_so(sandbox: Sandbox) -> bool:
        status = kubernetes.get(sandbox, "deployment", name)["status"]
        return bool(status.get("unavailableReplicas")) and status.get("updatedReplicas", 0) >= 1

    return is_so


def has_crashed(name: str) -> t.Callable[[Sandbox], bool]:
    """Return what tells whether a container of a Deployment was started again more than once."""

    def is_so(sandbox: Sandbox) -> bool:
        statuses = [each for pod in pods_of(sandbox, name) for each in pod["status"].get("containerStatuses", [])]
        return any(each["restartCount"] > 1 for each in statuses)

    return is_so

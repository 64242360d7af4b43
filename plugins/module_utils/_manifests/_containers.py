# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the manifests say of each container: image, resources, probes, rights. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._environment import Environment
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    number,
    text,
    texts,
)

SOFTWARE = {
    "postgresql": r"postgres(?:ql)?|timescaledb(?:-ha)?|pgvector|spilo-\d+|postgis",
    "redis": r"redis(?:-stack(?:-server)?)?|valkey|keydb",
    "nats": r"nats(?:-server)?",
    "prometheus": r"prometheus",
    "alertmanager": r"alertmanager",
    "grafana": r"grafana(?:-oss|-enterprise)?",
    "vault": r"vault|openbao",
}

_RESOURCES = [(kind, name) for kind in ("requests", "limits") for name in ("cpu", "memory")]
_HANDLERS = ("httpGet", "tcpSocket", "exec", "grpc")


@dataclass(frozen=True)
class Names:
    """How images are recognised: software by its repository, registries by their host."""

    software: dict[str, str]  # name → regular expression for the last part of the repository
    placeholder_registries: list[str]
    open_registries: list[str]  # that need no pull secret

    @classmethod
    def of_options(cls, options: dict[str, t.Any]) -> Names:
        """Return what is known, with what the options of ``of_images()`` add."""
        known = {**SOFTWARE, **options["software"]}
        return cls(known, options["placeholder_registries"], options["open_registries"])

    def of(self, image: _image.Image) -> str | None:
        return next((name for name, form in self.software.items() if re.fullmatch(form, image.base)), None)


def container(one: Container, env: Environment, depends: bool, objects: Objects, names: Names) -> dict[str, t.Any]:
    image = _image.parse(text(one.data, "image"))
    runs_on = not one.workload.ends and (not one.init or text(one.data, "restartPolicy") == "Always")
    return {
        "name": one.name,
        "at": [one.place("name")],
        "init": one.init,
        "runs_on": runs_on,
        "software": names.of(image) or "",
        **_image_facts(one, image, objects, names),
        "missing_resources": _missing_resources(one),
        "resources_at": [one.place("resources")],
        **_probe_facts(one, depends),
        **_rights(one),
        "host_ports": [
            port for port in (number(port, "hostPort") for dummy, port in mappings(one.data, "ports")) if port
        ],
        "late_variables": [f"{name} refers to {other}" for name, other in env.late.items()],
        "late_at": [env.places[name] for name in env.late],
    }


def _image_facts(one: Container, image: _image.Image, objects: Objects, names: Names) -> dict[str, t.Any]:
    is_open = not image.registry or _image.is_of_registry(image, names.open_registries)
    return {
        "image": text(one.data, "image"),
        "image_at": [one.place("image")],
        "tag": image.tag,
        "latest": image.is_latest,
        "floating": image.is_floating,
        "by_digest": bool(image.digest),
        "placeholder_registry": _image.is_of_registry(image, names.placeholder_registries),
        "needs_pull_secret": not is_open,
        "has_pull_secret": bool(_pull_secrets(one, objects)),
    }


def _pull_secrets(one: Container, objects: Objects) -> list[t.Any]:
    """Return the secrets with which the image is pulled: those of the pod and of its service account."""
    workload = one.workload
    account = objects.find("ServiceAccount", workload.namespace, text(workload.pod, "serviceAccountName") or "default")
    own = mappings(workload.pod, "imagePullSecrets")
    return own + (mappings(account.data, "imagePullSecrets") if account else [])


def _missing_resources(one: Container) -> list[str]:
    resources = mapping(one.data, "resources")
    missing = []
    for kind, name in _RESOURCES:
        # A limit without a request is the request, too.
        given = get(resources, kind, name) or (kind == "requests" and get(resources, "limits", name))
        if given in (None, "", False, 0, "0"):
            missing.append(f"{kind}.{name}")
    return missing


def _probe_facts(one: Container, depends: bool) -> dict[str, t.Any]:
    probes = {kind: mapping(one.data, f"{kind}Probe") for kind in ("liveness", "readiness")}
    handlers = {kind: _handler(probe, one) for kind, probe in probes.items()}
    declared = {str(part) for port in one.ports for part in port if part}
    wrong = {
        kind: bool(asks and asks[1] and asks[1] not in declared and (one.ports or not asks[1].isdigit()))
        for kind, asks in handlers.items()
    }
    same = handlers["liveness"] is not None and handlers["liveness"] == handlers["readiness"]
    return {
        "liveness": handlers["liveness"] is not None,
        "readiness": handlers["readiness"] is not None,
        "depends": depends,
        "same_probes": same,
        "wrong_liveness_port": wrong["liveness"],
        "wrong_readiness_port": wrong["readiness"],
        "liveness_at": [one.place("livenessProbe")],
        "readiness_at": [one.place("readinessProbe")],
    }


def _handler(probe: dict[str, t.Any], one: Container) -> tuple[str, str, str] | None:
    """Return how a probe asks, on which port, and for what; None when it does not ask at all."""
    kind = next((kind for kind in _HANDLERS if mapping(probe, kind)), None)
    if kind is None:
        return None
    asked = mapping(probe, kind)
    if kind == "exec":
        return (kind, "", " ".join(texts(asked, "command"))) if texts(asked, "command") else None
    named = dict(one.ports)
    port = asked.get("port")
    return (kind, str(named.get(str(port), port)), text(asked, "path") or text(asked, "service"))


def _rights(one: Container) -> dict[str, t.Any]:
    own, pod = mapping(one.data, "securityContext"), mapping(one.workload.pod, "securityContext")
    return {
        "privileged": own.get("privileged") is True,
        "non_root": own.get("runAsNonRoot", pod.get("runAsNonRoot")) is True,
        "no_escalation": own.get("allowPrivilegeEscalation") is False,
        "read_only": own.get("readOnlyRootFilesystem") is True,
        "drops_all": "ALL" in texts(own, "capabilities", "drop"),
        "added_capabilities": texts(own, "capabilities", "add"),
    }

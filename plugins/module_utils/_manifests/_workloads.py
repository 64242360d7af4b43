# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the manifests say of each workload: replicas, storage, rights of its account. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import (
    Container,
    Objects,
    Workload,
    selects,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    number,
    text,
    texts,
)

_LOST_WITH_THE_POD = ("emptyDir", "configMap", "secret", "projected", "downwardAPI")
_STORE_FLAG = re.compile(r"(?:^|\s)(?:-sd|--store_dir)[=\s]+(\S+)")
_STORE_SETTING = re.compile(r"""store_dir["']?\s*[:=]\s*["']?([^\s"'},;]+)""")
_DEFAULT_STORE = "/tmp/nats/jetstream"  # where nats-server keeps streams when nobody tells it


def workload(one: Workload, objects: Objects, names: Names, stateful: t.Collection[str]) -> dict[str, t.Any]:
    software = sorted({found for found in (_software(each, names) for each in one.containers) if found})
    claims = _claims(one)
    missing = [name for name in claims if not objects.find("PersistentVolumeClaim", one.namespace, name)]
    return {
        "name": one.label,
        "kind": one.manifest.kind,
        "at": [one.manifest.place("metadata", "name")],
        "replicas": one.replicas,
        "replicas_at": [one.manifest.place("spec", "replicas")],
        "software": software,
        "stateful": bool(set(software) & set(stateful)),
        "persistent": all(_is_kept(one, each) for each in one.containers if _software(each, names) in stateful),
        "missing_claims": missing,
        "shared_claims": _shared(one, claims, objects),
        "foreign_labels": not selects(mapping(one.manifest.data, "spec", "selector"), one.labels),
        "autoscaled": any(_is_scaled(one, each.data) for each in objects.of_kind("HorizontalPodAutoscaler")),
        "forgets_revisions": number(one.manifest.data, "spec", "revisionHistoryLimit") == 0,
        "removed_after": number(one.manifest.data, "spec", "ttlSecondsAfterFinished"),
        **_account(one, objects),
        **_node(one),
    }


def streams(one: Workload, objects: Objects, names: Names) -> list[dict[str, t.Any]]:
    """Return what each NATS server of a workload does with its streams and its peers."""
    found = []
    for each in one.containers:
        if _software(each, names) != "nats":
            continue
        said = " ".join([*texts(each.data, "command"), *texts(each.data, "args")])
        settings = _settings(each, objects)
        has_streams = bool(re.search(r"(?:^|\s)(?:-js|--jetstream)(?:\s|$)", said) or "jetstream" in settings)
        store = _STORE_FLAG.search(said) or _STORE_SETTING.search(settings)
        path = store.group(1) if store else _DEFAULT_STORE
        found.append(
            {
                "name": each.name,
                "at": [each.place("args" if "args" in each.data else "command" if "command" in each.data else "name")],
                "jetstream": has_streams,
                "store": path,
                "store_kept": any(_covers(mount, path) for mount in _kept_mounts(one, each)),
                "clustered": bool(
                    re.search(r"(?:^|\s)--?(?:routes|cluster)\b", said) or re.search(r"\broutes\b", settings)
                ),
                "replicas": one.replicas,
                "replicas_at": [one.manifest.place("spec", "replicas")],
            }
        )
    return found


def _software(one: Container, names: Names) -> str | None:
    return names.of(_image.parse(text(one.data, "image")))


def _settings(one: Container, objects: Objects) -> str:
    """Return the texts of the ConfigMaps that the pod mounts: a server's configuration file is among them."""
    found = []
    for dummy, volume in mappings(one.workload.pod, "volumes"):
        config = objects.find("ConfigMap", one.workload.namespace, text(volume, "configMap", "name"))
        found += [value for value in mapping(config.data, "data").values() if isinstance(value, str)] if config else []
    return "\n".join(re.sub(r"(?m)^\s*#.*$", "", each) for each in found)


def _templates(one: Workload) -> list[str]:
    return [
        text(each, "metadata", "name") for dummy, each in mappings(one.manifest.data, "spec", "volumeClaimTemplates")
    ]


def _claims(one: Workload) -> list[str]:
    named = [text(volume, "persistentVolumeClaim", "claimName") for dummy, volume in mappings(one.pod, "volumes")]
    return sorted({name for name in named if name})


def _kept_mounts(one: Workload, container: Container) -> list[str]:
    """Return where the container has storage that outlives its pod."""
    lost = {
        text(volume, "name")
        for dummy, volume in mappings(one.pod, "volumes")
        if any(key in volume for key in _LOST_WITH_THE_POD)
    }
    named = {text(volume, "name") for dummy, volume in mappings(one.pod, "volumes")} | set(_templates(one))
    mounts = [each for dummy, each in mappings(container.data, "volumeMounts") if each.get("readOnly") is not True]
    return [text(each, "mountPath") for each in mounts if text(each, "name") in named - lost]


def _is_kept(one: Workload, container: Container) -> bool:
    return bool(_kept_mounts(one, container))


def _covers(mount: str, path: str) -> bool:
    return bool(mount) and f"{path.rstrip('/')}/".startswith(f"{mount.rstrip('/')}/")


def _shared(one: Workload, claims: list[str], objects: Objects) -> list[str]:
    """Return the claims for one writer that all of several replicas write to."""
    if one.replicas < 2:
        return []
    found = [(name, objects.find("PersistentVolumeClaim", one.namespace, name)) for name in claims]
    return [
        name
        for name, claim in found
        if claim and not {"ReadWriteMany", "ReadOnlyMany"} & set(texts(claim.data, "spec", "accessModes"))
    ]


def _is_scaled(one: Workload, autoscaler: dict[str, t.Any]) -> bool:
    target = mapping(autoscaler, "spec", "scaleTargetRef")
    return (text(target, "kind"), text(target, "name")) == (one.manifest.kind, one.name)


def _account(one: Workload, objects: Objects) -> dict[str, t.Any]:
    """Return whose token the pods carry. An account that is named is taken to need it; "default" is nobody's choice."""
    name = text(one.pod, "serviceAccountName") or text(one.pod, "serviceAccount") or "default"
    account = objects.find("ServiceAccount", one.namespace, name)
    own = one.pod.get("automountServiceAccountToken")
    of_account = account.data.get("automountServiceAccountToken") if account else None
    carries = (own if isinstance(own, bool) else of_account) is not False
    return {
        "service_account": name,
        "carries_token": carries,
        "needless_token": carries and name == "default",
        "pod_at": [one.place()],
    }


def _node(one: Workload) -> dict[str, t.Any]:
    shares = [name for name in ("hostNetwork", "hostPID", "hostIPC") if get(one.pod, name) is True]
    paths = [text(volume, "hostPath", "path") for dummy, volume in mappings(one.pod, "volumes")]
    return {"shares_with_node": shares + [f"the folder {path}" for path in paths if path]}

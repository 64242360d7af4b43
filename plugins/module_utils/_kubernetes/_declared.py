# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a release has in the cluster when all of it is applied: the objects of its manifests, each with its part in it.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._secrets import needed_in, referred
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._workloads import pull_secrets
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import CLUSTER_WIDE, Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

CONFIG, INFRASTRUCTURE, APPLICATION, JOB, OTHER = "config", "infrastructure", "application", "job", "object"


@dataclass(frozen=True)
class Declared:
    """An object of the manifests. *part* says what it is to the release; *workload* is what makes pods of it, if that does."""

    manifest: Manifest
    part: str
    workload: Workload | None = None

    @property
    def images(self) -> list[str]:
        return images_of(self.workload) if self.workload else []


@dataclass(frozen=True)
class Wanted:
    """A Secret that has to be there, with the keys that somebody reads or that the manifests say it has."""

    namespace: str
    name: str
    keys: frozenset[str]
    pulls: bool


def manifests(folder: Folder, options: dict[str, t.Any], deadline: Deadline) -> list[Manifest]:
    """Return the objects of the checkout's folders as ``kubectl apply`` gets them; raise LookError where these are not known."""
    found: list[Manifest] = []
    for path in options["folders"]:
        written = _release.read(folder, path.rstrip("/"), options["max_bytes"])
        if written.is_kustomization:
            made = _release.rendered(folder, path.rstrip("/"), written, options["program"], deadline)
            if made.error:
                raise made.error
            found += made.manifests
        elif written.errors:
            file, error = written.errors[0]
            raise LookError(error.reason, f"{file}: {error.message}")
        else:
            found += written.manifests
    return [_placed(one, options["namespace"]) for one in found]


def _placed(one: Manifest, namespace: str) -> Manifest:
    """Return the object with the namespace that it is applied to."""
    if one.namespace or one.kind in CLUSTER_WIDE:
        return one
    metadata = {**mapping(one.data, "metadata"), "namespace": namespace}
    return Manifest({**one.data, "metadata": metadata}, one.file, one.lines, one.base, one.twin)


def declared(objects: Objects, own_images: str) -> list[Declared]:
    """Return the objects with their parts; Secrets are left to ``secrets``. *own_images* finds what the release builds itself."""
    try:
        own = re.compile(own_images)
    except re.error as exc:
        raise LookError(Reason.NOT_CONFIGURED, "own_images is no regular expression") from exc
    workloads = {id(one.manifest): one for one in objects.workloads}
    return [
        Declared(one, _part(one, workloads.get(id(one)), own), workloads.get(id(one)))
        for one in objects.all
        if one.kind != "Secret"
    ]


def _part(one: Manifest, workload: Workload | None, own: re.Pattern[str]) -> str:
    if one.kind == "ConfigMap":
        return CONFIG
    if one.kind == "Job":
        return JOB
    if workload:
        return APPLICATION if any(own.search(image) for image in images_of(workload)) else INFRASTRUCTURE
    return INFRASTRUCTURE if one.kind == "PersistentVolumeClaim" else OTHER


def images_of(workload: Workload) -> list[str]:
    return [text(one.data, "image") for one in workload.containers]


def autoscaled(objects: Objects) -> set[tuple[str, str, str]]:
    """Return kind, namespace and name of each workload whose number of pods is an autoscaler's to tell."""
    targets = [
        (one.namespace, mapping(one.data, "spec", "scaleTargetRef"))
        for one in objects.of_kind("HorizontalPodAutoscaler")
    ]
    return {(text(one, "kind"), namespace, text(one, "name")) for namespace, one in targets}


def secrets(objects: Objects) -> list[Wanted]:
    """Return the Secrets that the manifests make, let an operator make, or refer to."""
    keys: dict[tuple[str, str], set[str]] = {}
    for one in objects.all:
        for name, held in _made(one).items():
            keys.setdefault((one.namespace, name), set()).update(held)
    pulls = set()
    for workload in objects.workloads:
        pulls |= {(workload.namespace, name) for name in pull_secrets(workload, objects)}
        for name in referred(workload):
            keys.setdefault((workload.namespace, name), set())
    for place in {one.namespace for one in objects.workloads}:
        for name, key in needed_in(place, objects):
            keys.setdefault((place, name), set()).add(key)
    return [
        Wanted(*place, frozenset(keys.get(place, ())), place in pulls) for place in sorted({*keys, *pulls}) if place[1]
    ]


def _made(one: Manifest) -> dict[str, set[str]]:
    """Return the keys of each Secret that comes of an object."""
    if one.kind == "Secret":
        return {one.name: {*mapping(one.data, "data"), *mapping(one.data, "stringData")}}
    if one.kind == "SealedSecret":
        return {
            text(one.data, "spec", "template", "metadata", "name") or one.name: {
                *mapping(one.data, "spec", "encryptedData")
            }
        }
    if one.kind == "ExternalSecret":
        listed = {text(each, "secretKey") for dummy, each in mappings(one.data, "spec", "data")}
        return {text(one.data, "spec", "target", "name") or one.name: listed - {""}}
    if one.kind == "Ingress":
        return {text(each, "secretName"): {"tls.crt", "tls.key"} for dummy, each in mappings(one.data, "spec", "tls")}
    return {}

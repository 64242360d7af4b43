# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where Prometheus, Alertmanager and Grafana run, and which files they find there. This is a private part of the collection.

A workload is a service of the compose project or a container of the manifests. Its files are those of the checkout that are mounted
into it, by the path that they have inside. Where neither says how they are run, the files of the checkout stand for themselves.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import Composed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    text,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

PROGRAMS = {
    "prometheus": r"(^|/)prometheus$",
    "alertmanager": r"(^|/)alertmanager$",
    "grafana": r"(^|/)grafana(-oss|-enterprise)?$",
}
_RENDERS = re.compile(r"\b(?:envsubst|gomplate|sed|consul-template|confd|jsonnet)\b")
_SUFFIXES = (".yml", ".yaml", ".json")
_MOST_FILES = 300


@dataclass(frozen=True)
class Missing:
    """A mount of which the checkout does not have the source."""

    source: str
    path: str
    at: str


@dataclass
class Workload:
    """One of the three programs, and what it finds."""

    name: str
    program: str
    at: str
    args: list[str] = field(default_factory=list)
    files: dict[str, Text] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    platform: str = "files"
    namespace: str = ""
    renders: bool = False  # whether something may write its configuration before it starts

    def argument(self, flag: str, default: str) -> str:
        """Return the value of a flag, written as --flag=value or as two words."""
        for number, word in enumerate(self.args):
            name, sign, value = word.lstrip("-").partition("=")
            if word.startswith("-") and name == flag:
                return value if sign else self.args[number + 1] if number + 1 < len(self.args) else default
        return default

    def below(self, folder: str) -> list[tuple[str, Text]]:
        base = folder.rstrip("/") + "/"
        return sorted((path, one) for path, one in self.files.items() if path.startswith(base))

    def matching(self, pattern: str) -> list[tuple[str, Text]]:
        """Return the files that a pattern of paths matches; a star stays within one name."""
        parts = posixpath.normpath(pattern).split("/")
        return sorted((path, one) for path, one in self.files.items() if _matches(path.split("/"), parts))


def _matches(names: list[str], patterns: list[str]) -> bool:
    return len(names) == len(patterns) and all(map(fnmatch.fnmatchcase, names, patterns))


def program_of(image: str) -> str:
    repository = re.sub(r"@.*$", "", image)
    repository = re.sub(r":[^/]*$", "", repository)
    return next((name for name, pattern in PROGRAMS.items() if re.search(pattern, repository)), "")


def of_compose(composed: Composed, folder: Folder, most: int) -> list[Workload]:
    """Return the workloads among the services of a compose project."""
    found = []
    for service in composed.services.values():
        reference = service.reference()
        program = program_of(reference.repository if reference else "")
        if program:
            made = Workload(f"{service.name} in compose", program, service.at[0], platform="compose")
            made.args = [str(word.value) for word in service.command()]
            made.renders = bool(_RENDERS.search(" ".join(made.args)))
            _mount_of_service(made, service, folder, most)
            found.append(made)
    return found


def _mount_of_service(made: Workload, service: Service, folder: Folder, most: int) -> None:
    for mount in service.mounts():
        kind, source, target = (mount.get(key) for key in ("type", "source", "target"))
        if not (kind and kind.value == "bind" and source and target):
            continue
        path, inside = posixpath.normpath(str(source.value)), posixpath.normpath(str(target.value))
        if path.startswith(("/", "..", "~")) or "$" in path:
            continue
        if not folder.holds(path):
            made.missing.append(Missing(path, inside, mount.at))
        elif folder.is_folder(path):
            for name in folder.matches(f"{path}/**/*")[:_MOST_FILES]:
                if name.endswith(_SUFFIXES):
                    made.files[posixpath.join(inside, posixpath.relpath(name, path))] = Text(
                        folder.read(name, most), name
                    )
        else:
            made.files[inside] = Text(folder.read(path, most), path)


def of_manifests(objects: Objects) -> list[Workload]:
    """Return the workloads among the containers of the manifests."""
    found = []
    for workload in objects.workloads:
        for container in workload.containers:
            program = "" if container.init else program_of(text(container.data, "image"))
            if program:
                made = Workload(container.name, program, container.place("image"), platform="kubernetes")
                made.namespace = workload.namespace
                made.args = [*texts(container.data, "command"), *texts(container.data, "args")]
                others = [
                    text for one in workload.containers for key in ("command", "args") for text in texts(one.data, key)
                ]
                made.renders = bool(_RENDERS.search(" ".join(others)))
                _mount_of_container(made, container, objects)
                found.append(made)
    return found


def _mount_of_container(made: Workload, container: Container, objects: Objects) -> None:
    volumes = {text(one, "name"): one for dummy, one in mappings(container.workload.pod, "volumes")}
    for number, mount in mappings(container.data, "volumeMounts"):
        inside, sub = posixpath.normpath(text(mount, "mountPath")), text(mount, "subPath")
        for part in _config_maps(volumes.get(text(mount, "name"), {})):
            own = objects.find("ConfigMap", made.namespace, text(part, "name"))
            if own is None:
                if not part.get("optional"):
                    made.missing.append(
                        Missing(f"ConfigMap {text(part, 'name')}", inside, container.place("volumeMounts", number))
                    )
                continue
            for key, content in mapping(own.data, "data").items():
                path = _path_of(key, part)
                if path is None or (sub and path != sub):
                    continue
                file, dummy, line = own.place("data", key).rpartition(":")
                full = inside if sub else posixpath.normpath(posixpath.join(inside, path))
                made.files[full] = Text(str(content).encode(), file, int(line), key)


def _config_maps(volume: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    """Return the ConfigMaps that a volume is made of."""
    own = [mapping(volume, "configMap")] if volume.get("configMap") else []
    return own + [
        mapping(one, "configMap") for dummy, one in mappings(volume, "projected", "sources") if one.get("configMap")
    ]


def _path_of(key: str, part: dict[str, t.Any]) -> str | None:
    """Return the path that a key of a ConfigMap gets; None when it is not among those that are mounted."""
    chosen = mappings(part, "items")
    if not chosen:
        return key
    return next((text(one, "path") for dummy, one in chosen if text(one, "key") == key), None)

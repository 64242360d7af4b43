# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole compose project: its services, and what keeps it from starting. This is a private part of the collection."""

from __future__ import annotations

import fnmatch
import posixpath
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._files import files_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._load import Loader, Project
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service, add_build
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder, read_file
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import dotenv

_MOST_SERVICES = 500
_LARGEST = 262_144  # bytes of a Dockerfile


@dataclass
class Composed:
    """The services of a project that its profiles let run, and those that they do not."""

    project: Project
    services: dict[str, Service]
    inactive: list[str]
    absent: list[Node]  # paths that the checkout does not hold


def compose(folder: Folder, options: dict[str, t.Any], deadline: Deadline) -> Composed:
    """Read the project that *options* name."""
    files = options["files"] or files_of(folder, options["max_bytes"], options["expected"])
    loader = Loader(folder, _variables(options), options["max_bytes"], deadline)
    project = loader.load(files)
    declared = project.model.get("services")
    if not declared or not declared.entries():
        raise LookError(Reason.MALFORMED, f"{', '.join(files)} declares no service")
    if len(declared.entries()) > _MOST_SERVICES:
        raise LookError(Reason.UNSUPPORTED, f"The project has more than {_MOST_SERVICES} services")
    _need_images(declared.entries(), files)
    active = {name: node for name, node in declared.entries().items() if _is_active(node, options["profiles"])}
    made = Composed(project, {}, sorted(set(declared.entries()) - set(active)), [])
    for name, node in active.items():
        made.services[name] = _service(name, node, project, loader, made.absent)
        add_build(made.services[name], lambda path: folder.read(path, _LARGEST).decode("utf-8", "replace"))
    made.absent += _absent_mounts(made.services.values(), folder)
    return made


def _variables(options: dict[str, t.Any]) -> dict[str, str]:
    """The variables that the caller hands over: the file first, the dictionary wins."""
    own: dict[str, str] = {}
    file = options["environment_file"]
    if file:
        own.update(dotenv(read_file(file, file, options["max_bytes"]), file).data)
    return {**own, **{name: str(value) for name, value in (options["variables"] or {}).items()}}


def _need_images(services: dict[str, Node], files: t.Sequence[str]) -> None:
    if not any(_has_image(node) for node in services.values()):
        raise LookError(
            Reason.MALFORMED,
            f"{', '.join(files)} is no project: no service has an image or a build. It is meant to be laid over another file",
        )


def _has_image(node: Node) -> bool:
    return bool(node.get("image") or node.get("build"))


def _is_active(node: Node, profiles: t.Collection[str]) -> bool:
    own = node.get("profiles")
    names = {str(one.value) for one in own.elements()} if own else set()
    return not names or "*" in profiles or bool(names & set(profiles))


def _service(name: str, node: Node, project: Project, loader: Loader, absent: list[Node]) -> Service:
    service = Service(name, node, [project.first.get(name, node.at)])
    files = node.get("env_file")
    for one in files.elements() if files else ():
        path = one.get("path")
        if not path:
            continue
        try:
            service.environment.update(loader.read_variables(str(path.value)))
        except LookError as exc:
            service.environment_error = exc
            required = one.get("required")
            if exc.reason is Reason.NO_DATA and not (required and required.value is False):
                absent.append(path)
    own = node.get("environment")
    service.environment.update(own.entries() if own else {})
    return service


def _absent_mounts(services: t.Iterable[Service], folder: Folder) -> list[Node]:
    found: dict[str, Node] = {}
    for service in services:
        for mount in service.mounts():
            kind, source = mount.get("type"), mount.get("source")
            path = shown(str(source.value)) if source else ""
            is_own = (
                kind and kind.value == "bind" and path and not path.startswith(("/", "~", "..")) and "${" not in path
            )
            if is_own and source and not folder.holds(path):
                found.setdefault(path, source.with_value(path))
    return list(found.values())


def is_provided(path: str, patterns: t.Sequence[str]) -> bool:
    """Tell whether the host brings *path*, so that the checkout need not hold it."""
    return any(fnmatch.fnmatch(posixpath.normpath(path), pattern) for pattern in patterns)

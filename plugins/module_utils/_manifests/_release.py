# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the manifests of a folder, as they are written and as kustomize renders them.

This is a private part of the collection.
"""

from __future__ import annotations

import posixpath
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _render
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._kustomization import (
    Sources,
    follow,
    kustomization_in,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import (
    CLUSTER_WIDE,
    Manifest,
    objects,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse

_SUFFIXES = ("*.yaml", "*.yml", "*.json")


@dataclass
class Written:
    """The objects of the files, and the files that could not be read."""

    sources: Sources
    manifests: list[Manifest] = field(default_factory=list)
    errors: list[tuple[str, LookError]] = field(default_factory=list)
    is_kustomization: bool = False


@dataclass
class Rendered:
    """What kustomize made of them, or why it made nothing: a *fault* of the files, or an *error* of the look."""

    manifests: list[Manifest] = field(default_factory=list)
    fault: str = ""
    error: LookError | None = None


def read(folder: Folder, path: str, most: int) -> Written:
    """Return what the kustomization in *path* is made of; without one, every manifest below *path*."""
    if not folder.is_folder(path):
        raise LookError(Reason.NO_DATA, f"There is no folder {path} in the checkout")
    kustomization = kustomization_in(folder, path)
    if kustomization:
        written = Written(follow(folder, kustomization, most), is_kustomization=True)
    else:
        written = Written(Sources(f"{path}:1", files=_all_files(folder, path)))
    for file in written.sources.files:
        try:
            written.manifests += [
                one for tree in parse(folder.read(file, most), _as_manifest(file)) for one in objects(tree, file)
            ]
        except LookError as exc:
            written.errors.append((file, exc))
    if written.sources.namespace:
        written.manifests = [_moved(one, written.sources.namespace) for one in written.manifests]
    if not written.manifests and not written.errors:
        raise LookError(Reason.NO_DATA, f"There are no manifests in {path}")
    return written


def _all_files(folder: Folder, path: str) -> list[str]:
    return sorted({name for suffix in _SUFFIXES for name in folder.matches(f"{path}/**/{suffix}")})


def _as_manifest(file: str) -> str:
    """Return the name to parse *file* by: kustomize reads every resource as YAML, whatever its name."""
    return file if file.endswith((".yaml", ".yml", ".json")) else f"{file}.yaml"


def _moved(one: Manifest, namespace: str) -> Manifest:
    """Return the object in the namespace that the kustomization gives to all."""
    if one.kind in CLUSTER_WIDE:
        return one
    data = {**one.data, "metadata": {**mapping(one.data, "metadata"), "namespace": namespace}}
    return Manifest(data, one.file, one.lines, one.base)


def rendered(folder: Folder, path: str, written: Written, program: str | None, deadline: Deadline) -> Rendered:
    sources = written.sources
    if sources.missing:
        return Rendered(
            error=LookError(Reason.NO_DATA, f"{path} cannot be rendered: it refers to files that are not there")
        )
    if sources.refusal:
        return Rendered(error=LookError(Reason.UNSUPPORTED, f"{path} is not rendered: {sources.refusal}"))
    if written.errors:
        return Rendered(
            error=LookError(written.errors[0][1].reason, f"{path} is not rendered: {written.errors[0][1].message}")
        )
    try:
        output = _render.render(_render.command(program), folder.root, path, deadline)
        trees = _yaml.load(output, f"What kustomize made of {path}")
    except _render.Unrendered as exc:
        error = LookError(Reason.MALFORMED, f"kustomize cannot render {path}: {exc}")
        return Rendered(fault=str(exc), error=error)
    except LookError as exc:
        return Rendered(error=exc)
    found = [one for tree in trees for one in objects(tree, posixpath.normpath(sources.at.rpartition(":")[0]))]
    for one in found:
        one.twin = _twin(one, written.manifests)
    return Rendered(found)


def _twin(one: Manifest, raw: t.Sequence[Manifest]) -> Manifest | None:
    """Return the object of a file that *one* was rendered of; rendering may have put something before and behind its name."""
    same = [other for other in raw if (other.kind, other.name) == (one.kind, one.name)]
    if not same:
        same = [other for other in raw if other.kind == one.kind and other.name and other.name in one.name]
    return max(same, key=lambda other: len(other.name)) if same else None

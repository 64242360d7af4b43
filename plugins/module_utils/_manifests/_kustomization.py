# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which files a kustomization is made of, without running anything. This is a private part of the collection.

All that it refers to is followed here first. What leads out of the checkout or onto the network, and what is not there at all
(which kustomize would take for the address of a repository), keeps it from being rendered.
"""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    sequence,
    text,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_GENERATORS = ("configMapGenerator", "secretGenerator")
_PLUGINS = ("generators", "transformers", "validators", "helmCharts", "helmChartInflationGenerator", "helmGlobals")
_DEEPEST = 12
_REMOTE = re.compile(
    r"^[\w+.-]+://|^[\w.-]+@[\w.-]+:|[?&](?:ref|version|timeout|submodules)=|^[\w.-]+\.[a-z]{2,}/.+/|//|\.git(?:$|[/?])"
)


@dataclass
class Reference:
    """A file or folder that a kustomization names."""

    name: str
    at: str


@dataclass
class Sources:
    """What was found by following a kustomization."""

    at: str
    files: list[str] = field(default_factory=list)  # those with objects, each once
    missing: list[Reference] = field(default_factory=list)
    remote: list[Reference] = field(default_factory=list)
    outside: list[Reference] = field(default_factory=list)
    plugins: list[Reference] = field(default_factory=list)
    twice: list[Reference] = field(default_factory=list)
    generated: set[tuple[str, str]] = field(default_factory=set)  # kind and name
    kustomizations: list[str] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)  # the name of an image that is rewritten → where
    namespace: str = ""  # what all objects are put into

    @property
    def refusal(self) -> str:
        """Say why this must not be given to kustomize, or nothing."""
        for found, words in (
            (self.remote, "is not in the checkout but on the network"),
            (self.outside, "leads out of the checkout"),
            (self.plugins, "is a plugin or a Helm chart"),
        ):
            if found:
                return f"{found[0].name} at {found[0].at} {words}"
        return ""


def kustomization_in(folder: Folder, path: str) -> str | None:
    """Return the name of the kustomization in the folder *path*, or None."""
    names = [posixpath.normpath(posixpath.join(path, name)) for name in NAMES]
    found = [name for name in names if folder.matches(_literal(name))]
    if len(found) > 1:
        raise LookError(Reason.MALFORMED, f"{path} has several kustomizations: {', '.join(found)}")
    return found[0] if found else None


def follow(folder: Folder, file: str, most: int) -> Sources:
    """Return the sources of the kustomization *file*."""
    sources = Sources(f"{file}:1")
    _Follower(folder, most, sources).kustomization(file, 0)
    return sources


class _Follower:
    def __init__(self, folder: Folder, most: int, sources: Sources) -> None:
        self._folder = folder
        self._most = most
        self._sources = sources

    def kustomization(self, file: str, depth: int) -> None:
        if depth > _DEEPEST or file in self._sources.kustomizations:
            raise LookError(Reason.MALFORMED, f"{file} is nested in itself, or more than {_DEEPEST} deep")
        self._sources.kustomizations.append(file)
        trees = parse(self._folder.read(file, self._most), file if file.endswith("ml") else f"{file}.yaml")
        tree = next((one for one in trees if one.data is not None), Tree({}))
        here = posixpath.dirname(file)
        for reference in _named(tree, file, ("resources", "bases", "components")):
            self._resource(here, reference, depth)
        for reference in _files(tree, file):
            self._file(here, reference, is_object=False)
        for key in _PLUGINS:
            if get(tree.data, key):
                self._sources.plugins.append(Reference(key, f"{file}:{tree.lines.get((key,), 1)}"))
        for number, one in mappings(tree.data, "images"):
            places = [tree.lines.get(("images", number, key)) for key in ("newTag", "digest", "newName", "name")]
            self._sources.images[str(one.get("name", ""))] = f"{file}:{next(filter(None, places), 1)}"
        if depth == 0:
            self._sources.namespace = text(tree.data, "namespace")
        for key, kind in zip(_GENERATORS, ("ConfigMap", "Secret")):
            for dummy, one in mappings(tree.data, key):
                self._sources.generated.add((kind, str(one.get("name", ""))))

    def _resource(self, here: str, reference: Reference, depth: int) -> None:
        path = self._local(here, reference)
        if path is None:
            return
        if self._folder.is_folder(path):
            inner = kustomization_in(self._folder, path)
            if inner is None:
                self._sources.missing.append(Reference(f"{path}/kustomization.yaml", reference.at))
            elif inner in self._sources.kustomizations:
                self._sources.twice.append(reference)
            else:
                self.kustomization(inner, depth + 1)
            return
        self._file(here, reference, is_object=True)

    def _file(self, here: str, reference: Reference, is_object: bool) -> None:
        path = self._local(here, reference)
        if path is None:
            return
        if not self._folder.matches(_literal(path)):
            self._sources.missing.append(reference)
        elif not is_object:
            self._folder.read(path, self._most)  # too large, or no file: it is not given to kustomize either
        elif path in self._sources.files:
            self._sources.twice.append(reference)
        else:
            self._sources.files.append(path)

    def _local(self, here: str, reference: Reference) -> str | None:
        """Return the path in the checkout that is meant, or None when it is noted as none."""
        path = posixpath.normpath(posixpath.join(here, reference.name))
        try:
            is_there = not posixpath.isabs(reference.name) and self._folder.exists(path)
        except LookError:
            self._sources.outside.append(reference)
            return None
        if posixpath.isabs(reference.name) or path.startswith("../"):
            self._sources.outside.append(reference)
            return None
        if not is_there and _REMOTE.search(reference.name):
            self._sources.remote.append(reference)
            return None
        return path


def _named(tree: Tree, file: str, keys: t.Iterable[str]) -> t.Iterator[Reference]:
    for key in keys:
        for number, one in enumerate(sequence(tree.data, key)):
            if isinstance(one, str) and not (key == "patchesStrategicMerge" and "\n" in one):
                yield Reference(one, f"{file}:{tree.lines.get((key, number), 1)}")


def _files(tree: Tree, file: str) -> t.Iterator[Reference]:
    """Yield the other files that a kustomization reads: patches, and what generators are fed with."""
    yield from _named(tree, file, ("patchesStrategicMerge", "configurations", "crds"))
    for key in ("patches", "patchesJson6902", "replacements"):
        for number, one in mappings(tree.data, key):
            if isinstance(one.get("path"), str):
                yield Reference(one["path"], f"{file}:{tree.lines.get((key, number), 1)}")
    if isinstance(mapping(tree.data, "openapi").get("path"), str):
        yield Reference(tree.data["openapi"]["path"], f"{file}:{tree.lines.get(('openapi',), 1)}")
    for key in _GENERATORS:
        for number, one in mappings(tree.data, key):
            at = f"{file}:{tree.lines.get((key, number), 1)}"
            named = [str(entry).partition("=")[2] or str(entry) for entry in sequence(one, "files")]
            for name in [*named, *map(str, sequence(one, "envs")), *([str(one["env"])] if one.get("env") else [])]:
                yield Reference(name, at)


def _literal(name: str) -> str:
    """Return the pattern that matches the file *name* alone."""
    return re.sub(r"([*?\[])", r"[\1]", name)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a compose project from the files of a checkout. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._forms import canonical, located
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._merge import merge, without_tags
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node, from_tree
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import substitute, without_marks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import dotenv, parse

_DEEPEST = 8
_MOST_FILES = 60
_MERGED = ("services", "networks", "volumes", "secrets", "configs", "models")


@dataclass
class Missing:
    """A variable without a value, and where it is asked for."""

    name: str
    required: bool = False
    at: list[str] = field(default_factory=list)


@dataclass
class Project:
    """A merged project: what all files together say."""

    model: Node
    files: list[str]
    missing: dict[str, Missing]
    first: dict[str, str]  # service -> where it is spoken of first


class Loader:
    """Reads the files of one project, each once, within *deadline*."""

    def __init__(self, folder: Folder, variables: t.Mapping[str, str], most: int, deadline: Deadline) -> None:
        self._folder = folder
        self._table = dict(variables)
        self._most = most
        self._deadline = deadline
        self.missing: dict[str, Missing] = {}
        self.files: list[str] = []
        self.first: dict[str, str] = {}

    def load(self, files: t.Sequence[str]) -> Project:
        """Return the project that *files* make, the first one lowest."""
        home = posixpath.dirname(files[0])
        self._table = {**self._dotenv(posixpath.join(home, ".env"), needed=False), **self._table}
        model = self._stack(files, home, self._table, 0)
        return Project(model, self.files, self.missing, self.first)

    def read_variables(self, name: str) -> dict[str, Node]:
        """Return the variables of an env file with their places."""
        tree = dotenv(self._read(name), name)
        return {key: Node(value, f"{name}:{tree.lines.get((key,), 1)}") for key, value in tree.data.items()}

    def _stack(self, files: t.Sequence[str], home: str, table: t.Mapping[str, str], depth: int) -> Node:
        merged: Node | None = None
        for file in files:
            for document in self._documents(file, home, table, depth):
                merged = merge(merged, document) if merged else without_tags(document)
        if merged is None:
            raise LookError(Reason.NO_DATA, f"{', '.join(files)} says nothing")
        return merged

    def _documents(self, file: str, home: str, table: t.Mapping[str, str], depth: int) -> t.Iterator[Node]:
        for raw in self._parsed(file):
            self._deadline.step()
            whole = self._model(raw, file, home, table)
            for name, service in self._services(whole).entries().items():
                self.first.setdefault(name, service.at)
            services = {name: self._extended(name, whole, file, table, ()) for name in self._services(whole).entries()}
            if services:
                whole = whole.with_value({**whole.value, "services": self._services(whole).with_value(services)})
            yield self._with_included(whole, home, table, depth)

    def _model(self, raw: Node, file: str, home: str, table: t.Mapping[str, str]) -> Node:
        """Return a document with its variables replaced and its services in long form."""
        if not isinstance(raw.value, dict):
            raise LookError(Reason.MALFORMED, f"{file} is no mapping, as a compose file is")
        whole = self._interpolated(raw, table)
        services = self._services(whole)
        if not isinstance(services.value, dict):
            raise LookError(Reason.MALFORMED, f"{services.at}: services is no mapping")
        made = {}
        for name, service in services.value.items():
            if service.value is not None and not isinstance(service.value, dict):
                raise LookError(Reason.MALFORMED, f"{service.at}: the service {name} is no mapping")
            made[name] = canonical(service, home) if service.value is not None else service
        return whole.with_value({**whole.value, "services": services.with_value(made)}) if made else whole

    @staticmethod
    def _services(whole: Node) -> Node:
        return whole.get("services") or Node({}, whole.at)

    def _extended(
        self, name: str, whole: Node, file: str, table: t.Mapping[str, str], seen: tuple[tuple[str, str], ...]
    ) -> Node:
        """Return the service *name* laid over the one that it extends."""
        service = self._services(whole).value[name]
        extends = service.get("extends") if isinstance(service.value, dict) else None
        if not extends:
            return t.cast("Node", service)
        if (file, name) in seen or len(seen) > _DEEPEST:
            raise LookError(Reason.MALFORMED, f"{extends.at}: the service {name} extends itself")
        base, source = extends.get("service"), extends.get("file")
        elsewhere = str(source.value) if source else file
        other = whole
        if source:
            (other, *dummy) = [
                self._model(raw, elsewhere, posixpath.dirname(elsewhere), table) for raw in self._parsed(elsewhere)
            ]
        wanted = str(base.value) if base else name
        if wanted not in self._services(other).entries():
            raise LookError(Reason.MALFORMED, f"{extends.at}: {elsewhere} has no service {wanted}")
        below = self._extended(wanted, other, elsewhere, table, (*seen, (file, name)))
        own = service.with_value({key: one for key, one in service.value.items() if key != "extends"})
        return merge(below, own, ("services", name))

    def _with_included(self, whole: Node, home: str, table: t.Mapping[str, str], depth: int) -> Node:
        includes = whole.get("include")
        if not includes:
            return whole
        if depth > _DEEPEST:
            raise LookError(Reason.MALFORMED, f"{includes.at}: files include each other")
        merged = Node({key: one for key, one in whole.value.items() if key != "include"}, whole.at)
        for one in includes.elements():
            merged = _joined(merged, self._included(one, home, table, depth))
        return merged

    def _included(self, one: Node, home: str, table: t.Mapping[str, str], depth: int) -> Node:
        path = one.get("path") if isinstance(one.value, dict) else one
        if not path:
            raise LookError(Reason.MALFORMED, f"{one.at}: the include has no path")
        nodes = path.elements() or [path]
        files = [str(located(node, home).value) for node in nodes]
        given, env = one.get("project_directory"), one.get("env_file")
        inner = str(located(given, home).value) if given else posixpath.dirname(files[0])
        own: dict[str, str] = {}
        for node in (env.elements() or [env]) if env else ():
            own.update(self._dotenv(str(located(node, home).value), needed=True))
        if not env:
            own = self._dotenv(posixpath.join(inner, ".env"), needed=False)
        return self._stack(files, inner, {**own, **table}, depth + 1)

    def _parsed(self, file: str) -> list[Node]:
        return [from_tree(tree, file) for tree in parse(self._read(file), file) if tree.data is not None]

    def _read(self, name: str) -> bytes:
        self._deadline.step()
        if name not in self.files:
            if len(self.files) >= _MOST_FILES:
                raise LookError(Reason.UNSUPPORTED, f"The project has more than {_MOST_FILES} files")
            self.files.append(name)
        return self._folder.read(name, self._most)

    def _dotenv(self, name: str, needed: bool) -> dict[str, str]:
        name = posixpath.normpath(name)
        if not needed and not self._folder.holds(name):
            return {}
        return {key: str(node.value) for key, node in self.read_variables(name).items()}

    def _interpolated(self, node: Node, table: t.Mapping[str, str]) -> Node:
        if isinstance(node.value, dict):
            return node.with_value({key: self._interpolated(one, table) for key, one in node.value.items()})
        if isinstance(node.value, list):
            return node.with_value([self._interpolated(one, table) for one in node.value])
        if not isinstance(node.value, str):
            return node
        node = node.with_value(without_marks(node.value))
        if "$" not in node.value:
            return node

        def missing(name: str, required: bool) -> None:
            known = self.missing.setdefault(name, Missing(name))
            known.required |= required
            known.at.append(node.at)

        try:
            return node.with_value(substitute(node.value, table, missing))
        except LookError as exc:
            raise LookError(exc.reason, f"{node.at}: {exc.message}") from exc


def _joined(whole: Node, included: Node) -> Node:
    """Return *whole* with the parts of an *included* project, of which none may be declared differently in both."""
    merged = dict(whole.value)
    for part in _MERGED:
        own, other = whole.get(part), included.get(part)
        for key, node in (other.entries() if other else {}).items():
            if own and key in own.entries():
                raise LookError(Reason.MALFORMED, f"{own.entries()[key].at}: {key} is declared at {node.at}, too")
        if other:
            entries = {**other.entries(), **(own.entries() if own else {})}
            merged[part] = (own or other).with_value(entries)
    return whole.with_value(merged)

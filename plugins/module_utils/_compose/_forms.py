# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The short forms of a compose file, made long, so that two files can be merged. Pure. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import RESET, Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._ports import ports
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_REMOTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|git@|github\.com/)|\.git(?:#|$)")
_LONGEST = 5000
_MARKED = ("environment", "command", "entrypoint", "build")  # where each value comes from matters


def canonical(service: Node, folder: str) -> Node:
    """Return *service* in its long form; its paths, relative to *folder*, become relative to the checkout."""
    made = {key: _known(key, node, folder) for key, node in service.entries().items()}
    return service.with_value(made)


def _known(key: str, node: Node, folder: str) -> Node:
    if node.tag == RESET or node.value is None:
        return node
    if key not in _MARKED:
        node = unmarked(node)
    form = _FORMS.get(key)
    return form(node, folder) if form else node


def unmarked(node: Node) -> Node:
    """Return *node* with the marks of its variables taken out of all texts."""
    if isinstance(node.value, dict):
        return node.with_value({key: unmarked(one) for key, one in node.value.items()})
    if isinstance(node.value, list):
        return node.with_value([unmarked(one) for one in node.value])
    return node.with_value(shown(node.value)) if isinstance(node.value, str) else node


def pairs(node: Node, dummy_folder: str = "") -> Node:
    """Return NAME=value texts as a mapping; a name alone has no value."""
    if not isinstance(node.value, list):
        return node
    found: dict[str, Node] = {}
    for one in node.value:
        name, has, value = str(one.value).partition("=")
        found[shown(name)] = Node(value if has else None, one.at)
    return node.with_value(found)


def _texts(node: Node, dummy_folder: str) -> Node:
    elements = node.value if isinstance(node.value, list) else [Node(node.value, node.at)]
    return node.with_value([one if isinstance(one.value, dict) else one.with_value(str(one.value)) for one in elements])


def _named(key: str, more: dict[str, t.Any]) -> t.Callable[[Node, str], Node]:
    """Texts in a list become mappings with the text under *key*."""

    def made(node: Node, dummy_folder: str) -> Node:
        elements = node.value if isinstance(node.value, list) else [Node(node.value, node.at)]
        found = []
        for one in elements:
            own = one.entries() or {key: Node(one.value, one.at)}
            found.append(one.with_value({**{name: Node(value, one.at) for name, value in more.items()}, **own}))
        return node.with_value(found)

    return made


def _keyed(more: dict[str, t.Any] | None) -> t.Callable[[Node, str], Node]:
    """Texts in a list become the keys of a mapping."""

    def made(node: Node, dummy_folder: str) -> Node:
        if not isinstance(node.value, list):
            return node
        default = None if more is None else more
        return node.with_value({str(one.value): _mapping(default, one.at) for one in node.value})

    return made


def _mapping(values: dict[str, t.Any] | None, at: str) -> Node:
    return Node(None if values is None else {key: Node(value, at) for key, value in values.items()}, at)


def _build(node: Node, folder: str) -> Node:
    entries = node.entries() or {"context": node.with_value(node.value)}
    found = {key: one if key == "args" else unmarked(one) for key, one in entries.items()}
    found["context"] = located(found["context"], folder) if "context" in found else Node(folder or ".", node.at)
    if "args" in found and found["args"].value is not None:
        found["args"] = pairs(found["args"])
    return Node(found, node.at, node.tag)


def located(node: Node, folder: str) -> Node:
    """Return the relative path in *node* as one that begins at the checkout."""
    path = str(node.value)
    if path.startswith(("/", "~", "${")) or _REMOTE.search(path):
        return node.with_value(path)
    return node.with_value(posixpath.normpath(posixpath.join(folder, path)))


def _test(node: Node, dummy_folder: str) -> Node:
    test = node.get("test")
    if not test or isinstance(test.value, list):
        return node
    shell = test.with_value([Node("CMD-SHELL", test.at), Node(str(test.value), test.at)])
    return node.with_value({**node.entries(), "test": shell})


def _volumes(node: Node, folder: str) -> Node:
    return node.with_value([_volume(one, folder) for one in node.list_of("volumes")])


def _volume(node: Node, folder: str) -> Node:
    if isinstance(node.value, dict):
        entries = dict(node.value)
        is_bind = "type" in entries and entries["type"].value == "bind"
        if is_bind and "source" in entries:
            entries["source"] = located(entries["source"], folder)
        return node.with_value(entries)
    pieces = re.findall(r"(?:\$\{[^}]*\}|[^:])+", str(node.value)[:_LONGEST])
    if len(str(node.value)) >= _LONGEST or not 1 <= len(pieces) <= 3:
        raise LookError(Reason.MALFORMED, f"{node.at} is no volume")
    source, target = (pieces[0], pieces[1]) if len(pieces) > 1 else ("", pieces[0])
    options = pieces[2].split(",") if len(pieces) == 3 else []
    is_bind = source.startswith((".", "/", "~"))
    words: dict[str, t.Any] = {"type": "bind" if is_bind else "volume", "target": target}
    found = {key: Node(word, node.at) for key, word in words.items()}
    if source:
        found["source"] = located(Node(source, node.at), folder) if is_bind else Node(source, node.at)
    if "ro" in options:
        found["read_only"] = Node(True, node.at)
    return node.with_value(found)


def _env_files(node: Node, folder: str) -> Node:
    long = _named("path", {"required": True})(node, folder)
    found = [
        one.with_value({**one.entries(), "path": located(one.entries()["path"], folder)}) for one in long.elements()
    ]
    return long.with_value(found)


def _extends(node: Node, folder: str) -> Node:
    entries = node.entries() or {"service": node.with_value(node.value)}
    if "file" in entries:
        entries = {**entries, "file": located(entries["file"], folder)}
    return node.with_value(entries)


_STARTED = {"condition": "service_started", "required": True}
_FORMS: dict[str, t.Callable[[Node, str], Node]] = {
    "ports": lambda node, dummy: ports(node),
    "volumes": _volumes,
    "environment": pairs,
    "labels": pairs,
    "annotations": pairs,
    "sysctls": pairs,
    "build": _build,
    "healthcheck": _test,
    "env_file": _env_files,
    "extends": _extends,
    "depends_on": _keyed(_STARTED),
    "networks": _keyed(None),
    "expose": _texts,
    "dns": _texts,
    "dns_search": _texts,
    "dns_opt": _texts,
    "tmpfs": _texts,
    "profiles": _texts,
    "cap_add": _texts,
    "cap_drop": _texts,
    "security_opt": _texts,
    "secrets": _named("source", {}),
    "configs": _named("source", {}),
}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lay one compose file over another, as the compose specification says. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import OVERRIDE, RESET, Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._ports import port_key
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_REPLACED = (("command",), ("entrypoint",), ("healthcheck", "test"))


def merge(below: Node, above: Node, path: tuple[str, ...] = ()) -> Node:
    """Return *below* with *above* laid over it: mappings merge, lists grow, anything else is replaced."""
    if above.tag == OVERRIDE:
        return _stripped(above)
    if _is_replaced(path) or (path[2:] == ("logging",) and _drivers_differ(below, above)):
        return _stripped(above)
    if above.value is None:
        return below
    if below.value is None:
        return _stripped(above)
    if isinstance(below.value, dict) or isinstance(above.value, dict):
        return _mappings(below, above, path)
    if isinstance(below.value, list) or isinstance(above.value, list):
        return _lists(below, above, path)
    return _stripped(above)


def _mappings(below: Node, above: Node, path: tuple[str, ...]) -> Node:
    if not isinstance(below.value, dict) or not isinstance(above.value, dict):
        raise _cannot(above, path, below)
    merged = dict(below.value)
    for key, node in above.value.items():
        if node.tag == RESET:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged[key], node, (*path, key)) if key in merged else _stripped(node)
    return Node(merged, above.at if len(path) < 2 else below.at)


def _lists(below: Node, above: Node, path: tuple[str, ...]) -> Node:
    if not isinstance(below.value, list) or not isinstance(above.value, list):
        raise _cannot(above, path, below)
    both = [*below.value, *_stripped(above).value]
    return Node(unique(both, path[-1]), below.at)


def unique(elements: list[Node], key: str) -> list[Node]:
    """Return *elements* in which the last of those that are one and the same stands at the place of the first."""
    index = _INDEXES.get(key)
    if not index:
        return elements
    found: dict[str, Node] = {}
    for element in elements:
        found[index(element)] = element
    return list(found.values())


def without_tags(node: Node) -> Node:
    """Return *node* as it counts when nothing lies below it: what is to be reset is not there."""
    return _stripped(node)


def _stripped(node: Node) -> Node:
    if isinstance(node.value, dict):
        kept = {key: _stripped(one) for key, one in node.value.items() if one.tag != RESET}
        return Node(kept, node.at)
    if isinstance(node.value, list):
        return Node([_stripped(one) for one in node.value if one.tag != RESET], node.at)
    return Node(node.value, node.at) if node.tag else node


def _is_replaced(path: tuple[str, ...]) -> bool:
    return path[2:] in _REPLACED or (path[2:3] == ("environment",) and len(path) == 4)


def _drivers_differ(below: Node, above: Node) -> bool:
    old, new = below.get("driver"), above.get("driver")
    return bool(old and new and old.value != new.value)


def _cannot(above: Node, path: tuple[str, ...], below: Node) -> LookError:
    return LookError(Reason.MALFORMED, f"{above.at}: {'.'.join(path)} cannot be laid over that of {below.at}")


def _text(node: Node) -> str:
    return str(node.value)


def _of(key: str) -> t.Callable[[Node], str]:
    def index(node: Node) -> str:
        found = node.get(key)
        return str(found.value) if found else repr(node.value)

    return index


def _mounted(node: Node) -> str:
    found = node.get("target") or node.get("source")
    return str(found.value) if found else repr(node.value)


_INDEXES: dict[str, t.Callable[[Node], str]] = {
    "ports": port_key,
    "volumes": _of("target"),
    "env_file": _of("path"),
    "secrets": _mounted,
    "configs": _mounted,
    **dict.fromkeys(("expose", "cap_add", "cap_drop", "dns", "dns_search", "dns_opt", "tmpfs", "profiles"), _text),
}

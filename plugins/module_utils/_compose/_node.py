# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A value of a compose file with the place where it stands. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

RESET = "!reset"
OVERRIDE = "!override"


@dataclass(frozen=True)
class Node:
    """A mapping or a list of nodes, or a scalar; *at* is its "file:line"."""

    value: t.Any
    at: str
    tag: str = ""

    def get(self, key: str) -> Node | None:
        """Return what a mapping has under *key*; a null is like a key that is not there."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found if found is not None and found.value is not None else None

    def at_path(self, *keys: str) -> Node | None:
        node: Node | None = self
        for key in keys:
            node = node.get(key) if node else None
        return node

    def entries(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    def elements(self) -> list[Node]:
        return self.value if isinstance(self.value, list) else []

    def list_of(self, what: str) -> list[Node]:
        """Return the elements of what must be a list."""
        if not isinstance(self.value, list):
            raise LookError(Reason.MALFORMED, f"{self.at}: {what} is no list")
        return self.value

    def with_value(self, value: t.Any) -> Node:
        return replace(self, value=value)


def from_tree(tree: Tree, file: str) -> Node:
    """Return the document *tree* of *file* as nodes."""

    def made(value: t.Any, place: Place) -> Node:
        at = f"{file}:{tree.lines.get(place, 1)}"
        tag = tree.tags.get(place, "")
        if isinstance(value, dict):
            return Node({key: made(one, (*place, key)) for key, one in value.items()}, at, tag)
        if isinstance(value, list):
            return Node([made(one, (*place, number)) for number, one in enumerate(value)], at, tag)
        return Node(value, at, tag)

    return made(tree.data, ())


def plain(node: Node) -> t.Any:
    """Return the value of *node* without the places."""
    if isinstance(node.value, dict):
        return {key: plain(one) for key, one in node.value.items()}
    if isinstance(node.value, list):
        return [plain(one) for one in node.value]
    return node.value

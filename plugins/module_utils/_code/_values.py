# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What expressions of Go are, as far as routers go. Pure. This is a private part of the collection.

A value is a list of ``Router`` (several when a loop makes several), or one of the classes below, or None for all else.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoFile, Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import TypeName
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import Registered, Router


class Texts(t.Tuple[str, ...]):
    """The texts that an expression may be."""


class Awaited:
    """A text that a caller hands over."""


AWAITED = Awaited()


@dataclass(frozen=True)
class Instance:
    """A value of a type of the code."""

    kind: TypeName


@dataclass(frozen=True)
class Closure:
    """A function as a value: a literal with what surrounds it, or one that is declared."""

    node: Node
    scope: Scope


@dataclass
class Chain:
    """A route of gorilla/mux, of which more is said behind a dot."""

    routers: list[Router]
    prefix: str | None
    routes: list[Registered]


class Scope:
    """The names of a block, and of those around it."""

    def __init__(self, file: GoFile, around: Scope | None = None) -> None:
        self.file = file
        self.names: dict[str, t.Any] = {}
        self._around = around

    def holder(self, name: str) -> dict[str, t.Any] | None:
        """Return the names among which *name* is declared, here or around."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names
            scope = scope._around
        return None


def each(node: Node | None) -> list[Node]:
    """Return the expressions of a list of them, or *node* itself."""
    if node is None:
        return []
    return list(node.named_children) if node.type == "expression_list" else [node]

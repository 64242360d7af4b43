# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a text in Go is before the program runs: literals, constants and their sums. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoCode,
    GoFile,
    Node,
    literal,
    text,
    walk,
)

_DEEPEST = 40


class Constants:
    """The constants of all packages. A variable is none: it may be assigned to while the program runs."""

    def __init__(self, code: GoCode) -> None:
        self._expressions: dict[tuple[str, str], tuple[GoFile, Node]] = {}
        self._folders: dict[str, list[str]] = {}
        for file in code.files:
            self._folders.setdefault(file.name, []).append(file.folder)
            for declared in file.root.named_children:
                if declared.type == "const_declaration":
                    self._declare(file, declared)

    def _declare(self, file: GoFile, declared: Node) -> None:
        for spec in walk(declared, "const_spec"):
            values = spec.child_by_field_name("value")
            if values is not None:
                for name, value in zip(spec.children_by_field_name("name"), values.named_children):
                    self._expressions.setdefault((file.folder, text(name)), (file, value))

    def text(self, file: GoFile, node: Node, local: t.Mapping[str, str] | None = None) -> str | None:
        """Return the text that the expression *node* of *file* is, or None when that is not known before the program runs.

        *local* has the values of names that hide those of the package.
        """
        return self._text(file, node, local or {}, _DEEPEST)

    def _text(self, file: GoFile, node: Node, local: t.Mapping[str, str], depth: int) -> str | None:
        if depth == 0:
            return None
        if node.type in ("interpreted_string_literal", "raw_string_literal"):
            return literal(node)
        if node.type == "parenthesized_expression" and node.named_children:
            return self._text(file, node.named_children[0], local, depth - 1)
        if node.type == "binary_expression" and text(node.child_by_field_name("operator")) == "+":
            sides = [self._text(file, node.child_by_field_name(side), local, depth - 1) for side in ("left", "right")]
            return None if None in sides else "".join(t.cast("t.List[str]", sides))
        if node.type == "identifier":
            name = text(node)
            return local[name] if name in local else self._named(file.folder, name, depth)
        if node.type == "selector_expression":
            package = text(node.child_by_field_name("operand"))
            folders = set(self._folders.get(package, ()))
            if len(folders) == 1:
                return self._named(folders.pop(), text(node.child_by_field_name("field")), depth)
        if node.type == "call_expression" and text(node.child_by_field_name("function")) == "string":
            return self._text(file, node.child_by_field_name("arguments").named_children[0], local, depth - 1)
        return None

    def _named(self, folder: str, name: str, depth: int) -> str | None:
        found = self._expressions.get((folder, name))
        return self._text(found[0], found[1], {}, depth - 1) if found else None

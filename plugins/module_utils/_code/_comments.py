# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which exported identifiers of Go code have a doc comment. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoFile, Node, line, place, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import receiver

_DIRECTIVES = ("//go:", "//nolint", "//export ", "//line ", "// +build")


@dataclass(frozen=True)
class Exported:
    """An identifier that other packages can use."""

    name: str
    at: str
    is_commented: bool
    is_function: bool = False


def exported(file: GoFile) -> list[Exported]:
    """Return the exported functions, methods, types, constants and variables of a file."""
    found: list[Exported] = []
    children = file.root.children
    for number, node in enumerate(children):
        has_comment = _has_comment(children, number)
        if node.type == "function_declaration":
            found += _one(file, node, text(node.child_by_field_name("name")), has_comment, is_function=True)
        elif node.type == "method_declaration" and receiver(node)[:1].isupper():
            name = text(node.child_by_field_name("name"))
            found += [
                Exported(f"{receiver(node)}.{one.name}", one.at, one.is_commented, one.is_function)
                for one in _one(file, node, name, has_comment, is_function=True)
            ]
        elif node.type in ("type_declaration", "const_declaration", "var_declaration"):
            found += _group(file, node, has_comment)
    return found


def _one(file: GoFile, node: Node, name: str, has_comment: bool, is_function: bool = False) -> list[Exported]:
    return [Exported(name, place(file, node), has_comment, is_function)] if name[:1].isupper() else []


def _group(file: GoFile, node: Node, has_comment: bool) -> t.Iterator[Exported]:
    """Yield what a declaration with or without parentheses declares; its own comment stands for all in it."""
    holder = next((one for one in node.named_children if one.type == "var_spec_list"), node)
    children = holder.children
    for number, spec in enumerate(children):
        if spec.type in ("type_spec", "type_alias", "const_spec", "var_spec"):
            is_commented = has_comment or _has_comment(children, number) or _has_comment_behind(children, number)
            for name in spec.children_by_field_name("name"):
                yield from _one(file, spec, text(name), is_commented)


def _has_comment(children: t.Sequence[Node], number: int) -> bool:
    """Tell whether the lines right above a node are a comment that is more than directives."""
    below = line(children[number])
    for position in range(number - 1, -1, -1):
        one = children[position]
        if one.type != "comment":
            if text(one).strip():
                return False
            continue
        is_behind = position > 0 and children[position - 1].end_point[0] == one.start_point[0]
        if one.end_point[0] + 1 < below - 1 or (is_behind and text(children[position - 1]).strip() not in ("", "(")):
            return False
        if not text(one).startswith(_DIRECTIVES):
            return True
        below = line(one)
    return False


def _has_comment_behind(children: t.Sequence[Node], number: int) -> bool:
    end = children[number].end_point[0]
    return any(
        one.type == "comment" and one.start_point[0] == end and not text(one).startswith(_DIRECTIVES)
        for one in children[number + 1 : number + 3]
    )

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Follow the statements of Go functions as far as routers go. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import Node, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._values import Instance, Scope, Texts, each

if t.TYPE_CHECKING:
    from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._evaluate import Evaluator

_OPENING = ("block", "if_statement", "for_statement", "expression_case", "default_case", "type_case")
_LEAVES = ("identifier", "selector_expression", "interpreted_string_literal", "raw_string_literal")


def run(evaluator: Evaluator, node: Node, scope: Scope) -> None:
    """Follow the statement or declaration *node*; of a condition both branches, of a loop one turn."""
    if node.type in _LEAVES:
        return
    with evaluator.deeper(node, scope) as may_go_on:
        if may_go_on:
            _run(evaluator, node, scope)


def _run(evaluator: Evaluator, node: Node, scope: Scope) -> None:
    if node.type in ("short_var_declaration", "assignment_statement"):
        _assign(evaluator, node, scope)
    elif node.type in ("var_spec", "const_spec"):
        _declare(evaluator, node, scope)
    elif node.type == "range_clause":
        _range(evaluator, node, scope)
    elif node.type == "return_statement":
        for one in (one for below in node.named_children for one in each(below)):
            evaluator.give_back(evaluator.value(one, scope))
    elif node.type.endswith(("_expression", "_literal", "composite_literal")):
        evaluator.value(node, scope)
    else:
        inner = Scope(scope.file, scope) if node.type in _OPENING else scope
        for one in node.named_children:
            run(evaluator, one, inner)


def _assign(evaluator: Evaluator, node: Node, scope: Scope) -> None:
    left = each(node.child_by_field_name("left"))
    right = [evaluator.value(one, scope) for one in each(node.child_by_field_name("right"))]
    right += [None] * (len(left) - len(right))
    for target, value in zip(left, right):
        if target.type == "selector_expression":
            owner = evaluator.value(target.child_by_field_name("operand"), scope)
            if isinstance(owner, Instance) and value is not None:
                evaluator.fields[(owner.kind, text(target.child_by_field_name("field")))] = value
        elif target.type == "identifier":
            holder = None if node.type == "short_var_declaration" else scope.holder(text(target))
            (scope.names if holder is None else holder)[text(target)] = value


def _declare(evaluator: Evaluator, node: Node, scope: Scope) -> None:
    right = [evaluator.value(one, scope) for one in each(node.child_by_field_name("value"))]
    kind = evaluator.program.type_name(scope.file, node.child_by_field_name("type"))
    for number, name in enumerate(node.children_by_field_name("name")):
        value = right[number] if number < len(right) else None
        scope.names[text(name)] = value if value is not None else evaluator.of_type(kind)


def _range(evaluator: Evaluator, node: Node, scope: Scope) -> None:
    over = evaluator.value(node.child_by_field_name("right"), scope)
    names = each(node.child_by_field_name("left"))
    for name, value in zip(names, (None, over if isinstance(over, (Texts, list)) else None)):
        if name.type == "identifier":
            scope.names[text(name)] = value

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Follow the calls of Go functions as far as routers go. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _register, _statements
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import Node, arguments, callee, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Function, parameters
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import (
    NET_HTTP,
    Router,
    is_router,
    makes_router,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._values import (
    Chain,
    Closure,
    Instance,
    Scope,
    Texts,
)

if t.TYPE_CHECKING:
    from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._evaluate import Evaluator


def call(evaluator: Evaluator, node: Node, scope: Scope) -> t.Any:
    """Follow the call *node* and return what it gives back."""
    operand, name = callee(node)
    package = evaluator.package(operand, scope)
    if package == NET_HTTP and name in ("Handle", "HandleFunc"):
        default = evaluator.fields.setdefault("the default of net/http", [Router()])
        return _register.register(evaluator, default, name, node, scope)
    if package is not None:
        given = _given(evaluator, node, scope)
        if makes_router(package, name):
            return [Router()]
        return _enter_all(evaluator, evaluator.program.functions.get((package, "", name), []), given)
    if operand is None:
        return _call_value(evaluator, node, scope)
    owner = evaluator.embedded(evaluator.value(operand, scope), name)
    if isinstance(owner, Chain):
        return _register.chain(evaluator, owner, name, node, scope)
    if isinstance(owner, list) and owner:
        return _register.register(evaluator, owner, name, node, scope)
    if owner is None and _register.looks_like_registering(evaluator, name, node, scope):
        return _register.register(evaluator, [Router(is_known=False)], name, node, scope)
    given = _given(evaluator, node, scope)
    if isinstance(owner, Instance):
        methods = evaluator.program.functions.get((*owner.kind, name), [])
        if methods:
            return _enter_all(evaluator, methods, given)
        held = evaluator.field(owner, name)
        if isinstance(held, Closure):
            return _enter_closure(evaluator, held, given)
    # The receiver is not known: an interface, or one of many. Each method that takes a router may be meant.
    if any(isinstance(one, list) for one in given):
        _enter_all(
            evaluator, [one for one in evaluator.program.methods.get(name, []) if _takes_router(evaluator, one)], given
        )
    return None


def _given(evaluator: Evaluator, node: Node, scope: Scope) -> list[t.Any]:
    return [evaluator.value(one, scope) for one in arguments(node)]


def _call_value(evaluator: Evaluator, node: Node, scope: Scope) -> t.Any:
    """Follow the call of a function of the own package, of a variable, or of a function literal."""
    function = node.child_by_field_name("function")
    given = _given(evaluator, node, scope)
    if function is None:
        return None
    if function.type == "identifier" and scope.holder(text(function)) is None:
        return _enter_all(
            evaluator, evaluator.program.functions.get((scope.file.folder, "", text(function)), []), given
        )
    called = evaluator.value(function, scope)
    return _enter_closure(evaluator, called, given) if isinstance(called, Closure) else None


def _enter_all(evaluator: Evaluator, functions: t.Sequence[Function], given: list[t.Any]) -> t.Any:
    """Follow each of *functions* that has to do with routers, and return what the first gives back."""
    results = [
        enter(evaluator, one, given) if _matters(evaluator, one, given) else evaluator.of_type(result(evaluator, one))
        for one in functions
    ]
    return results[0] if results else None


def _matters(evaluator: Evaluator, function: Function, given: list[t.Any]) -> bool:
    if any(isinstance(one, list) for one in given):
        return True
    if function.key not in evaluator.dealing:
        return False
    return returns_router(evaluator, function) or any(isinstance(one, (Texts, Closure)) for one in given)


def _takes_router(evaluator: Evaluator, function: Function) -> bool:
    return any(is_router(evaluator.program.type_name(function.file, node)) for dummy, node in parameters(function.node))


def result(evaluator: Evaluator, function: Function) -> tuple[str, str] | None:
    """Return the name of the type that *function* returns first."""
    given = function.node.child_by_field_name("result")
    if given is not None and given.type == "parameter_list":
        given = given.named_children[0].child_by_field_name("type") if given.named_children else None
    return evaluator.program.type_name(function.file, given)


def returns_router(evaluator: Evaluator, function: Function) -> bool:
    """Tell whether *function* hands out a router, as itself or as a handler."""
    kind = result(evaluator, function)
    return is_router(kind) or kind == (NET_HTTP, "Handler")


def enter(evaluator: Evaluator, function: Function, given: list[t.Any]) -> t.Any:
    """Follow *function* with *given* as its arguments, once for the same."""
    evaluator.called.add(function.key)
    scope = Scope(function.file)
    bind_receiver(evaluator, function, scope)
    return _follow(evaluator, function.node, scope, given)


def bind_receiver(evaluator: Evaluator, method: Function, scope: Scope) -> None:
    """Let the name of the receiver stand for a value of its type."""
    receiver = method.node.child_by_field_name("receiver")
    for one in receiver.named_children if receiver is not None else ():
        for name in one.children_by_field_name("name"):
            scope.names[text(name)] = Instance((method.file.folder, method.of))


def _enter_closure(evaluator: Evaluator, closure: Closure, given: list[t.Any]) -> t.Any:
    return _follow(evaluator, closure.node, Scope(closure.scope.file, closure.scope), given)


def enter_with_router(evaluator: Evaluator, closure: Closure, routers: list[Router]) -> None:
    """Follow a function that gets a router as its first argument."""
    _enter_closure(evaluator, closure, [routers])


def _follow(evaluator: Evaluator, node: Node, scope: Scope, given: list[t.Any]) -> t.Any:
    for number, (name, kind) in enumerate(parameters(node)):
        value = given[number] if number < len(given) else None
        scope.names[name] = (
            value if value is not None else evaluator.of_type(evaluator.program.type_name(scope.file, kind))
        )
    key = (node.id, tuple(_mark(one) for one in given))
    if key not in evaluator.memory:
        evaluator.memory[key] = None  # for a function that calls itself
        before, evaluator.returned = evaluator.returned, None
        body = node.child_by_field_name("body")
        if body is not None:
            _statements.run(evaluator, body, scope)
        evaluator.memory[key], evaluator.returned = evaluator.returned, before
    return evaluator.memory[key]


def _mark(value: t.Any) -> t.Any:
    if isinstance(value, list):
        return tuple((id(top), prefix) for top, prefix in (one.path() for one in value))
    if isinstance(value, Closure):
        return value.node.id
    return value if isinstance(value, (Texts, Instance)) else None

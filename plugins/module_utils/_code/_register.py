# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a call on a router does: a route, a group, a router below another. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _calls
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import Node, arguments, callee, walk
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import (
    ANY,
    METHODS,
    PACKAGES,
    Registered,
    Router,
    split_pattern,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._values import (
    Awaited,
    Chain,
    Closure,
    Scope,
    Texts,
)

if t.TYPE_CHECKING:
    from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._evaluate import Evaluator

_VERBS = {
    **{method: method for method in METHODS},
    **{method.capitalize(): method for method in METHODS},
    **dict.fromkeys(("Any", "All"), ANY),
}
_STATIC = ("Static", "StaticFS", "StaticFile", "StaticFileFS", "File")
_PATTERNS = ("Handle", "HandleFunc")
_WITH_METHOD = ("Method", "MethodFunc", "Add")
_BELOW = ("Group", "Route", "PathPrefix")
TELLING = frozenset([*_VERBS, *_STATIC, *_PATTERNS, *_WITH_METHOD, *_BELOW, "Match", "Mount", "Subrouter"])


def register(evaluator: Evaluator, routers: list[Router], name: str, node: Node, scope: Scope) -> t.Any:
    """Do what the call of the method *name* does to *routers*, and return what it gives back."""
    given = arguments(node)
    if name in _VERBS and given:
        _route(evaluator, routers, [_VERBS[name]], given[0], node, scope)
        _follow(evaluator, given[1:], scope)
        return routers
    if name in _STATIC and given:
        rest = "" if "File" in name else "/*"
        _route(evaluator, routers, ["GET"], given[0], node, scope, rest)
        return routers
    if name in _PATTERNS and given:
        return _handle(evaluator, routers, given, node, scope)
    if name in ("Match", *_WITH_METHOD) and len(given) > 1:
        _route(evaluator, routers, _methods(evaluator, given[0], scope), given[1], node, scope)
        _follow(evaluator, given[2:], scope)
        return routers
    if name in _BELOW:
        return _below(evaluator, routers, name, given, scope)
    if name == "Mount" and len(given) > 1:
        _mount(evaluator, routers, given, node, scope)
        return routers
    _follow(evaluator, given, scope)
    return routers if name in ("Use", "With", "Subrouter", "StrictSlash", "NewRoute", "Host", "Schemes") else None


def chain(evaluator: Evaluator, one: Chain, name: str, node: Node, scope: Scope) -> t.Any:
    """Do what is said of a route of gorilla/mux behind a dot."""
    given = arguments(node)
    if name == "Methods":
        methods = [method for argument in given for method in _methods(evaluator, argument, scope)]
        for route in one.routes:
            route.method = methods[0] if methods else ANY
            for method in methods[1:]:
                evaluator.registered.append(Registered(method, *route.others()))
    elif name == "Subrouter":
        return one.routers
    elif name in ("Handler", "HandlerFunc") and one.prefix is not None:
        for router in one.routers:
            evaluator.register(ANY, router, "/*", node, scope)
    return one


def looks_like_registering(evaluator: Evaluator, name: str, node: Node, scope: Scope) -> bool:
    """Tell whether a call on something unknown may register a route."""
    given = arguments(node)
    if name not in (*METHODS, *_PATTERNS) or len(given) < 2:
        return False
    path = evaluator.value(given[0], scope)
    if isinstance(path, Texts):
        return all(one == "" or split_pattern(one)[1] is not None for one in path)
    return bool(PACKAGES & set(evaluator.program.imports[scope.file.path].values()))


def _route(
    evaluator: Evaluator,
    routers: list[Router],
    methods: list[str],
    path: Node,
    node: Node,
    scope: Scope,
    rest: str = "",
) -> list[Registered]:
    paths = evaluator.value(path, scope)
    known = [f"{one}{rest}" for one in paths] if isinstance(paths, Texts) else [None]
    return [
        evaluator.register(method, router, one, node, scope, isinstance(paths, Awaited))
        for router in routers
        for method in methods
        for one in known
    ]


def _handle(evaluator: Evaluator, routers: list[Router], given: list[Node], node: Node, scope: Scope) -> t.Any:
    """Follow Handle and HandleFunc: of gin with method and path, of the others with a pattern."""
    first = evaluator.value(given[0], scope)
    if len(given) > 2 and isinstance(first, Texts) and all(one in METHODS for one in first):
        _route(evaluator, routers, list(first), given[1], node, scope)
        _follow(evaluator, given[2:], scope)
        return routers
    prefix, inner = _inner_router(evaluator, given[1] if len(given) > 1 else None, scope)
    if inner:
        for one in inner:
            one.mount(routers[0], prefix)
        return None
    patterns = [split_pattern(one) for one in first] if isinstance(first, Texts) else [(ANY, None)]
    made = [
        evaluator.register(method, router, path, node, scope, isinstance(first, Awaited))
        for router in routers
        for method, path in patterns
    ]
    return Chain(routers, None, made)


def _inner_router(evaluator: Evaluator, handler: Node | None, scope: Scope) -> tuple[str, list[Router]]:
    """Return the router that *handler* is or wraps, and what is stripped of the paths before it is asked."""
    value = evaluator.value(handler, scope)
    prefix = ""
    if handler is not None and handler.type == "call_expression":
        if callee(handler)[1] == "StripPrefix":
            stripped = evaluator.value(arguments(handler)[0], scope) if arguments(handler) else None
            prefix = stripped[0] if isinstance(stripped, Texts) else ""
        for one in walk(handler, "identifier", skip=("func_literal", "selector_expression")):
            value = value if isinstance(value, list) else evaluator.value(one, scope)
    return prefix, value if isinstance(value, list) else []


def _below(evaluator: Evaluator, routers: list[Router], name: str, given: list[Node], scope: Scope) -> t.Any:
    """Follow a group: below a prefix, or the same router for a function that comes alone (chi)."""
    first = evaluator.value(given[0], scope) if given else Texts([""])
    if isinstance(first, Closure):
        _calls.enter_with_router(evaluator, first, routers)
        return routers
    made = [
        Router(router, one) if one is not None else Router(is_known=False, awaits=isinstance(first, Awaited))
        for router in routers
        for one in (first if isinstance(first, Texts) else [None])
    ]
    for one in given[1:]:
        value = evaluator.value(one, scope)
        if isinstance(value, Closure) and name == "Route":
            _calls.enter_with_router(evaluator, value, made)
    return Chain(made, "", []) if name == "PathPrefix" else made


def _mount(evaluator: Evaluator, routers: list[Router], given: list[Node], node: Node, scope: Scope) -> None:
    prefix = evaluator.value(given[0], scope)
    dummy, inner = _inner_router(evaluator, given[1], scope)
    if not inner or not isinstance(prefix, Texts):
        evaluator.register(ANY, routers[0], None, node, scope)
        return
    for one in inner:
        one.mount(routers[0], prefix[0])


def _methods(evaluator: Evaluator, node: Node, scope: Scope) -> list[str]:
    """Return the methods that an expression names: a text, a list of texts, or constants of net/http."""
    value = evaluator.value(node, scope)
    if isinstance(value, Texts):
        return [one.upper() for one in value]
    named = [
        callee_name[len("Method") :].upper() for callee_name in _selected(node) if callee_name.startswith("Method")
    ]
    return [one for one in named if one in METHODS] or [ANY]


def _selected(node: Node) -> list[str]:
    return [one.text.decode() for one in walk(node, "field_identifier")]


def _follow(evaluator: Evaluator, nodes: t.Iterable[Node], scope: Scope) -> None:
    for one in nodes:
        evaluator.value(one, scope)

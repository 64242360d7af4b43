# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Follow the expressions of Go functions as far as routers go. Pure. This is a private part of the collection."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _calls, _statements
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import Node, place, text, walk
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import (
    Function,
    Program,
    TypeName,
    parameters,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import (
    ANY,
    Registered,
    Router,
    is_router,
    is_whole,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._values import (
    AWAITED,
    Awaited,
    Closure,
    Instance,
    Scope,
    Texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_DEEPEST = 200  # nested nodes, through all calls
_MOST_STEPS = 2_000_000
_MOST_TEXTS = 200
_TRANSPARENT = ("parenthesized_expression", "unary_expression", "type_assertion_expression")
_EMBEDDED = ("Engine", "RouterGroup", "ServeMux", "Echo", "App", "Mux", "Router")


class Evaluator:
    """Follows functions. ``registered`` is what they register, ``fields`` what structs and packages hold."""

    def __init__(
        self, program: Program, constants: Constants, deadline: Deadline, dealing: set[tuple[str, str, str]]
    ) -> None:
        self.program = program
        self.constants = constants
        self.dealing = dealing  # the functions that have to do with routers
        self.fields: dict[t.Any, t.Any] = {}
        self.registered: list[Registered] = []
        self.called: set[tuple[str, str, str]] = set()
        self.memory: dict[t.Any, t.Any] = {}
        self.returned: t.Any = None
        self._deadline = deadline
        self._root: tuple[str, str, str] = ("", "", "")
        self._depth = 0
        self._steps = 0

    def begin(self) -> None:
        """Forget all but what fields were filled with."""
        self.registered, self.called = [], set()

    def run_root(self, function: Function) -> None:
        """Follow *function* by itself: a parameter that is a part of a router, or a text, waits for a caller."""
        self._root, self.memory = function.key, {}
        given: list[t.Any] = []
        for dummy, node in parameters(function.node):
            kind = self.program.type_name(function.file, node)
            if is_router(kind):
                given.append([Router(is_known=is_whole(kind), awaits=not is_whole(kind))])
            else:
                given.append(AWAITED if kind is not None and kind[1] == "string" else self.of_type(kind))
        _calls.enter(self, function, given)

    def register(
        self, method: str, router: Router, path: str | None, node: Node, scope: Scope, awaits: bool = False
    ) -> Registered:
        """Note a route."""
        at = place(scope.file, node)
        one = Registered(method, router, path, at, node.id, self._root, awaits or router.path()[0].awaits)
        self.registered.append(one)
        return one

    def give_back(self, value: t.Any) -> None:
        """Note what the function returns: the first value that matters."""
        if self.returned is None:
            self.returned = value

    @contextlib.contextmanager
    def deeper(self, node: Node, scope: Scope) -> t.Iterator[bool]:
        """Go one level deeper, and tell whether that is allowed; where it is not, a route may be missed, which is noted."""
        self._depth += 1
        self._steps += 1
        if self._steps % 1024 == 0:
            self._deadline.step()
        if self._steps > _MOST_STEPS:
            raise LookError(Reason.UNSUPPORTED, f"Following the routes of the code takes more than {_MOST_STEPS} steps")
        if self._depth == _DEEPEST:
            self.register(ANY, Router(is_known=False), None, node, scope)
        yield self._depth < _DEEPEST
        self._depth -= 1

    def value(self, node: Node | None, scope: Scope) -> t.Any:
        """Return what the expression *node* is, and follow the calls in it."""
        if node is None:
            return None
        with self.deeper(node, scope) as may_go_on:
            return self._value(node, scope) if may_go_on else None

    def _value(self, node: Node, scope: Scope) -> t.Any:
        if node.type == "call_expression":
            return _calls.call(self, node, scope)
        if node.type == "identifier":
            return self._name(node, scope)
        if node.type == "selector_expression":
            return self._selected(node, scope)
        if node.type == "func_literal":
            return Closure(node, scope)
        if node.type == "composite_literal":
            return self._composite(node, scope)
        if node.type == "binary_expression":
            return self._sum(node, scope)
        if node.type in _TRANSPARENT:
            return self.value(node.named_children[0] if node.named_children else None, scope)
        if node.type in ("interpreted_string_literal", "raw_string_literal"):
            return self._constant(node, scope)
        for one in node.named_children:
            _statements.run(self, one, scope)
        return None

    def _constant(self, node: Node, scope: Scope) -> Texts | None:
        found = self.constants.text(scope.file, node)
        return None if found is None else Texts([found])

    def _name(self, node: Node, scope: Scope) -> t.Any:
        holder = scope.holder(text(node))
        if holder is not None:
            return holder[text(node)]
        for function in self.program.functions.get((scope.file.folder, "", text(node)), ()):
            return Closure(function.node, Scope(function.file))
        found = self._constant(node, scope)
        return self._variable(scope.file.folder, text(node)) if found is None else found

    def _variable(self, folder: str, name: str) -> t.Any:
        """Return the value of a variable of a package."""
        key = (folder, name)
        if key not in self.fields:
            self.fields[key] = None
            for file, declared in self.program.values_of(folder):
                for spec in walk(declared, "var_spec", skip=("var_spec",)):
                    if any(text(one) == name for one in spec.children_by_field_name("name")):
                        scope = Scope(file)
                        _statements.run(self, spec, scope)
                        self.fields[key] = scope.names.get(name)
        return self.fields[key]

    def _selected(self, node: Node, scope: Scope) -> t.Any:
        operand, name = node.child_by_field_name("operand"), text(node.child_by_field_name("field"))
        package = self.package(operand, scope)
        if package is not None:
            found = self._constant(node, scope)
            return self._variable(package, name) if found is None else found
        owner = self.value(operand, scope)
        if isinstance(owner, list):
            return owner  # engine.RouterGroup
        return self.field(owner, name) if isinstance(owner, Instance) else None

    def field(self, owner: Instance, name: str) -> t.Any:
        """Return what the field *name* holds, or its method."""
        if (owner.kind, name) not in self.fields:
            for method in self.program.functions.get((*owner.kind, name), ()):
                scope = Scope(method.file)
                _calls.bind_receiver(self, method, scope)
                return Closure(method.node, scope)
            made = self.of_type(self.program.field_type(owner.kind, name))
            if not isinstance(made, list):
                return made
            self.fields[(owner.kind, name)] = made
        return self.fields[(owner.kind, name)]

    def embedded(self, owner: t.Any, name: str) -> t.Any:
        """Return the router that the struct *owner* embeds, when it has no method *name* of its own."""
        if isinstance(owner, Instance) and (*owner.kind, name) not in self.program.functions:
            for kind in _EMBEDDED:
                if is_router(self.program.field_type(owner.kind, kind)):
                    return self.field(owner, kind)
        return owner

    def of_type(self, kind: TypeName | None) -> t.Any:
        """Return a value of the type *kind* of which nothing else is known."""
        if is_router(kind):
            return [Router(is_known=is_whole(kind))]
        return Instance(kind) if kind is not None and kind in self.program.types else None

    def _sum(self, node: Node, scope: Scope) -> t.Any:
        parts: list[Node] = []
        while node.type == "binary_expression" and text(node.child_by_field_name("operator")) == "+":
            parts.append(node.child_by_field_name("right"))
            node = node.child_by_field_name("left")
        found: t.Any = self.value(node, scope) if node.type != "binary_expression" else None
        for part in reversed(parts):
            value = self.value(part, scope)
            if isinstance(found, Texts) and isinstance(value, Texts):
                found = Texts([one + other for one in found for other in value][:_MOST_TEXTS])
            else:
                found = AWAITED if any(isinstance(one, Awaited) for one in (found, value)) else None
        return found

    def _composite(self, node: Node, scope: Scope) -> t.Any:
        kind = self.program.type_name(scope.file, node.child_by_field_name("type"))
        body = node.child_by_field_name("body")
        elements = [one for one in body.named_children if one.type != "comment"] if body is not None else []
        texts: list[str] = []
        for one in elements:
            value = self._element(one.named_children[-1] if one.type == "keyed_element" else one, scope)
            if one.type == "keyed_element" and kind in self.program.types and value is not None:
                self.fields[(kind, text(one.named_children[0]))] = value
            elif isinstance(value, Texts):
                texts += value
        if elements and len(texts) >= len(elements):
            return Texts(texts)
        return Instance(kind) if kind is not None and kind in self.program.types else None

    def _element(self, node: Node, scope: Scope) -> t.Any:
        while node.type == "literal_element" and node.named_children:
            node = node.named_children[0]
        return self.value(node, scope)

    def package(self, operand: Node | None, scope: Scope) -> str | None:
        """Return the package that *operand* names, unless a local name hides it."""
        if operand is None or operand.type != "identifier" or scope.holder(text(operand)) is not None:
            return None
        return self.program.imports[scope.file.path].get(text(operand))

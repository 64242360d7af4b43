# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a configuration is compiled in: constants, assignments, calls and imports of Go code. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoFile,
    Node,
    arguments,
    line,
    literal,
    text,
    walk,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import scalar

KINDS = ("constant", "assigned", "called", "imported")
_UNITS = {
    "Nanosecond": 1e-9,
    "Microsecond": 1e-6,
    "Millisecond": 1e-3,
    "Second": 1.0,
    "Minute": 60.0,
    "Hour": 3600.0,
}
_BRANCHES = frozenset(
    {
        "if_statement",
        "for_statement",
        "expression_case",
        "type_case",
        "communication_case",
        "default_case",
        "func_literal",
    }
)
Stated = t.Tuple[t.Any, int]  # a value and the line on which it stands


def word_of(kind: str, what: str) -> str:
    """Return a word that each file has in which *what* can be found."""
    return re.split(r"\W", what)[0] if kind == "imported" else what.rsplit(".", 1)[-1]


def compiled(kind: str, what: str, file: GoFile) -> t.Iterator[Stated]:
    """Yield what *file* states by the *kind* of source.

    ``constant``  the value of the constant of that name; a time is in seconds;
    ``assigned``  what is assigned to that variable, whatever happens: within no branch, loop or function of its own;
    ``called``    the first argument of a call of that function, whatever happens;
    ``imported``  the paths of imported packages that the pattern matches.
    """
    return {"constant": _constants, "assigned": _assigned, "called": _called, "imported": _imported}[kind](what, file)


def _constants(what: str, file: GoFile) -> t.Iterator[Stated]:
    for declared in file.root.named_children:
        for spec in walk(declared, "const_spec") if declared.type == "const_declaration" else ():
            given = spec.child_by_field_name("value")
            names = [text(one) for one in spec.children_by_field_name("name")]
            for name, node in zip(names, given.named_children if given is not None else ()):
                if name == what:
                    yield _value(node), line(node)


def _assigned(what: str, file: GoFile) -> t.Iterator[Stated]:
    for node in walk(file.root, "assignment_statement"):
        left, right = (node.child_by_field_name(side).named_children for side in ("left", "right"))
        for target, given in zip(left, right):
            if _is_called(text(target), what) and _is_certain(node):
                yield _value(given), line(node)


def _called(what: str, file: GoFile) -> t.Iterator[Stated]:
    for node in walk(file.root, "call_expression"):
        if _is_called(text(node.child_by_field_name("function")), what) and _is_certain(node):
            given = arguments(node)
            yield text(given[0]) if given else "", line(node)


def _imported(what: str, file: GoFile) -> t.Iterator[Stated]:
    for node in walk(file.root, "import_spec"):
        path = literal(node.child_by_field_name("path")) or ""
        if re.search(what, path):
            yield path, line(node)


def _is_called(name: str, what: str) -> bool:
    return name == what or name.endswith(f".{what}")


def _is_certain(node: Node) -> bool:
    while node is not None:
        if node.type in _BRANCHES:
            return False
        node = node.parent
    return True


def _value(node: Node) -> t.Any:
    """Return what an expression is before the program runs, or None when that is not known here."""
    if node.type in ("interpreted_string_literal", "raw_string_literal"):
        return literal(node)
    if node.type == "parenthesized_expression" and node.named_children:
        return _value(node.named_children[0])
    if node.type in ("int_literal", "float_literal", "true", "false"):
        return scalar(text(node).replace("_", ""))
    if node.type == "selector_expression" and text(node.child_by_field_name("operand")) == "time":
        return _UNITS.get(text(node.child_by_field_name("field")))
    if node.type == "binary_expression" and text(node.child_by_field_name("operator")) == "*":
        left, right = (_value(node.child_by_field_name(side)) for side in ("left", "right"))
        numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (left, right))
        return left * right if numbers else None
    return None

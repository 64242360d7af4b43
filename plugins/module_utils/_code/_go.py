# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Go files of a checkout, each parsed once with tree-sitter. This is a private part of the collection.

Nothing is compiled and nothing is run. Nodes are those of tree-sitter-go; ``walk``, ``text``, ``place`` and ``literal`` are all
that is needed to read them.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tracked import tracked_files

try:
    import tree_sitter
    import tree_sitter_go
except ImportError:
    HAS_TREE_SITTER = False
else:
    HAS_TREE_SITTER = True

Node = t.Any  # tree_sitter.Node

EXCLUDED = ("vendor", "testdata", "node_modules", "third_party")
_MOST_FILES = 5_000
_MOST_BYTES = 2 << 20  # of one file
_MOST_BYTES_IN_ALL = 128 << 20
_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.$", re.MULTILINE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(frozen=True)
class GoFile:
    """One parsed file: its ``path``, the ``folder`` that is its package, the package's ``name``, and its syntax tree."""

    path: str
    folder: str
    name: str
    source: bytes
    root: Node
    is_test: bool
    is_generated: bool


@dataclass
class GoCode:
    """The files that were parsed, and for each that was not, or not whole, why."""

    files: list[GoFile] = field(default_factory=list)
    problems: dict[str, LookError] = field(default_factory=dict)

    def need_whole(self) -> None:
        """Raise the first problem, if there is any."""
        for problem in self.problems.values():
            raise problem


def parser() -> t.Any:
    """Return a parser of Go."""
    if not HAS_TREE_SITTER:
        raise LookError(
            Reason.MISSING_LIBRARY,
            "Go is read with the Python packages tree-sitter and tree-sitter-go, which are not both installed",
        )
    try:
        return tree_sitter.Parser(tree_sitter.Language(tree_sitter_go.language()))
    except (TypeError, ValueError, AttributeError) as exc:
        raise LookError(
            Reason.MISSING_LIBRARY,
            "The Python packages tree-sitter and tree-sitter-go do not fit each other: both must be of version 0.23 or later",
        ) from exc


def go_files(names: t.Iterable[str], excluded: t.Container[str] = EXCLUDED) -> list[str]:
    """Return those of *names* that are Go files, without those in *excluded* folders."""
    return [
        name for name in names if name.endswith(".go") and not any(part in excluded for part in name.split("/")[:-1])
    ]


def read_go(
    path: str,
    deadline: Deadline,
    names: t.Iterable[str] | None = None,
    tests: bool = False,
    excluded: t.Container[str] = EXCLUDED,
    only: t.Pattern[bytes] | None = None,
) -> GoCode:
    """Parse the Go files of the checkout at *path*: those of *names*, or all that belong to it; *tests*: test files, too.

    With *only*, a file in which that is not found is left out.
    """
    parse = parser()
    folder = Folder(path)
    wanted = [
        name
        for name in go_files(tracked_files(path, deadline) if names is None else names, excluded)
        if tests or not name.endswith("_test.go")
    ]
    if not wanted:
        raise LookError(Reason.NO_DATA, f"{path} has no Go files")
    if len(wanted) > _MOST_FILES:
        raise LookError(Reason.UNSUPPORTED, f"{path} has more than {_MOST_FILES} Go files")
    code, left = GoCode(), _MOST_BYTES_IN_ALL
    for name in wanted:
        deadline.step()
        try:
            content = folder.read(name, _MOST_BYTES)
        except LookError as exc:
            code.problems[shown(name)] = exc
            continue
        left -= len(content)
        if left < 0:
            raise LookError(Reason.UNSUPPORTED, f"The Go files of {path} are larger than {_MOST_BYTES_IN_ALL} bytes")
        if only is None or only.search(content):
            _add(code, parse, shown(name), content)
    return code


def parse_go(sources: t.Mapping[str, str]) -> GoCode:
    """Parse *sources*, a text by its path."""
    parse, code = parser(), GoCode()
    for name, source in sources.items():
        _add(code, parse, name, source.encode())
    return code


def _add(code: GoCode, parse: t.Any, name: str, content: bytes) -> None:
    root = parse.parse(content).root_node
    if root.has_error:
        code.problems[name] = LookError(Reason.MALFORMED, f"{name}:{_first_error(root)} is not Go as it is known here")
    package = next((one for one in root.named_children if one.type == "package_clause"), None)
    code.files.append(
        GoFile(
            path=name,
            folder=str(PurePosixPath(name).parent),
            name=text(package.named_children[0]) if package and package.named_children else "",
            source=content,
            root=root,
            is_test=name.endswith("_test.go"),
            is_generated=_GENERATED.search(content[:4096]) is not None,
        )
    )


def _first_error(root: Node) -> int:
    node = root
    while not (node.is_error or node.is_missing):
        below = next((one for one in node.children if one.has_error or one.is_missing), None)
        if below is None:
            break
        node = below
    return line(node)


def walk(node: Node, *kinds: str, skip: t.Container[str] = ()) -> t.Iterator[Node]:
    """Yield *node* and the named nodes below it in the order of the source, those of *kinds* if any are given.

    What is below a node of a kind in *skip* is left out.
    """
    stack = [node]
    while stack:
        one = stack.pop()
        if not kinds or one.type in kinds:
            yield one
        if one.type not in skip or one is node:
            stack.extend(reversed(one.named_children))


def imports(file: GoFile) -> t.Iterator[Node]:
    """Yield the import_spec nodes of *file*."""
    for one in file.root.named_children:
        if one.type == "import_declaration":
            yield from walk(one, "import_spec")


def text(node: Node) -> str:
    """Return the source of *node*."""
    return t.cast("bytes", node.text).decode("utf-8", "replace")


def line(node: Node) -> int:
    """Return the line on which *node* begins, the first being 1."""
    return int(node.start_point[0]) + 1


def place(file: GoFile, node: Node) -> str:
    """Return where *node* stands, as file:line."""
    return f"{file.path}:{line(node)}"


def literal(node: Node) -> str | None:
    """Return the value of a string literal, or None when *node* is none."""
    if node.type == "raw_string_literal":
        return text(node)[1:-1].replace("\r", "")
    if node.type != "interpreted_string_literal":
        return None
    return re.sub(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)", _unescaped, text(node)[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    escape = match.group(1)
    return chr(int(escape[1:], 16)) if escape[0] in "xu" and len(escape) > 1 else _ESCAPES.get(escape, escape)


def arguments(call: Node) -> list[Node]:
    """Return the arguments of a call."""
    given = call.child_by_field_name("arguments")
    return [one for one in given.named_children if one.type != "comment"] if given is not None else []


def callee(call: Node) -> tuple[Node | None, str]:
    """Return what a call is made on and the name that is called: ``x.y.Z()`` gives the node of x.y and Z, ``Z()`` None and Z."""
    function = call.child_by_field_name("function")
    while function is not None and function.type in ("parenthesized_expression", "type_instantiation_expression"):
        function = function.named_children[0]
    if function is None:
        return None, ""
    if function.type == "selector_expression":
        return function.child_by_field_name("operand"), text(function.child_by_field_name("field"))
    return None, text(function) if function.type == "identifier" else ""


def shown(name: str) -> str:
    """Return the name of a file as text that every report can hold."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

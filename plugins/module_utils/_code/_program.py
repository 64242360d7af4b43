# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Functions, types and imports of Go code, and what each program of it can reach. Pure. This is a private part of the collection.

A package is named by its folder, or by its import path when it is not of the checkout. Reaching follows the references by name:
a method counts when its type is made somewhere and its name is mentioned somewhere. So nothing that a program runs is left out,
and code that no program uses stays out.
"""

from __future__ import annotations

import re
import typing as t
from collections import deque
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoCode,
    GoFile,
    Node,
    imports,
    literal,
    text,
    walk,
)

TypeName = t.Tuple[str, str]  # the package and the name
_VERSION = re.compile(r"/v\d+$")
_WRAPPERS = ("pointer_type", "parenthesized_type", "slice_type", "array_type", "generic_type")


@dataclass(frozen=True)
class Function:
    """A function or a method that is declared, ``of`` being the name of its receiver's type."""

    file: GoFile
    node: Node
    name: str
    of: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.file.folder, self.of, self.name)


@dataclass
class _Mentions:
    """What a piece of code mentions: names of packages, of methods, and of its own package."""

    of_packages: set[tuple[str, str]] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)


class Program:
    """All declarations of the code; *module_roots* are the folders of go.mod files by the path that they declare."""

    def __init__(self, code: GoCode, module_roots: t.Mapping[str, str]) -> None:
        self._roots = sorted(module_roots.items(), key=lambda one: -len(one[0]))
        self.files = code.files
        self.imports = {file.path: dict(self._imported(file)) for file in code.files}
        self.functions: dict[tuple[str, str, str], list[Function]] = {}
        self.methods: dict[str, list[Function]] = {}
        self.types: dict[TypeName, tuple[GoFile, Node]] = {}
        self._values: dict[str, list[tuple[GoFile, Node]]] = {}
        self._mentions: dict[int, _Mentions] = {}
        for file in code.files:
            for declared in file.root.named_children:
                self._declare(file, declared)

    def _declare(self, file: GoFile, declared: Node) -> None:
        if declared.type in ("function_declaration", "method_declaration"):
            function = Function(file, declared, text(declared.child_by_field_name("name")), receiver(declared))
            self.functions.setdefault(function.key, []).append(function)
            if function.of:
                self.methods.setdefault(function.name, []).append(function)
        elif declared.type == "type_declaration":
            for spec in declared.named_children:
                if spec.type in ("type_spec", "type_alias"):
                    self.types[(file.folder, text(spec.child_by_field_name("name")))] = (file, spec)
        elif declared.type == "var_declaration":
            self._values.setdefault(file.folder, []).append((file, declared))

    def _imported(self, file: GoFile) -> t.Iterator[tuple[str, str]]:
        for spec in imports(file):
            path = literal(spec.child_by_field_name("path")) or ""
            name = spec.child_by_field_name("name")
            package = self.package(path)
            yield (text(name) if name is not None else _VERSION.sub("", path).rsplit("/", 1)[-1]), package

    def package(self, path: str) -> str:
        """Return the folder that the import *path* means, or the path itself, without a version, when it is another's."""
        for root, folder in self._roots:
            if path == root or path.startswith(f"{root}/"):
                below = path[len(root) :].lstrip("/")
                return "/".join(part for part in (folder, below) if part not in ("", ".")) or "."
        return _VERSION.sub("", path)

    def type_name(self, file: GoFile, node: Node | None) -> TypeName | None:
        """Return the name of the type that *node* says, pointers, lists and type parameters taken off."""
        while node is not None and node.type in _WRAPPERS:
            below = node.child_by_field_name("element") or node.child_by_field_name("type")
            node = below or (node.named_children[-1] if node.named_children else None)
        if node is None:
            return None
        if node.type == "type_identifier":
            return (file.folder, text(node))
        if node.type == "qualified_type":
            package = self.imports[file.path].get(text(node.child_by_field_name("package")))
            return (package, text(node.child_by_field_name("name"))) if package else None
        return None

    def field_type(self, owner: TypeName, name: str) -> TypeName | None:
        """Return the type of the field *name* of the struct *owner*, also of one that is embedded."""
        declared = self.types.get(owner)
        if declared is None:
            return None
        file, spec = declared
        for one in walk(spec, "field_declaration", skip=("field_declaration",)):
            names = [text(each) for each in one.children_by_field_name("name")]
            kind = self.type_name(file, one.child_by_field_name("type"))
            if name in names or (not names and kind and kind[1] == name):
                return kind
        return None

    def mains(self) -> list[str]:
        """Return the folders of the programs."""
        return sorted({file.folder for file in self.files if file.name == "main"})

    def closure(self, main: str) -> set[str]:
        """Return the folders of the packages that the program of the folder *main* imports, and *main*."""
        by_folder: dict[str, set[str]] = {}
        for file in self.files:
            by_folder.setdefault(file.folder, set()).update(self.imports[file.path].values())
        found, left = {main}, [main]
        while left:
            for package in by_folder.get(left.pop(), ()):
                if package in by_folder and package not in found:
                    found.add(package)
                    left.append(package)
        return found

    def reached(self, main: str) -> list[Function]:
        """Return the functions that the program of the folder *main* can reach."""
        return _Reach(self, main).functions()

    def mentions(self, file: GoFile, node: Node) -> _Mentions:
        """Return what *node* mentions; kept, as many programs share code."""
        if node.id not in self._mentions:
            self._mentions[node.id] = self._read(file, node)
        return self._mentions[node.id]

    def _read(self, file: GoFile, node: Node) -> _Mentions:
        found, imports = _Mentions(), self.imports[file.path]
        for one in walk(node, "identifier", "selector_expression", "type_identifier", "qualified_type"):
            if one.type == "selector_expression":
                operand = one.child_by_field_name("operand")
                name = text(one.child_by_field_name("field"))
                package = imports.get(text(operand)) if operand.type == "identifier" else None
                if package:
                    found.of_packages.add((package, name))
                found.methods.add(name)
            elif one.type == "qualified_type":
                package = imports.get(text(one.child_by_field_name("package")))
                found.of_packages.add((package or "", text(one.child_by_field_name("name"))))
            else:
                found.of_packages.add((file.folder, text(one)))
        return found

    def values_of(self, folder: str) -> list[tuple[GoFile, Node]]:
        """Return the declarations of the variables of a package."""
        return self._values.get(folder, [])


class _Reach:
    """What one program mentions, grown until nothing is new."""

    def __init__(self, program: Program, main: str) -> None:
        self._program = program
        self._found: dict[tuple[str, str, str], None] = {}
        self._types: set[TypeName] = set()
        self._methods: set[str] = set()
        self._left: deque[tuple[GoFile, Node]] = deque()
        packages = program.closure(main)
        for folder in sorted(packages):
            self._left.extend(program.values_of(folder))
            self._add((folder, "", "init"))
        self._add((main, "", "main"))
        self._packages = packages
        self._grow()

    def _add(self, key: tuple[str, str, str]) -> None:
        if key in self._program.functions and key not in self._found:
            self._found[key] = None
            self._left.extend((one.file, one.node) for one in self._program.functions[key])

    def _grow(self) -> None:
        while self._left:
            while self._left:
                self._mention(self._program.mentions(*self._left.popleft()))
            for name in self._methods & set(self._program.methods):
                for method in self._program.methods[name]:
                    if (method.file.folder, method.of) in self._types:
                        self._add(method.key)

    def _mention(self, mentions: _Mentions) -> None:
        self._methods |= mentions.methods
        for package, name in mentions.of_packages:
            self._add((package, "", name))
            if (package, name) in self._program.types and (package, name) not in self._types:
                self._types.add((package, name))
                self._left.append(self._program.types[(package, name)])

    def functions(self) -> list[Function]:
        return [one for key in self._found for one in self._program.functions[key]]


def receiver(declared: Node) -> str:
    """Return the name of the type that a method belongs to, or nothing for a function."""
    given = declared.child_by_field_name("receiver")
    return next((text(one) for one in walk(given, "type_identifier")), "") if given is not None else ""


def parameters(declared: Node) -> list[tuple[str, Node]]:
    """Return the names of the parameters of a function, each with its type; one without a name is called ``_``."""
    found: list[tuple[str, Node]] = []
    given = declared.child_by_field_name("parameters")
    for one in given.named_children if given is not None else []:
        if one.type in ("parameter_declaration", "variadic_parameter_declaration"):
            names = [text(each) for each in one.children_by_field_name("name")] or ["_"]
            found += [(name, one.child_by_field_name("type")) for name in names]
    return found

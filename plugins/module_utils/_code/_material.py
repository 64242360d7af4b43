# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a checkout for the looks at its code, each read and parsed once. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._build import is_built
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    EXCLUDED,
    GoCode,
    GoFile,
    read_go,
    shown,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Program
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import matches
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tracked import tracked_files
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_MOST_MATCHES = 2_000


class Material:
    """What the looks share."""

    def __init__(self, path: str, deadline: Deadline, most_bytes: int) -> None:
        self.path = path
        self.deadline = deadline
        self._most_bytes = most_bytes
        self._folder = Folder(path)
        self._names = tracked_files(path, deadline)
        self._texts: dict[str, str] = {}
        self._code: GoCode | LookError | None = None
        self._program: Program | None = None
        self._constants: Constants | None = None

    def names(self, patterns: t.Iterable[str], excluded: t.Iterable[str] = ()) -> list[str]:
        """Return the files that one of *patterns* stands for and none of *excluded*."""
        unwanted = list(excluded)
        found = [
            name
            for pattern in patterns
            for name in self._names
            if matches(pattern, name) and not any(matches(one, name) for one in unwanted)
        ]
        if len(found) > _MOST_MATCHES:
            raise LookError(Reason.UNSUPPORTED, f"{', '.join(patterns)} stand for more than {_MOST_MATCHES} files")
        return list(dict.fromkeys(found))

    def text(self, name: str) -> str:
        """Return the content of a file, which must be UTF-8."""
        if name not in self._texts:
            self.deadline.step()
            try:
                self._texts[name] = self._folder.read(name, self._most_bytes).decode("utf-8-sig")
            except UnicodeDecodeError as exc:
                raise LookError(Reason.MALFORMED, f"{shown(name)} is not UTF-8") from exc
        return self._texts[name]

    def trees(self, name: str) -> list[Tree]:
        """Return the documents of a YAML, JSON, TOML or .env file."""
        return parse(self.text(name).encode(), shown(name))

    def code(self) -> GoCode:
        """Return the Go code that is built for production."""
        if self._code is None:
            try:
                self._code = self._read_code()
            except LookError as exc:
                self._code = exc
        if isinstance(self._code, LookError):
            raise self._code
        return self._code

    def code_with(self, pattern: t.Pattern[bytes]) -> GoCode:
        """Return the Go files that are built and in which *pattern* is found; to parse no other saves time."""
        return self._read_code(pattern) if self._code is None else self.code()

    def _read_code(self, only: t.Pattern[bytes] | None = None) -> GoCode:
        read = read_go(self.path, self.deadline, self._names, excluded=EXCLUDED, only=only)
        kept = [file for file in read.files if is_built(file.path, _head(file))]
        left_out = {file.path for file in read.files} - {file.path for file in kept}
        return GoCode(kept, {name: why for name, why in read.problems.items() if name not in left_out})

    def modules(self) -> list[str]:
        """Return the go.mod files."""
        return [name for name in self._names if name.rsplit("/", 1)[-1] == "go.mod"]

    def program(self) -> Program:
        """Return the declarations of the code."""
        if self._program is None:
            roots = {}
            for name in self.modules():
                match = _MODULE.search(self.text(name))
                if match:
                    roots[match.group(1)] = name.rpartition("/")[0] or "."
            self._program = Program(self.code(), roots)
        return self._program

    def constants(self) -> Constants:
        """Return the constants of the code."""
        if self._constants is None:
            self._constants = Constants(self.code())
        return self._constants

    def used_files(self) -> list[GoFile]:
        """Return the files of the packages that a program imports; all where there is no program."""
        program = self.program()
        mains = program.mains()
        used: set[str] = set().union(*(program.closure(main) for main in mains))
        return [file for file in self.code().files if not mains or file.folder in used]


def _head(file: GoFile) -> str:
    """Return what stands before the package clause."""
    first = next((one for one in file.root.named_children if one.type == "package_clause"), None)
    return file.source[: first.start_byte if first else None].decode("utf-8", "replace")

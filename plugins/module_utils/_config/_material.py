# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a configuration is read from: the files of a checkout, and the variables of its workloads.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import fnmatch
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoFile, go_files, parse_go, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import Variable, variables
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder, read_file
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import dotenv, parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tracked import tracked_files
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree


class Material:
    """The files of a checkout, each read and parsed once, and the variables of the workload."""

    def __init__(self, options: dict[str, t.Any], deadline: Deadline) -> None:
        self._folder = Folder(options["path"])
        self._options = options
        self._deadline = deadline
        self._parsed: dict[str, list[Tree] | LookError] = {}
        self._go_files: list[str] | None = None
        self._parsed_go: dict[str, GoFile] = {}
        self.variables: list[Variable] = []

    def trees(self, file: str) -> list[tuple[str, Tree]]:
        """Return the documents of the files that *file* matches."""
        return [(name, tree) for name in self._folder.matches(file) for tree in self._parse(name)]

    def matches(self, file: str) -> list[str]:
        """Return the names of the files that *file* matches."""
        return self._folder.matches(file)

    def files(self) -> list[str]:
        return sorted(name for name, outcome in self._parsed.items() if not isinstance(outcome, LookError))

    def _parse(self, name: str) -> list[Tree]:
        if name not in self._parsed:
            self._deadline.step()
            try:
                self._parsed[name] = parse(self._folder.read(name, self._options["max_bytes"]), name)
            except LookError as exc:
                self._parsed[name] = exc
        outcome = self._parsed[name]
        if isinstance(outcome, LookError):
            raise outcome
        return outcome

    def read_variables(self) -> None:
        """Collect the variables of every declared environment."""
        own = self._own_variables()
        table = {one.name: str(one.value) for one in own}
        for place in self._options["environments"]:
            known = {one.name: str(one.value) for one in self.variables}
            for name, tree in self.trees(place["file"]):
                self.variables += variables(tree, place["path"], name, table if place["expands"] else None, known)
        self.variables += own

    def _own_variables(self) -> list[Variable]:
        """The variables that the caller hands over: the file first, the dictionary wins."""
        file = self._options["environment_file"]
        found: list[Variable] = []
        if file:
            tree = dotenv(read_file(Path(file), file, self._options["max_bytes"]), file)
            found += [Variable(name, value, file, tree.lines.get((name,))) for name, value in tree.data.items()]
        given = Tree(self._options["environment"] or {})
        named = variables(given, "", "", None)
        names = {one.name for one in named}
        return [one for one in found if one.name not in names] + [
            Variable(one.name, one.value, None, None) for one in named
        ]

    def go(self, pattern: str, word: str) -> list[GoFile]:
        """Return the Go files that *pattern* matches and that have *word* in them; in it a star stands for any text.

        Test files are left out. One that is not Go as it is known here raises LookError.
        """
        self._deadline.step()
        if self._go_files is None:
            tracked = tracked_files(self._options["path"], self._deadline)
            self._go_files = [name for name in go_files(tracked) if not name.endswith("_test.go")]
        sources: dict[str, str] = {}
        for name in fnmatch.filter(self._go_files, pattern):
            self._deadline.step()
            content = self._folder.read(name, self._options["max_bytes"])
            if word.encode() in content:
                sources[shown(name)] = content.decode("utf-8", "replace")
        new = {name: source for name, source in sources.items() if name not in self._parsed_go}
        if new:
            code = parse_go(new)
            code.need_whole()
            self._parsed_go.update({file.path: file for file in code.files})
        return [self._parsed_go[name] for name in sources]

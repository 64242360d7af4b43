# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code in a document names: paths, targets, ports, variables. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _trees
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import SHELLS, Code, Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._paths import Shape, Shapes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._places import Places
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._shell import commands
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._targets import Targets
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._words import inputs, outputs, published
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._names import Names

_CONSOLES = frozenset({"console", "shell-session", "shellsession", "terminal"})
_SETTINGS = frozenset({"env", "dotenv", "ini", "properties"})
_UNNAMED = frozenset({"", "text", "plaintext", "txt"})
_RUNNERS = frozenset(
    {"task", "go-task", "npm", "pnpm", "yarn", "bash", "sh", "go", "kubectl", "docker", "docker-compose", "python3"}
)
_PORT = re.compile(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})\b")
_SET = re.compile(r"^[\s#]*(?:export\s+)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)=", re.MULTILINE)
_USED = re.compile(r"\$\{?([A-Z][A-Z0-9_]+)")
# Words before a name, and behind it, that say that it is not there yet, not any more, or made by the reader.
_TO_COME = re.compile(
    r"\b(?:add|adds|copy|create[sd]?|creating|delete[sd]?|deprecated|example|e\.g\.|formerly|future|generate[sd]?|generating|instead"
    r"|legacy|like|missing|move[sd]?|never|no|none|not|old|output|planned|produce[sd]?|proposed|remove[sd]?|rename[sd]?|replace[sd]?"
    r"|save[sd]?|should|suggested|todo|unlike|was|were|will|without|write[sn]?|wrote)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:is|are|was|were|be|been|gets?)\s+(?:\w+\s+)?(?:added|created|deleted|generated|ignored|moved|planned|removed|renamed|replaced"
    r"|saved|written)\b|\bif (?:available|it exists|present|you have)|\bdoes(?: not|n't)|\bno longer|\bdeprecated|\bfuture|\bmissing"
    r"|\boptional|\bplanned|\bremoved|\btodo\b|\(new\)",
    re.IGNORECASE,
)
_ABOUT_MAKE = re.compile(r"\bmakefile\b|\b(?:instead of|than|vs\.?|versus|replaces|over) make\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """Something that a document names, where, and the rule by which it counts."""

    kind: str  # path, target, port or variable
    name: str
    line: int
    rule: str


@dataclass
class Mentions:
    """What one page names and the checkout lacks; of ports and variables, all that it names."""

    found: list[Mention] = field(default_factory=list)
    own_ports: set[str] = field(default_factory=set)
    own_variables: set[str] = field(default_factory=set)


def mentions(page: Page, names: Names, shapes: Shapes, targets: Targets) -> Mentions:
    """Return what the code in *page* names."""
    seen = _Seen(page, names, shapes, targets)
    for code in page.codes:
        seen.look(code)
    seen.result.found = list(dict.fromkeys(one for one in seen.result.found if not seen.is_written(one)))
    return seen.result


class _Seen:
    def __init__(self, page: Page, names: Names, shapes: Shapes, targets: Targets) -> None:
        self._names = names
        self._shapes = shapes
        self._targets = targets
        self._folder = posixpath.dirname(page.name)
        self._speaks_of_make = bool(page.lines_saying(_ABOUT_MAKE))
        self._written: set[str] = set()
        self.result = Mentions()

    def look(self, code: Code) -> None:
        if code.language is None:
            self._look_at_span(code)
            return
        is_console = code.language in _CONSOLES or code.language in _UNNAMED
        if code.language in SHELLS or is_console:
            self._look_at_commands(code, is_console)
        if code.language in SHELLS | _CONSOLES | _SETTINGS | _UNNAMED:
            self._look_at_settings(code)
        if code.language in _UNNAMED:
            folders = [self._folder, ""]
            for number, path in _trees.missing(code.text, folders, self._names.has):
                self._add("path", path, code.line + number, "tree of files")

    def _look_at_span(self, code: Code) -> None:
        if _PORT.search(code.text):
            self._ports(code.text, code.line)
        before, behind = _around(code)
        if _TO_COME.search(before) or _GONE.search(behind):
            return
        if " " in code.text.strip():
            first = code.text.split()[0]
            if first in _RUNNERS or self._shapes.of(first):
                self._look_at_commands(code, is_console=False)
            return
        shape = self._shapes.of(code.text)
        if shape and not self._is_there(shape, Places(self._folder, self._names)):
            self._add("path", shape.path, code.line, shape.rule)

    def _look_at_commands(self, code: Code, is_console: bool) -> None:
        places = Places(self._folder, self._names)
        lines = code.text.split("\n")
        for command in commands(code.text, code.line, prompted=is_console):
            self._written.update(_clean(name) for name in (*command.writes, *outputs(command.words)))
            rest = lines[command.line - code.line :]
            self._ports(" ".join((*command.words, *command.assignments)), command.line)
            self.result.own_ports.update(published(command.words))
            if not command.words or places.follow(command.words) or places.are_lost or _is_optional(rest[0]):
                continue
            if not self._compares(command.words[0]):
                for name in self._targets.unknown(command.words):
                    self._add("target", name, command.line, "target")
            for word in inputs(command.words):
                shape = self._shapes.of(word)
                if shape and not self._is_there(shape, places):
                    below = next((number for number, line in enumerate(rest) if shape.path in line), 0)
                    self._add("path", shape.path, command.line + below, shape.rule)

    def _compares(self, runner: str) -> bool:
        """Tell whether the document speaks about make as about a thing of others: the checkout has none."""
        return runner == "make" and self._speaks_of_make and not self._names.has("Makefile")

    def _look_at_settings(self, code: Code) -> None:
        self.result.own_variables.update(_USED.findall(code.text))
        for match in _SET.finditer(code.text):
            line = code.line + code.text.count("\n", 0, match.start(1))
            self._add("variable", match.group(1), line, "variable")

    def _ports(self, text: str, line: int) -> None:
        for port in _PORT.findall(text):
            self._add("port", port, line, "port")

    def _is_there(self, shape: Shape, places: Places) -> bool:
        return places.have(shape.path) or self._names.has_end(shape.path) or self._names.is_stem(shape.path)

    def is_written(self, mention: Mention) -> bool:
        """Tell whether the document itself has its reader write the file or make the folder."""
        if mention.kind != "path":
            return False
        path = mention.name.rstrip("/")
        return (
            path in self._written
            or posixpath.basename(path) in self._written
            or any(path.startswith(one + "/") for one in self._written if one)
        )

    def _add(self, kind: str, name: str, line: int, rule: str) -> None:
        self.result.found.append(Mention(kind, name, line, rule))


def _around(code: Code) -> tuple[str, str]:
    """Return what stands before and behind a span, in its line of the paragraph."""
    line = next((line for line in code.beside.split("\n") if f"`{code.text}`" in line), code.beside)
    before, dummy, behind = line.partition(f"`{code.text}`")
    return before, behind


def _is_optional(line: str) -> bool:
    """Tell whether the comment behind a command says that what it names can be missing."""
    dummy, mark, comment = line.partition(" #")
    return bool(mark and _GONE.search(comment))


def _clean(name: str) -> str:
    return posixpath.normpath(name[2:] if name.startswith("./") else name) if name else ""

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which keys of configuration files are explained, in the file or in documents. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

_SAYS = re.compile(r"[A-Za-z]{2,}")
_COMMENTED_OUT = re.compile(r"#\s*(?:-\s+)?[a-z_][\w.-]*:(?:\s+\S+)?\s*|#\s*-\s+\S+")
_FENCE = re.compile(
    r"^(?P<indent>\s*)(?:```|~~~)\s*(?:ya?ml)\b[^\n]*\n(?P<body>.*?)^\s*(?:```|~~~)", re.MULTILINE | re.DOTALL
)
_CODE = re.compile(r"`([^`\n]+)`")
_DOTTED = re.compile(r"[\w-]+(?:\.[\w*<>-]+)+")
_ANY_KEY = re.compile(r"\*|<.*>")
_MOST_LINES_UP = 200


@dataclass(frozen=True)
class Setting:
    """A key of a file that has a value: its ``path``, with a star for each element of a list."""

    path: str
    line: int
    is_commented: bool


def settings(tree: Tree, text: str) -> list[Setting]:
    """Return the keys of a file, each once."""
    lines = text.splitlines()
    found: dict[str, Setting] = {}
    for place in _leaves(tree.data, ()):
        path = ".".join("*" if isinstance(step, int) else str(step) for step in place)
        at = _line_of_key(lines, place, tree.lines.get(place, 1))
        one = Setting(path, at, is_commented(lines, at))
        if path not in found or (one.is_commented and not found[path].is_commented):
            found[path] = one
    return list(found.values())


def _leaves(value: t.Any, place: Place) -> t.Iterator[Place]:
    """Yield the places of the keys that hold no further keys."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _leaves(below, (*place, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, below in enumerate(value):
            yield from _leaves(below, (*place, number))
    elif place and not isinstance(place[-1], int):
        yield place


def _line_of_key(lines: list[str], place: Place, line: int) -> int:
    """Return the line of the key, which may stand above that of its value."""
    key = re.escape(str(place[-1]))
    pattern = re.compile(rf"(?:^|[\s{{,\-])[\"']?{key}[\"']?\s*:")
    for number in range(min(line, len(lines)), max(0, line - _MOST_LINES_UP), -1):
        if pattern.search(lines[number - 1].split(" #", 1)[0]):
            return number
    return line


def is_commented(lines: list[str], line: int) -> bool:
    """Tell whether a comment stands behind the key on *line*, or on the lines right above it."""
    if not 0 < line <= len(lines):
        return False
    behind = re.search(r"(?:^|\s)(#.*)$", _without_texts(lines[line - 1]))
    if behind and _explains(behind.group(1)):
        return True
    number = line - 2
    while number >= 0 and lines[number].lstrip().startswith("#"):
        if _explains(lines[number].strip()):
            return True
        number -= 1
    return False


def _without_texts(line: str) -> str:
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'", '""', line)


def _explains(comment: str) -> bool:
    return bool(_SAYS.search(comment)) and not _COMMENTED_OUT.fullmatch(comment)


class Explained:
    """The keys that documents name: by their whole path, in an example of the file, or by a name that is theirs alone."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._patterns: set[tuple[str, ...]] = set()
        self._words: set[str] = set()

    def read(self, text: str) -> None:
        """Read a document. A star or a placeholder in a path stands for any one key."""
        for path in _DOTTED.findall(text):
            steps = tuple("*" if _ANY_KEY.fullmatch(step) else step for step in path.split("."))
            self._paths.add(_plain(path))
            if "*" in steps:
                self._patterns.add(steps)
        for code in _CODE.findall(text):
            self._words.add(code.strip().rstrip(":").split("=")[0].split(":")[0].strip())
        for match in _FENCE.finditer(text):
            self._read_example(re.sub(rf"^{match.group('indent')}", "", match.group("body"), flags=re.MULTILINE))

    def _read_example(self, example: str) -> None:
        try:
            trees = _yaml.load(example.encode(), "example")
        except LookError:
            return  # an example with "..." in it is still prose
        for tree in trees:
            self._paths.update(_plain(one.path) for one in settings(tree, example))

    def has(self, path: str) -> bool:
        """Tell whether the key at *path* is named."""
        plain = _plain(path)
        last = plain.rsplit(".", 1)[-1]
        if plain in self._paths or plain in self._words or ("_" in last and last in self._words):
            return True
        steps = path.split(".")
        return any(
            len(one) == len(steps) and all(ours in ("*", theirs) for ours, theirs in zip(one, steps))
            for one in self._patterns
        )


def _plain(path: str) -> str:
    """Write *path* without its stars and placeholders."""
    return ".".join(part for part in path.split(".") if part and not _ANY_KEY.fullmatch(part))

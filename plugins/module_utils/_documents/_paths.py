# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What in a document counts as a path of the checkout. Pure. This is a private part of the collection.

The rules are narrow, because a path that is none must raise no alarm. A word counts when it begins with the name of a folder at
the top of the checkout and ends in a slash, in a suffix that the checkout's own files have, or lies below a folder of code
(rule ``path``); when it is a script beside the reader, as in ``./run.sh`` (``script``); when it is a compose file (``compose
file``); when it is a document by its bare name, as in ``SECURITY.md`` (``document``). Absolute paths, addresses, patterns and
words with a placeholder never count.
"""

from __future__ import annotations

import posixpath
import re
import typing as t

_PLACEHOLDER = re.compile(
    r"[<>{}$*?\[\]|…%,@=~\\]|\.\.\.|(?:^|[/._-])(?:your|my|foo|bar|baz|xxx+|nnn+|yyyy\w*|some|path|name|file|filename|example)(?:[/._-]|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|[/_-])(?:\d*[NX]{2,}\w*|0*NN+)(?:[/._-]|$)")
_WORD = re.compile(r"[\w.+-]+(?:/[\w.+-]+)*/?")
_LINE_NUMBER = re.compile(r":\d+(?:[:-]\d+)?$")
_SCRIPTS = (".sh", ".py", ".js", ".ts", ".rb", ".pl")
_COMPOSE = re.compile(r"(?:docker-)?compose[\w.-]*\.ya?ml")
_CODE_FOLDERS = frozenset({"cmd", "configs", "deployments", "internal", "migrations", "pkg", "scripts", "src"})


class Shape(t.NamedTuple):
    """A path as it is written, and the rule by which it counts."""

    path: str
    rule: str


class Shapes:
    """Decides by what a checkout has at its top and by the suffixes of its files."""

    def __init__(self, files: t.Iterable[str], top_folders: t.AbstractSet[str]) -> None:
        self._top_folders = top_folders
        self._suffixes = {posixpath.splitext(name)[1] for name in files} - {""}

    def of(self, word: str) -> Shape | None:
        """Return the path that *word* is, or None."""
        word = _LINE_NUMBER.sub("", word.strip().strip("'\"`;:()"))
        word = word[:-4] if word.endswith("/...") else word
        if word.startswith("/") or _PLACEHOLDER.search(word) or _NUMBERED.search(word):
            return None
        is_beside = word.startswith("./")
        path = word[2:] if is_beside else word
        if not _WORD.fullmatch(path) or ".." in path.split("/"):
            return None
        path = path.rstrip(".")
        first, slash, dummy = path.partition("/")
        if slash and first in self._top_folders and self._is_path(path, first):
            return Shape(path, "path")
        if is_beside and not slash and path.endswith(_SCRIPTS):
            return Shape(path, "script")
        if not slash and _COMPOSE.fullmatch(path):
            return Shape(path, "compose file")
        if not slash and re.fullmatch(r"[A-Z][A-Z0-9_]+\.md", path):
            return Shape(path, "document")
        return None

    def _is_path(self, path: str, first: str) -> bool:
        last = posixpath.basename(path.rstrip("/"))
        suffix = posixpath.splitext(last)[1]
        return path.endswith("/") or suffix in self._suffixes or ("." not in last and first in _CODE_FOLDERS)

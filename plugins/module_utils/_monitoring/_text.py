# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A text of the checkout that monitoring reads: a file, or what a ConfigMap holds. Pure. A private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree


@dataclass(frozen=True)
class Text:
    """The content of the file or of the part of a file that begins on the line behind *line*."""

    content: bytes
    file: str
    line: int = 0
    key: str = ""  # the name that decides the format, where it is not the file's

    @property
    def name(self) -> str:
        return f"{self.file} ({self.key})" if self.key else self.file

    def documents(self) -> list[Document]:
        """Return the documents in it; raise LookError when it is not well formed."""
        try:
            return [Document(tree, self) for tree in parse(self.content, self.key or self.file)]
        except LookError as exc:
            place = f"{self.file}:{self.line}" if self.key else self.file
            raise LookError(exc.reason, f"{place}: {exc.message}" if self.key else exc.message) from exc

    def document(self) -> Document:
        """Return its one document, a mapping."""
        found = [one for one in self.documents() if one.tree.data is not None]
        if len(found) != 1 or not isinstance(found[0].tree.data, dict):
            raise LookError(Reason.MALFORMED, f"{self.name} is not one mapping")
        return found[0]


@dataclass(frozen=True)
class Document:
    """A parsed text, which knows where each part of it stands."""

    tree: Tree
    text: Text

    @property
    def data(self) -> dict[str, t.Any]:
        return self.tree.data if isinstance(self.tree.data, dict) else {}

    def at(self, *path: str | int) -> str:
        """Return the place of what stands at *path*, or of the nearest part around it."""
        for end in range(len(path), -1, -1):
            line = self.tree.lines.get(path[:end])
            if line:
                return f"{self.text.file}:{self.text.line + line}"
        return f"{self.text.file}:{self.text.line + 1}"

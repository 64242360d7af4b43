# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in one document, each with its line. Pure. This is a private part of the collection."""

from __future__ import annotations

import bisect
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._slugs import Anchors

SHELLS = frozenset({"bash", "sh", "shell", "zsh", "fish"})
_COMMENT = re.compile(r"^\s*#(.*)$", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Heading:
    """A heading, and the line of the last line of its section: up to the next heading that is not below it."""

    level: int
    text: str
    anchor: str
    line: int
    last_line: int = 0


@dataclass(frozen=True)
class Link:
    """A link or an image."""

    target: str
    line: int


@dataclass(frozen=True)
class Code:
    """A code span (*language* is None), or a block of code. *beside* is the text that the span stands in."""

    text: str
    line: int
    language: str | None = None
    beside: str = ""


@dataclass(frozen=True)
class Words:
    """The plain text of a heading, a paragraph, a row of a table or a block of code."""

    text: str
    line: int
    is_prose: bool


@dataclass
class Page:
    """One document, or one section of it."""

    name: str
    last_line: int
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)
    first_line: int = 1

    def section(self, heading: Heading) -> Page:
        """Return the part of the page under *heading*, which belongs to it."""
        first, last = heading.line, heading.last_line
        return Page(
            name=self.name,
            first_line=first,
            last_line=last,
            headings=_between(self.headings, first, last),
            links=_between(self.links, first, last),
            codes=_between(self.codes, first, last),
            words=_between(self.words, first, last),
            anchors=self.anchors,
        )

    def count_words(self) -> int:
        """Return how many words of prose there are: outside code and headings, but with the comments between commands."""
        comments = " ".join(
            one for code in self.codes if code.language in SHELLS for one in _COMMENT.findall(code.text)
        )
        return sum(len(_WORD.findall(one.text)) for one in self.words if one.is_prose) + len(_WORD.findall(comments))

    def lines_saying(self, pattern: re.Pattern[str]) -> list[int]:
        """Return the lines at which *pattern* is found in the text; it may run over several blocks."""
        starts: list[int] = []
        length = 0
        for one in self.words:
            starts.append(length)
            length += len(one.text) + 1
        text = "\n".join(one.text for one in self.words)
        lines = []
        for match in pattern.finditer(text):
            block = bisect.bisect_right(starts, match.start()) - 1
            lines.append(self.words[block].line + text.count("\n", starts[block], match.start()))
        return lines


T = t.TypeVar("T", Heading, Link, Code, Words)


def _between(found: list[T], first: int, last: int) -> list[T]:
    return [one for one in found if first <= one.line <= last]

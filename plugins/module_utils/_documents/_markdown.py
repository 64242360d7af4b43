# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read CommonMark with GitHub's tables. This is a private part of the collection."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from html.parser import HTMLParser

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import (
    Code,
    Heading,
    Link,
    Page,
    Words,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

try:
    from markdown_it import MarkdownIt
except ImportError:
    HAS_MARKDOWN = False
else:
    HAS_MARKDOWN = True

_FRONT_MATTER = re.compile(
    r"(?:---\n(?:[\w.-]+[ \t]*:.*\n(?:.*\n){0,200}?|)---|\+\+\+\n(?:.*\n){0,200}?\+\+\+)[ \t]*(?:\n|\Z)"
)
_LONGEST_LINE = 20_000
_OWN_ID = re.compile(r"\s*\{#([\w-]+)\}\s*$")
_REFERENCES = {"a": "href", "img": "src"}


def read_page(content: bytes, name: str) -> Page:
    """Return what stands in the Markdown file *name*."""
    if not HAS_MARKDOWN:
        raise LookError(
            Reason.MISSING_LIBRARY, "Markdown is read with the Python package markdown-it-py, which is not installed"
        )
    text = _text(content, name)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader = _Reader(Page(name, last_line=text.count("\n") + 1))
    reader.read(parser.parse(text))
    return reader.page


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = content.count(b"\n", 0, exc.start) + 1
        raise LookError(Reason.MALFORMED, f"{name}:{line} is not UTF-8") from exc
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise LookError(Reason.UNSUPPORTED, f"{name} has a line of more than {_LONGEST_LINE} characters")
    front = _FRONT_MATTER.match(text)
    return "\n" * front.group().count("\n") + text[front.end() :] if front else text


class _Reader:
    """Goes through the tokens of one document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._row: list[str] | None = None
        self._row_line = 0
        self._level = 0
        self._open_headings: list[Heading] = []

    def read(self, tokens: t.Iterable[t.Any]) -> None:
        for token in tokens:
            line = token.map[0] + 1 if token.map else self._row_line
            if token.type in ("fence", "code_block"):
                language = (token.info.split() or [""])[0].lower()
                first = line + 1 if token.type == "fence" else line
                self.page.codes.append(Code(token.content, first, language))
                self.page.words.append(Words(token.content, first, is_prose=False))
            elif token.type == "html_block":
                self._html(token.content, line)
            elif token.type == "heading_open":
                self._level = int(token.tag[1:])
            elif token.type == "tr_open":
                self._row, self._row_line = [], line
            elif token.type == "tr_close" and self._row is not None:
                self.page.words.append(Words(" | ".join(self._row), self._row_line, is_prose=True))
                self._row = None
            elif token.type == "inline":
                self._inline(token, line)
        self._close_headings(0, self.page.last_line + 1)
        self.page.headings.sort(key=lambda heading: heading.line)

    def _inline(self, token: t.Any, line: int) -> None:
        text = self._children(token.children or [], line, token.content)
        if self._level:
            self.add_heading(self._level, text, line)
            self._level = 0
        elif self._row is not None:
            self._row.append(text)
        else:
            self.page.words.append(Words(text, line, is_prose=True))

    def _children(self, children: t.Iterable[t.Any], line: int, beside: str) -> str:
        parts: list[str] = []
        depth = 0
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
                parts.append("\n")
            elif child.type == "code_inline":
                parts.append(child.content)
                if not depth:  # the text of a link is not looked at twice
                    self.page.codes.append(Code(child.content, line, None, beside))
            elif child.type == "link_open":
                depth += 1
                self.page.links.append(Link(str(child.attrGet("href") or ""), line))
            elif child.type == "link_close":
                depth -= 1
            elif child.type == "image":
                self.page.links.append(Link(str(child.attrGet("src") or ""), line))
            elif child.type == "html_inline":
                self._html(child.content, line)
                line += child.content.count("\n")
            else:
                parts.append(child.content)
        return "".join(parts)

    def _html(self, text: str, line: int) -> None:
        html = _Html(self, line)
        html.feed(text)
        html.close()

    def add_heading(self, level: int, text: str, line: int) -> None:
        own = _OWN_ID.search(text)
        if own:
            self.page.anchors.add(own.group(1))
        self._close_headings(level, line)
        self._open_headings.append(Heading(level, text.strip(), self.page.anchors.add_heading(text), line))
        self.page.words.append(Words(text, line, is_prose=False))

    def _close_headings(self, level: int, line: int) -> None:
        """End the sections of all headings that are not above *level*, before *line*."""
        while self._open_headings and self._open_headings[-1].level >= level:
            ended = self._open_headings.pop()
            self.page.headings.append(dataclasses.replace(ended, last_line=line - 1))


class _Html(HTMLParser):
    """Takes links, ids, headings and words out of raw HTML."""

    def __init__(self, reader: _Reader, line: int) -> None:
        super().__init__()
        self._reader = reader
        self._line = line
        self._heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        line = self._line + self.getpos()[0] - 1
        for key in ("id", "name"):
            if known.get(key):
                self._reader.page.anchors.add(str(known[key]))
        target = known.get(_REFERENCES.get(tag, ""))
        if target is not None:
            self._reader.page.links.append(Link(target, line))
        if re.fullmatch("h[1-6]", tag):
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if self._heading is not None and re.fullmatch("h[1-6]", tag):
            self._reader.add_heading(int(tag[1]), " ".join("".join(self._heading).split()), self._line)
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)
        elif data.strip():
            self._reader.page.words.append(Words(data.strip(), self._line, is_prose=True))

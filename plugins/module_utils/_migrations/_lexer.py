# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Split PostgreSQL's SQL into statements. Pure, in linear time. This is a private part of the collection.

It knows what the server's own lexer knows of where a statement ends: comments (nested), strings of each kind, quoted names,
dollar quotes, parentheses, bodies between BEGIN ATOMIC and END, commands of psql, and the data behind COPY FROM stdin.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

WORD, NAME, STRING, BODY, NUMBER, SIGN, META, COMMENT = (
    "word",
    "name",
    "string",
    "body",
    "number",
    "sign",
    "meta",
    "comment",
)

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d][\w$]*")
_NUMBER = re.compile(r"\d[\w.]*")
_PARAMETER = re.compile(r"\$\d+")
_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_LINE = re.compile(r"[^\n]*")
_NEST = re.compile(r"/\*|\*/")
_QUOTE = re.compile(r"'|\\.", re.DOTALL)
_END_OF_DATA = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)


@dataclass(frozen=True)
class Token:
    """A piece of a statement. *text* of a word is in lower case; of a name, a string or a body it is what stands inside."""

    kind: str
    text: str
    line: int


@dataclass
class Statement:
    """The pieces of one statement, without its comments and its semicolon, and the comments that belong to it."""

    tokens: list[Token] = field(default_factory=list)
    comments: list[Token] = field(default_factory=list)


def statements(text: str, name: str, first_line: int = 1) -> list[Statement]:
    """Return the statements of *text*; raise LookError, calling it *name*, when something in it is not closed.

    A comment belongs to the statement that follows it, or to the one that ends on its line.
    """
    return _Splitter(_Lexer(text, name, first_line)).split()


class _Lexer:
    def __init__(self, text: str, name: str, first_line: int) -> None:
        self._text, self._name, self._line, self._at = text, name, first_line, 0

    def tokens(self) -> t.Iterator[Token]:
        while self._at < len(self._text):
            line, token = self._line, self._next()
            if token:
                yield Token(token[0], token[1], line)

    def skip_data(self) -> None:
        """Leave the data of COPY FROM stdin behind."""
        end = _END_OF_DATA.search(self._text, self._at)
        if not end:
            raise self._unclosed("the data of COPY", self._line)
        self._advance(end.end())

    def fail(self, what: str, line: int) -> LookError:
        return LookError(Reason.MALFORMED, f"{self._name}:{line}: {what}")

    def _unclosed(self, what: str, line: int) -> LookError:
        return self.fail(f"{what} is not closed", line)

    def _next(self) -> tuple[str, str] | None:
        text, at = self._text, self._at
        char = text[at]
        if char.isspace():
            self._take(_SPACE)
            return None
        if text.startswith("--", at):
            return COMMENT, self._take(_LINE)
        if text.startswith("/*", at):
            return COMMENT, self._block()
        if char == "\\":
            return META, self._take(_LINE)
        if char == "'":
            return STRING, self._string(escapes=False)
        if char == '"':
            return NAME, self._name_in_quotes()
        return self._dollar() if char == "$" else self._plain(char)

    def _plain(self, char: str) -> tuple[str, str]:
        if char.isdigit():
            return NUMBER, self._take(_NUMBER)
        if _WORD.match(self._text, self._at):
            word = self._take(_WORD).lower()
            if word in ("e", "b", "x", "n") and self._text.startswith("'", self._at):
                return STRING, self._string(escapes=word == "e")
            return WORD, word
        self._advance(self._at + 1)
        return SIGN, char

    def _dollar(self) -> tuple[str, str]:
        tag = _DOLLAR.match(self._text, self._at)
        if not tag:
            parameter = _PARAMETER.match(self._text, self._at)
            self._advance(parameter.end() if parameter else self._at + 1)
            return SIGN, "$"
        end = self._text.find(tag.group(), tag.end())
        if end < 0:
            raise self._unclosed(f"what begins with {tag.group()}", self._line)
        self._advance(end + len(tag.group()))
        return BODY, self._text[tag.end() : end]

    def _string(self, escapes: bool) -> str:
        start = at = self._at + 1
        line = self._line
        while True:
            found = _QUOTE.search(self._text, at) if escapes else None
            end = found.start() if found else -1 if escapes else self._text.find("'", at)
            if end < 0:
                raise self._unclosed("a string", line)
            if self._text[end] == "\\" or self._text.startswith("''", end):
                at = end + 2
                continue
            self._advance(end + 1)
            return self._text[start:end].replace("''", "'")

    def _name_in_quotes(self) -> str:
        start = at = self._at + 1
        while True:
            end = self._text.find('"', at)
            if end < 0:
                raise self._unclosed("a quoted name", self._line)
            if self._text.startswith('""', end):
                at = end + 2
                continue
            self._advance(end + 1)
            return self._text[start:end].replace('""', '"')

    def _block(self) -> str:
        start, line, depth = self._at, self._line, 0
        for mark in _NEST.finditer(self._text, start):
            depth += 1 if mark.group() == "/*" else -1
            if depth == 0:
                self._advance(mark.end())
                return self._text[start : mark.end()]
        raise self._unclosed("a comment", line)

    def _take(self, pattern: t.Pattern[str]) -> str:
        found = t.cast("re.Match[str]", pattern.match(self._text, self._at))
        self._advance(found.end())
        return found.group()

    def _advance(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to


class _Splitter:
    def __init__(self, lexer: _Lexer) -> None:
        self._lexer = lexer
        self._done: list[Statement] = []
        self._open = Statement()
        self._depth = 0
        self._atomic = 0
        self._last_line = 0

    def split(self) -> list[Statement]:
        for token in self._lexer.tokens():
            self._add(token)
        if self._depth or self._atomic:
            raise self._lexer.fail("a parenthesis or a body is not closed", self._open.tokens[0].line)
        if self._open.tokens:
            self._end()
        elif self._done:
            self._done[-1].comments += self._open.comments
        return self._done

    def _add(self, token: Token) -> None:
        if token.kind == COMMENT:
            ended_here = not self._open.tokens and self._done and token.line == self._last_line
            (self._done[-1] if ended_here else self._open).comments.append(token)
        elif token.kind == META:
            self._open.tokens.append(token)
            if len(self._open.tokens) == 1:
                self._end()
        elif token.kind == SIGN and token.text == ";" and not self._depth and not self._atomic:
            self._last_line = token.line
            self._end()
        else:
            self._nest(token)
            self._open.tokens.append(token)

    def _nest(self, token: Token) -> None:
        if token.kind == SIGN and token.text in "()":
            self._depth += 1 if token.text == "(" else -1
            if self._depth < 0:
                raise self._lexer.fail("a parenthesis is closed that was not opened", token.line)
        elif token.kind == WORD and self._open.tokens:
            before = self._open.tokens[-1]
            if token.text == "atomic" and before.text == "begin" and self._open.tokens[0].text == "create":
                self._atomic = 1
            elif self._atomic and token.text == "case":
                self._atomic += 1
            elif self._atomic and token.text == "end":
                self._atomic -= 1

    def _end(self) -> None:
        ended, self._open = self._open, Statement()
        if not ended.tokens:
            if self._done:
                self._done[-1].comments += ended.comments
            return
        self._done.append(ended)
        words = {token.text for token in ended.tokens if token.kind == WORD}
        if ended.tokens[0].text == "copy" and {"from", "stdin"} <= words:
            self._lexer.skip_data()

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the tokens of one command from front to back. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import NAME, SIGN, WORD, Token

_OWN_SCHEMA = "public."


class Reader:
    """The tokens of a command, and how far they are read."""

    def __init__(self, tokens: t.Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)].line

    def take(self, *words: str) -> bool:
        """Read on when the next tokens are exactly *words*."""
        ahead = self._tokens[self._at : self._at + len(words)]
        if len(ahead) < len(words) or any(
            token.text != word or token.kind not in (WORD, SIGN) for token, word in zip(ahead, words)
        ):
            return False
        self._at += len(words)
        return True

    def take_any(self, *words: str) -> str | None:
        """Read on when the next token is one of *words*, and return it."""
        return next((word for word in words if self.take(word)), None)

    def name(self) -> str | None:
        """Read a name, which may have a schema before it; the schema ``public`` is left away."""
        parts: list[str] = []
        while self._at < len(self._tokens) and self._tokens[self._at].kind in (WORD, NAME):
            parts.append(self._tokens[self._at].text)
            self._at += 1
            if not self.take("."):
                break
        full = ".".join(parts)
        return full[len(_OWN_SCHEMA) :] if full.startswith(_OWN_SCHEMA) else full or None

    def names(self) -> list[str]:
        """Read names with commas between them; the arguments of a function are left away."""
        found = [self.name()]
        self.skip_parentheses()
        while self.take(","):
            found.append(self.name())
            self.skip_parentheses()
        return [name for name in found if name]

    def skip_parentheses(self) -> None:
        if not self.take("("):
            return
        depth = 1
        while depth and self._at < len(self._tokens):
            depth += {"(": 1, ")": -1}.get(self._sign(), 0)
            self._at += 1

    def rest(self) -> t.Sequence[Token]:
        return self._tokens[self._at :]

    def flat(self) -> list[str]:
        """The words of the rest that stand in no parentheses."""
        depth, found = 0, []
        for token in self.rest():
            if token.kind == SIGN and token.text in "()":
                depth += 1 if token.text == "(" else -1
            elif depth == 0 and token.kind == WORD:
                found.append(token.text)
        return found

    def parts(self) -> t.Iterator[Reader]:
        """The rest, split at the commas that stand in no parentheses."""
        depth, part = 0, []  # type: int, list[Token]
        for token in self.rest():
            if token.kind == SIGN and token.text in "()":
                depth += 1 if token.text == "(" else -1
            if token.kind == SIGN and token.text == "," and depth == 0:
                if part:
                    yield Reader(part)
                part = []
            else:
                part.append(token)
        if part:
            yield Reader(part)

    def _sign(self) -> str:
        token = self._tokens[self._at]
        return token.text if token.kind == SIGN else ""

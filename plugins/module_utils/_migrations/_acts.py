# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find what a statement runs: itself, or what stands in the body of DO, in EXECUTE and in WITH.

Pure. This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import (
    BODY,
    META,
    STRING,
    WORD,
    Statement,
    Token,
    statements,
)

Tokens = t.List[Token]

_CONTROL = frozenset({"then", "else", "loop", "begin"})
_WRITES = frozenset({"delete", "update", "insert", "truncate", "merge"})
_CODE = frozenset({"plpgsql", "sql"})
_DEEPEST = 5
_PLACE = re.compile(r"%(?:\d+\$)?[-\d]*[sIL]")
_PUT_TOGETHER = "what_is_put_together"


@dataclass
class Acts:
    """What runs, each as its tokens, and the lines of what cannot be seen."""

    runs: list[Tokens] = field(default_factory=list)
    opaque: list[Token] = field(default_factory=list)


def acts_of(statement: Statement, name: str) -> Acts:
    """Return what *statement* runs when the file *name* is run."""
    found = Acts()
    _look(statement.tokens, name, found, 0)
    return found


def is_code(tokens: Tokens) -> bool:
    """Tell whether *tokens* define a function or a procedure, whose body does not run now."""
    head = [token.text for token in tokens[:4] if token.kind == WORD]
    return head[:1] == ["create"] and bool({"function", "procedure"} & set(head))


def all_tokens(tokens: Tokens, name: str, depth: int = 0) -> t.Iterator[Token]:
    """Return *tokens* and those in the bodies among them, of code that a database understands."""
    yield from tokens
    words = {token.text for token in tokens if token.kind == WORD}
    other_language = "language" in words and not _CODE & (words | {one.text for one in tokens if one.kind == STRING})
    if depth >= _DEEPEST or not (is_code(tokens) or "do" in words) or other_language:
        return
    for token in tokens:
        if token.kind == BODY:
            for inner in statements(token.text, name, token.line):
                yield from all_tokens(inner.tokens, name, depth + 1)


def _look(tokens: Tokens, name: str, found: Acts, depth: int) -> None:
    first = tokens[0]
    if first.kind == META or depth > _DEEPEST:
        found.opaque.append(first)
    elif first.text == "do" and depth == 0:
        _look_into_do(tokens, name, found)
    elif first.text == "with":
        found.runs.append(tokens)
        found.runs += [_within(tokens, at) for at, one in enumerate(tokens) if one.kind == WORD and one.text in _WRITES]
    else:
        found.runs.append(tokens)
        if depth == 0 and first.text == "execute":
            found.opaque.append(first)


def _look_into_do(tokens: Tokens, name: str, found: Acts) -> None:
    bodies = [token for token in tokens if token.kind in (BODY, STRING) and token.text.lower() not in _CODE]
    words = [token.text for token in tokens]
    language = words[words.index("language") + 1] if "language" in words[:-1] else "plpgsql"
    if len(bodies) != 1 or language.lower() not in _CODE:
        found.opaque.append(tokens[0])
        return
    for inner in statements(bodies[0].text, name, bodies[0].line):
        for start in _starts(inner.tokens):
            part = inner.tokens[start:]
            if part[0].text == "execute":
                _execute(part, name, found)
            else:
                _look(part, name, found, 1)


def _starts(tokens: Tokens) -> t.Iterator[int]:
    """Where a command of PL/pgSQL can begin: at the front, and behind THEN, ELSE, LOOP and BEGIN."""
    yield 0
    for at, token in enumerate(tokens[:-1]):
        if token.kind == WORD and token.text in _CONTROL and at + 1 < len(tokens):
            yield at + 1


def _execute(tokens: Tokens, name: str, found: Acts) -> None:
    """EXECUTE of a text: look into it. What is put together from parts is looked into, and cannot be seen whole."""
    rest = tokens[1:]
    is_format = [one.text for one in rest[:2]] == ["format", "("]
    if is_format:
        rest = rest[2:]
    if not rest or rest[0].kind not in (STRING, BODY):
        found.opaque.append(tokens[0])
        return
    is_joined = len(rest) > 1 and rest[1].text == "|"
    text = _PLACE.sub(_PUT_TOGETHER, rest[0].text) if is_format else rest[0].text
    if is_format or is_joined:
        found.opaque.append(tokens[0])
    for inner in statements(f"{text} {_PUT_TOGETHER}" if is_joined else text, name, rest[0].line):
        _look(inner.tokens, name, found, 2)


def _within(tokens: Tokens, start: int) -> Tokens:
    """Return the tokens from *start* to the parenthesis that closes around them."""
    depth = 0
    for at in range(start, len(tokens)):
        if tokens[at].text == "(" and tokens[at].kind != STRING:
            depth += 1
        elif tokens[at].text == ")" and tokens[at].kind != STRING:
            depth -= 1
            if depth < 0:
                return tokens[start:at]
    return tokens[start:]

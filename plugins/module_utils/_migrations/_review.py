# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Review migrations in their order: what they destroy, and whether their ways back undo them.

Pure. This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._acts import (
    Tokens,
    acts_of,
    all_tokens,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._dangers import (
    Danger,
    Lock,
    blocking_index,
    dangers,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Script
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import (
    NAME,
    SIGN,
    WORD,
    Statement,
    Token,
    statements,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._objects import (
    Dropped,
    Made,
    created,
    dropped,
)

# Statements that leave no trace in the schema or the data.
_WITHOUT_TRACE = frozenset(
    {"begin", "start", "commit", "end", "rollback", "set", "reset", "show", "analyze", "vacuum", "explain"}
)
_OF_INTEREST = frozenset({"create", "drop", "alter", "truncate", "delete", "update", "select", "perform"})
_ON_TABLES = ("index", "trigger", "policy", "rule", "column", "constraint")
RELATIONS = ("table", "foreign table", "view", "materialized view")


@dataclass
class Review:
    """What the script of one direction does."""

    script: Script
    made: list[Made] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    dangers: list[tuple[Danger, bool]] = field(default_factory=list)  # with whether it is announced
    locks: list[Lock] = field(default_factory=list)
    opaque: list[int] = field(default_factory=list)  # lines
    calls: dict[str, int] = field(default_factory=dict)  # functions and classes of operators → line
    is_empty: bool = True
    announced: bool = False  # anything in it


def review(script: Script, marker: t.Pattern[str]) -> Review:
    """Read one script. A statement is announced by a comment with the *marker*."""
    found = Review(script)
    for statement in statements(script.text, script.file, script.line):
        is_announced = any(marker.search(comment.text) for comment in statement.comments)
        found.announced = found.announced or is_announced
        found.is_empty = found.is_empty and not _leaves_a_trace(statement)
        acts = acts_of(statement, script.file)
        found.opaque += [token.line for token in acts.opaque if not is_announced]
        for tokens in acts.runs:
            _note(tokens, is_announced, found)
        for token, is_call in _called(list(all_tokens(statement.tokens, script.file))):
            if is_call:
                found.calls.setdefault(token.text, token.line)
    return found


def has_marker(script: Script, marker: t.Pattern[str]) -> bool:
    """Tell whether a script announces something, although it has no statement."""
    return any(marker.search(line) for line in script.text.splitlines() if line.lstrip().startswith(("--", "/*", "*")))


def _note(tokens: Tokens, is_announced: bool, found: Review) -> None:
    if tokens[0].text not in _OF_INTEREST:
        return
    found.dropped += dropped(tokens)
    for one in created(tokens):
        again = any(_names(gone, one) for gone in found.dropped)
        found.made.append(Made(**{**vars(one), "replaces": True}) if again else one)
    found.dangers += [(one, is_announced) for one in dangers(tokens)]
    lock = blocking_index(tokens)
    if lock:
        found.locks.append(lock)


def _leaves_a_trace(statement: Statement) -> bool:
    first = statement.tokens[0].text
    if first in ("select", "values"):  # of a function, it may do anything
        return any(is_call for dummy, is_call in _called(statement.tokens))
    return first not in _WITHOUT_TRACE


def _called(tokens: t.Sequence[Token]) -> t.Iterator[tuple[Token, bool]]:
    for token, behind in zip(tokens, [*tokens[1:], None]):
        if token.kind in (WORD, NAME):
            is_call = bool(behind and behind.kind == SIGN and behind.text == "(")
            yield token, is_call or token.text.endswith("_ops")


def harmful(one: Review, known: t.Collection[str]) -> list[tuple[Danger, bool]]:
    """Return the dangers of an up, but those to tables that it creates itself; *known* are the tables of before."""
    own = {made.name for made in one.made if made.kind == "table"} - set(known)
    return [(danger, announced) for danger, announced in one.dangers if danger.table not in own]


def not_undone(up: Review, down: Review, known: t.Collection[tuple[str, str]]) -> list[Made]:
    """Return what *up* makes and *down* leaves there; *known* are kinds and names of what was there before."""
    return [made for made in _lasting(up, known) if not any(_undoes(gone, made) for gone in down.dropped)]


def _lasting(up: Review, known: t.Collection[tuple[str, str]]) -> t.Iterator[Made]:
    """What is new, and still there at the end. An extension stays: others may use it."""
    own_tables = {made.name for made in up.made if made.kind in RELATIONS}
    for made in up.made:
        if made.kind == "extension" or made.kind in _ON_TABLES and made.table in own_tables:
            continue
        if made.replaces and ((made.kind, made.name) in known or _is_dropped(made, up)):
            continue
        if not _is_dropped(made, up):
            yield made


def _is_dropped(made: Made, one: Review) -> bool:
    return any(_names(gone, made) for gone in one.dropped)


def _names(gone: Dropped, made: Made) -> bool:
    """Tell whether what is dropped is what was made. A table is named with some kinds only."""
    same_table = gone.table is None or made.table is None or gone.table == made.table
    return gone.kind == made.kind and made.name in gone.names and same_table


def _undoes(gone: Dropped, made: Made) -> bool:
    names = set(gone.names)
    if _names(gone, made):
        return True
    if gone.kind == "schema":
        schema = made.name.rpartition(".")[0] or "public"
        return gone.cascade and schema in names
    if gone.kind in RELATIONS and made.kind in _ON_TABLES:
        return made.table in names
    if gone.kind == "column" and made.kind == "index":
        return gone.table == made.table and bool(names & made.words)
    return gone.cascade and bool(names & made.words)

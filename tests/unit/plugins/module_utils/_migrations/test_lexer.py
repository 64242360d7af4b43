# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._lexer import statements


def words(text: str) -> list[list[str]]:
    return [[token.text for token in one.tokens] for one in statements(text, "x.sql")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT 1; select 2", [["select", "1"], ["select", "2"]]),
        ("select ';'; x", [["select", ";"], ["x"]]),
        ("select 'it''s; -- no'; x", [["select", "it's; -- no"], ["x"]]),
        (r"select e'\\'; x", [["select", "\\\\"], ["x"]]),
        (r"select E'a\';b'; x", [["select", r"a\';b"], ["x"]]),
        (r"select 'a\'; x", [["select", "a\\"], ["x"]]),
        ('drop table "a;""B"; x', [["drop", "table", 'a;"B'], ["x"]]),
        ("do $$ begin; end; $$; x", [["do", " begin; end; "], ["x"]]),
        ("do $a$ $b$ ; $$ ; $b$ $a$; x", [["do", " $b$ ; $$ ; $b$ "], ["x"]]),
        ("select a$b$c; x", [["select", "a$b$c"], ["x"]]),
        ("select $1; x", [["select", "$"], ["x"]]),
        ("/* ; /* ; */ ; */ select 1; x", [["select", "1"], ["x"]]),
        ("-- drop table a;\nx", [["x"]]),
        ("create rule r as on insert to a do (delete from b; delete from c); x", None),
        (
            "create function f() returns int begin atomic select case when true then 1 end; select 2; end; x",
            None,
        ),
        ("copy a from stdin;\n1;\tdrop\n\\.\nx", [["copy", "a", "from", "stdin"], ["x"]]),
        ("\\i other.sql\nx;", [["\\i other.sql"], ["x"]]),
        (";;x;", [["x"]]),
        ("", []),
        ("  -- nothing\n", []),
    ],
)
def test_statements_end_where_the_server_ends_them(text: str, expected: list[list[str]] | None) -> None:
    found = words(text)
    if expected is None:
        assert (len(found), found[-1]) == (2, ["x"])
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x;\nselect 'a", 2),
        ("select e'a\\'", 1),
        ('\n\nselect "a', 3),
        ("do $$ begin", 1),
        ("/* /* */", 1),
        ("x;\ncreate table a (b int;", 2),
        ("select 1);", 1),
        ("copy a from stdin;\n1\n", 1),
    ],
)
def test_what_is_not_closed_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(LookError, match=rf"x\.sql:{line}"):
        statements(text, "x.sql")


def test_tokens_know_their_lines() -> None:
    (one,) = statements("/* a\n b */ select\n 'a\nb',\n c", "x.sql", first_line=5)
    assert [(token.text, token.line) for token in one.tokens] == [("select", 6), ("a\nb", 7), (",", 8), ("c", 9)]


def test_a_comment_belongs_to_the_next_statement_or_to_the_one_that_ends_on_its_line() -> None:
    first, second = statements("-- one\na /* in */; -- behind\n-- two\nb;\n-- last", "x.sql")
    assert [comment.text for comment in first.comments] == ["-- one", "/* in */", "-- behind"]
    assert [comment.text for comment in second.comments] == ["-- two", "-- last"]


HOSTILE = ["'" * 400_001, "/*" * 200_000, "(" * 300_000, "e'" + "\\'" * 200_000, "$a" * 200_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_hostile_text_takes_a_moment(text: str) -> None:
    began = time.process_time()
    try:
        statements(text, "x.sql")
    except LookError as error:
        assert "x.sql:1" in error.message
    assert time.process_time() - began < 5

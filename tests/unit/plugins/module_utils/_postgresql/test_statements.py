# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._statements import (
    suffix,
    without_literals,
)

QUERIES = [
    pytest.param("select 1 where a = 'it''s'", "select 1 where a = ?", id="a doubled quote"),
    pytest.param(r"select E'a\'b', 'c'", "select ?, ?", id="an escaped quote"),
    pytest.param(r"select 'a\' , 'secret'", "select ? , ?", id="a backslash that escapes nothing"),
    pytest.param("do $x$ begin 'secret' end $x$", "do ?", id="dollar quotes"),
    pytest.param("select $$secret", "select ?", id="dollar quotes without an end"),
    pytest.param("select 'secret", "select ?", id="a quote without an end"),
    pytest.param('select $1,\n  "A"', 'select $1, "A"', id="parameters and names stay"),
]


@pytest.mark.parametrize(("query", "shown"), QUERIES)
def test_literals_are_left_out(query: str, shown: str) -> None:
    assert without_literals(query) == shown


@given(st.text(alphabet="ab'\\ $", max_size=30))
def test_what_is_quoted_is_never_shown(secret: str) -> None:
    quoted = "s3cr3t" + secret.replace("'", "''")
    assert "s3cr3t" not in without_literals(f"alter role x password '{quoted}' valid until 'never'")


@pytest.mark.parametrize(("columns", "end"), [(["total_exec_time"], "exec_time"), (["total_time"], "time")])
def test_columns_follow_the_version_of_the_extension(columns: list[str], end: str) -> None:
    assert suffix(columns) == end

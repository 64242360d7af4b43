# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Script
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._relations import relations


def left_by(*texts: str) -> tuple[list[str], list[str]]:
    found = relations(Script(f"{number}.sql", text) for number, text in enumerate(texts, start=1))
    return sorted(found.by_name), sorted(found.hypertables)


@pytest.mark.parametrize(
    ("texts", "tables"),
    [
        pytest.param(["create table a (id int); create table b (id int);"], ["a", "b"], id="what is created is there"),
        pytest.param(["create table a (id int);", "drop table a;"], [], id="what is dropped later is not"),
        pytest.param(["create table if not exists public.a ();"], ["a"], id="the own schema is left away"),
        pytest.param(["create table audit.a ();"], ["audit.a"], id="another schema is kept"),
        pytest.param(["create table audit.a ();", "drop schema audit;"], [], id="tables go with their schema"),
        pytest.param(["create temp table a as select 1;"], [], id="a temporary table does not stay"),
        pytest.param(
            ["create table a ();", "alter table a rename to b;"], ["b"], id="a renamed table has its new name"
        ),
        pytest.param(["create table a ();", "alter table a set schema old;"], ["old.a"], id="a moved table is moved"),
        pytest.param(["create table a ();", "alter table a rename column x to y;"], ["a"], id="a column is no table"),
        pytest.param(
            ["create table a (); create view v as select * from a;", "drop table a cascade;"],
            [],
            id="views may go with a table",
        ),
        pytest.param(
            ["create function f() returns void language plpgsql as $$ begin create table a (); end $$;"],
            [],
            id="a function only is defined",
        ),
        pytest.param(["do $$ begin create table a (id int); end $$;"], ["a"], id="a block runs"),
        pytest.param(["create materialized view v as select 1;"], ["v"], id="a materialized view is there"),
    ],
)
def test_what_migrations_leave_behind(texts: list[str], tables: list[str]) -> None:
    assert left_by(*texts)[0] == tables


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("select create_hypertable('a', 'time');", ["a"]),
        ("select create_hypertable(relation => 'public.a', dimension => by_range('time'));", ["a"]),
        ("do $$ begin perform create_hypertable('a', 'time'); end $$;", ["a"]),
        ("create table a (t timestamptz) with (timescaledb.hypertable, timescaledb.partition_column = 't');", ["a"]),
        ("select create_hypertable('a', 'time'); drop table a;", []),
        ("comment on table a is 'see create_hypertable';", []),
    ],
)
def test_hypertables(text: str, names: list[str]) -> None:
    assert left_by("create table a (time timestamptz);" if "create table" not in text else "", text)[1] == names


def test_what_is_put_together_is_told() -> None:
    assert relations([Script("1.sql", "do $$ begin execute 'create table ' || name; end $$;")]).opaque == ["1.sql:1"]

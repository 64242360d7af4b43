# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._extensions import missing
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Script
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._review import (
    Review,
    harmful,
    not_undone,
    review,
)

MARKER = re.compile("readiness: announced .")


def read(text: str) -> Review:
    return review(Script("m.sql", text), MARKER)


def found(text: str, known: tuple[str, ...] = ("t", "u")) -> list[str]:
    return [f"{danger.says} {danger.target}" for danger, dummy in harmful(read(text), known)]


DESTRUCTIVE = {
    "drop table t": "drops the table t",
    "DROP TABLE IF EXISTS public.t CASCADE": "drops the table t",
    'drop table "T"': "drops the table T",
    "drop schema s cascade": "drops the schema s",
    "drop extension vector": "drops the extension vector",
    "drop owned by app": "drops everything that a role owns",
    "drop type y cascade": "drops, with all that depends on it, the type y",
    "truncate t": "empties the table t",
    "truncate table only t restart identity": "empties the table t",
    "delete from t": "deletes every row of the table t",
    "delete from t where true": "deletes every row of the table t",
    "delete from t where 1 = 1": "deletes every row of the table t",
    "delete from t using (select 1 where false) x": "deletes every row of the table t",
    "update t set a = 1": "updates every row of the table t",
    "update only t set a = (select 1 where true)": "updates every row of the table t",
    "update t set a = case when b then 1 else 2 end": "updates every row of the table t",
    "alter table t drop column a": "drops the column t.a",
    "alter table if exists only t add b int, drop if exists a cascade": "drops the column t.a",
    "alter table t alter column a type int using a::int": "changes the type of the column t.a",
    "alter table t alter a set data type int": "changes the type of the column t.a",
    "alter table t alter a set not null": "forbids NULL in the column t.a",
    "alter table t add column a int not null": "adds without a default, and forbids NULL in, the column t.a",
    "alter table t add a numeric(3, 2) check (a > 1) not null": "adds without a default, and forbids NULL in, the column t.a",
    "alter type y rename value 'a' to 'b'": "changes the type y",
    "select drop_chunks('t', interval '1 day')": "drops chunks of the table t",
    "select add_retention_policy('public.t', interval '1 day')": "lets a policy drop the old data of the table t",
    "do $$ begin drop table t; end $$": "drops the table t",
    "do language plpgsql 'begin drop table t; end'": "drops the table t",
    "do $$ begin if x then truncate t; end if; end $$": "empties the table t",
    "do $$ begin for r in select 1 loop delete from t; end loop; end $$": "deletes every row of the table t",
    "do $$ begin execute 'drop table t'; end $$": "drops the table t",
    "do $$ begin execute format('drop table %I', 'x'); end $$": "drops the table what_is_put_together",
    "do $$ begin null; exception when others then drop table t; end $$": "drops the table t",
    "with gone as (delete from t returning *) select * from gone": "deletes every row of the table t",
    "with x as (select 1) delete from t": "deletes every row of the table t",
}


@pytest.mark.parametrize("text", DESTRUCTIVE)
def test_what_destroys_is_found(text: str) -> None:
    assert found(f"{text};") == [DESTRUCTIVE[text]]


HARMLESS = [
    "-- drop table t;",
    "/* truncate t; */ select 1",
    "insert into t values ('drop table t; delete from t')",
    "comment on table t is 'truncate t'",
    "create function f() returns int language plpgsql as $$ begin delete from t; end $$",
    "create function f() returns int language sql begin atomic delete from t; end",
    "create trigger g before update on t execute function f()",
    "delete from t where a = 1",
    "update t set a = 1 where b",
    "select * from t for update",
    "insert into t values (1) on conflict (a) do update set a = 2",
    "drop index i",
    "drop view v",
    "drop type y",
    "drop function f(int)",
    "drop trigger g on t",
    "alter table t drop constraint c",
    "alter table t alter a drop not null, alter a drop default, alter a set default 1",
    "alter table t add column a int",
    "alter table t add column a int not null default 0",
    "alter table t add column a bigserial not null",
    "alter table t add column a int generated always as (b) stored not null",
    "alter table t add constraint c check (a is not null)",
    "alter table t add check (a is not null)",
    "alter type y add value 'x'",
    "create table n (a int); delete from n; alter table n alter a type text; drop table n",
    "create temp table n as select 1; truncate n",
    "create table n (a int); select add_retention_policy('n', interval '1 day')",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_destroys_nothing_is_left_alone(text: str) -> None:
    assert found(f"{text};") == []


def test_a_table_of_before_is_not_ones_own_by_creating_it_again() -> None:
    assert found("create table if not exists t (a int); delete from t;") == ["deletes every row of the table t"]


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("-- readiness: announced T-12, 2 s\ndrop table t;", True),
        ("drop table t; -- readiness: announced T-12", True),
        ("/* readiness: announced T-12 */ do $$ begin drop table t; end $$;", True),
        ("-- readiness: announced\ndrop table t;", False),
        ("-- readiness: announced T-12\nselect 1;\ndrop table t;", False),
        ("select 'readiness: announced T-12'; drop table t;", False),
    ],
)
def test_an_announcement_counts_for_its_own_statement(text: str, announced: bool) -> None:
    assert [said for dummy, said in read(text).dangers] == [announced]


@pytest.mark.parametrize(
    "text",
    [
        "do $$ begin execute x; end $$;",
        "do $$ begin execute 'drop table ' || x; end $$;",
        "do $$ begin execute format(y, 1); end $$;",
        "do $$ begin execute format('%s', y); end $$;",
        "\\i more.sql\n",
        "do language plpython3u $$ plpy.execute('drop table t') $$;",
        "execute prepared;",
    ],
)
def test_what_the_file_does_not_show_is_said(text: str) -> None:
    assert read(text).opaque


def left(up: str, down: str, known: set[tuple[str, str]] | None = None) -> list[str]:
    return [f"{made.kind} {made.name}" for made in not_undone(read(up), read(down), known or set())]


@pytest.mark.parametrize(
    ("up", "down"),
    [
        ("create table a (b int); create index i on a (b);", "drop table if exists a;"),
        ("create unique index concurrently if not exists i on only t (b);", "drop index i;"),
        ("create index on t (b);", "select 1;"),  # a name of the server's choice
        ("alter table t add column c int; create index i on t (c);", "alter table t drop column c;"),
        ("alter table t add constraint k check (a > 1);", "alter table t drop constraint if exists k;"),
        ("create or replace function f(a int default 1) returns int as $$ $$ language sql;", "drop function f(int);"),
        ("create type y as enum ('a');", "drop type y;"),
        ("create trigger g after insert on t execute function f();", "drop trigger g on t;"),
        ("create function f() returns trigger as $$ $$ language plpgsql; create trigger g after insert on t execute function f();",
         "drop function f() cascade;"),
        ("create view v as select * from t;", "drop table t cascade;"),
        ("create materialized view v as select 1; create index i on v (a);", "drop materialized view v;"),
        ("create schema s; create table s.a (b int);", "drop schema s cascade;"),
        ("create table public.a (b int);", "drop table a;"),
        ("create extension vector;", "select 1;"),
        ("create table a (b int); drop table a;", "select 1;"),
        ("alter table t drop constraint k; alter table t add constraint k check (a > 2);", "select f();"),
        ("create policy p on t using (true);", "drop policy p on t;"),
        ("create table a (b int);", "do $$ begin execute 'drop table a'; end $$;"),
        ("create table a (b int), c (d int);", "drop table a, c;"),
    ],
)  # fmt: skip
def test_what_is_undone_is_seen(up: str, down: str) -> None:
    assert left(up, down) == []


@pytest.mark.parametrize(
    ("up", "down", "expected"),
    [
        ("create table a (b int); create table c (d int);", "drop table a;", ["table c"]),
        ("create table a (b int);", "-- drop table a;", ["table a"]),
        ("create table a (b int);", "select 'drop table a;';", ["table a"]),
        ("alter table t add column c int, add d int;", "alter table t drop column c;", ["column d"]),
        ("create type y as enum ('a'); create table a (b y);", "drop table a;", ["type y"]),
        ("create index i on t (c);", "alter table t drop column d;", ["index i"]),
        ("create trigger g after insert on t execute function f();", "drop trigger g on u;", ["trigger g"]),
        ("create view v as select * from t;", "drop table u cascade;", ["view v"]),
        ("create function f() returns int as $$ $$ language sql;", "drop table f;", ["function f"]),
        ("alter table t drop column c; alter table u add column c int;", "select g();", ["column c"]),
    ],
)
def test_what_is_left_is_seen(up: str, down: str, expected: list[str]) -> None:
    assert left(up, down) == expected


def test_a_function_that_was_there_before_is_not_to_be_dropped() -> None:
    again = "create or replace function f() returns int as $$ $$ language sql;"
    assert left(again, "select g();", {("function", "f")}) == []
    assert left(again, "select g();") == ["function f"]


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("begin; commit;", True),
        ("set search_path = public; select 'done' as status;", True),
        ("-- drop table a;", True),
        ("select remove_retention_policy('t');", False),
        ("drop table a;", False),
        ("do $$ begin drop table a; end $$;", False),
    ],
)
def test_a_script_that_leaves_no_trace_is_empty(text: str, empty: bool) -> None:
    assert read(text).is_empty is empty


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        ("select gen_random_bytes(3);", ["gen_random_bytes"]),
        ("create function f() returns text language plpgsql as $$ begin return gen_salt('bf'); end $$;", ["gen_salt"]),
        ("create function f() returns text language plpython3u as $$ gen_salt('bf') $$;", []),
        ("create table a (b text default encode(gen_random_bytes(3), 'hex'));", ["gen_random_bytes"]),
        ("create extension pgcrypto; select gen_random_bytes(3);", []),
        ('create extension if not exists "uuid-ossp"; select uuid_generate_v4();', []),
        ("create function gen_salt() returns int language sql as $$ select 1 $$; select gen_salt();", []),
        ("create index i on t using gin (a gin_trgm_ops);", ["gin_trgm_ops"]),
        ("create table a (digest text, similarity int);", []),
        ("select 'gen_random_bytes(3)'; -- crypt('a')", []),
        ("select gen_random_uuid();", []),
    ],
)
def test_functions_of_extensions_that_nothing_creates_are_found(text: str, functions: list[str]) -> None:
    assert [one.function for one in missing([read(text)], ())] == functions
    assert missing([read(text)], ("pgcrypto", "uuid-ossp", "pg_trgm")) == []

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What documents name: routes, tables and settings."""

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _settings
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._api_document import compare, mentions
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routes import Route
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._tables import Tables, created_in, named
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#### `GET /a/:id` - One", {"GET /a/:"}),
        ("| GET, PATCH | `/a` | both |", {"GET /a", "PATCH /a"}),
        ("| `/a` | POST | makes one |", {"POST /a"}),
        ("**DELETE** `/a/{id}`", {"DELETE /a/:"}),
        ("### `/a/b`\n\n- **Method:** PUT", {"PUT /a/b"}),
        ("GET http://localhost:8080/a?limit=1", {"GET /a"}),
        ("curl -X POST https://api.example.com/a -d '{}'", {"POST /a"}),
        ("curl -s \\\n  --data @x \\\n  $BASE/a/$ID", {"POST /a/:"}),
        ("curl http://h/a/b", {"GET /a/b"}),
        ("**Endpoint:** `ws://localhost:8080/ws`", {"GET /ws"}),
        ("GET and POST `/a`.", {"GET /a", "POST /a"}),
        ("See /a/b, and WIDGET /c; TARGET/d", set()),
        ("`GET` is a method, `/a` is a path", set()),
    ],
)
def test_each_way_to_name_a_route_is_known(text: str, wanted: set[str]) -> None:
    found, dummy = mentions(text, "API.md")

    assert {f"{one.method} {one.path}" for one in found} == wanted


ROUTES = [
    Route(method, path, ("cmd/api",), ("main.go:1",))
    for method, path in (
        ("GET", "/v1/a"),
        ("GET", "/v1/a/:id"),
        ("GET", "/v1/a/stats"),
        ("ANY", "/m"),
        ("GET", "/files/*"),
    )
]


def compared(text: str, prefixes: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    found, base = mentions(text, "API.md")
    missing, unknown = compare(ROUTES, found, base, prefixes)
    return [one.path for one in missing], [f"{one.method} {one.shown} {one.at}" for one in unknown]


def test_a_value_means_its_parameter_and_a_word_the_route_of_that_word() -> None:
    assert compared("GET /v1/a\nGET /v1/a/123\nPOST /m\nGET /files/x/y.png") == (["/v1/a/stats"], [])
    assert compared("GET /v1/a\nGET /v1/a/{name}\nGET /v1/a/stats\nGET /m\nGET /files/{path}") == ([], [])


def test_what_no_program_has_is_unknown() -> None:
    assert compared("GET /v1/b\nPUT /v1/a")[1] == ["GET /v1/b API.md:1", "PUT /v1/a API.md:2"]


def test_a_base_url_stands_before_the_paths() -> None:
    text = "**Base URL:** `http://localhost:8080/v1`\nGET /a\nGET /a/:id\nGET /a/stats\nGET /m\nGET /files/:x"

    assert compared(text) == ([], [])


def test_an_example_of_another_system_claims_nothing() -> None:
    text = "curl http://alertmanager:9093/api/v2/alerts\ncurl http://localhost:8080/v1/gone"

    assert compared(text, ("/v1",))[1] == ["GET /v1/gone API.md:2"]


SQL = """
create table if not exists public.a (id int default 'create table no (');
CREATE TABLE "B" (x text); -- create table no (
/* create table no ( */
create temp table t (x int);
create unlogged table c as select 1;
create table c_1 partition of c for values in (1);
create materialized view v as select 1;
create function f() returns void as $$ begin create table no (x int); end $$ language plpgsql;
do $do$ begin create table d (x int); end $do$;
create table gone (x int); drop table if exists gone, never;
create table old (x int); alter table only old rename to new;
"""


def test_tables_are_what_the_migrations_leave() -> None:
    tables = Tables()
    tables.apply(SQL, "1.sql")

    assert tables.made == {"a": "1.sql:2", "B": "1.sql:3", "c": "1.sql:6", "d": "1.sql:10", "new": "1.sql:12"}
    assert tables.others == {"t", "c_1", "v"}


def test_what_a_script_does_downwards_does_not_count() -> None:
    tables = Tables()
    tables.apply("-- +goose Up\ncreate table a (x int);\n-- +goose Down\ndrop table a;\n", "1.sql")

    assert list(tables.made) == ["a"]


def test_tables_that_a_program_makes_are_known() -> None:
    assert created_in(["\n\tCREATE TABLE IF NOT EXISTS schema_version (\n"]) == {"schema_version"}


DOCUMENT = """
# Orders and positions

Trades are kept. The `users` table, and `api_keys.id`.

| Table | Holds |
|---|---|
| `orders` | what was asked |
| fills | what came |

| Column | Type |
|---|---|
| `amount` | numeric |

### Table: sessions

### `candles`

```sql
CREATE TABLE devices (id int);
SELECT * FROM logs;
```
"""


def test_a_document_names_what_it_writes_as_code_heading_or_head_of_a_row() -> None:
    found = named(DOCUMENT, "S.md")

    assert {
        "users",
        "api_keys",
        "orders",
        "fills",
        "sessions",
        "candles",
        "devices",
        "logs",
        "positions",
    } <= found.words
    assert not {"trades", "kept"} & found.words
    assert found.tables == {
        "orders": "S.md:8",
        "fills": "S.md:9",
        "sessions": "S.md:15",
        "candles": "S.md:17",
        "devices": "S.md:20",
    }


CONFIG = """\
# The application.
app:
  name: "x"
  # What it is: development or production
  environment: "production"
  level: info   # debug to error
  # old: 1
  retired: 2
risk:
  # One a line
  # and another
  max_loss: 0.1
  list:
    - a
  servers:
    - name: one
      url: "http://x#y"
    - name: two   # a name
empty: {}
"""


def explained(document: str) -> list[str]:
    known = _settings.Explained()
    known.read(document)
    (tree,) = _yaml.load(CONFIG.encode(), "c.yaml")
    return [
        f"{one.path}:{one.line}"
        for one in _settings.settings(tree, CONFIG)
        if not one.is_commented and not known.has(one.path)
    ]


def test_a_key_is_explained_by_a_comment_behind_or_right_above_it() -> None:
    assert explained("") == ["app.name:3", "app.retired:8", "risk.list:13", "risk.servers.*.url:17", "empty:19"]


@pytest.mark.parametrize(
    ("document", "gone"),
    [
        ("`app.name` is its name", "app.name:3"),
        ("```yaml\nrisk:\n  list: [b]\n```", "risk.list:13"),
        ("| `risk.servers[].url` |\n`risk.servers.*.url`", "risk.servers.*.url:17"),
        ("`empty`", "empty:19"),
    ],
)
def test_a_key_is_explained_by_a_document(document: str, gone: str) -> None:
    assert set(explained("")) - set(explained(document)) == {gone}


def test_a_common_word_explains_no_key() -> None:
    assert "app.name:3" in explained("The `name` of `url`")

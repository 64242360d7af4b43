# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The migrations of a checkout: the sandbox's, broken in each way that counts, and hostile ones."""

from __future__ import annotations

import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import migration
from sandbox._edits import in_checkout
from sandbox._profile import Profile
from sandbox.components import repository
from sandbox.defects import migrations

from ._judging import defaults, outcome, seen

UP = "create table a (b int);\n"
DOWN = "drop table a;\n"


def look(path: Path, **options: t.Any) -> dict[str, t.Any]:
    """Look as the role does."""
    role = defaults("deployment")
    usual = {
        "announcements": role["deployment_changelogs"],
        "compose": role["deployment_compose_files"],
        "schema_version": 1,
    }
    return seen(migration, path=str(path), **{**usual, **options})


def outcomes(subject: dict[str, t.Any]) -> tuple[str, str]:
    """Return what the review and the way back come to."""
    return outcome("7.2.2", "migrations", subject), outcome("9.4", "migrations", subject)


def write(path: Path, **files: str | bytes) -> Path:
    folder = path / "migrations"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"001_a_sql": UP, "001_a_down_sql": DOWN, **files}.items():
        content = text.encode() if isinstance(text, str) else text
        (folder / f"{name[:-4]}.sql").write_bytes(content)
    return path


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "hardened"
    repository.build(path, Profile.HARDENED)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    repository.build(tmp_path / "release", Profile.HARDENED)
    return tmp_path / "release"


def test_the_migrations_of_the_sandbox_pass(sandbox: Path) -> None:
    subject = look(sandbox, schema_version=repository.SCHEMA_VERSION)

    assert outcomes(subject) == ("passed", "passed")
    assert (subject["count"], subject["latest"], len(subject["at"])) == (13, 13, 26)


def test_an_index_of_an_old_table_is_told_and_no_fault(sandbox: Path) -> None:
    blocking = look(sandbox)["blocking_indexes"]

    assert {one["table"] for one in blocking} == {"llm_decisions"}
    assert blocking[0]["at"].startswith("migrations/00")


def test_what_is_shipped_runs_its_ways_back_and_calls_what_is_not_there(tmp_path: Path) -> None:
    repository.build(tmp_path / "shipped", Profile.AS_SHIPPED)

    subject = look(tmp_path / "shipped", schema_version=13)

    assert subject["run_at_first_start"] == [{"service": "postgres", "downs": 13, "at": "docker-compose.yml:16"}]
    assert [one["function"] for one in subject["missing_extensions"]] == ["gen_random_bytes"]
    assert outcomes(subject) == ("failed", "passed")


@pytest.mark.parametrize("defect", migrations.DEFECTS, ids=lambda defect: defect.name)
def test_each_mistake_fails_its_items(checkout: Path, defect: t.Any) -> None:
    for edit in defect.edits:
        in_checkout(checkout, edit)

    review, way_back = outcomes(look(checkout, schema_version=repository.SCHEMA_VERSION))

    assert (review, way_back) == ("failed", "failed" if "9.4" in defect.items else "passed")


def test_what_is_announced_is_no_fault(tmp_path: Path) -> None:
    drop = "-- readiness: announced in T-12, takes 2 s\nalter table a drop column b;\n"
    write(tmp_path, **{"002_b_sql": drop, "002_b_down_sql": "alter table a add column b int;\n"})

    assert outcomes(look(tmp_path, schema_version=2)) == ("passed", "passed")


def test_a_changelog_announces_a_migration_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, **{"002_b_sql": "truncate a;\n", "002_b_down_sql": "-- readiness: announced, nothing comes back\n"})
    assert outcomes(look(tmp_path, schema_version=2)) == ("failed", "failed")

    (tmp_path / "CHANGELOG.md").write_text("- `002_b` empties the table a, for a minute at most.\n")
    assert outcomes(look(tmp_path, schema_version=2)) == ("passed", "failed")  # announced, and still no way back


def test_what_was_deployed_before_is_not_reviewed_again(tmp_path: Path) -> None:
    write(tmp_path, **{"002_b_sql": "truncate a;\n", "002_b_down_sql": "insert into a select 1;\n"})

    assert outcomes(look(tmp_path, schema_version=2, since=2))[0] == "passed"


UNREADABLE: dict[str, str | bytes] = {
    "not closed": "create table x (a text default 'b);\n",
    "no utf-8": b"-- \xff\ncreate table x (a int);\n",
    "put together": "do $$ begin execute concat('drop', ' table a'); end $$;\n",
    "psql": "\\i /etc/passwd\n",
    "foreign": b"\x7fELF\x02\x01\x00\x00(((('",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_never_passes(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path, **{"002_b_sql": text, "002_b_down_sql": "drop table x;\n"})

    assert outcomes(look(tmp_path, schema_version=2))[0] in ("error", "failed")


def test_what_was_seen_fails_although_another_file_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, **{"002_b_sql": "truncate a;\n", "002_b_down_sql": "select '"})

    assert outcomes(look(tmp_path, schema_version=2))[0] == "failed"


@pytest.mark.parametrize("make", ["nothing", "empty", "file", "misnamed"])
def test_a_folder_without_migrations_is_an_error(tmp_path: Path, make: str) -> None:
    if make == "file":
        (tmp_path / "migrations").write_text("x")
    elif make != "nothing":
        (tmp_path / "migrations").mkdir()
    if make == "misnamed":
        (tmp_path / "migrations" / "x.sql").write_text("x")

    subject = look(tmp_path)

    assert subject["error"]["reason"] == "no_data"
    assert outcomes(subject) == ("error", "error")


def test_a_folder_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / "migrations").symlink_to(tmp_path / "elsewhere" / "migrations")

    assert outcomes(look(tmp_path / "checkout")) == ("error", "error")


def test_a_link_a_pipe_or_a_large_file_is_an_error(tmp_path: Path) -> None:
    write(tmp_path)
    odd = tmp_path / "migrations" / "002_b.sql"
    for make in (lambda: odd.symlink_to("002_b.sql"), lambda: odd.symlink_to("/etc/passwd"), lambda: _large(odd)):
        make()
        assert outcomes(look(tmp_path)) == ("error", "error")
        odd.unlink()


def _large(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(200 << 20)


def test_a_compose_file_that_cannot_be_read_leaves_its_question_open(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "docker-compose.yml").write_text("services: [\n")

    assert outcomes(look(tmp_path)) == ("error", "passed")


def test_a_wrong_pattern_is_an_error(tmp_path: Path) -> None:
    assert look(write(tmp_path), names=["("])["error"]["reason"] == "malformed"


def test_many_and_long_migrations_take_a_moment(tmp_path: Path) -> None:
    rows = "".join(f"insert into t1 values ({number}, 'row; -- {number}');\n" for number in range(30_000))
    files = {f"{number:04}_x_sql": f"create table t{number} (a int, b text);\n" for number in range(1, 1001)}
    downs = {f"{number:04}_x_down_sql": f"drop table t{number};\n" for number in range(1, 1001)}
    write(tmp_path, **files, **downs, **{"1001_rows_sql": rows, "1001_rows_down_sql": "truncate t1;\n"})
    for file in (tmp_path / "migrations").glob("001_a*"):
        file.unlink()
    began = time.process_time()

    subject = look(tmp_path, schema_version=1001, timeout=100.0)

    assert (outcomes(subject)[0], subject["count"]) == ("passed", 1001)
    assert time.process_time() - began < 15

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema of real databases against the migrations of the sandbox's repository."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from tests.unit.catalogue.wiring import documented_keys

from . import _looks as looks
from .test_postgresql import differences


def look(sandbox: Sandbox, target: str = "readiness_postgresql", **changes: t.Any) -> looks.Look:
    path = sandbox.targets.read()["readiness_repository"]["path"]
    return looks.look(sandbox, "schema", target, **{"path": path, **changes})


def test_production_and_staging_have_what_the_release_has(hardened: Sandbox) -> None:
    production, staging = look(hardened).seen, look(hardened, "readiness_staging_postgresql").seen
    for seen in (production, staging):
        assert (seen["error"], seen["unseen"], seen["missing_relations"]) == (None, {}, [])
        assert seen["migrations"] == {"version": 13, "count": 13, "pending": [], "skipped": [], "unknown": []}
        assert seen["release"]["latest"] == 13
        assert differences(seen, documented_keys("schema_info")) == []
    assert production["identity"] != staging["identity"]


def test_hypertables_are_told_from_plain_tables(hardened: Sandbox) -> None:
    assert look(hardened, "readiness_timescaledb").seen["missing_hypertables"] == []
    plain = look(hardened).seen["missing_hypertables"]
    assert [one["name"] for one in plain] == ["candlesticks", "performance_metrics", "audit_logs", "notification_log"]


@pytest.mark.parametrize(
    ("sabotage", "pending", "missing"),
    [
        ("migration_pending", [13], []),
        ("migration_skipped", [7], []),
        ("migration_table_missing", [], ["user_devices"]),
    ],
)
def test_what_is_missing_is_named_with_its_file(
    hardened: Sandbox, sabotage: str, pending: list[int], missing: list[str]
) -> None:
    lifecycle.break_it(hardened, sabotage)
    seen = look(hardened).seen
    lifecycle.repair(hardened, sabotage)
    assert [one["number"] for one in seen["migrations"]["pending"]] == pending
    assert [one["name"] for one in seen["missing_relations"]] == missing
    assert all(
        one["at"].startswith("migrations/0") for one in seen["migrations"]["pending"] + seen["missing_relations"]
    )


def test_without_the_right_it_is_named(hardened: Sandbox) -> None:
    lifecycle.break_it(hardened, "migration_no_right")
    found = look(hardened)
    lifecycle.repair(hardened, "migration_no_right")
    assert found.why("migrations") == "unauthorised"
    right = "grant select on public.schema_version to readiness_probe"
    assert right in found.seen["unseen"]["migrations"]["message"]
    assert found.seen["missing_relations"] == []


def test_a_release_that_does_not_show_what_it_does_is_undecided(hardened: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_a.sql").write_text("create table nowhere (id int);\ndo $$ begin execute 'drop table ' || x; end $$;")
    found = look(hardened, path=str(tmp_path))
    assert found.why("missing_relations") == "unsupported"
    assert found.seen["migrations"]["unknown"] == list(range(2, 14))
    assert look(hardened, path=str(tmp_path), folder="elsewhere").seen["error"]["reason"] == "no_data"

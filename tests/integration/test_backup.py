# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups that the real pg_dump made, and restore drills on the real PostgreSQL under the rights of the documentation."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _record
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._cluster import Cluster
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import backup as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _readiness
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import backups, postgres
from tests.unit.catalogue.wiring import documented_keys

from ._playing import playbook
from .test_postgresql import differences

OPTIONS = ("path", "kinds", "database", "decrypt", "schedules", "records")
NAME = "cryptofunk_daily_20261126_020000.sql"


class Dumps(t.NamedTuple):
    plain: bytes
    archive: bytes


@pytest.fixture(scope="module")
def dumps(started_sandbox: Sandbox) -> Dumps:
    return Dumps(backups.dump(started_sandbox), backups.dump(started_sandbox, "--format=custom"))


def look(options: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    checked = ArgumentSpecValidator(**probe.SPEC).validate(options)
    assert not checked.error_messages
    result = run_probe("backup_info", probe.observe, checked.validated_parameters)
    json.dumps(result, allow_nan=False)
    return t.cast("list[dict[str, t.Any]]", result["observation"])


def content(folder: Path, data: bytes, database: str = postgres.DATABASE) -> dict[str, t.Any]:
    """Return what is seen in a folder with one backup."""
    (folder / NAME).write_bytes(data)
    (one,) = look({"path": str(folder), "kinds": [{"name": "daily", "pattern": "*"}], "database": database})
    assert one["error"] is None
    return t.cast("dict[str, t.Any]", one["content"])


def test_healthy_backups_are_seen_whole(hardened: Sandbox) -> None:
    declared = hardened.targets.read()["readiness_backups"]
    daily, weekly = look({key: declared[key] for key in OPTIONS})
    assert (daily["error"], set(daily["unseen"]), set(weekly["unseen"])) == (None, {"is_after"}, {"is_after", "drill"})
    assert differences(daily, documented_keys("backup_info")) == []
    for one, layers in ((daily, ["encrypted", "gzip", "plain"]), (weekly, ["encrypted", "archive"])):
        assert (one["content"]["layers"], one["content"]["damage"], one["content"]["noise"]) == (layers, [], [])
        assert one["content"]["schema_version"] == 13
        assert len(one["schedule"]) == 1
    assert daily["drill"]["outcome"] == "restored"
    assert hardened.secret("backup_key") not in str((daily, weekly))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99, 1.0])
@pytest.mark.parametrize("kind", ["plain", "zipped", "archive"])
def test_a_dump_that_is_cut_off_is_never_whole(dumps: Dumps, tmp_path: Path, kind: str, share: float) -> None:
    data = {"plain": dumps.plain, "zipped": gzip.compress(dumps.plain), "archive": dumps.archive}[kind]
    cut = min(int(len(data) * share), len(data) - 1)
    assert content(tmp_path, data)["damage"] == []
    assert content(tmp_path, data[:cut])["damage"] != []


def test_an_archive_lists_well_although_its_end_is_missing(dumps: Dumps, tmp_path: Path) -> None:
    """What pg_restore --list says is not enough, which is why the whole archive is read."""
    (tmp_path / "cut").write_bytes(dumps.archive[:-1000])
    assert subprocess.run(["pg_restore", "--list", tmp_path / "cut"], capture_output=True, check=False).returncode == 0
    assert content(tmp_path, dumps.archive[:-1000])["damage"]


def test_the_log_of_pg_dump_in_a_dump_is_seen(hardened: Sandbox, tmp_path: Path) -> None:
    seen = content(tmp_path, backups.noisy(hardened))
    assert seen["noise"][0] == {"line": 1, "text": "pg_dump: last built-in OID is 16383"}


@pytest.mark.parametrize("words", [["--create"], ["--format=custom"]])
def test_a_dump_of_another_database_is_told(hardened: Sandbox, tmp_path: Path, words: list[str]) -> None:
    seen = content(tmp_path, backups.dump(hardened, *words, database="postgres"))
    assert (seen["damage"], seen["tables"], seen["other_databases"]) == ([], [], ["postgres"])


def scratch(sandbox: Sandbox) -> list[str]:
    with postgres.admin(sandbox, "postgres") as cluster:
        return [name for (name,) in backups.scratch_databases(cluster)]


def drilled(sandbox: Sandbox, folder: Path, data: bytes | None = None, **changes: t.Any) -> dict[str, t.Any]:
    """Do a drill with its record in *folder*, of a dump with *data* there, or of the newest daily one."""
    if data is not None:
        (folder / NAME).write_bytes(data)
        changes = {"path": str(folder), "pattern": "*.sql", **changes}
    record = backups.drill(sandbox, backups.DAILY, records=str(folder), **changes)
    assert _record.read(str(folder), backups.DAILY) == json.loads(json.dumps(record))
    assert sandbox.secret("postgres_drill") not in str(record)
    return record


def test_a_drill_restores_and_leaves_nothing_behind(hardened: Sandbox, tmp_path: Path) -> None:
    record = drilled(hardened, tmp_path)
    assert (record["outcome"], record["fault"], record["lost_rows"]) == ("restored", None, [])
    assert record["schema_version"] == 13
    assert {"name": "schema_version", "rows": 13} in record["tables"]
    assert scratch(hardened) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_what_cannot_be_restored_fails_the_drill(hardened: Sandbox, dumps: Dumps, tmp_path: Path, share: float) -> None:
    for data in (dumps.plain, dumps.archive):
        record = drilled(hardened, tmp_path, data[: int(len(data) * share)])
        assert (record["outcome"], bool(record["fault"])) == ("failed", True)
    assert scratch(hardened) == []


def test_noise_fails_the_drill(hardened: Sandbox, tmp_path: Path) -> None:
    record = drilled(hardened, tmp_path, backups.noisy(hardened))
    assert record["fault"].startswith("Cannot restore the dump")
    assert "syntax error" in record["fault"]


def test_fewer_rows_than_declared_are_noted(hardened: Sandbox, dumps: Dumps, tmp_path: Path) -> None:
    record = drilled(hardened, tmp_path, dumps.plain, baseline={"orders": 1, "schema_version": 14, "nowhere": 1})
    wanted = [
        {"table": "nowhere", "wanted": 1, "restored": 0},
        {"table": "schema_version", "wanted": 14, "restored": 13},
    ]
    assert (record["outcome"], record["below_baseline"]) == ("restored", wanted)


def test_a_dump_that_goes_for_the_real_database_is_refused(hardened: Sandbox, tmp_path: Path) -> None:
    record = drilled(hardened, tmp_path, backups.dump(hardened, "--create", "--clean"))
    assert record["fault"] == "The dump reaches beyond its database, and was not restored: DROP DATABASE cryptofunk;"
    with postgres.admin(hardened) as database:
        assert database.run("select count(*) from schema_version") == [(13,)]
    assert scratch(hardened) == []


def test_the_role_of_the_drill_may_not_enter_the_database_of_the_application(hardened: Sandbox) -> None:
    cluster = Cluster(backups.options_of(hardened, backups.DAILY), Deadline(10))
    for database in (postgres.DATABASE, postgres.STAGING):
        with pytest.raises(LookError) as caught:
            cluster.ask("select 1", database)
        assert caught.value.reason is Reason.UNAUTHORISED
    with pytest.raises(LookError, match="is no scratch database"):
        cluster.drop(postgres.DATABASE)


def test_a_scratch_database_is_dropped_while_autovacuum_is_at_work_in_it(hardened: Sandbox) -> None:
    scratch_server = Cluster(backups.options_of(hardened, backups.DAILY), Deadline(60))
    slow = {"autovacuum_naptime": "1s", "autovacuum_vacuum_cost_delay": "100ms", "autovacuum_vacuum_cost_limit": "1"}
    with postgres.admin(hardened, "postgres") as cluster:
        try:
            for setting, value in slow.items():
                cluster.run(f"alter system set {setting} = '{value}'")
            cluster.run("select pg_reload_conf()")
            name = scratch_server.create()
            scratch_server.ask("create table work as select generate_series(1, 200000) as number", name)
            scratch_server.ask("delete from work where number % 2 = 0", name)
            at_work = f"select 1 from pg_stat_activity where datname = '{name}' and backend_type = 'autovacuum worker'"
            wait_until(lambda: bool(cluster.run(at_work)), "Autovacuum in the scratch database", within=30)
            scratch_server.drop(name)
        finally:
            for setting in slow:
                cluster.run(f"alter system reset {setting}")
            cluster.run("select pg_reload_conf()")
    assert scratch(hardened) == []


def _keep_the_scratch_database(sandbox: Sandbox) -> None:
    """Make a template of the scratch database as soon as there is one: a template cannot be dropped."""
    wait_until(lambda: bool(scratch(sandbox)), "The drill's scratch database")
    with postgres.admin(sandbox, "postgres") as cluster:
        cluster.run(f"alter database {scratch(sandbox)[0]} is_template true")


def test_a_database_that_cannot_be_dropped_hides_nothing_of_the_dump(
    hardened: Sandbox, dumps: Dumps, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(_keep_the_scratch_database, hardened)
        half = dumps.plain[: len(dumps.plain) // 2]
        record = drilled(hardened, tmp_path, half, decrypt=["sh", "-c", "sleep 2; cat"])
        kept.result()
    (name,) = scratch(hardened)
    with postgres.admin(hardened, "postgres") as cluster:
        cluster.run(f"alter database {name} is_template false")
        cluster.run(f"drop database {name}")
    assert record["outcome"] == "failed"
    damage, drop = record["fault"].split("; and ")
    assert (
        "restore the dump" in damage or "It ends among the rows" in damage
    )  # psql takes a row that ends in its last column
    assert drop.startswith(f"Cannot drop {name}")


def test_without_the_right_to_create_databases_the_drill_names_it(hardened: Sandbox, tmp_path: Path) -> None:
    with postgres.admin(hardened, "postgres") as cluster:
        cluster.run(f"alter role {postgres.DRILL} nocreatedb")
        try:
            record = drilled(hardened, tmp_path)
        finally:
            cluster.run(f"alter role {postgres.DRILL} createdb")
    assert "permission denied to create database: run docs/grants/restore_drill.sql" in record["fault"]
    wrong = drilled(hardened, tmp_path, login_password="not-the-password")
    assert "password authentication failed" in wrong["fault"]


def _slowly(sandbox: Sandbox) -> list[str]:
    """Return a command that decrypts half of the newest dump, and then is in no hurry."""
    options = backups.options_of(sandbox, backups.DAILY)
    return ["sh", "-c", f"{' '.join(options['decrypt'])} | head -c 60000; sleep 6"]


def test_a_drill_that_takes_too_long_is_ended_and_cleaned_up(hardened: Sandbox, tmp_path: Path) -> None:
    began = time.monotonic()
    record = drilled(hardened, tmp_path, decrypt=_slowly(hardened), timeout=1.0)
    assert record["outcome"] == "failed"
    assert time.monotonic() - began < 5
    assert scratch(hardened) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_drill_that_is_ended_half_way_leaves_nothing_for_long(
    hardened: Sandbox, tmp_path: Path, number: signal.Signals
) -> None:
    options = {**backups.options_of(hardened, backups.DAILY), "decrypt": _slowly(hardened), "records": str(tmp_path)}
    module = "ansible_collections.cryptofunk.readiness.plugins.modules.restore_drill"
    code = f"from {module} import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", _as_module(code, options)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: len(scratch(hardened)) == 1, "That the drill begins", within=10)
        time.sleep(0.3)
        process.send_signal(number)
    finally:
        process.wait(20)
    left = scratch(hardened)
    assert len(left) == (1 if number is signal.SIGKILL else 0)
    assert not list(tmp_path.glob("*.json"))
    wait_until(lambda: not _is_anybody_in(hardened, left), "That psql ends", within=10)
    record = drilled(hardened, tmp_path)
    assert (record["outcome"], record["left_over"]) == ("restored", left)
    assert scratch(hardened) == []


def _as_module(code: str, options: dict[str, t.Any]) -> str:
    arguments = json.dumps({key: one for key, one in options.items() if one is not None})
    return f"from ansible.module_utils.testing import patch_module_args\nimport json\nwith patch_module_args(json.loads({arguments!r})):\n    exec({code!r})"


def _is_anybody_in(sandbox: Sandbox, names: list[str]) -> bool:
    with postgres.admin(sandbox, "postgres") as cluster:
        return bool(cluster.run("select 1 from pg_stat_activity where datname = any(%s)", [names]))


def test_the_playbook_drills_only_what_allows_it_by_name(hardened: Sandbox) -> None:
    inventory = ["-i", str(_readiness.INVENTORY)]
    records = backups.records(hardened)
    before = {path.name: path.read_text() for path in records.glob("*.json")}
    refused = playbook("restore_drill", *inventory, "-e", json.dumps({"readiness_drills": []}))
    assert refused.returncode == 2
    assert "The drill is off here" in refused.stdout
    assert {path.name: path.read_text() for path in records.glob("*.json")} == before
    done = playbook("restore_drill", *inventory)
    assert done.returncode == 0, done.stdout
    assert {path.name for path in records.glob("*.json") if path.read_text() != before[path.name]} == set(before)
    assert hardened.secret("postgres_drill") not in done.stdout + done.stderr

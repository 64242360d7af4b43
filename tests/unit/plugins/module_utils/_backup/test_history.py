# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _files, _record, _schedule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

NOW = time.mktime((2026, 11, 26, 12, 0, 0, 0, 0, -1))
HOUR = 3600.0
RECORD: dict[str, t.Any] = {
    "format": 1,
    "kind": "daily",
    "file": "daily/a.sql.gz",
    "bytes": 10,
    "dump_age_hours": 1.5,
    "started": "2026-11-26T03:00:00Z",
    "finished": "2026-11-26T03:01:00Z",
    "duration_seconds": 60,
    "outcome": "restored",
    "fault": None,
    "schema_version": 13,
    "server_version": "15.18",
    "tables": [],
    "lost_rows": [],
    "below_baseline": [],
}


def made(folder: Path, name: str, hours: float, size: int = 100) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (NOW - hours * HOUR, NOW - hours * HOUR))


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("cryptofunk_daily_20261126_100000.sql.gz", 2),
        ("dump-2026-11-26T10:00:00.sql", 2),
        ("backup_pre_deploy_20261126_100000.sql", 2),
        ("cryptofunk.sql", None),
        ("cryptofunk_20261399_100000.sql", None),
        ("cryptofunk_120261126_100000.sql", None),
    ],
)
def test_a_name_may_hold_a_time(name: str, hours: float | None) -> None:
    assert _files.stamped(name) == (None if hours is None else NOW - hours * HOUR)


def test_a_copy_is_as_old_as_its_name_says(tmp_path: Path) -> None:
    made(tmp_path, "d/cryptofunk_daily_20261120_120000.sql.gz", hours=0)
    (file,) = _files.find(str(tmp_path), "d/*.sql.gz")
    assert (NOW - file.made) / HOUR == 144


def test_a_file_that_was_changed_long_ago_is_not_made_younger_by_its_name(tmp_path: Path) -> None:
    made(tmp_path, "cryptofunk_daily_20261126_110000.sql.gz", hours=50)
    (file,) = _files.find(str(tmp_path), "*.sql.gz")
    assert (NOW - file.made) / HOUR == 50


def test_only_files_of_the_kind_are_found_the_oldest_first(tmp_path: Path) -> None:
    for name, hours in (("a/x.sql", 3.0), ("b/c/x.sql", 9.0), ("x.sql.part", 1.0), ("x.sql", 5.0)):
        made(tmp_path, name, hours)
    assert [one.name for one in _files.find(str(tmp_path), "**/*.sql")] == ["b/c/x.sql", "x.sql", "a/x.sql"]


def test_a_folder_that_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(LookError) as caught:
        _files.find(str(tmp_path / "none"), "*")
    assert caught.value.reason is Reason.NO_DATA


def test_the_size_is_compared_with_the_median(tmp_path: Path) -> None:
    for hours, size in ((40, 100), (30, 1), (20, 120), (10, 30)):
        made(tmp_path, f"{hours}.sql", hours, size)
    files = _files.find(str(tmp_path), "*.sql")
    assert _files.size_ratio(files) == 0.3
    assert _files.longest_gap(files, 10 * HOUR) == 1.0
    with pytest.raises(LookError) as caught:
        _files.size_ratio(files[1:])
    assert caught.value.reason is Reason.TOO_LITTLE_DATA


def test_gaps_are_told_in_periods(tmp_path: Path) -> None:
    for hours in (100, 76, 4):
        made(tmp_path, f"{hours}.sql", hours)
    assert _files.longest_gap(_files.find(str(tmp_path), "*"), 24 * HOUR) == 3.0


def test_a_size_other_than_described_and_a_time_ahead_are_damage(tmp_path: Path) -> None:
    made(tmp_path, "a.sql.gz", -1, size=90)
    (tmp_path / "a.meta.json").write_text('{"backup_size_bytes": 100, "database": "other"}')
    (file,) = _files.find(str(tmp_path), "a.sql.gz")
    assert _files.outer_damage(file, NOW) == ["It is of the future", "It has 90 bytes, and 100 when it was made"]
    assert _files.description(file)["database"] == "other"


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("0 2 * * * backup /srv/backup.sh daily", "0 2 * * *"),
        ("*/15 1-5 * jan,feb sun /srv/backup.sh daily >/dev/null", "*/15 1-5 * jan,feb sun"),
        ("@daily root /srv/backup.sh daily", "@daily"),
        ("# 0 2 * * * backup /srv/backup.sh daily", None),
        ("@reboot root /srv/backup.sh daily", None),
        ("0 2 * * * backup /srv/backup.sh weekly", None),
        ("BACKUP=/srv/backup.sh daily", None),
    ],
)
def test_lines_of_cron_that_run_the_command(line: str, when: str | None) -> None:
    found = _schedule.cron("crontab", f"PATH=/bin\n{line}\n", "backup.sh daily")
    assert found == ([{"at": "crontab:2", "when": when}] if when else [])


@pytest.mark.parametrize("enabled", [True, False])
def test_a_timer_counts_when_it_is_enabled(tmp_path: Path, enabled: bool) -> None:
    (tmp_path / "backup.service").write_text("[Service]\nExecStart=/srv/backup.sh daily\n")
    (tmp_path / "backup.timer").write_text("[Timer]\nOnCalendar=*-*-* 02:00:00\n")
    if enabled:
        (tmp_path / "timers.target.wants").mkdir()
        (tmp_path / "timers.target.wants" / "backup.timer").symlink_to(tmp_path / "backup.timer")
    found = _schedule.entries([f"{tmp_path}/*.service"], "backup.sh daily")
    assert [one["when"] for one in found] == (["*-*-* 02:00:00"] if enabled else [])


def test_without_a_command_the_schedule_is_unknown() -> None:
    with pytest.raises(LookError) as caught:
        _schedule.entries(["/etc/crontab"], None)
    assert caught.value.reason is Reason.NOT_CONFIGURED


def test_a_record_comes_back_as_it_was_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = _record.write(str(tmp_path), RECORD)
    assert _record.read(str(tmp_path), "daily") == RECORD
    assert list(tmp_path.iterdir()) == [path]


def test_a_record_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    _record.write(str(tmp_path), RECORD)
    with pytest.raises(TypeError):
        _record.write(str(tmp_path), {**RECORD, "tables": [object()]})
    assert _record.read(str(tmp_path), "daily") == RECORD
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        json.dumps({**RECORD, "format": 2}).encode(),
        json.dumps({**RECORD, "kind": "weekly"}).encode(),
        json.dumps({**RECORD, "duration_seconds": True}).encode(),
        json.dumps({**RECORD, "duration_seconds": "1"}).encode(),
        json.dumps({**RECORD, "finished": "yesterday"}).encode(),
        json.dumps({key: one for key, one in RECORD.items() if key != "lost_rows"}).encode(),
    ],
)
def test_what_is_no_record_is_refused(raw: bytes) -> None:
    with pytest.raises(LookError) as caught:
        _record.checked(raw, "record", "daily")
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(("folder", "reason"), [(None, Reason.NOT_CONFIGURED), ("/nonexistent", Reason.NO_DATA)])
def test_without_a_record_nothing_is_known(folder: str | None, reason: Reason) -> None:
    with pytest.raises(LookError) as caught:
        _record.read(folder, "daily")
    assert caught.value.reason is reason


def test_a_kind_is_no_path(tmp_path: Path) -> None:
    with pytest.raises(LookError):
        _record.path_of(str(tmp_path), "../other")

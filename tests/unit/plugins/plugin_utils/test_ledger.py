# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import multiprocessing
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils import _ledger
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import append, read, store_observation
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

HEADER = {"type": "run", "id": "r1", "format": 1}


@pytest.fixture
def run_path(tmp_path: Path) -> Path:
    (tmp_path / "observations").mkdir()
    append(tmp_path, "r1", [HEADER])
    return tmp_path


def test_what_was_appended_is_read_in_order(run_path: Path) -> None:
    append(run_path, "r1", [{"type": "verdict", "n": 1}, {"type": "verdict", "n": 2}])
    append(run_path, "r1", [{"type": "end"}])
    ledger = read(run_path)
    assert [record["n"] for record in ledger.of_type("verdict")] == [1, 2]
    assert ledger.ended


def test_a_ledger_without_an_end_has_not_ended(run_path: Path) -> None:
    assert not read(run_path).ended


@pytest.mark.parametrize("keep", range(1, 60, 7))
def test_a_line_that_was_cut_by_a_kill_leaves_the_rest_readable(run_path: Path, keep: int) -> None:
    append(run_path, "r1", [{"type": "verdict", "n": 1}])
    path = run_path / _ledger.LEDGER
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"n":2,"prev":"'[:keep] + b"0" * max(0, keep - 15))
    ledger = read(run_path)
    assert ledger.torn and not ledger.ended
    assert len(ledger.records) == 2
    append(run_path, "r1", [{"type": "end"}])
    assert [record["type"] for record in read(run_path).records] == ["run", "verdict", "end"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_changed_record_breaks_the_chain(run_path: Path, number: int) -> None:
    append(
        run_path,
        "r1",
        [{"type": "verdict", "verdict": "fail"}, {"type": "verdict", "verdict": "fail"}, {"type": "end"}],
    )
    path = run_path / _ledger.LEDGER
    lines = path.read_text().splitlines(keepends=True)
    lines[number] = lines[number].replace("fail", "pass").replace('"id":"r1"', '"id":"r2"')
    path.write_text("".join(lines))
    with pytest.raises(DataError, match="was changed after it was written"):
        read(run_path)


def test_a_removed_record_breaks_the_chain(run_path: Path) -> None:
    append(run_path, "r1", [{"type": "verdict"}, {"type": "end"}])
    path = run_path / _ledger.LEDGER
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[2])
    with pytest.raises(DataError, match=r"ledger.jsonl:2"):
        read(run_path)


def test_a_record_of_another_run_is_refused(run_path: Path) -> None:
    append(run_path, "r2", [{"type": "verdict"}])
    with pytest.raises(DataError, match="belongs to the run r2"):
        read(run_path)


def test_a_ledger_of_another_format_is_refused(tmp_path: Path) -> None:
    append(tmp_path, "r1", [{**HEADER, "format": 99}])
    with pytest.raises(DataError, match="has the format 99"):
        read(tmp_path)


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / _ledger.LEDGER).write_text("hello\n")
    with pytest.raises(DataError):
        read(tmp_path)


def _write(run_path: str, writer: int) -> None:
    for number in range(40):
        append(Path(run_path), "r1", [{"type": "verdict", "writer": writer, "n": number, "pad": "x" * 5000}] * 2)


def test_concurrent_writers_keep_one_chain(run_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(str(run_path), writer)) for writer in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(read(run_path).of_type("verdict")) == 6 * 40 * 2


def test_an_observation_is_kept_once_under_its_hash(run_path: Path) -> None:
    seen: list[dict[str, t.Any]] = [{"subject": "a", "error": None}]
    first, second = store_observation(run_path, seen), store_observation(run_path, list(seen))
    assert first == second
    assert json.loads((run_path / "observations" / f"{first}.json").read_text()) == seen
    assert len(list((run_path / "observations").iterdir())) == 1


def test_half_of_a_surrogate_pair_survives(run_path: Path) -> None:
    odd = "configs/\udcff.yml"
    append(run_path, "r1", [{"type": "verdict", "subject": odd}])
    assert read(run_path).records[-1]["subject"] == odd
    store_observation(run_path, [{"subject": odd}])


def test_a_ledger_is_for_its_owner_only(run_path: Path) -> None:
    assert (run_path / _ledger.LEDGER).stat().st_mode & 0o077 == 0

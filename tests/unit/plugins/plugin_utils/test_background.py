# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks in the background, with real processes: what was seen arrives, and what ends without a result is never taken for one."""

from __future__ import annotations

import os
import signal
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils import _background as background
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._seen import forget_looks, look_once, place_of

LONG = 30  # seconds: nothing here waits for it
SEEN = {"observation": [{"subject": "a"}]}
Look = t.Callable[[], t.Dict[str, t.Any]]


@pytest.fixture
def run_path(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def kept(run_path: Path, name: str = "code_info") -> Path:
    return place_of(str(run_path), name, {})


def gate(run_path: Path) -> tuple[Path, Look]:
    """Return a file, and a look that ends when the file is there."""
    opened = run_path / "opened"

    def look() -> dict[str, t.Any]:
        while not opened.exists():
            time.sleep(0.01)
        return SEEN

    return opened, look


def test_a_look_goes_on_beside_the_run_and_its_result_arrives(run_path: Path) -> None:
    opened, look = gate(run_path)
    promise = background.begin(kept(run_path), look, LONG)
    assert "observation" not in promise  # the look cannot have ended: its file is not there
    opened.touch()
    assert background.redeem(promise, run_path) == SEEN


def test_it_is_another_process_that_looks(run_path: Path) -> None:
    promise = background.begin(kept(run_path), lambda: {"process": os.getpid()}, LONG)
    assert background.redeem(promise, run_path)["process"] != os.getpid()


def test_results_of_a_loop_are_redeemed_one_by_one(run_path: Path) -> None:
    promise = background.begin(kept(run_path), lambda: SEEN, LONG)
    looped = background.redeem({"results": [{"skipped": True}, promise]}, run_path)
    assert looped == {"results": [{"skipped": True}, SEEN]}


def test_who_asks_for_a_look_that_is_under_way_gets_what_it_sees(run_path: Path) -> None:
    opened, look = gate(run_path)
    first = background.begin(kept(run_path), look, LONG)
    assert background.begin(kept(run_path), lambda: {"never": True}, LONG) == first
    opened.touch()
    assert look_once(kept(run_path), lambda: {"never": True}) == SEEN


def test_what_was_seen_already_is_no_promise(run_path: Path) -> None:
    look_once(kept(run_path), lambda: SEEN)
    (run_path / "looks").mkdir(exist_ok=True)
    assert background.begin(kept(run_path), lambda: {"never": True}, LONG) == SEEN


def test_without_a_free_processor_the_look_is_made_at_once(run_path: Path) -> None:
    opened, look = gate(run_path)
    for name in ("code_info", "git_info"):
        background.begin(kept(run_path, name), look, LONG)
    assert background.begin(kept(run_path, "document_info"), lambda: {"process": os.getpid()}, LONG) == {
        "process": os.getpid()
    }
    opened.touch()


@pytest.mark.parametrize("fault", ["killed", "too_long", "crashed"])
def test_a_look_that_ends_without_a_result_is_a_failure_that_says_so(run_path: Path, fault: str) -> None:
    def look() -> dict[str, t.Any]:
        if fault == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "crashed":
            raise MemoryError
        time.sleep(LONG)
        return SEEN

    promise = background.begin(kept(run_path), look, 1)
    result = background.redeem(promise, run_path)
    assert result["failed"]
    assert "ended without a result" in result["msg"]


def test_a_look_ends_with_its_run(run_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = os.fork()
    if not gone:
        os._exit(0)
    os.waitpid(gone, 0)
    monkeypatch.setattr(os, "getppid", lambda: gone)
    promise = background.begin(kept(run_path), gate(run_path)[1], LONG)
    assert background.redeem(promise, run_path)["failed"]


def test_a_look_that_nobody_waited_for_leaves_nothing_behind(run_path: Path) -> None:
    background.begin(kept(run_path), lambda: SEEN, LONG)
    forget_looks(run_path)
    assert not (run_path / "looks").exists()


def test_without_the_run_a_promise_is_a_failure_that_says_so(run_path: Path) -> None:
    promise = background.begin(kept(run_path), lambda: SEEN, LONG)
    assert "run_path" in background.redeem(promise, None)["msg"]


def test_where_nothing_can_be_kept_the_look_is_made_at_once(run_path: Path) -> None:
    (run_path / "looks").write_text("in the way")
    assert background.begin(kept(run_path), lambda: SEEN, LONG) == SEEN

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import run

ENV = {"PATH": "/usr/bin:/bin"}


def sh(script: str, seconds: float = 5, most: int = 1000) -> tuple[bytes, bool, bool]:
    output, process = run(["sh", "-c", script], ENV, Deadline(seconds), most)
    return output, process.complete, process.timed_out


def lives(pid: int) -> bool:
    """Tell whether a process still runs shortly after it was killed; one that only waits to be buried does not."""
    time.sleep(0.1)
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("script", "complete"), [("echo out", True), ("echo out; exit 1", False), ("echo out; kill -9 $$", False)]
)
def test_only_success_is_complete(script: str, complete: bool) -> None:
    assert sh(script) == (b"out\n", complete, False)


def test_a_program_and_its_children_end_at_the_deadline(tmp_path: Path) -> None:
    before = time.monotonic()
    dummy, complete, timed_out = sh(f"sleep 30 & echo $! > {tmp_path}/child; wait", 0.3)

    assert (complete, timed_out) == (False, True)
    assert time.monotonic() - before < 3
    assert not lives(int((tmp_path / "child").read_text()))


def test_output_without_end_is_refused() -> None:
    with pytest.raises(LookError) as caught:
        sh("yes", most=10_000)
    assert caught.value.reason is Reason.UNSUPPORTED


def test_a_program_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(LookError):
        run(["no-such-program"], ENV, Deadline(1))


def test_nothing_of_our_environment_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINESS_TOKEN", "x")

    assert b"READINESS_TOKEN" not in sh("env")[0]

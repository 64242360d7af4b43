# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._configuration import configuration
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._facts import seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

from .test_facts import said

STARTED = seconds("2026-11-25T08:00:00Z")
FILE = {"service": "api", "path": "/app/config.yaml", "file": "config.yaml"}
LINE = {"service": "api", "pattern": "validated"}


class Engine:
    """An engine of one file and one log."""

    def __init__(self, content: bytes = b"", changed: int = STARTED, log: str = "", is_cut: bool = False) -> None:
        self._content, self._changed, self._log, self._is_cut = content, changed, log, is_cut

    def file(self, number: str, path: str) -> tuple[bytes, int]:
        if path != FILE["path"]:
            raise LookError(Reason.NO_DATA, f"{number} has no {path}")
        return self._content, self._changed

    def log(self, number: str, since: int) -> tuple[str, bool]:
        assert (number, since) == ("c0", STARTED)
        return self._log, self._is_cut


def look(engine: Engine, path: t.Any = None, is_one_off: bool = False, **wanted: t.Any) -> dict[str, t.Any]:
    labels = {"com.docker.compose.service": "api", "com.docker.compose.oneoff": str(is_one_off)}
    options = {"view": next(iter(wanted)), "project": "p", "path": path and str(path), **wanted}
    (subject,) = configuration(t.cast("t.Any", engine), {"c0": said(Config={"Labels": labels})}, options)
    return subject


@pytest.mark.parametrize("content", [b"a: 1\n", b"a: 2\n"])
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_file_is_compared_with_the_release_and_its_change_with_the_start(
    tmp_path: pathlib.Path, content: bytes, late: int
) -> None:
    (tmp_path / "config.yaml").write_bytes(b"a: 1\n")
    subject = look(Engine(content, STARTED + late), tmp_path, config_files=[FILE])
    assert (subject["same_as_release"], subject["started_after_change"]) == (content == b"a: 1\n", late <= 0)


def test_without_a_checkout_only_the_comparison_is_unseen() -> None:
    subject = look(Engine(b"a"), config_files=[FILE])
    assert subject["unseen"]["same_as_release"]["reason"] == "not_configured"
    assert subject["started_after_change"]


@pytest.mark.parametrize(
    ("wanted", "is_one_off", "reason"),
    [
        ({"config_files": []}, False, "not_configured"),
        ({"startup_lines": []}, False, "not_configured"),
        ({"config_files": [{**FILE, "path": "/other"}]}, False, "no_data"),
        ({"config_files": [{**FILE, "service": "other"}]}, False, "no_data"),
        ({"startup_lines": [LINE]}, True, "no_data"),
        ({"startup_lines": [{**LINE, "pattern": "("}]}, False, "not_configured"),
    ],
    ids=["no file", "no line", "not in the container", "no container", "only a run beside it", "no expression"],
)
def test_what_cannot_be_seen_has_a_reason(wanted: dict[str, t.Any], is_one_off: bool, reason: str) -> None:
    assert look(Engine(), is_one_off=is_one_off, **wanted)["error"]["reason"] == reason


def test_a_line_is_found_and_not_kept() -> None:
    subject = look(
        Engine(log="2026-11-25T08:00:00.5Z a\n2026-11-25T08:00:01Z validated Secret-4711\n"), startup_lines=[LINE]
    )
    assert (subject["found"], subject["lines"]) == (True, 2)
    assert "Secret-4711" not in str(subject)


@pytest.mark.parametrize(
    ("log", "is_cut", "outcome"),
    [
        pytest.param("", False, False, id="it says nothing"),
        pytest.param("2026-11-25T08:00:30Z ready\n", False, False, id="it says something else"),
        pytest.param("2026-11-25T09:00:00Z ready\n", False, "too_little_data", id="the beginning was thrown away"),
        pytest.param("2026-11-25T08:00:00Z ready\n", True, "too_little_data", id="there is more than was read"),
    ],
)
def test_a_line_that_is_not_there_fails_only_where_the_log_is_whole(log: str, is_cut: bool, outcome: t.Any) -> None:
    subject = look(Engine(log=log, is_cut=is_cut), startup_lines=[LINE])
    assert (subject["error"]["reason"] if subject["error"] else subject["found"]) == outcome

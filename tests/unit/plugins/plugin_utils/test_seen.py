# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import itertools
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._seen import (
    forget_looks,
    look_once,
    place_apart,
    place_of,
)

PLACE = ("manifest_info", {"path": "/srv"})


@pytest.fixture
def look() -> t.Callable[[], dict[str, t.Any]]:
    count = itertools.count(1)
    return lambda: {"observation": [{"subject": "a"}], "number": next(count)}


def test_the_same_look_is_made_once_in_a_run(tmp_path: Path, look: t.Any) -> None:
    first = look_once(place_of(str(tmp_path), *PLACE), look)
    assert look_once(place_of(str(tmp_path), *PLACE), look) == first


@pytest.mark.parametrize(("name", "path"), [("manifest_info", "/other"), ("compose_info", "/srv")])
def test_another_look_is_another(tmp_path: Path, look: t.Any, name: str, path: str) -> None:
    look_once(place_of(str(tmp_path), *PLACE), look)
    assert look_once(place_of(str(tmp_path), name, {"path": path}), look)["number"] == 2


def test_a_look_apart_is_shared_with_none(tmp_path: Path, look: t.Any) -> None:
    look_once(place_apart(str(tmp_path)), look)
    assert look_once(place_apart(str(tmp_path)), look)["number"] == 2


def test_another_run_looks_again(tmp_path: Path, look: t.Any) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    look_once(place_of(str(tmp_path / "one"), *PLACE), look)
    assert look_once(place_of(str(tmp_path / "two"), *PLACE), look)["number"] == 2


def test_what_was_kept_and_damaged_is_looked_at_again(tmp_path: Path, look: t.Any) -> None:
    kept = place_of(str(tmp_path), *PLACE)
    look_once(kept, look)
    kept.write_text("{")
    assert look_once(kept, look)["number"] == 2


def test_what_cannot_be_kept_is_a_result_all_the_same(tmp_path: Path, look: t.Any) -> None:
    assert look_once(place_of(str(tmp_path / "absent"), *PLACE), look)["number"] == 1


def test_at_the_end_nothing_is_kept(tmp_path: Path, look: t.Any) -> None:
    look_once(place_of(str(tmp_path), *PLACE), look)
    forget_looks(tmp_path)
    forget_looks(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_for_nobody_else(tmp_path: Path, look: t.Any) -> None:
    look_once(place_of(str(tmp_path), *PLACE), look)
    (kept,) = (tmp_path / "looks").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)

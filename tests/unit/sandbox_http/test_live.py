# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files that the stand-in follows."""

from __future__ import annotations

from pathlib import Path

from sandbox.standin._live import Live, laid_over


def live(folder: Path, config: str = "app: {environment: production}\n") -> Live:
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    return Live(folder / "config.yaml", folder / "switches.json")


def test_without_a_file_of_switches_none_is_turned(tmp_path: Path) -> None:
    assert live(tmp_path).switch("limits") is None
    assert live(tmp_path).database_is_up()


def test_a_switch_counts_as_soon_as_it_is_written(tmp_path: Path) -> None:
    found = live(tmp_path)
    found.switch("database")
    (tmp_path / "switches.json").write_text('{"database": "down"}', encoding="utf-8")
    assert not found.database_is_up()


def test_removing_the_file_turns_all_switches_back(tmp_path: Path) -> None:
    found = live(tmp_path)
    (tmp_path / "switches.json").write_text('{"database": "down"}', encoding="utf-8")
    found.database_is_up()
    (tmp_path / "switches.json").unlink()
    assert found.database_is_up()


def test_a_file_that_cannot_be_read_leaves_the_last_content(tmp_path: Path) -> None:
    found = live(tmp_path)
    found.config()
    (tmp_path / "config.yaml").write_text("app: {environment: [", encoding="utf-8")
    assert found.config() == {"app": {"environment": "production"}}


def test_what_is_held_in_memory_wins_over_the_file(tmp_path: Path) -> None:
    found = live(tmp_path, "app: {environment: production, name: CryptoFunk}\n")
    (tmp_path / "switches.json").write_text('{"config": {"app": {"environment": "staging"}}}', encoding="utf-8")
    assert found.config() == {"app": {"environment": "staging", "name": "CryptoFunk"}}


def test_laying_over_leaves_the_lower_one_alone() -> None:
    base = {"a": {"b": 1}}
    assert laid_over(base, {"a": {"b": 2}}) == {"a": {"b": 2}}
    assert base == {"a": {"b": 1}}

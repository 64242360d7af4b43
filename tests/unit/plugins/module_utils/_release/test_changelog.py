# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._changelog import (
    Entry,
    date_in,
    entry_of_file,
    find_entry,
)

TEXT = "Something."


@pytest.mark.parametrize(
    ("heading", "date"),
    [
        ("## [1.0.0] - 2026-08-26", "2026-08-26"),
        ("## 1.0.0 - 2026-08-26", "2026-08-26"),
        ("# v1.0.0 (2026-08-26)", "2026-08-26"),
        ("## [1.0.0](https://example.com/compare/v0.9.0...v1.0.0) (2026-08-26)", "2026-08-26"),
        ("### Version 1.0.0, 26 August 2026", "2026-08-26"),
        ("## CryptoFunk 1.0.0 – August 26th, 2026", "2026-08-26"),
        ("## 1.0.0 / 2026/08/26 ##", "2026-08-26"),
        ("1.0.0 (2026-08-26)\n==================", "2026-08-26"),
        ("v1.0.0\n------\n\nReleased: 2026-08-26", "2026-08-26"),
        ("## 1.0.0\n\n_2026-08-26_", "2026-08-26"),
        ("## 1.0.0", None),
        ("## 1.0.0 - unreleased", None),
        ("## 1.0.0 - 2026-02-30", None),
        ("## 1.0.0 - YYYY-MM-DD", None),
    ],
)
def test_the_entry_and_its_date(heading: str, date: str | None) -> None:
    assert find_entry(f"Changelog\n\n{heading}\n\n{TEXT}\n", "1.0.0") == Entry(3, date, False)


@pytest.mark.parametrize(
    "text",
    [
        "## Unreleased\n\n- for 1.0.0\n",
        "## 1.0.0-rc.1 - 2026-08-26\n",
        "## 1.0.0.1 - 2026-08-26\n",
        "## 11.0.0 - 2026-08-26\n",
        "## 1.0.01 - 2026-08-26\n",
        "## From 0.9.0 to 1.0.0\n",
        "```\n## 1.0.0 - 2026-08-26\n```\n",
        "1.0.0 - 2026-08-26\n",
        "",
    ],
)
def test_what_is_no_entry(text: str) -> None:
    assert find_entry(text, "1.0.0") is None


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ("", True),
        ("### Added\n\n### Fixed\n", True),
        ("2026-08-26\n", True),
        ("***\n", True),
        ("### Added\n\n- Something\n", False),
        ("Fixed the order of 2026-08-01 that was booked twice.\n", False),
    ],
)
def test_an_entry_without_words_is_empty(body: str, empty: bool) -> None:
    entry = find_entry(f"## 1.0.0 - 2026-08-26\n{body}\n## 0.9.0 - 2026-07-01\n\n- Old\n", "1.0.0")
    assert entry is not None
    assert entry.is_empty is empty


def test_a_file_of_one_version() -> None:
    assert entry_of_file("# Cache\n\nDate: 2026-08-26\n\nPrices are cached.\n") == Entry(1, "2026-08-26", False)
    assert entry_of_file("# Cache\n") == Entry(1, None, True)


@pytest.mark.parametrize("words", ["12026-08-26", "2026-13-01", "31 June 2026", "in May", "1.2.2026x"])
def test_no_day(words: str) -> None:
    assert date_in(words) is None


HOSTILE = ["#" * 200_000, "1." * 100_000, "## 1.0" + " 1.0.0-a" * 50_000, "1 jan " * 100_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_hostile_text_takes_a_moment(text: str) -> None:
    began = time.process_time()
    assert find_entry(f"{text}\n---\n" * 3, "2.0.0") is None
    assert time.process_time() - began < 3

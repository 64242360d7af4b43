# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._extensions import version_num
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._server import behind, names

VERSIONS = [("2.23.0-dev", 22300), ("0.8.0", 800), ("1.10", 11000), ("15", 150000), ("unpackaged", None)]


@pytest.mark.parametrize(("version", "number"), VERSIONS)
def test_version_of_an_extension_is_one_number(version: str, number: int | None) -> None:
    assert version_num(version) == number


BEHIND = [(150020, 0), (150018, 2), (150099, 0), (190001, None)]


@pytest.mark.parametrize(("version", "distance"), BEHIND)
def test_distance_to_the_newest_minor_release(version: int, distance: int | None) -> None:
    assert behind(version, {"15": 20}) == distance


def test_major_versions_may_be_numbers() -> None:
    assert behind(170005, {17: 12}) == 7  # type: ignore[dict-item]


def test_names_of_a_list_setting() -> None:
    assert names(' timescaledb, "pg_stat_statements" ,') == ["timescaledb", "pg_stat_statements"]
    assert names("") == []

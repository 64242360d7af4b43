# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder


def test_a_pattern_matches_files_and_no_folders(tmp_path: Path) -> None:
    (tmp_path / "reports" / "old").mkdir(parents=True)
    (tmp_path / "reports" / "unit.json").touch()

    assert Folder(str(tmp_path)).matches("reports/*") == ["reports/unit.json"]


@pytest.mark.parametrize(
    "pattern, reason",
    [("", Reason.MALFORMED), ("/etc/*", Reason.UNSUPPORTED), ("../*", Reason.UNSUPPORTED)],
)
def test_what_is_no_pattern_for_files_of_the_checkout_is_an_error(tmp_path: Path, pattern: str, reason: Reason) -> None:
    with pytest.raises(LookError) as raised:
        Folder(str(tmp_path)).matches(pattern)
    assert raised.value.reason == reason


def test_too_many_files_are_an_error(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / str(number)).touch()

    with pytest.raises(LookError, match="more than 2 files"):
        Folder(str(tmp_path)).matches("*", most=2)

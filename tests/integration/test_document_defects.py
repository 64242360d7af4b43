# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sandbox's repository passes, and each mistake in its documents fails the item that it should, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox._profile import Profile
from sandbox.components import repository
from sandbox.defects import documents
from sandbox.defects._defect import Defect

from ._documents import ITEMS, outcomes


def test_the_hardened_repository_passes(tmp_path: Path) -> None:
    repository.build(tmp_path / "checkout", Profile.HARDENED)

    assert outcomes(tmp_path / "checkout") == {}


def test_the_repository_as_it_was_shipped_has_its_real_flaws(tmp_path: Path) -> None:
    repository.build(tmp_path / "checkout", Profile.AS_SHIPPED)

    flaws = ("1.6.3", "2.5.2", "6.1.1", "6.1.2", "6.1.3", "6.1.4", "6.2.3", "6.2.4", "6.3.1", "6.3.4", "6.3.5", "6.3.6")
    assert outcomes(tmp_path / "checkout") == dict.fromkeys(flaws, "failed")


@pytest.mark.parametrize("defect", documents.DEFECTS, ids=lambda defect: defect.name)
def test_a_mistake_fails_its_item_and_no_other(tmp_path: Path, defect: Defect) -> None:
    repository.build(tmp_path / "checkout", Profile.HARDENED, changes=defect.edits)

    assert outcomes(tmp_path / "checkout") == dict.fromkeys(defect.items, "failed")


def test_each_item_of_documents_has_a_mistake() -> None:
    assert {item for items in ITEMS.values() for item in items} == {
        item for defect in documents.DEFECTS for item in defect.items
    }

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sabotage that edits files is repaired to the byte."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from sandbox import sabotages
from sandbox._contract import Sabotage
from sandbox._edits import Edit, in_checkout
from sandbox._profile import Profile
from sandbox.components import repository


def edits_of(sabotage: Sabotage) -> tuple[Edit, ...]:
    keywords = sabotage.do.keywords if isinstance(sabotage.do, functools.partial) else {}
    return tuple(one for one in keywords.get("edits", ()) if isinstance(one, Edit))


EDITING = [one for one in sabotages.ALL if one.component == repository.NAME and edits_of(one)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sabotages") / "checkout"
    repository.build(path, Profile.HARDENED)
    return path


@pytest.mark.parametrize("sabotage", EDITING, ids=lambda one: one.name)
def test_its_repair_leaves_nothing_behind(checkout: Path, sabotage: Sabotage) -> None:
    for edit in edits_of(sabotage):
        in_checkout(checkout, edit)
    broken = repository.git(checkout, "status", "--short")
    for edit in edits_of(sabotage):
        in_checkout(checkout, edit.back)
    left = repository.git(checkout, "status", "--short")
    repository.git(checkout, "reset", "--quiet", "--hard")

    assert broken
    assert not left

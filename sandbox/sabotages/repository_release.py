# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a release can be wrong: its tag, its branch, its changelog, its migrations."""

from __future__ import annotations

import typing as t
from pathlib import Path

from sandbox import _release_actions as actions
from sandbox._contract import Sabotage
from sandbox._edits import Edit
from sandbox._sandbox import Sandbox
from sandbox.components import repository
from sandbox.sabotages.repository import edited

_MIGRATION = "migrations/013_user_devices.sql"


def _done(
    name: str, items: tuple[str, ...], says: str, act: t.Callable[[Path], None], becomes: str = "failed"
) -> Sabotage:
    """Return the sabotage that does *act* to the checkout, and is repaired by building it anew."""

    def do(sandbox: Sandbox) -> None:
        act(repository.folder(sandbox))

    return Sabotage(name, repository.NAME, items, says, do, repository.rebuild, becomes, parts=(".",))


SABOTAGES = [
    _done("tag_missing", ("7.1.6",), "The tag of the release is not there", actions.remove_tag),
    _done("tag_missing_freeze", ("7.1.1", "10.3.5"), "There is no tag to count from", actions.remove_tag, "error"),
    _done("tag_lightweight", ("7.1.6",), "The tag is lightweight", actions.make_lightweight),
    _done("tag_unsigned", ("7.1.6",), "The tag is not signed", actions.take_signature_off),
    _done("tag_of_a_stranger", ("7.1.6",), "The tag is signed by an unknown key", actions.sign_by_a_stranger),
    _done("tag_moved", ("7.1.1", "7.1.6"), "The tag is on the commit before", actions.move_back),
    _done("commit_after_freeze", ("7.1.1",), "The remote's release branch went on", actions.go_on_after_the_freeze),
    _done("no_lessons", ("10.3.5",), "No document was changed since the release", actions.forget_the_documents),
    _done("work_in_the_tree", ("7.1.6",), "A file differs from the release", actions.edit_code),
    edited(
        "version_constant",
        ("7.1.6",),
        "The version constant is another than the tag",
        Edit("internal/config/version.go", '"1.0.0"', '"1.1.0"'),
    ),
    edited(
        "changelog_undated",
        ("7.1.5",),
        "The changelog's entry has no date",
        Edit("CHANGELOG.md", "## 1.0.0 - 2026-08-26", "## 1.0.0 - unreleased"),
    ),
    edited(
        "migration_drops_column",
        ("7.2.2",),
        "A migration drops a column and announces it nowhere",
        Edit(_MIGRATION, "\ncommit;", "\nalter table trades drop column metadata;\ncommit;"),
    ),
    edited(
        "migration_undoes_nothing",
        ("9.4", "7.2.2"),
        "A way back is empty",
        Edit("migrations/010_orchestrator_state_down.sql", "drop table orchestrator_state;\n\ncommit;", "commit;"),
    ),
]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in a release: its tag, its commit, its branch, its versions, its changelog."""

from __future__ import annotations

import typing as t
from pathlib import Path

from sandbox import _release_actions as actions
from sandbox._edits import Edit, Remove, Write
from sandbox.defects._defect import Defect

_ENTRY = "## 1.0.0 - 2026-08-26"


def _done(name: str, says: str, act: t.Callable[[Path], None], *items: str) -> Defect:
    return Defect(name, items or ("7.1.6",), says, after=act)


def _changelog(name: str, says: str, heading: str) -> Defect:
    return Defect(name, ("7.1.5",), says, (Edit("CHANGELOG.md", _ENTRY, heading),))


def _version(name: str, says: str, path: str, right: str, wrong: str) -> Defect:
    return Defect(name, ("7.1.6",), says, (Edit(path, right, wrong),))


DEFECTS = [
    _done("tag_lightweight", "The tag is lightweight", actions.make_lightweight),
    _done("tag_unsigned", "The tag is not signed", actions.take_signature_off),
    _done("tag_signed_by_a_stranger", "The tag is signed by a key that may not sign", actions.sign_by_a_stranger),
    _done("tag_reworded", "The tag was changed after it was signed", actions.say_something_else),
    _done("tag_of_another_name", "The tag's object is that of another release", actions.rename_tag),
    _done("tag_moved_back", "The tag is on the commit before", actions.move_back, "7.1.1", "7.1.6"),
    _done("commit_after_freeze", "The remote's release branch went on", actions.go_on_after_the_freeze, "7.1.1"),
    _done(
        "branch_without_the_release",
        "The release branch does not have the release",
        actions.leave_the_branch_without_the_release,
        "7.1.1",
    ),
    _done("another_branch_checked_out", "The next release is checked out", actions.check_out_another_branch),
    _done("code_edited", "A file of the work tree was edited", actions.edit_code),
    _done("code_edited_unseen", "A file that git is told to leave alone was edited", actions.edit_code_unseen),
    _done("code_removed", "A file of the work tree is gone", actions.remove_code),
    _done("file_left_behind", "A file of the work tree belongs to no commit", actions.leave_a_file),
    _done("file_only_staged", "A file was added and not committed", actions.stage_a_file),
    _done("script_not_executable", "A script lost its mode", actions.make_unrunnable),
    _done("history_replaced", "A commit is replaced by another", actions.replace_history),
    _done("no_lessons_written", "No document was changed since the release", actions.forget_the_documents, "10.3.5"),
    _version(
        "version_constant_ahead",
        "The version constant is the next release's",
        "internal/config/version.go",
        '"1.0.0"',
        '"1.1.0"',
    ),
    _version(
        "version_of_the_config",
        "app.version is an old one",
        "configs/config.yaml",
        'version: "1.0.0"',
        'version: "0.1.0"',
    ),
    _version("version_document_behind", "VERSION.md names the last release", "VERSION.md", "\n1.0.0\n", "\n0.10.0\n"),
    _version(
        "version_of_an_image",
        "The manifest of the API has the last release's image",
        "deployments/k8s/base/deployment-api.yaml",
        "cryptofunk/api:v1.0.0",
        "cryptofunk/api:v0.10.0",
    ),
    _version(
        "version_of_a_service",
        "The compose file has the last release's orchestrator",
        "docker-compose.yml",
        "cryptofunk/orchestrator:v1.0.0",
        "cryptofunk/orchestrator:v0.10.0",
    ),
    _changelog("changelog_unreleased", "The changelog calls it unreleased", "## Unreleased"),
    _changelog("changelog_undated", "The entry has no date", "## 1.0.0"),
    _changelog("changelog_of_no_day", "The entry is of a day that there is not", "## 1.0.0 - 2026-02-30"),
    _changelog("changelog_of_a_candidate", "The entry is of a release candidate", "## 1.0.0-rc.2 - 2026-08-26"),
    Defect(
        "changelog_empty",
        ("7.1.5",),
        "The entry says nothing",
        (Write("CHANGELOG.md", "# Changelog\n\n## 1.0.0 - 2026-08-26\n\n## 0.10.0 - 2026-07-17\n\n- Manifests.\n"),),
    ),
    Defect("changelog_missing", ("7.1.5",), "There is no changelog", (Remove("CHANGELOG.md"),)),
]

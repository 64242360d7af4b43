# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sabotages that change files of the repository; their repair puts back what the release has."""

from __future__ import annotations

import functools

from sandbox._contract import Sabotage
from sandbox._edits import Change, in_checkout
from sandbox._files import write_bytes
from sandbox._sandbox import Sandbox
from sandbox.components import _repository_files as content
from sandbox.components import repository


def changed(
    name: str, items: tuple[str, ...], says: str, changes: tuple[Change, ...], seen_through: tuple[str, ...] = ()
) -> Sabotage:
    """Return the sabotage that does *changes*; *seen_through* are the components by which its items are seen as well."""
    do, undo = functools.partial(_do, changes=changes), functools.partial(_undo, changes=changes)
    files = tuple(change.path for change in changes)
    return Sabotage(name, repository.NAME, items, says, do, undo, parts=files, seen_through=seen_through)


def _do(sandbox: Sandbox, changes: tuple[Change, ...]) -> None:
    for change in changes:
        in_checkout(repository.folder(sandbox), change)


def _undo(sandbox: Sandbox, changes: tuple[Change, ...]) -> None:
    """Put back what the release has at the paths of *changes*."""
    released = content.files(sandbox.profile)
    for change in changes:
        file = repository.folder(sandbox) / change.path
        if change.path in released:
            write_bytes(file, released[change.path], mode=0o644)
        else:
            file.unlink(missing_ok=True)

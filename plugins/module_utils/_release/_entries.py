# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the changelogs of a checkout. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._changelog import (
    Entry,
    entry_of_file,
    find_entry,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._versions import plain
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder


def find_entries(folder: Folder, patterns: t.Sequence[str], version: str, most: int) -> list[dict[str, t.Any]]:
    """Return the entries of *version*, in the order of the *patterns* of files."""
    found: list[dict[str, t.Any]] = []
    for pattern in patterns:
        for file in folder.matches(pattern):
            try:
                text = folder.read(file, most).decode("utf-8-sig")
            except UnicodeDecodeError as exc:
                raise LookError(Reason.MALFORMED, f"{file} is not UTF-8") from exc
            entry = find_entry(text, version) or _by_name(file, text, version)
            if entry:
                found.append({"date": entry.date, "has_text": not entry.is_empty, "at": f"{file}:{entry.line}"})
    return found


def _by_name(file: str, text: str, version: str) -> Entry | None:
    stem = file.rsplit("/", 1)[-1].rpartition(".")[0]
    return entry_of_file(text) if plain(stem) == version else None

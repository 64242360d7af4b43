# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the reader of a document stands while he types its commands. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._names import Names


class Places:
    """The folders of the checkout that the reader can be in: its top, that of the document, and where ``cd`` led him."""

    def __init__(self, folder: str, names: Names) -> None:
        self._names = names
        self._home = list(dict.fromkeys(["", folder]))
        self._folders = self._home
        self.are_lost = False

    def follow(self, words: t.Sequence[str]) -> bool:
        """Follow a command that changes the folder, and tell whether it was one."""
        if words[0] not in ("cd", "pushd", "popd"):
            return False
        target = words[1] if len(words) > 1 else "~"
        if words[0] == "popd" or target in ("-", "..", "../..", "../../.."):
            self._folders, self.are_lost = self._home, False
            return True
        found = [
            full
            for base in (*self._folders, *self._home)
            for full in [posixpath.normpath(posixpath.join(base, target))]
            if full in self._names.folders or full == "."
        ]
        if found and not target.startswith("/"):
            self._folders, self.are_lost = ["" if found[0] == "." else found[0], *self._home], False
        else:
            # Into the clone, by whatever name: its top is where he was before. Anything else leads out of the checkout.
            self.are_lost = target.startswith(("/", "~", "$", "..")) or "/" in target
        return True

    def have(self, path: str) -> bool:
        return any(self._names.has(posixpath.join(folder, path)) for folder in self._folders)

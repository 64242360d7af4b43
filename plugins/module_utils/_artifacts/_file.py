# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One file below the folder of the artifacts, and those beside it. This is a private part of the collection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import UTC
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder


@dataclass(frozen=True)
class File:
    """The file *name* below *root*, of which at most *most* bytes are read."""

    folder: Folder
    root: Path
    name: str
    most: int

    def read(self) -> bytes:
        return self.folder.read(self.name, self.most)

    def modified(self) -> datetime:
        return datetime.fromtimestamp((self.root / self.name).stat().st_mtime, UTC)

    def beside(self, ending: str, other: str) -> bytes | None:
        """Return the content of the file whose name ends in *other* instead of *ending*, or None where there is none."""
        if not self.name.endswith(ending):
            return None
        name = self.name[: len(self.name) - len(ending)] + other
        try:
            return self.folder.read(name, self.most)
        except LookError as exc:
            if exc.reason is Reason.NO_DATA:
                return None
            raise

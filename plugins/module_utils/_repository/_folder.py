# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read files below one folder and none outside it. This is a private part of the collection."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

_MOST_FILES = 500


class Folder:
    """The root of a checkout. Links are resolved, and what they lead to must stand below the root, too."""

    def __init__(self, root: str) -> None:
        self._root = Path(os.path.realpath(root))
        if not self._root.is_dir():
            raise LookError(Reason.NO_DATA, f"There is no folder {root}")

    @property
    def root(self) -> str:
        return str(self._root)

    def matches(self, pattern: str, most: int = _MOST_FILES) -> list[str]:
        """Return the names of the files that *pattern* matches, relative to the root; a plain name matches itself."""
        try:
            self._below(pattern)
            found = sorted(itertools.islice(self._root.glob(pattern), most + 1))
        except ValueError as exc:
            raise LookError(Reason.MALFORMED, f"{pattern!r} is no pattern for files: {exc}") from exc
        except OSError as exc:
            raise look_error(exc, f"look for {pattern}") from exc
        if len(found) > most:
            raise LookError(Reason.UNSUPPORTED, f"{pattern} matches more than {most} files")
        return [str(path.relative_to(self._root)) for path in found if not path.is_dir()]

    def holds(self, name: str) -> bool:
        """Tell whether there is a file or a folder *name*."""
        return self._below(name).exists()

    def read(self, name: str, most: int) -> bytes:
        """Return the content of the file *name*, which must not be larger than *most* bytes."""
        return read_file(self._below(name), name, most)

    def exists(self, name: str) -> bool:
        return self._below(name).exists()

    def is_folder(self, name: str) -> bool:
        return self._below(name).is_dir()

    def _below(self, name: str) -> Path:
        full = Path(os.path.realpath(self._root / name))
        if Path(name).is_absolute() or full != self._root and self._root not in full.parents:
            raise LookError(Reason.UNSUPPORTED, f"{name} leads out of the checkout")
        return full


def read_file(full: Path, name: str, most: int) -> bytes:
    """Return the content of the regular file at *full*; errors call it *name*."""
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except FileNotFoundError as exc:
        raise LookError(Reason.NO_DATA, f"There is no file {name}") from exc
    except OSError as exc:
        raise look_error(exc, f"read {name}") from exc
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise LookError(Reason.UNSUPPORTED, f"{name} is no regular file")
    with os.fdopen(handle, "rb") as stream:
        try:
            content = stream.read(most + 1)
        except OSError as exc:
            raise look_error(exc, f"read {name}") from exc
    if len(content) > most:
        raise LookError(Reason.UNSUPPORTED, f"{name} is larger than {most} bytes")
    return content

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which files belong to a checkout. This is a private part of the collection."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import open_repository, split

_MOST = 50_000


def tracked_files(path: str, deadline: Deadline, most: int = _MOST) -> list[str]:
    """Return the files that git tracks at *path*, sorted, without submodules; every file where there is no ``.git``.

    A name that is not UTF-8 keeps its bytes as lone surrogates, as ``os.fsdecode`` does it.
    """
    if not Path(path).is_dir():
        raise LookError(Reason.NO_DATA, f"There is no folder {path}")
    found = list(_listed(path, deadline) if Path(path, ".git").exists() else _walked(path, deadline, most))
    if len(found) > most:
        raise LookError(Reason.UNSUPPORTED, f"{path} has more than {most} files")
    if not found:
        raise LookError(Reason.NO_DATA, f"{path} has no files")
    return sorted(set(found))


def _listed(path: str, deadline: Deadline) -> t.Iterator[str]:
    for part in split(open_repository(path, deadline).ask("ls-files", "-z", "--cached", "--stage")):
        meta, dummy, name = part.partition(b"\t")
        if not meta.startswith(b"160000"):
            yield os.fsdecode(name)


def _walked(path: str, deadline: Deadline, most: int) -> t.Iterator[str]:
    """List an unpacked archive. No link is followed."""
    left = most + 1
    for folder, below, names in os.walk(path):
        deadline.step()
        below[:] = sorted(one for one in below if one != ".git")
        for name in names:
            left -= 1
            yield os.path.relpath(str(Path(folder, name)), path)
        if left <= 0:
            return

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is made once for a user, and found by every later run."""

from __future__ import annotations

import fcntl
import os
import shutil
import typing as t
from pathlib import Path


def cache() -> Path:
    """Return the sandbox's folder in the caller's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(base).expanduser() / "readiness-sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def made_once(name: str, make: t.Callable[[Path], None]) -> Path:
    """Return the folder *name* of the cache. Where there is none, *make* fills one, alone and all or nothing."""
    target = cache() / name
    if target.is_dir():
        return target
    with (cache() / f"{name}.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not target.is_dir():
            fresh = cache() / f"{name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            make(fresh)
            fresh.rename(target)
    return target

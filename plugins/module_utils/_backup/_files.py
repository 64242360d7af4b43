# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the backups of one kind, and tell their ages, sizes and gaps. This is a private part of the collection."""

from __future__ import annotations

import json
import os
import re
import statistics
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import as_regex

_MOST_FILES = 20000
_LEAST_EARLIER = 3  # backups before the newest, so that a median says something
_RECENT = 10  # backups between which gaps are looked for
_AHEAD = 300.0  # seconds by which clocks may differ
_STAMP = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)[_T-](\d\d)[:-]?(\d\d)[:-]?(\d\d)(?!\d)")
_DESCRIPTION = ".meta.json"  # what the backup script writes beside a dump
_LARGEST_DESCRIPTION = 1 << 20


@dataclass(frozen=True)
class File:
    """One backup: when it was made, by its name or by the time of its last change, whichever is earlier. A copy has a new time."""

    path: Path
    name: str
    made: float
    size: int


def find(folder: str, pattern: str) -> list[File]:
    """Return the backups below *folder* whose path there matches *pattern*, the oldest first."""
    root = Path(folder)
    if not root.is_dir():
        raise LookError(Reason.NO_DATA, f"There is no folder {folder} where the probe runs, or it may not be seen")
    wanted = as_regex(pattern)
    found: list[File] = []
    for name in _names(root):
        if wanted.fullmatch(name):
            found.append(_file(root / name, name))
        if len(found) > _MOST_FILES:
            raise LookError(Reason.UNSUPPORTED, f"More than {_MOST_FILES} files below {folder} match {pattern}")
    return sorted(found, key=lambda one: (one.made, one.name))


def _names(root: Path) -> t.Iterator[str]:
    """Yield the paths of all files below *root*, relative to it. Links to folders are not followed."""

    def refuse(exc: OSError) -> None:
        if isinstance(exc, PermissionError):
            words = f"{exc.filename} may not be listed: give the user that looks the right to read and enter it"
            raise LookError(Reason.UNAUTHORISED, words) from exc
        raise look_error(exc, f"list {exc.filename}") from exc

    for folder, dummy, names in os.walk(root, onerror=refuse):
        for name in names:
            yield str((Path(folder) / name).relative_to(root))


def _file(path: Path, name: str) -> File:
    try:
        status = path.stat()
    except OSError as exc:
        raise look_error(exc, f"look at {path}") from exc
    stamp = stamped(path.name)
    return File(path, name, status.st_mtime if stamp is None else min(stamp, status.st_mtime), status.st_size)


def stamped(name: str) -> float | None:
    """Return the time in the *name* of a file, which scripts take from the clock of their machine."""
    match = _STAMP.search(name)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(one) for one in match.groups())
    if not (1970 < year < 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 61):
        return None
    return time.mktime((year, month, day, hour, minute, second, 0, 0, -1))


def size_ratio(files: list[File]) -> float:
    """Return the size of the newest backup by the median of those before it."""
    earlier = [one.size for one in files[:-1]][-_RECENT:]
    median = statistics.median(earlier) if len(earlier) >= _LEAST_EARLIER else 0
    if not median:
        words = f"There are {len(earlier)} backups to compare the newest with, and {_LEAST_EARLIER} are needed"
        raise LookError(Reason.TOO_LITTLE_DATA, words)
    return round(files[-1].size / median, 4)


def longest_gap(files: list[File], period: float) -> float:
    """Return the longest time between two backups in a row, of the last ones, in *period*s."""
    recent = files[-_RECENT:]
    if len(recent) < 2:
        raise LookError(Reason.TOO_LITTLE_DATA, "There are no two backups between which time could have passed")
    return round(max(later.made - one.made for one, later in zip(recent, recent[1:])) / period, 2)


def outer_damage(file: File, now: float) -> list[str]:
    """Return what can be told of a backup without opening it."""
    damage = []
    if file.made > now + _AHEAD:
        damage.append("It is of the future")
    size = description(file).get("backup_size_bytes")
    if isinstance(size, int) and size != file.size:
        damage.append(f"It has {file.size} bytes, and {size} when it was made")
    return damage


def description(file: File) -> dict[str, t.Any]:
    """Return what the script that made the backup wrote beside it, nothing where there is none."""
    stem = re.sub(r"(\.(sql|dump|gz|enc|gpg|age))+$", "", file.path.name)
    path = file.path.with_name(stem + _DESCRIPTION)
    try:
        with path.open("rb") as opened:
            found = json.loads(opened.read(_LARGEST_DESCRIPTION))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

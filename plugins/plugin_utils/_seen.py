# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was seen in a run, kept while the run lasts.

The same look at the same files is made once, however many roles ask for it; and a look that was begun in the background
(``_background``) hands its result over here. This is a private part of the collection.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import typing as t
from pathlib import Path

Result = t.Dict[str, t.Any]

_FOLDER = "looks"


def place_of(run_path: str, name: str, options: dict[str, t.Any]) -> Path:
    """Return where the run keeps the result of every look *name* with these *options*."""
    mark = hashlib.sha256(json.dumps([name, options], sort_keys=True, default=str).encode()).hexdigest()
    return folder_of(run_path) / f"{mark}.json"


def place_apart(run_path: str) -> Path:
    """Return where the run keeps the result of one look alone; the name says nothing of its options, among which passwords are."""
    return folder_of(run_path) / f"{secrets.token_hex(16)}.json"


def folder_of(run_path: str | Path) -> Path:
    """Return the folder of what the run has seen."""
    return Path(run_path) / _FOLDER


def look_once(kept: Path, look: t.Callable[[], Result]) -> Result:
    """Return the result that is *kept*, or else make the *look* and keep it.

    A result that cannot be kept or read is no fault: the look is made again.
    """
    try:
        return read(kept)
    except (OSError, ValueError):
        result = look()
    with contextlib.suppress(OSError):
        keep(kept, result)
    return result


def lock_of(kept: Path) -> Path:
    """Return the file that is locked as long as somebody is looking for what is to be *kept*."""
    return kept.with_suffix(".lock")


def read(kept: Path) -> Result:
    """Return the result that is *kept*, if need be when the look has ended; raise OSError or ValueError when there is none."""
    _wait(lock_of(kept))
    return t.cast(Result, json.loads(kept.read_text(encoding="utf-8")))


def keep(kept: Path, result: Result) -> None:
    """Keep a result, for nobody else, in one step; raise OSError when that cannot be."""
    part = kept.with_suffix(f".{os.getpid()}")
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(result, stream)
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)


def forget_looks(run_path: Path) -> None:
    """Remove what was kept: what the verdicts stand on is stored with the run's observations.

    A look that nobody waited for ends first.
    """
    folder = folder_of(run_path)
    for lock in folder.glob("*.lock"):
        _wait(lock)
    shutil.rmtree(folder, ignore_errors=True)


def _wait(lock: Path) -> None:
    with contextlib.suppress(FileNotFoundError), lock.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)

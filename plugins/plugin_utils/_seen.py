# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks that were made in a run already, so that the same look at the same files is made once, however many roles ask for it.

This is a private part of the collection.
"""

from __future__ import annotations

import hashlib
import json
import os
import typing as t
from pathlib import Path

Result = t.Dict[str, t.Any]

_FOLDER = "looks"


def look_once(run_path: str | None, name: str, options: dict[str, t.Any], look: t.Callable[[], Result]) -> Result:
    """Return the result of the earlier *look* of this run with the same *name* and *options*, or else make it and keep it.

    Without a run it is made. A result that cannot be kept or read is no fault: the look is made again.
    """
    if not run_path:
        return look()
    mark = hashlib.sha256(json.dumps([name, options], sort_keys=True, default=str).encode()).hexdigest()
    kept = Path(run_path) / _FOLDER / f"{mark}.json"
    try:
        return t.cast(Result, json.loads(kept.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        result = look()
    _keep(kept, result)
    return result


def forget_looks(run_path: Path) -> None:
    """Remove what was kept: what the verdicts stand on is stored with the run's observations."""
    folder = run_path / _FOLDER
    for kept in folder.glob("*") if folder.is_dir() else ():
        kept.unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()


def _keep(kept: Path, result: Result) -> None:
    part = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(result, stream)
        part.replace(kept)
    except OSError:
        part.unlink(missing_ok=True)

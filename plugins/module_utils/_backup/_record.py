# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The record of a restore drill: written whole or not at all, and read strictly. This is a private part of the collection."""

from __future__ import annotations

import json
import os
import re
import tempfile
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

FORMAT = 1
RESTORED, FAILED = "restored", "failed"
_LARGEST = 1 << 20
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = (int, float)
_TYPES: dict[str, t.Any] = {
    "format": int,
    "kind": str,
    "file": str,
    "bytes": int,
    "dump_age_hours": _NUMBER,
    "started": str,
    "finished": str,
    "duration_seconds": _NUMBER,
    "outcome": str,
    "fault": (str, type(None)),
    "schema_version": (int, type(None)),
    "server_version": (str, type(None)),
    "tables": list,
    "lost_rows": list,
    "below_baseline": list,
}

Record = t.Dict[str, t.Any]


def path_of(folder: str, kind: str) -> Path:
    """Return where the record of the newest drill of a *kind* is."""
    if not _WORD.fullmatch(kind):
        raise LookError(Reason.MALFORMED, f"The name of the kind, {kind!r}, has more than letters, digits, _ and -")
    return Path(folder) / f"restore_drill_{kind}.json"


def write(folder: str, record: Record) -> Path:
    """Put *record* in the place of the one before, in one step."""
    path = path_of(folder, record["kind"])
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink()
        raise
    return path


def read(folder: str | None, kind: str) -> Record:
    """Return the record of the newest drill of a *kind*."""
    if not folder:
        raise LookError(Reason.NOT_CONFIGURED, "The folder of the records of restore drills is not declared (records)")
    path = path_of(folder, kind)
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST)
    except FileNotFoundError:
        raise LookError(
            Reason.NO_DATA, f"No restore drill of the kind {kind} left a record: there is no {path}"
        ) from None
    except PermissionError as exc:
        raise LookError(Reason.UNAUTHORISED, f"{path} may not be read: give the user that looks the right to") from exc
    except OSError as exc:
        raise look_error(exc, f"read {path}") from exc
    return checked(raw, str(path), kind)


def checked(raw: bytes, name: str, kind: str) -> Record:
    """Return the record in *raw*; raise LookError when it is none."""
    try:
        record = json.loads(raw)
    except ValueError:
        raise LookError(Reason.MALFORMED, f"{name} is no JSON") from None
    wrong = (
        [key for key, kinds in _TYPES.items() if key not in record or not _is_of(record[key], kinds)]
        if isinstance(record, dict)
        else ["everything"]
    )
    if not wrong and (record["format"] != FORMAT or record["kind"] != kind):
        wrong = ["format or kind"]
    if not wrong and not all(parse_time(record[key]) for key in ("started", "finished")):
        wrong = ["the times"]
    if wrong:
        raise LookError(Reason.MALFORMED, f"{name} is no record of a restore drill: wrong is {', '.join(wrong)}")
    return t.cast("Record", record)


def _is_of(value: t.Any, kinds: t.Any) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)

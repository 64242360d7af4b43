# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger: the append-only record of one run, as JSON Lines, each line chained to the one before by its hash.

Record types: ``run`` (the header), ``environment`` (a host joins, with what the inventory rules out), ``verdict``, ``checklist``
(the target's own copy of the document), ``stopped`` (a section ended early on a host) and ``end``.
This is a private part of the collection.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

LEDGER = "ledger.jsonl"
FORMAT = 1
START = "0" * 64

Record = t.Dict[str, t.Any]


@dataclass(frozen=True)
class Ledger:
    """What a ledger says: its records without the chain, and whether it is whole."""

    records: list[Record]
    head: str  # the hash of the last record
    torn: bool  # the last line was cut off while it was written

    @property
    def header(self) -> Record:
        return self.records[0]

    @property
    def ended(self) -> bool:
        return self.records[-1]["type"] == "end" and not self.torn

    def of_type(self, kind: str) -> list[Record]:
        return [record for record in self.records if record["type"] == kind]


def append(run_path: Path, run_id: str, records: t.Sequence[Record]) -> None:
    """Append *records* under a lock with one write. A torn last line of a killed writer is left alone and closed."""
    if not records:
        return
    handle = os.open(run_path / LEDGER, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        last, is_torn = _last_line(handle)
        head, lines = line_hash(last) if last else START, b""
        for record in records:
            line = _encode({**record, "run_id": run_id, "prev": head})
            head, lines = line_hash(line), lines + line + b"\n"
        os.write(handle, b"\n" * is_torn + lines)
    finally:
        os.close(handle)


def read(run_path: Path) -> Ledger:
    """Read and verify the ledger in *run_path*; raise DataError when it is not one, or when its chain is broken."""
    path = run_path / LEDGER
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise DataError(f"Cannot read the ledger {path}: {exc.strerror}") from exc
    *lines, rest = content.split(b"\n")
    records, head = _verified(path, lines)
    if not records or records[0]["type"] != "run":
        raise DataError(f"{path}: a ledger begins with a record of the type 'run'; this is not a ledger")
    if records[0]["format"] != FORMAT:
        raise DataError(f"{path}: the ledger has the format {records[0]['format']}, this version reads {FORMAT}")
    return Ledger(records, head, torn=bool(rest))


def line_hash(line: bytes) -> str:
    """The hash that the next record carries."""
    return hashlib.sha256(line).hexdigest()


def store_observation(run_path: Path, observation: t.Any) -> str:
    """Keep an observation beside the ledger under the hash of its content, and return that hash."""
    content = _encode(observation)
    name = hashlib.sha256(content).hexdigest()
    path = run_path / "observations" / f"{name}.json"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        part.rename(path)
    return name


def _verified(path: Path, lines: list[bytes]) -> tuple[list[Record], str]:
    """Return the records of the whole *lines* and the hash of the last one; a line that was torn by a kill is passed over."""
    records: list[Record] = []
    head = START
    for number, line in enumerate(lines, start=1):
        record = _decode(line)
        if record is None and number < len(lines):
            head = line_hash(line)  # torn, then closed by a later writer: chained all the same
            continue
        if record is None or record.pop("prev", None) != head:
            raise DataError(
                f"{path}:{number}: the record does not follow the one before: the ledger was changed after it was written"
            )
        if records and record.get("run_id") != records[0].get("run_id"):
            raise DataError(
                f"{path}:{number}: the record belongs to the run {record.get('run_id')}, not to {records[0]['run_id']}"
            )
        records.append(record)
        head = line_hash(line)
    return records, head


def _last_line(handle: int) -> tuple[bytes, bool]:
    """Return the last line without its end, and whether that end was missing."""
    size = os.fstat(handle).st_size
    tail, start = b"", size
    while start > 0 and b"\n" not in tail[:-1]:
        start = max(0, start - 65536)
        tail = os.pread(handle, size - start, start)
    is_torn = bool(tail) and not tail.endswith(b"\n")
    return tail.rstrip(b"\n").rpartition(b"\n")[2], is_torn


def _encode(value: t.Any) -> bytes:
    """Encode as JSON; half of a surrogate pair, as in an odd file name, stays the escape that JSON has for it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8", "backslashreplace")


def _decode(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "type" in record else None

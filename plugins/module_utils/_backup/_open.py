# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open a backup and give out the SQL in it: decrypted by a declared command, unzipped, or taken out of an archive by pg_restore.

This is a private part of the collection; nothing outside it may import it.

Exception
└── Damaged        the backup itself is at fault, and seen to be: that is no failed look
"""

from __future__ import annotations

import os
import typing as t
import zlib
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _formats
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import Process

Chunks = t.Iterator[bytes]
_CHUNK = 1 << 20
_GZIP = 31  # what zlib calls a gzip stream with its checksum
_PASSED_ON = ("PATH", "HOME", "GNUPGHOME", "TZ")


class Damaged(Exception):
    """A backup that cannot be read to its end; *what* says where that shows."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Backup:
    """One file, and what it turned out to be while it was opened."""

    def __init__(self, path: Path, decrypt: t.Sequence[str], deadline: Deadline) -> None:
        self.path = path
        self.encrypted = False
        self.layers: list[str] = []
        self.database: str | None = None
        self._decrypt = list(decrypt)
        self._deadline = deadline

    def sql(self) -> Chunks:
        """Yield the SQL in the file; raise Damaged where it ends early."""
        first, chunks = _begun(self._file())
        if not first:
            raise Damaged("It is empty")
        for dummy in range(4):  # layers: a zipped archive that is encrypted has three
            kind = _formats.kind_of(first)
            self.layers.append(kind)
            if kind == _formats.ENCRYPTED:
                first, chunks = self._decrypted(chunks)
            elif kind == _formats.GZIP:
                first, chunks = _begun(_unzipped(chunks))
            elif kind == _formats.ARCHIVE:
                self.database = _formats.database_of(first)
                yield from self._through(["pg_restore", "--file=-"], chunks, "read the archive")
                return
            elif kind == _formats.PLAIN:
                yield from chunks
                return
            else:
                break
        raise LookError(Reason.UNSUPPORTED, f"{self.path} is no dump of PostgreSQL in a format that is known")

    def _file(self) -> Chunks:
        try:
            with self.path.open("rb") as file:
                while True:
                    self._deadline.step()
                    chunk = file.read(_CHUNK)
                    if not chunk:
                        return
                    yield chunk
        except PermissionError as exc:
            words = f"{self.path} may not be read: give the user that looks the right to read the backups"
            raise LookError(Reason.UNAUTHORISED, words) from exc
        except OSError as exc:
            raise look_error(exc, f"read {self.path}") from exc

    def _decrypted(self, chunks: Chunks) -> tuple[bytes, Chunks]:
        self.encrypted = True
        if not self._decrypt:
            words = (
                f"{self.path} is encrypted, and no command to decrypt it is declared, so that nothing in it was seen"
            )
            raise LookError(Reason.NOT_CONFIGURED, words)
        return _begun(self._through(self._decrypt, chunks, "decrypt it"))

    def _through(self, argv: t.Sequence[str], chunks: Chunks, attempt: str) -> Chunks:
        """Yield what a program makes of *chunks*."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        source = _Source(chunks)
        with Process(argv, {**environment, "LC_ALL": "C"}, self._deadline) as process:
            process.feed(source)
            while True:
                chunk = os.read(process.output.fileno(), _CHUNK)
                if not chunk:
                    break
                yield chunk
        if source.fault:
            raise source.fault
        if process.timed_out:
            self._deadline.step()
            raise LookError(Reason.TIMEOUT, f"{process.name} did not come to an end in time")
        if not process.complete:
            raise Damaged(f"{process.name} cannot {attempt}: {_first_line(process.complaint)}")


class _Source:
    """Feeds a program, and keeps what stopped that: it runs in a thread of its own."""

    def __init__(self, chunks: Chunks) -> None:
        self.fault: Exception | None = None
        self._chunks = chunks

    def __iter__(self) -> Chunks:
        try:
            yield from self._chunks
        except (Damaged, LookError) as exc:
            self.fault = exc


def _begun(chunks: Chunks) -> tuple[bytes, Chunks]:
    """Return the beginning of *chunks*, enough to know what they are, and all of them."""
    first = b""
    for chunk in chunks:
        first += chunk
        if len(first) >= _formats.ENOUGH:
            break
    return first, _chained(first, chunks)


def _chained(first: bytes, chunks: Chunks) -> Chunks:
    if first:
        yield first
    yield from chunks


def _unzipped(chunks: Chunks) -> Chunks:
    """Unzip one stream after the other; each has to come to its end, with its checksum."""
    stream = zlib.decompressobj(_GZIP)
    is_open = False
    for chunk in chunks:
        data = chunk
        while data:
            is_open = True
            try:
                out = stream.decompress(data, _CHUNK)
            except zlib.error:
                raise Damaged("The gzip stream in it is broken") from None
            if out:
                yield out
            if stream.eof:
                data, stream, is_open = stream.unused_data, zlib.decompressobj(_GZIP), False
            else:
                data = stream.unconsumed_tail
    if is_open:
        raise Damaged("The gzip stream in it ends early")


def _first_line(complaint: str) -> str:
    return next((line.strip()[:200] for line in complaint.splitlines() if line.strip()), "it said nothing")

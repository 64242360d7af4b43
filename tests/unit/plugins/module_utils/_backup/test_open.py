# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import gzip
import sys
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _formats
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._dump import Scan, blocks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._open import Backup, Damaged
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

from ._dump_text import DUMP

STRIP = [sys.executable, "-c", "import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(data[8:])"]


def read(path: Path, data: bytes, decrypt: t.Sequence[str] = ()) -> tuple[Backup, list[str]]:
    """Return the backup, and what is wrong with it."""
    path.write_bytes(data)
    backup, scan = Backup(path, decrypt, Deadline(10)), Scan()
    try:
        for block in blocks(backup.sql()):
            scan.add(block)
    except Damaged as exc:
        return backup, [exc.what]
    return backup, scan.damage()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@pytest.mark.parametrize(
    ("data", "layers"),
    [
        (DUMP, ["plain"]),
        (gzip.compress(DUMP), ["gzip", "plain"]),
        (gzip.compress(DUMP[:300]) + gzip.compress(DUMP[300:]), ["gzip", "plain"]),
    ],
    ids=["plain", "zipped", "zipped in two parts"],
)
def test_a_whole_backup_has_no_damage(path: Path, data: bytes, layers: list[str]) -> None:
    backup, damage = read(path, data)
    assert (backup.layers, backup.encrypted, damage) == (layers, False, [])


def test_a_zipped_backup_that_is_cut_off_anywhere_is_damaged(path: Path) -> None:
    data = gzip.compress(DUMP)
    assert [at for at in range(len(data)) if not _damage_or_error(path, data[:at])] == []


def _damage_or_error(path: Path, data: bytes) -> list[str]:
    try:
        return read(path, data)[1]
    except LookError as exc:
        return [exc.message]


def test_a_changed_byte_in_a_zipped_backup_is_seen(path: Path) -> None:
    data = bytearray(gzip.compress(DUMP))
    data[-6] ^= 1  # in its checksum
    assert read(path, bytes(data))[1] == ["The gzip stream in it is broken"]


def test_an_empty_file_is_damaged(path: Path) -> None:
    assert read(path, b"")[1] == ["It is empty"]


def test_what_is_encrypted_is_decrypted_by_the_declared_command(path: Path) -> None:
    backup, damage = read(path, b"Salted__" + gzip.compress(DUMP), STRIP)
    assert (backup.layers, backup.encrypted, damage) == (["encrypted", "gzip", "plain"], True, [])


def test_a_command_that_fails_makes_it_damaged(path: Path) -> None:
    argv = [sys.executable, "-c", "import sys; sys.stdin.buffer.read(); sys.exit('bad decrypt')"]
    backup, damage = read(path, b"Salted__" + DUMP, argv)
    assert (backup.encrypted, len(damage)) == (True, 1)


def test_without_a_command_nothing_in_it_is_seen(path: Path) -> None:
    with pytest.raises(LookError) as caught:
        read(path, b"Salted__" + DUMP)
    assert caught.value.reason is Reason.NOT_CONFIGURED


def test_a_command_that_never_ends_costs_the_budget(path: Path) -> None:
    path.write_bytes(b"Salted__" + DUMP)
    argv = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(LookError) as caught:
        list(Backup(path, argv, Deadline(0.5)).sql())
    assert caught.value.reason is Reason.TIMEOUT


def test_a_file_of_another_kind_is_not_judged(path: Path) -> None:
    with pytest.raises(LookError) as caught:
        read(path, b"\x7fELF\0\0")
    assert caught.value.reason is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (b"Salted__\x01", "encrypted"),
        (b"age-encryption.org/v1\n", "encrypted"),
        (b"-----BEGIN PGP MESSAGE-----\n", "encrypted"),
        (b"\x85\x02\x0c\x03", "encrypted"),  # OpenPGP, for a key
        (b"\x8c\x0d\x04\x09", "encrypted"),  # OpenPGP, by a passphrase
        (b"\x1f\x8b\x08", "gzip"),
        (b"PGDMP\x01\x0e", "archive"),
        (b"-- PostgreSQL", "plain"),
        (b"\0\0", "unknown"),
    ],
)
def test_a_format_is_known_by_its_first_bytes(first: bytes, kind: str) -> None:
    assert _formats.kind_of(first) == kind


def number(value: int) -> bytes:
    return b"\0" + value.to_bytes(4, "little")


@pytest.mark.parametrize(("version", "compression"), [(14, number(6)), (16, b"\x01")])
def test_an_archive_names_its_database(version: int, compression: bytes) -> None:
    head = b"PGDMP\x01" + bytes([version]) + b"\0\x04\x08\x01" + compression + number(1) * 7
    assert _formats.database_of(head + number(10) + b"cryptofunk" + number(5)) == "cryptofunk"
    assert _formats.database_of(head + number(10) + b"crypt") is None
    assert _formats.database_of(b"PGDMP") is None

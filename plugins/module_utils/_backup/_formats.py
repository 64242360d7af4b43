# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tell by its first bytes what a file of a backup is. Pure. This is a private part of the collection."""

from __future__ import annotations

ENCRYPTED, GZIP, ARCHIVE, PLAIN, UNKNOWN = "encrypted", "gzip", "archive", "plain", "unknown"
ENOUGH = 512

_ENCRYPTED = (
    b"Salted__",  # openssl enc
    b"age-encryption.org/v1",
    b"-----BEGIN AGE ENCRYPTED FILE",
    b"-----BEGIN PGP MESSAGE",
    b"$ANSIBLE_VAULT;",
)
_PACKETS = frozenset({1, 3})  # of OpenPGP: a session key, encrypted for a key or by a passphrase
_ONE_BYTE_COMPRESSION = (1, 15)  # the version of the archive from which on it names its compression in one byte


def kind_of(first: bytes) -> str:
    """Return what begins with the bytes *first*."""
    if first.startswith(_ENCRYPTED) or _is_openpgp(first):
        return ENCRYPTED
    if first.startswith(b"\x1f\x8b"):
        return GZIP
    if first.startswith(b"PGDMP"):
        return ARCHIVE
    return UNKNOWN if b"\0" in first or not first else PLAIN


def _is_openpgp(first: bytes) -> bool:
    byte = first[0] if first else 0
    if not byte & 0x80:
        return False
    return (byte & 0x3F if byte & 0x40 else byte >> 2 & 0x0F) in _PACKETS


def database_of(first: bytes) -> str | None:
    """Return the name of the database that the head of an archive states."""
    if len(first) < 11:
        return None
    version, size = (first[5], first[6]), first[8]
    at = 11 + (1 if version >= _ONE_BYTE_COMPRESSION else 1 + size)  # behind the format and the compression
    at += 7 * (1 + size)  # the time of the dump
    length = int.from_bytes(first[at + 1 : at + 1 + size], "little")
    name = first[at + 1 + size : at + 1 + size + length]
    return name.decode("utf-8", "replace") if len(name) == length and name else None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ClientHello messages, byte by byte: they offer any version and any suite, whatever the local OpenSSL can do. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import ipaddress
import struct
import typing as t

VERSIONS: t.Mapping[str, int] = {
    "SSLv3": 0x0300,
    "TLSv1": 0x0301,
    "TLSv1.1": 0x0302,
    "TLSv1.2": 0x0303,
    "TLSv1.3": 0x0304,
}
RANDOM_LENGTH = 96  # bytes of randomness that one hello takes

_HANDSHAKE, _CLIENT_HELLO = 22, 1
_NULL, _DEFLATE = b"\x00", b"\x01"
_RENEGOTIATION_SCSV = 0x00FF
_X25519, _P256 = 29, 23
_CURVES = (_X25519, _P256, 24, 25, 30, 26, 27, 28)  # the prime curves of NIST, Curve448, Brainpool
_FIELDS = (
    256,
    257,
    258,
    259,
    260,
)  # ffdhe2048 … ffdhe8192: offered in TLS 1.3 only, lest a server hides its own small group
# The base point of P-256: a valid public key without any arithmetic. No handshake is ever finished with it.
_P256_POINT = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
_SIGNATURES = (
    (0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080A, 0x080B, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601)
    + (0x0303, 0x0301, 0x0302, 0x0402, 0x0502, 0x0602, 0x0203, 0x0201, 0x0202)
)  # fmt: skip


def client_hello(version: str, suites: t.Sequence[int], server_name: str, randomness: bytes) -> bytes:
    """Return the record that offers *version* alone with *suites* alone.

    Up to TLS 1.2 a server may answer a hello with a lower version; that answer is no acceptance of *version*.
    """
    number = VERSIONS[version]
    legacy = min(number, VERSIONS["TLSv1.2"])
    session = randomness[64:96] if version == "TLSv1.3" else b""
    offered = b"".join(map(_u16, suites)) + (_u16(_RENEGOTIATION_SCSV) if version == "SSLv3" else b"")
    compressions = _NULL if version == "TLSv1.3" else _DEFLATE + _NULL
    body = _u16(legacy) + randomness[:32] + _vector(1, session) + _vector(2, offered) + _vector(1, compressions)
    if version != "SSLv3":
        body += _vector(2, _extensions(version, server_name, randomness[32:64]))
    message = bytes([_CLIENT_HELLO]) + _vector(3, body)
    return bytes([_HANDSHAKE]) + _u16(min(number, VERSIONS["TLSv1"])) + _vector(2, message)


def _extensions(version: str, server_name: str, public_key: bytes) -> bytes:
    groups = _CURVES + (_FIELDS if version == "TLSv1.3" else ())
    found = _server_name(server_name)
    found += _extension(10, _vector(2, b"".join(map(_u16, groups))))
    found += _extension(11, _vector(1, b"\x00\x01\x02"))  # point formats
    found += _extension(23, b"")  # extended master secret
    found += _extension(0xFF01, _vector(1, b""))  # renegotiation info
    if VERSIONS[version] >= VERSIONS["TLSv1.2"]:
        found += _extension(13, _vector(2, b"".join(map(_u16, _SIGNATURES))))
    if version == "TLSv1.3":
        found += _extension(43, _vector(1, _u16(VERSIONS["TLSv1.3"])))
        shares = _u16(_X25519) + _vector(2, public_key) + _u16(_P256) + _vector(2, _P256_POINT)
        found += _extension(51, _vector(2, shares))
    return found


def _server_name(name: str) -> bytes:
    """Return the extension that names the host; an address must not stand in it."""
    if not name or _is_address(name):
        return b""
    return _extension(0, _vector(2, b"\x00" + _vector(2, name.encode("idna"))))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _extension(number: int, content: bytes) -> bytes:
    return _u16(number) + _vector(2, content)


def _vector(width: int, content: bytes) -> bytes:
    return len(content).to_bytes(width, "big") + content


def _u16(number: int) -> bytes:
    return struct.pack("!H", number)

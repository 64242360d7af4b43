# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sign a certificate with SHA-1, which ``cryptography`` refuses, so that a probe can be tested against one."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")


def resigned_with_sha1(certificate: x509.Certificate, issuer_key: rsa.RSAPrivateKey) -> x509.Certificate:
    """Return *certificate* (RSA with SHA-256) signed again with SHA-1. Both names of algorithms have the same length."""
    body = certificate.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
    signature = issuer_key.sign(body, padding.PKCS1v15(), hashes.SHA1())
    algorithm = _element(0x30, _SHA1_WITH_RSA + b"\x05\x00")
    return x509.load_der_x509_certificate(_element(0x30, body + algorithm + _element(0x03, b"\x00" + signature)))


def _element(tag: int, content: bytes) -> bytes:
    """Return the DER encoding of one element."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an X.509 certificate says about itself. Pure, and without any library: a probe runs where there is none.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import _tls_der as der

_KEYS = {
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.113549.1.1.10": "RSA-PSS",
    "1.2.840.10040.4.1": "DSA",
    "1.2.840.10045.2.1": "EC",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}
_FIXED_BITS = {"Ed25519": 256, "Ed448": 456}
_CURVE_BITS = {
    "1.2.840.10045.3.1.1": 192,
    "1.3.132.0.33": 224,
    "1.2.840.10045.3.1.7": 256,
    "1.3.132.0.10": 256,
    "1.3.132.0.34": 384,
    "1.3.132.0.35": 521,
    "1.3.36.3.3.2.8.1.1.7": 256,
    "1.3.36.3.3.2.8.1.1.11": 384,
    "1.3.36.3.3.2.8.1.1.13": 512,
}
_HASHES = {
    "1.2.840.113549.1.1.2": "md2",
    "1.2.840.113549.1.1.4": "md5",
    "1.2.840.113549.1.1.5": "sha1",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.113549.1.1.14": "sha224",
    "1.2.840.10045.4.1": "sha1",
    "1.2.840.10045.4.3.1": "sha224",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "1.2.840.10040.4.3": "sha1",
    "2.16.840.1.101.3.4.3.2": "sha256",
    "1.3.101.112": "ed25519",
    "1.3.101.113": "ed448",
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_RSA_PSS = "1.2.840.113549.1.1.10"
_SUBJECT_KEY, _NAMES, _AUTHORITY_KEY = "2.5.29.14", "2.5.29.17", "2.5.29.35"
_ATTRIBUTES = {"2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O", "2.5.4.11": "OU"}
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
# NIST SP 800-57: bits of a key over a prime field, and the bits of security that they give.
_FIELD_STRENGTHS = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))


@dataclass(frozen=True)
class Certificate:
    """The fields of one certificate. ``dns`` and ``addresses`` are its subject alternative names."""

    subject: str
    issuer: str
    subject_id: bytes
    issuer_id: bytes
    not_before: int
    not_after: int
    dns: tuple[str, ...]
    addresses: tuple[str, ...]
    key_type: str
    key_bits: int
    signature_hash: str
    subject_key: bytes
    authority_key: bytes
    fingerprint: str

    @property
    def self_signed(self) -> bool:
        """Whether it names itself as its issuer, with its own key."""
        return self.subject_id == self.issuer_id and (not self.authority_key or self.authority_key == self.subject_key)

    def may_be_issued_by(self, other: Certificate) -> bool:
        """Tell whether *other* is the issuer by name and, where both say so, by key. The signature is OpenSSL's to check."""
        if self.issuer_id != other.subject_id:
            return False
        return not (self.authority_key and other.subject_key) or self.authority_key == other.subject_key

    @property
    def security_bits(self) -> int:
        """The strength of the key, comparable over all types of keys."""
        if self.key_type in ("EC", "Ed25519", "Ed448"):
            return min(self.key_bits // 2, 256)
        return next((strength for least, strength in _FIELD_STRENGTHS if self.key_bits >= least), 0)


def read_certificate(data: bytes) -> Certificate:
    """Read a certificate in DER; raise LookError when it is none."""
    body, signature = _exactly(der.parse(data).need(der.SEQUENCE).children(), 3)[:2]
    fields = [node for node in body.need(der.SEQUENCE).children() if node.tag != 0xA0]  # without the version
    issuer, validity, subject, key = _exactly(fields[:6], 6)[2:]  # behind the serial number and the algorithm
    start, end = _exactly(validity.children(), 2)
    extensions = _extensions(fields[6:])
    dns, addresses = _alternative_names(extensions.get(_NAMES))
    key_type, key_bits = _key(key)
    return Certificate(
        subject=_name(subject),
        issuer=_name(issuer),
        subject_id=subject.encoded,
        issuer_id=issuer.encoded,
        not_before=der.seconds(start),
        not_after=der.seconds(end),
        dns=dns,
        addresses=addresses,
        key_type=key_type,
        key_bits=key_bits,
        signature_hash=_signature_hash(signature),
        subject_key=der.parse(extensions[_SUBJECT_KEY]).content if _SUBJECT_KEY in extensions else b"",
        authority_key=_authority_key(extensions.get(_AUTHORITY_KEY)),
        fingerprint=hashlib.sha256(data).hexdigest(),
    )


def matches_name(certificate: Certificate, name: str) -> bool:
    """Tell whether a client that asks for *name* accepts the certificate's names (RFC 9525: the common name is none)."""
    try:
        return str(ipaddress.ip_address(name)) in certificate.addresses
    except ValueError:
        wanted = _labels(name.encode("idna").decode("ascii"))
    return any(_matches(_labels(pattern), wanted) for pattern in certificate.dns)


def _labels(name: str) -> list[str]:
    return name.lower().rstrip(".").split(".")


def _matches(pattern: list[str], wanted: list[str]) -> bool:
    if pattern[0] == "*" and len(pattern) > 2:
        return len(pattern) == len(wanted) and pattern[1:] == wanted[1:]
    return pattern == wanted


def _exactly(nodes: list[der.Node], number: int) -> list[der.Node]:
    if len(nodes) != number:
        raise der.malformed("parts of it are missing")
    return nodes


def _first(nodes: list[der.Node]) -> der.Node:
    if not nodes:
        raise der.malformed("parts of it are missing")
    return nodes[0]


def _name(node: der.Node) -> str:
    parts = []
    for relative in node.need(der.SEQUENCE).children():
        for attribute in relative.children():
            kind, value = _exactly(attribute.children(), 2)
            parts.append(f"{_ATTRIBUTES.get(der.oid_text(kind), der.oid_text(kind))}={der.text(value)}")
    return ", ".join(parts)


def _extensions(nodes: t.Sequence[der.Node]) -> dict[str, bytes]:
    """Return the content of each extension by its identifier."""
    found = {}
    for wrapper in nodes:
        if wrapper.tag == 0xA3:
            for extension in der.parse(wrapper.content).children():
                parts = extension.children()
                name = der.oid_text(_first(parts))
                found[name] = parts[-1].need(der.OCTET_STRING).content
    return found


def _alternative_names(extension: bytes | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    nodes = der.parse(extension).children() if extension else []
    dns = tuple(der.text(node) for node in nodes if node.tag == _DNS_NAME)
    addresses = tuple(_address(node.content) for node in nodes if node.tag == _IP_ADDRESS)
    return dns, addresses


def _address(packed: bytes) -> str:
    try:
        return str(ipaddress.ip_address(packed))
    except ValueError as exc:
        raise der.malformed("an address has the wrong length") from exc


def _authority_key(extension: bytes | None) -> bytes:
    nodes = der.parse(extension).children() if extension else []
    return next((node.content for node in nodes if node.tag == 0x80), b"")


def _key(node: der.Node) -> tuple[str, int]:
    algorithm, key = _exactly(node.need(der.SEQUENCE).children(), 2)
    parts = algorithm.children()
    oid = der.oid_text(_first(parts))
    kind = _KEYS.get(oid, oid)
    if kind in ("RSA", "RSA-PSS"):
        modulus = _first(der.parse(der.bits(key)).children()).need(der.INTEGER)
        return kind, int.from_bytes(modulus.content, "big").bit_length()
    if kind == "DSA" and len(parts) > 1:
        return kind, int.from_bytes(_first(parts[1].children()).content, "big").bit_length()
    if kind == "EC" and len(parts) > 1 and parts[1].tag == der.OID:
        return kind, _CURVE_BITS.get(der.oid_text(parts[1]), (len(der.bits(key)) - 1) * 4)
    return kind, _FIXED_BITS.get(kind, 0)


def _signature_hash(algorithm: der.Node) -> str:
    parts = algorithm.need(der.SEQUENCE).children()
    oid = der.oid_text(_first(parts))
    if oid != _RSA_PSS:
        return _HASHES.get(oid, oid)
    parameters = parts[1].children() if len(parts) > 1 else []
    named = next((node for node in parameters if node.tag == 0xA0), None)
    if named is None:
        return "sha1"  # RFC 8017: the default of the parameters
    used = der.oid_text(_first(der.parse(named.content).children()))
    return _HASHES.get(used, used)

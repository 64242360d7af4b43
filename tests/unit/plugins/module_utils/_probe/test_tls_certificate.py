# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime as dt
import hashlib
import typing as t

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_certificate import (
    matches_name,
    read_certificate,
)

from .certificates import Issued, issue, rsa_key

PSS = padding.PSS(padding.MGF1(hashes.SHA384()), padding.PSS.DIGEST_LENGTH)
KINDS: dict[str, tuple[t.Callable[[], Issued], str, int, int, str]] = {
    "RSA": (lambda: issue("a", None, rsa_key(2048)), "RSA", 2048, 112, "sha256"),
    "a short RSA key": (lambda: issue("a", None, rsa_key(1024)), "RSA", 1024, 80, "sha256"),
    "RSA with PSS": (
        lambda: issue("a", None, rsa_key(3072), algorithm=hashes.SHA384(), padding=PSS),
        "RSA",
        3072,
        128,
        "sha384",
    ),
    "P-256": (lambda: issue("a", None, ec.generate_private_key(ec.SECP256R1())), "EC", 256, 128, "sha256"),
    "P-384": (
        lambda: issue("a", None, ec.generate_private_key(ec.SECP384R1()), algorithm=hashes.SHA512()),
        "EC",
        384,
        192,
        "sha512",
    ),
    "Ed25519": (lambda: issue("a", None, ed25519.Ed25519PrivateKey.generate()), "Ed25519", 256, 128, "ed25519"),
    "Ed448": (
        lambda: issue("a", None, ed448.Ed448PrivateKey.generate(), algorithm=None),
        "Ed448",
        456,
        228,
        "ed448",
    ),
    "DSA": (lambda: issue("a", None, dsa.generate_private_key(2048)), "DSA", 2048, 112, "sha256"),
}
ONE = issue("one", None, rsa_key(1024))


def moment(when: dt.datetime) -> int:
    return int(when.timestamp())


@pytest.mark.parametrize("kind", KINDS)
def test_key_and_signature_are_read(kind: str) -> None:
    make, key_type, bits, strength, digest = KINDS[kind]
    read = read_certificate(make().der)
    assert (read.key_type, read.key_bits, read.security_bits, read.signature_hash) == (key_type, bits, strength, digest)


def test_fields_agree_with_those_of_a_library() -> None:
    root = issue("root", None, ONE.key, authority=True)
    issued = issue("leaf", root, ONE.key, dns=["a.example", "*.b.example"], addresses=["192.0.2.1", "2001:db8::1"])
    read = read_certificate(issued.der)
    assert (read.subject, read.issuer) == ("O=Tests, CN=leaf", "O=Tests, CN=root")
    assert read.not_before == moment(issued.certificate.not_valid_before_utc)
    assert read.not_after == moment(issued.certificate.not_valid_after_utc)
    assert (read.dns, read.addresses) == (("a.example", "*.b.example"), ("192.0.2.1", "2001:db8::1"))
    assert read.fingerprint == hashlib.sha256(issued.der).hexdigest()
    assert not read.self_signed and read.may_be_issued_by(read_certificate(root.der))


def test_far_future_is_read_from_the_other_kind_of_time() -> None:
    issued = issue("root", None, ONE.key, until=365 * 40)
    assert read_certificate(issued.der).not_after == moment(issued.certificate.not_valid_after_utc)


def test_distant_past_is_in_the_last_century() -> None:
    issued = issue("root", None, ONE.key, since=-365 * 60, until=1)
    assert read_certificate(issued.der).not_before == moment(issued.certificate.not_valid_before_utc)


def test_self_signed_is_said_of_one_that_signed_itself() -> None:
    assert read_certificate(ONE.der).self_signed


def test_name_alone_does_not_make_an_issuer() -> None:
    leaf = issue("leaf", issue("root", None, ONE.key), ONE.key)
    stranger = issue("root", None, rsa_key(1024))
    assert not read_certificate(leaf.der).may_be_issued_by(read_certificate(stranger.der))


@pytest.mark.parametrize(
    ("names", "wanted", "matches"),
    [
        (["api.example.com"], "api.example.com", True),
        (["API.Example.com"], "api.example.COM.", True),
        (["*.example.com"], "api.example.com", True),
        (["*.example.com"], "a.b.example.com", False),
        (["*.example.com"], "example.com", False),
        (["*.com"], "example.com", False),
        (["a*.example.com"], "api.example.com", False),
        (["example.com"], "api.example.com", False),
        ([], "one", False),
        (["xn--bcher-kva.example"], "bücher.example", True),
        (["127.0.0.1"], "127.0.0.1", False),
    ],
)
def test_host_name(names: list[str], wanted: str, matches: bool) -> None:
    certificate = read_certificate(
        issue("one", None, ONE.key, dns=[one.encode("idna").decode() for one in names], addresses=[]).der
    )
    assert matches_name(certificate, wanted) is matches


@pytest.mark.parametrize(("wanted", "matches"), [("192.0.2.1", True), ("192.0.2.2", False), ("2001:DB8:0::1", True)])
def test_address(wanted: str, matches: bool) -> None:
    certificate = read_certificate(issue("one", None, ONE.key, addresses=["192.0.2.1", "2001:db8::1"]).der)
    assert matches_name(certificate, wanted) is matches


@pytest.mark.parametrize("byte", [0x00, 0x01, 0x06, 0x30, 0x80, 0x82, 0xA3, 0xFF])
def test_damaged_certificate_is_read_or_refused(byte: int) -> None:
    for place in range(len(ONE.der)):
        damaged = ONE.der[:place] + bytes([byte]) + ONE.der[place + 1 :]
        try:
            read_certificate(damaged)
        except LookError as exc:
            assert exc.reason is Reason.MALFORMED


@given(st.integers(0, len(ONE.der) - 1))
def test_certificate_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(LookError):
        read_certificate(ONE.der[:length])

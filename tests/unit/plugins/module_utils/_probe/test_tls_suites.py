# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import ssl

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_suites import (
    CLASSES,
    LEGACY_SUITES,
    TLS13_SUITES,
    class_of,
    ephemeral_dh_suites,
    every_suite,
    has_forward_secrecy,
    static_suites,
    suite_name,
    suites_of,
)


def openssl_suites() -> list[tuple[int, str, str, str, bool]]:
    """Return what OpenSSL knows of its own suites: number, key exchange, authentication, cipher, AEAD."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    known = [
        (one["id"] & 0xFFFF, one["kea"], one["auth"], one["symmetric"] or "", one["aead"])
        for one in context.get_ciphers()
    ]
    return [one for one in known if one[0] in LEGACY_SUITES]


def expected_class(exchange: str, authentication: str, cipher: str, aead: bool) -> str:
    if not cipher or "null" in cipher:
        return "NULL"
    if authentication == "auth-null":
        return "ANONYMOUS"
    if exchange == "kx-rsa":
        return "NO_FORWARD_SECRECY"
    return "AEAD" if aead else "CBC"


def test_every_suite_of_openssl_without_shared_secrets_is_known() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    names = {one["id"] & 0xFFFF: one["name"] for one in context.get_ciphers()}
    unknown = [name for number, name in names.items() if number not in LEGACY_SUITES and number not in TLS13_SUITES]
    assert all("PSK" in name or "SRP" in name for name in unknown)


@pytest.mark.parametrize("suite", openssl_suites(), ids=lambda suite: suite_name(suite[0]))
def test_class_agrees_with_openssl(suite: tuple[int, str, str, str, bool]) -> None:
    number, exchange, authentication, cipher, aead = suite
    assert class_of(suite_name(number)) == expected_class(exchange, authentication, cipher, aead)


@pytest.mark.parametrize(
    ("number", "name", "kind"),
    [
        (0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "EXPORT"),
        (0x0005, "TLS_RSA_WITH_RC4_128_SHA", "RC4"),
        (0x0009, "TLS_RSA_WITH_DES_CBC_SHA", "OBSOLETE"),
        (0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "3DES"),
        (0x0018, "TLS_DH_anon_WITH_RC4_128_MD5", "ANONYMOUS"),
        (0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", "EXPORT"),
        (0x009A, "TLS_DHE_RSA_WITH_SEED_CBC_SHA", "OBSOLETE"),
        (0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", "3DES"),
        (0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "CBC"),
        (0xC031, "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", "NO_FORWARD_SECRECY"),
        (0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "AEAD"),
    ],
)
def test_number_name_and_class_are_those_of_the_registry(number: int, name: str, kind: str) -> None:
    assert (suite_name(number), class_of(name)) == (name, kind)


def test_classes_share_out_all_suites() -> None:
    assert sorted(suite for kind in CLASSES for suite in suites_of(kind)) == sorted(LEGACY_SUITES)


def test_strong_suites_are_offered_first() -> None:
    kinds = [CLASSES.index(class_of(suite_name(suite))) for suite in every_suite()]
    assert kinds == sorted(kinds)


def test_static_suites_are_those_without_an_ephemeral_key() -> None:
    assert {suite for suite in LEGACY_SUITES if not has_forward_secrecy(suite_name(suite))} == set(static_suites())
    assert 0xC02F not in static_suites()


def test_only_signed_groups_over_a_prime_field_are_asked_for_their_size() -> None:
    assert all(suite_name(suite).startswith("TLS_DHE_") for suite in ephemeral_dh_suites())


def test_suite_without_a_name_is_shown_by_its_number() -> None:
    assert suite_name(0xFEFE) == "0xFEFE"

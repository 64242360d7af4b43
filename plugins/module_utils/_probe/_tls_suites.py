# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cipher suites of the IANA registry that a server with a certificate, or without any, can accept; and their classes.

Suites by pre-shared key, SRP, Kerberos and GOST are left out. This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

_SIX = "RSA DH_DSS DH_RSA DHE_DSS DHE_RSA DH_anon"
_FIVE = "DH_DSS DH_RSA DHE_DSS DHE_RSA DH_anon"
_FOUR = "ECDHE_ECDSA ECDH_ECDSA ECDHE_RSA ECDH_RSA"
_AES_GCM = "AES_128_GCM_SHA256 AES_256_GCM_SHA384"
_AES_CBC = "AES_128_CBC_SHA256 AES_256_CBC_SHA384"

# (first id, key exchanges, ciphers): consecutive ids, the ciphers of a key exchange side by side.
_RUNS: tuple[tuple[int, str, str], ...] = (
    (0x0001, "RSA", "NULL_MD5 NULL_SHA"),
    (0x0003, "RSA", "EXPORT_RC4_40_MD5 RC4_128_MD5 RC4_128_SHA EXPORT_RC2_CBC_40_MD5 IDEA_CBC_SHA"),
    (0x0008, "RSA DH_DSS DH_RSA DHE_DSS DHE_RSA", "EXPORT_DES40_CBC_SHA DES_CBC_SHA 3DES_EDE_CBC_SHA"),
    (0x0017, "DH_anon", "EXPORT_RC4_40_MD5 RC4_128_MD5 EXPORT_DES40_CBC_SHA DES_CBC_SHA 3DES_EDE_CBC_SHA"),
    (0x002F, _SIX, "AES_128_CBC_SHA"),
    (0x0035, _SIX, "AES_256_CBC_SHA"),
    (0x003B, "RSA", "NULL_SHA256 AES_128_CBC_SHA256 AES_256_CBC_SHA256"),
    (0x003E, "DH_DSS DH_RSA DHE_DSS", "AES_128_CBC_SHA256"),
    (0x0041, _SIX, "CAMELLIA_128_CBC_SHA"),
    (0x0060, "RSA", "EXPORT1024_RC4_56_MD5 EXPORT1024_RC2_CBC_56_MD5 EXPORT1024_DES_CBC_SHA"),
    (0x0063, "DHE_DSS", "EXPORT1024_DES_CBC_SHA"),
    (0x0064, "RSA", "EXPORT1024_RC4_56_SHA"),
    (0x0065, "DHE_DSS", "EXPORT1024_RC4_56_SHA RC4_128_SHA"),
    (0x0067, "DHE_RSA", "AES_128_CBC_SHA256"),
    (0x0068, "DH_DSS DH_RSA DHE_DSS DHE_RSA", "AES_256_CBC_SHA256"),
    (0x006C, "DH_anon", "AES_128_CBC_SHA256 AES_256_CBC_SHA256"),
    (0x0084, _SIX, "CAMELLIA_256_CBC_SHA"),
    (0x0096, _SIX, "SEED_CBC_SHA"),
    (0x009C, "RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon", _AES_GCM),
    (0x00BA, _SIX, "CAMELLIA_128_CBC_SHA256"),
    (0x00C0, _SIX, "CAMELLIA_256_CBC_SHA256"),
    (
        0xC001,
        "ECDH_ECDSA ECDHE_ECDSA ECDH_RSA ECDHE_RSA ECDH_anon",
        "NULL_SHA RC4_128_SHA 3DES_EDE_CBC_SHA AES_128_CBC_SHA AES_256_CBC_SHA",
    ),
    (0xC023, _FOUR, _AES_CBC),
    (0xC02B, _FOUR, _AES_GCM),
    (0xC03C, f"RSA {_FIVE} {_FOUR}", "ARIA_128_CBC_SHA256 ARIA_256_CBC_SHA384"),
    (0xC050, f"RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon {_FOUR}", "ARIA_128_GCM_SHA256 ARIA_256_GCM_SHA384"),
    (0xC072, _FOUR, "CAMELLIA_128_CBC_SHA256 CAMELLIA_256_CBC_SHA384"),
    (0xC07A, f"RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon {_FOUR}", "CAMELLIA_128_GCM_SHA256 CAMELLIA_256_GCM_SHA384"),
    (0xC09C, "RSA DHE_RSA", "AES_128_CCM AES_256_CCM"),
    (0xC0A0, "RSA DHE_RSA", "AES_128_CCM_8 AES_256_CCM_8"),
    (0xC0AC, "ECDHE_ECDSA", "AES_128_CCM AES_256_CCM AES_128_CCM_8 AES_256_CCM_8"),
    (0xCCA8, "ECDHE_RSA ECDHE_ECDSA DHE_RSA", "CHACHA20_POLY1305_SHA256"),
)
_TLS13 = "AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256 AES_128_CCM_SHA256 AES_128_CCM_8_SHA256"

# The classes, the strong ones first. An offer of one class holds its suites and no others.
CLASSES = ("AEAD", "CBC", "NO_FORWARD_SECRECY", "3DES", "RC4", "OBSOLETE", "EXPORT", "ANONYMOUS", "NULL")


def _legacy_suites() -> dict[int, str]:
    suites: dict[int, str] = {}
    for first, exchanges, ciphers in _RUNS:
        names = [f"TLS_{exchange}_WITH_{cipher}" for exchange in exchanges.split() for cipher in ciphers.split()]
        suites.update({first + number: _in_order(name) for number, name in enumerate(names)})
    return suites


def _in_order(name: str) -> str:
    """Put the word EXPORT where the registry has it: behind the key exchange."""
    for word in ("EXPORT1024", "EXPORT"):
        if f"_WITH_{word}_" in name:
            return name.replace(f"_WITH_{word}_", f"_{word}_WITH_")
    return name


LEGACY_SUITES: t.Mapping[int, str] = _legacy_suites()
TLS13_SUITES: t.Mapping[int, str] = {0x1301 + number: f"TLS_{cipher}" for number, cipher in enumerate(_TLS13.split())}


def suite_name(suite: int) -> str:
    """Return the registered name of *suite*, or its number where it has none here."""
    return LEGACY_SUITES.get(suite) or TLS13_SUITES.get(suite) or f"0x{suite:04X}"


def class_of(name: str) -> str:
    """Return the one class of a suite up to TLS 1.2: the first of its weaknesses, from the worst."""
    exchange, dummy, cipher = name[len("TLS_") :].partition("_WITH_")
    if cipher.startswith("NULL"):
        return "NULL"
    if "anon" in exchange:
        return "ANONYMOUS"
    if "EXPORT" in exchange:
        return "EXPORT"
    for word in ("RC4", "3DES"):
        if cipher.startswith(word):
            return word
    if cipher.startswith(("DES", "RC2", "IDEA", "SEED")):
        return "OBSOLETE"
    if not has_forward_secrecy(name):
        return "NO_FORWARD_SECRECY"
    return "CBC" if "_CBC_" in cipher else "AEAD"


def has_forward_secrecy(name: str) -> bool:
    """Tell whether the key exchange of a suite up to TLS 1.2 is ephemeral."""
    return name.startswith(("TLS_DHE_", "TLS_ECDHE_", "TLS_DH_anon", "TLS_ECDH_anon"))


def suites_of(wanted: str) -> list[int]:
    """Return the suites of one class."""
    return [suite for suite, name in LEGACY_SUITES.items() if class_of(name) == wanted]


def ephemeral_dh_suites() -> list[int]:
    """Return the suites whose server sends Diffie-Hellman parameters over a prime field, and signs them."""
    return [
        suite
        for suite, name in LEGACY_SUITES.items()
        if name.startswith("TLS_DHE_") and class_of(name) in ("AEAD", "CBC")
    ]


def every_suite() -> list[int]:
    """Return all suites up to TLS 1.2, the strong ones first as a client would."""
    return sorted(LEGACY_SUITES, key=lambda suite: CLASSES.index(class_of(LEGACY_SUITES[suite])))


def static_suites() -> list[int]:
    """Return the suites with a certificate and without forward secrecy, whatever their cipher."""
    return [suite for suite, name in LEGACY_SUITES.items() if not has_forward_secrecy(name)]

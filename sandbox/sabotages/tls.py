# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the front can be wrong: its TLS, its certificate, its redirect and its compression.

nginx does one of them at a time: the last one that was done counts, and each repair brings back all that the profile wants.
"""

from __future__ import annotations

import typing as t

from sandbox import _certificates as certificates
from sandbox._certificates import DAY, Wanted
from sandbox._contract import Act, Sabotage
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox.components import nginx
from sandbox.sabotages._stand_ins import MANNERS, listen

_ANY = "ALL:@SECLEVEL=0"  # OpenSSL refuses the old versions, short keys and SHA-1 above that level
_NO_TLS = "api_without_tls"
_ERRONEOUS = ("1.3.3", "1.3.5", "1.3.6", "8.6.1")
_PORTS = {"blackhole": 160, "garbage": 161, "babble": 162}


def _does(**changes: t.Any) -> Act:
    """Return an act that changes what nginx does, in the words of ``nginx.Front``."""

    def act(sandbox: Sandbox) -> None:
        nginx.change(sandbox, **changes)

    return act


def _nginx(name: str, items: tuple[str, ...], says: str, becomes: str = "failed", **changes: t.Any) -> Sabotage:
    return Sabotage(name, nginx.NAME, items, says, _does(**changes), _does(), becomes)


def _certificate(name: str, says: str, wanted: Wanted, items: tuple[str, ...] = ("1.3.3", "8.6.1")) -> Sabotage:
    return _nginx(name, items, says, certificate=wanted, ciphers=_WEAK_SIGNERS)


def _publish_without_tls(sandbox: Sandbox) -> None:
    nginx.change(sandbox, https=False, redirect=False)
    plain = sandbox.targets.read()["readiness_api"]["http_url"]
    sandbox.targets.patch(_NO_TLS, {"readiness_api": {"url": plain}})


def _publish_with_tls(sandbox: Sandbox) -> None:
    sandbox.targets.unpatch(_NO_TLS)
    nginx.change(sandbox)


def _redirected(manner: str) -> Sabotage:
    """Return the sabotage that sends who looks at TLS to a server that is no good."""
    name = f"tls_{manner}"

    def do(sandbox: Sandbox) -> None:
        listen(sandbox, name, manner, _PORTS[manner])
        endpoint = {"host": INTERNAL, "port": sandbox.port(_PORTS[manner])}
        sandbox.targets.patch(name, {"readiness_tls": {"endpoints": [endpoint]}})

    def undo(sandbox: Sandbox) -> None:
        sandbox.targets.unpatch(name)
        sandbox.processes.stop(name)

    return Sabotage(name, nginx.NAME, _ERRONEOUS, f"Instead of TLS a server {MANNERS[manner]}", do, undo, "error")


_GOOD_CIPHERS = nginx.Front().ciphers
_WEAK_SIGNERS = f"{_GOOD_CIPHERS}:@SECLEVEL=0"

SABOTAGES = [
    _nginx(
        "tls_old_versions",
        ("1.3.5", "1.3.6"),
        "TLS 1.0 and 1.1 are accepted",
        protocols="TLSv1 TLSv1.1 TLSv1.2 TLSv1.3",
        ciphers=_ANY,
    ),
    _nginx("tls_cbc", ("1.3.6",), "Suites with CBC are accepted", ciphers=f"{_GOOD_CIPHERS}:ECDHE+AES"),
    _nginx(
        "tls_static_rsa",
        ("1.3.6",),
        "Suites without forward secrecy are accepted",
        ciphers=f"{_GOOD_CIPHERS}:RSA+AES",
        certificate=Wanted(key="rsa2048", intermediate=True),
    ),
    _nginx(
        "tls_null_cipher",
        ("1.3.6",),
        "A suite that does not encrypt is accepted",
        ciphers=f"{_GOOD_CIPHERS}:eNULL:@SECLEVEL=0",
    ),
    _certificate("certificate_expired", "The certificate has expired", certificates.EXPIRED),
    _certificate("certificate_not_yet_valid", "The certificate is not valid yet", certificates.NOT_YET_VALID),
    _certificate("certificate_of_another_host", "The certificate names another host", certificates.WRONG_HOST),
    _certificate("certificate_self_signed", "The certificate is signed by itself", certificates.SELF_SIGNED),
    _certificate("certificate_without_chain", "The intermediate is missing", certificates.INCOMPLETE_CHAIN),
    _certificate("certificate_short_key", "The key has 1024 bits", certificates.SHORT_KEY),
    _certificate("certificate_sha1", "The certificate is signed with SHA-1", certificates.SHA1),
    _certificate(
        "certificate_ends_soon",
        "The certificate ends in two days, so nothing renews it",
        Wanted(ends=2 * DAY, intermediate=True),
        ("1.3.4",),
    ),
    Sabotage(
        _NO_TLS,
        nginx.NAME,
        ("1.3.2", "8.2.1"),
        "The API is published by plain HTTP alone",
        _publish_without_tls,
        _publish_with_tls,
    ),
    _nginx("https_gone", _ERRONEOUS, "Nothing listens on the port of HTTPS", "error", https=False, redirect=False),
    _nginx("http_not_redirected", ("1.3.2",), "Plain HTTP is served instead of redirected", redirect=False),
    _nginx("hsts_missing", ("1.3.2",), "Browsers are not told to use TLS alone", hsts=False),
    _nginx("gzip_off", ("2.5.3",), "The page's files are sent uncompressed", gzip=False),
    *map(_redirected, _PORTS),
]

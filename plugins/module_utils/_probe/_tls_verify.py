# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Let OpenSSL decide whether a client would trust a server, and whether the chain as sent is all that it needs.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import ssl
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_certificate import Certificate
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_offer import Endpoint, open_stream

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name
_DER = 2  # _ssl.ENCODING_DER
# Verification faults that say nothing about the trust in the issuer: not yet valid, expired, host name, address.
_NOT_ABOUT_TRUST = frozenset({9, 10, 62, 64})


@dataclass(frozen=True)
class Trust:
    """Whether a client accepts the certificate. *error* is the fault that it meets first, empty when it accepts."""

    error: str
    trusted: bool
    verified: tuple[bytes, ...] | None = None


def verify(endpoint: Endpoint, ca_path: str | None, deadline: Deadline) -> Trust:
    """Shake hands as a strict client does; where the dates or the name are wrong, once more without asking for them."""
    chain, fault = _handshake(endpoint, _context(ca_path, endpoint.server_name or endpoint.host), deadline)
    if fault is None:
        return Trust("", True, chain)
    if fault.verify_code not in _NOT_ABOUT_TRUST:
        return Trust(fault.verify_message, False)
    chain, lasting = _handshake(endpoint, _context(ca_path, None), deadline)
    return Trust(fault.verify_message, lasting is None, chain)


def sent_chain(endpoint: Endpoint, deadline: Deadline) -> tuple[bytes, ...]:
    """Return the certificates as the server sends them, where it encrypts them (TLS 1.3)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    found: tuple[bytes, ...] | None = _shake(endpoint, _permissive(context), deadline, "unverified")
    if found is None:
        raise LookError(Reason.UNSUPPORTED, "Python before 3.10 does not show the chain that a server of TLS 1.3 sends")
    return found


def is_complete(sent: t.Sequence[Certificate], trust: Trust, fingerprints: t.Sequence[str]) -> bool | None:
    """Tell whether the certificates *sent* lead to a trust anchor, without any that only this machine happens to have.

    *fingerprints* are those of the chain that OpenSSL built. None when this Python does not show that chain.
    """
    if not trust.trusted:
        return _reaches_an_end(sent)
    if trust.verified is None:
        return None
    have = {certificate.fingerprint for certificate in sent}
    return have >= set(fingerprints[:-1])


def _reaches_an_end(sent: t.Sequence[Certificate]) -> bool:
    """Follow the issuers from the first certificate; tell whether one that signed itself was sent."""
    current, left = sent[0], list(sent[1:])
    while not current.self_signed:
        issuer = next((other for other in left if current.may_be_issued_by(other)), None)
        if issuer is None:
            return False
        left.remove(issuer)
        current = issuer
    return True


def _context(ca_path: str | None, name: str | None) -> ssl.SSLContext:
    """Return a context that verifies; without a *name* it asks neither for it nor for the dates."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if name is None:
        context.check_hostname = False
        context.verify_flags |= _NO_CHECK_TIME
    else:
        context.hostname_checks_common_name = False
    try:
        if ca_path:
            context.load_verify_locations(ca_path)
        else:
            context.load_default_certs()
    except (OSError, ssl.SSLError) as exc:
        raise LookError(Reason.NOT_CONFIGURED, f"The certificate authorities of {ca_path} cannot be read") from exc
    return _permissive(context)


def _permissive(context: ssl.SSLContext) -> ssl.SSLContext:
    """Allow old versions, weak ciphers and keys: they are looked at elsewhere, and must not hide the question of trust."""
    context.set_ciphers("ALL:eNULL:!aNULL:@SECLEVEL=0")  # a suite without a certificate would leave nothing to verify
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context


def _handshake(
    endpoint: Endpoint, context: ssl.SSLContext, deadline: Deadline
) -> tuple[tuple[bytes, ...] | None, ssl.SSLCertVerificationError | None]:
    try:
        return _shake(endpoint, context, deadline, "verified"), None
    except ssl.SSLCertVerificationError as exc:
        return None, exc


def _shake(endpoint: Endpoint, context: ssl.SSLContext, deadline: Deadline, which: str) -> tuple[bytes, ...] | None:
    """Shake hands, and return the verified or unverified chain where this Python shows it."""
    with open_stream(endpoint, deadline) as sock:
        sock.settimeout(deadline.step())
        try:
            with context.wrap_socket(sock, server_hostname=endpoint.server_name or endpoint.host) as stream:
                return _chain(stream, which)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as exc:
            raise look_error(exc, f"shake hands with {endpoint.name}") from exc


def _chain(stream: ssl.SSLSocket, which: str) -> tuple[bytes, ...] | None:
    public = getattr(stream, f"get_{which}_chain", None)  # Python 3.13
    if public is not None:
        return tuple(public())
    private = getattr(getattr(stream, "_sslobj", None), f"get_{which}_chain", None)  # Python 3.10
    if private is None:
        return None
    return tuple(certificate.public_bytes(_DER) for certificate in private() or ())

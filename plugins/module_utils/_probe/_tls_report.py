# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turn answers and certificates into the keys of an observation.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import replace

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import _tls_offer as offers
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_certificate import (
    Certificate,
    matches_name,
    read_certificate,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_verify import Trust, is_complete

ABOUT_OFFERS = (
    "offers",
    "accepted_versions",
    "refused_versions",
    "accepted_ciphers",
    "refused_ciphers",
    "forward_secrecy",
    "dh_bits",
    "compression",
)
ABOUT_CERTIFICATE = ("certificate", "chain", "chain_complete", "host_name_matches", "trusted", "verify_error")

_DAY = 86400


def about_offers(part: Part, made: t.Sequence[offers.Offer], answers: t.Sequence[offers.Answer]) -> None:
    """Fill the keys of ABOUT_OFFERS. What is not complete is unseen, but ``offers`` always shows what was heard."""
    both = list(zip(made, answers))
    part.seen["offers"] = [_offer(offer, answer) for offer, answer in both]
    _split(part, "versions", [one for one in both if one[0].kind == offers.VERSION])
    _split(part, "ciphers", [*_modern(both), *(one for one in both if one[0].kind == offers.CIPHERS)])
    by_name = {offer.offered: answer for offer, answer in both}
    part.look(
        "forward_secrecy", lambda: not _is_accepted(by_name[offers.STATIC]), "offer suites without forward secrecy"
    )
    part.look("dh_bits", lambda: _dh_bits(by_name[offers.EPHEMERAL_DH]), "read the Diffie-Hellman group")
    part.seen["compression"] = any(answer.compression for answer in answers)
    if not any(answer.state == offers.ACCEPTED for answer in answers):
        nothing = LookError(Reason.NO_DATA, "The server refused every offer, so that its refusals prove nothing")
        for key in ("accepted_ciphers", "refused_ciphers", "forward_secrecy", "dh_bits", "compression"):
            part.miss(key, nothing)


def about_certificate(
    part: Part,
    endpoint: offers.Endpoint,
    fetch: t.Callable[[], t.Sequence[bytes]],
    trust: Trust | LookError,
    now: float,
) -> None:
    """Fill the keys of ABOUT_CERTIFICATE; *fetch* returns the chain as sent."""
    try:
        chain = [read_certificate(data) for data in fetch()]
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        chain = []
        for key in ("certificate", "chain", "chain_complete", "host_name_matches"):
            part.miss(key, look_error(exc, f"read the certificate of {endpoint.name}"))
    if chain:
        name = endpoint.server_name or endpoint.host
        part.seen["certificate"] = _certificate(chain[0], now)
        part.seen["chain"] = [_link(certificate) for certificate in chain]
        part.look("host_name_matches", lambda: matches_name(chain[0], name), "compare the names")
        part.look("chain_complete", lambda: _is_complete(chain, trust), "follow the chain")
    part.look("trusted", lambda: _seen(trust).trusted, "verify the certificate")
    part.look("verify_error", lambda: _seen(trust).error, "verify the certificate")


def _split(part: Part, what: str, both: t.Sequence[tuple[offers.Offer, offers.Answer]]) -> None:
    """Fill accepted_… and refused_…: both are complete, or unseen."""
    for state in (offers.ACCEPTED, offers.REFUSED):
        part.seen[f"{state}_{what}"] = [offer.offered for offer, answer in both if answer.state == state]
    unknown = [(offer.offered, answer.error) for offer, answer in both if answer.error]
    for name, error in unknown[:1]:
        for state in (offers.ACCEPTED, offers.REFUSED):
            part.miss(f"{state}_{what}", LookError(error.reason, f"{name}: {error.message}"))


def _modern(both: t.Sequence[tuple[offers.Offer, offers.Answer]]) -> list[tuple[offers.Offer, offers.Answer]]:
    """Return the answer to TLS 1.3 as that to its suites: they are a class of their own, with no weak one among them."""
    return [(replace(offer, offered="TLS13"), answer) for offer, answer in both if offer.offered == "TLSv1.3"]


def _offer(offer: offers.Offer, answer: offers.Answer) -> dict[str, t.Any]:
    return {
        "kind": offer.kind,
        "offered": offer.offered,
        "answer": answer.state,
        "detail": answer.detail,
        "version": answer.version or "",
        "suite": answer.suite or "",
    }


def _is_accepted(answer: offers.Answer) -> bool:
    if answer.error:
        raise answer.error
    return answer.state == offers.ACCEPTED


def _dh_bits(answer: offers.Answer) -> int:
    if not _is_accepted(answer):
        return 0
    if answer.group_bits is None:
        raise LookError(Reason.MALFORMED, "The server sent no Diffie-Hellman group where one belongs")
    return answer.group_bits


def _seen(trust: Trust | LookError) -> Trust:
    if isinstance(trust, LookError):
        raise trust
    return trust


def _is_complete(chain: t.Sequence[Certificate], trust: Trust | LookError) -> bool:
    seen = _seen(trust)
    verified = [read_certificate(data).fingerprint for data in seen.verified or ()]
    complete = is_complete(chain, seen, verified)
    if complete is None:
        raise LookError(Reason.UNSUPPORTED, "Python before 3.10 does not show the chain that OpenSSL built")
    return complete


def _certificate(certificate: Certificate, now: float) -> dict[str, t.Any]:
    left, lifetime = certificate.not_after - now, certificate.not_after - certificate.not_before
    return {
        **_link(certificate),
        "names": [*certificate.dns, *certificate.addresses],
        "days_left": int(left // _DAY),
        "lifetime_left_ratio": round(left / lifetime, 4) if lifetime > 0 else 0.0,
        "expired": left < 0,
        "not_yet_valid": now < certificate.not_before,
    }


def _link(certificate: Certificate) -> dict[str, t.Any]:
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "not_before": _moment(certificate.not_before),
        "not_after": _moment(certificate.not_after),
        "key_type": certificate.key_type,
        "key_bits": certificate.key_bits,
        "security_bits": certificate.security_bits,
        "signature_hash": certificate.signature_hash,
        "self_signed": certificate.self_signed,
        "fingerprint": certificate.fingerprint,
    }


def _moment(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))

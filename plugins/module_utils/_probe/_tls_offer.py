# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offer one version or one class of ciphers to a server, and hear its answer.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import os
import socket
import struct
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import connect, place, receive, send
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_flight import Flight, group_bits
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_hello import (
    RANDOM_LENGTH,
    VERSIONS,
    client_hello,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_suites import (
    CLASSES,
    TLS13_SUITES,
    ephemeral_dh_suites,
    every_suite,
    static_suites,
    suite_name,
    suites_of,
)

ACCEPTED, REFUSED, CLOSED, PLAIN, UNKNOWN = "accepted", "refused", "closed", "plain", "unknown"
VERSION, CIPHERS, EXCHANGE = "version", "ciphers", "exchange"
STATIC, EPHEMERAL_DH = "STATIC", "DHE"

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)


@dataclass(frozen=True)
class Endpoint:
    """Where a TLS server is, by which name, and in which protocol it stands."""

    host: str
    port: int
    server_name: str
    protocol: str = "tls"

    @property
    def name(self) -> str:
        return place(self.host, self.port)


@dataclass(frozen=True)
class Offer:
    """What is offered alone."""

    kind: str
    offered: str
    version: str
    suites: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What became of an offer; *detail* says it in words, or names the protocol of a peer without TLS."""

    state: str
    detail: str
    version: str | None = None
    suite: str | None = None
    certificates: tuple[bytes, ...] = ()
    group_bits: int | None = None
    compression: bool = False
    error: LookError | None = None


class PlainText(Exception):
    """The peer speaks, but not TLS: *protocol* says what."""

    def __init__(self, protocol: str) -> None:
        super().__init__(protocol)
        self.protocol = protocol


def all_offers() -> list[Offer]:
    """Return everything that is offered to an endpoint, the likeliest to be accepted first."""
    legacy = tuple(every_suite())
    offers = [
        Offer(VERSION, name, name, tuple(TLS13_SUITES) if name == "TLSv1.3" else legacy)
        for name in reversed(list(VERSIONS))
    ]
    offers += [Offer(CIPHERS, name, "TLSv1.2", tuple(suites_of(name))) for name in CLASSES]
    offers.append(Offer(EXCHANGE, STATIC, "TLSv1.2", tuple(static_suites())))
    offers.append(Offer(EXCHANGE, EPHEMERAL_DH, "TLSv1.2", tuple(ephemeral_dh_suites())))
    return offers


def make_offer(endpoint: Endpoint, offer: Offer, deadline: Deadline) -> Answer:
    """Make *offer* once, and once more when the peer hangs up without a word, as a rate limit might."""
    answer = _ask(endpoint, offer, deadline)
    return _ask(endpoint, offer, deadline) if answer.state == CLOSED else answer


def open_stream(endpoint: Endpoint, deadline: Deadline) -> socket.socket:
    """Connect to the point at which TLS begins; raise PlainText when the server does not want it to."""
    sock = connect(endpoint.host, endpoint.port, deadline)
    if endpoint.protocol == "tls":
        return sock
    try:
        send(sock, _SSL_REQUEST, deadline)
        reply = receive(sock, deadline, 1)
    except Exception:
        sock.close()
        raise
    if reply == b"S":
        return sock
    sock.close()
    if reply == b"N":
        raise PlainText("postgresql")
    raise LookError(Reason.MALFORMED, f"{endpoint.name} does not answer a request for TLS as PostgreSQL does")


def _ask(endpoint: Endpoint, offer: Offer, deadline: Deadline) -> Answer:
    try:
        with open_stream(endpoint, deadline) as sock:
            return judge_flight(offer, _flight(sock, endpoint, offer, deadline))
    except PlainText as exc:
        return Answer(PLAIN, exc.protocol)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        error = look_error(exc, f"offer {offer.offered} to {endpoint.name}")
        return Answer(UNKNOWN, error.message, error=error)


def _flight(sock: socket.socket, endpoint: Endpoint, offer: Offer, deadline: Deadline) -> Flight:
    flight = Flight()
    try:
        send(sock, client_hello(offer.version, offer.suites, endpoint.server_name, os.urandom(RANDOM_LENGTH)), deadline)
        while not flight.is_complete:
            data = receive(sock, deadline)
            if not data:
                break
            flight.feed(data)
    except (ConnectionResetError, BrokenPipeError):
        pass  # a refusal without a word: what came before it counts
    return flight


def judge_flight(offer: Offer, flight: Flight) -> Answer:
    """Say what a server's *flight* means for the *offer*."""
    if flight.plain:
        return Answer(PLAIN, flight.plain)
    if flight.alert:
        return Answer(REFUSED, f"alert {flight.alert}")
    if not flight.is_accepting:
        return Answer(CLOSED, "the connection was closed without an alert")
    if offer.kind == VERSION and flight.version != offer.version:
        return Answer(REFUSED, f"answered with {flight.version}")
    if flight.suite not in offer.suites:
        error = LookError(
            Reason.MALFORMED, f"The peer chose the suite {suite_name(flight.suite or 0)}, which was not offered"
        )
        return Answer(UNKNOWN, error.message, error=error)
    return Answer(
        ACCEPTED,
        "accepted",
        flight.version,
        suite_name(flight.suite),
        flight.certificates,
        group_bits(flight.key_exchange) if offer.offered == EPHEMERAL_DH else None,
        flight.compression,
    )


def with_closures_decided(answers: t.Sequence[Answer]) -> list[Answer]:
    """Decide what a hang-up means: a refusal where the same peer accepted another offer, nothing otherwise."""
    is_server = any(answer.state == ACCEPTED for answer in answers)
    return [_decided(answer, is_server) if answer.state == CLOSED else answer for answer in answers]


def _decided(answer: Answer, is_server: bool) -> Answer:
    if is_server:
        return Answer(REFUSED, answer.detail)
    error = LookError(Reason.REFUSED, "The peer hangs up on every offer, without an answer")
    return Answer(UNKNOWN, error.message, error=error)

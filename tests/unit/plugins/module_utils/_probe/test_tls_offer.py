# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import _tls_offer as offers
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_flight import MOST, Flight, group_bits
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_hello import RANDOM_LENGTH, client_hello
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_offer import (
    Answer,
    Endpoint,
    Offer,
    all_offers,
    judge_flight,
    make_offer,
    with_closures_decided,
)

from . import servers
from .certificates import Authority

OFFER = Offer(offers.VERSION, "TLSv1.2", "TLSv1.2", (0xC02F,))


def flight_of(data: bytes) -> Flight:
    flight = Flight()
    flight.feed(data)
    return flight


class TestHello:
    def test_names_the_server(self) -> None:
        assert b"api.example.com" in client_hello("TLSv1.2", [0xC02F], "api.example.com", bytes(RANDOM_LENGTH))

    def test_names_no_address(self) -> None:
        assert b"192.0.2.1" not in client_hello("TLSv1.2", [0xC02F], "192.0.2.1", bytes(RANDOM_LENGTH))

    def test_names_an_international_server_as_dns_does(self) -> None:
        assert b"xn--bcher-kva.example" in client_hello("TLSv1.2", [0xC02F], "bücher.example", bytes(RANDOM_LENGTH))

    def test_of_sslv3_has_no_extensions(self) -> None:
        hello = client_hello("SSLv3", [0x000A], "localhost", bytes(RANDOM_LENGTH))
        assert hello[:3] == b"\x16\x03\x00" and hello.endswith(b"\x00\x04\x00\x0a\x00\xff\x02\x01\x00")

    @pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
    def test_is_answered_by_openssl_with_the_version_offered(self, version: str, authority: Authority) -> None:
        name = version.replace(".", "_")
        context = servers.tls_context(
            *authority.server("any", authority.leaf()), versions=(name, name), ciphers="ALL:@SECLEVEL=0"
        )
        with servers.server(servers.tls(context)) as port:
            offer = next(one for one in all_offers() if one.offered == version)
            answer = make_offer(Endpoint(servers.HOST, port, "localhost"), offer, Deadline(5))
        assert (answer.state, answer.version) == (offers.ACCEPTED, version)

    def test_reaches_the_server_with_its_name(self, authority: Authority) -> None:
        asked: list[str] = []
        context = servers.tls_context(*authority.server("any", authority.leaf()))
        context.sni_callback = lambda dummy, name, other: asked.append(name)
        with servers.server(servers.tls(context)) as port:
            make_offer(Endpoint(servers.HOST, port, "api.example.com"), all_offers()[0], Deadline(5))
        assert asked == ["api.example.com"]


class TestFlight:
    def test_is_accepting_when_the_server_is_done(self) -> None:
        flight = flight_of(servers.server_hello(0x0303, 0xC02F, b"certificate"))
        assert flight.is_accepting
        assert (flight.version, flight.suite, flight.certificates) == ("TLSv1.2", 0xC02F, (b"certificate",))

    def test_is_not_accepting_when_an_alert_follows_the_hello(self) -> None:
        hello = servers.server_hello(0x0301, 0xC013)[:-9]  # without the end of the flight
        assert not flight_of(hello + servers.alert(80)).is_accepting

    def test_is_not_complete_after_the_hello_alone(self) -> None:
        assert not flight_of(servers.server_hello(0x0303, 0xC02F)[:-9]).is_complete

    def test_names_the_alert(self) -> None:
        assert flight_of(servers.alert(70)).alert == "protocol_version"

    def test_goes_on_after_a_warning(self) -> None:
        flight = flight_of(servers.alert(112, level=1) + servers.server_hello(0x0303, 0xC02F))
        assert flight.alert is None and flight.is_accepting

    def test_sees_compression(self) -> None:
        assert flight_of(servers.server_hello(0x0303, 0xC02F, compression=1)).compression

    def test_takes_a_request_to_retry_for_a_yes_to_tls_1_3(self) -> None:
        retry = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
        body = b"\x03\x03" + retry + b"\x00" + b"\x13\x01\x00" + b"\x00\x06\x00\x2b\x00\x02\x03\x04"
        flight = flight_of(servers.handshake(2, body))
        assert (flight.version, flight.is_accepting) == ("TLSv1.3", True)

    @pytest.mark.parametrize(
        ("words", "protocol"),
        [(b"HTTP/1.1 400 Bad Request\r\n", "http"), (b"-ERR unknown command\r\n", "redis"), (b"SSH-2.0-x\r\n", "ssh")],
    )
    def test_recognises_who_speaks_in_the_clear(self, words: bytes, protocol: str) -> None:
        assert flight_of(words).plain == protocol

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"hello, who is there?", id="words"),
            pytest.param(bytes(64), id="zeros"),
            pytest.param(b"\x16\x03\x03\xff\xff" + bytes(10), id="a record longer than any"),
            pytest.param(b"\x17\x03\x03\x00\x01x", id="encrypted data at once"),
            pytest.param(servers.handshake(2, b"\x03\x03"), id="a hello cut off"),
            pytest.param(servers.handshake(14, b""), id="an end without a beginning"),
            pytest.param(b"\x15\x03\x03\x00\x01\x02", id="half an alert"),
        ],
    )
    def test_garbage_is_no_answer(self, data: bytes) -> None:
        with pytest.raises(LookError) as caught:
            flight_of(data)
        assert caught.value.reason is Reason.MALFORMED

    def test_endless_answer_is_cut_off(self) -> None:
        flight = flight_of(servers.server_hello(0x0303, 0xC02F)[:-9])
        one = servers.handshake(4, bytes(16000))
        with pytest.raises(LookError, match="without an end"):
            for dummy in range(MOST // len(one) + 1):
                flight.feed(one)

    @given(st.binary(max_size=300))
    def test_whatever_comes_ends_in_an_answer_or_a_look_error(self, data: bytes) -> None:
        flight = Flight()
        try:
            flight.feed(b"\x16\x03\x03" + data)
        except LookError as exc:
            assert exc.reason is Reason.MALFORMED
        else:
            assert not flight.is_accepting or flight.version

    @given(st.integers(1, 40))
    def test_pieces_do_not_matter(self, size: int) -> None:
        data = servers.server_hello(0x0303, 0x0033, b"one certificate", b"\x00\x02\xff\xff" + bytes(9))
        flight = Flight()
        for start in range(0, len(data), size):
            flight.feed(data[start : start + size])
        whole = flight_of(data)
        assert flight.is_accepting and flight.certificates == whole.certificates == (b"one certificate",)
        assert flight.key_exchange == whole.key_exchange

    @pytest.mark.parametrize(
        ("message", "bits"),
        [(b"\x00\x80" + b"\xff" * 128, 1024), (b"\x00\x02\x00\xff", 8), (b"", None), (b"\x00\x09\x01", None)],
    )
    def test_size_of_a_group(self, message: bytes, bits: int | None) -> None:
        assert group_bits(message) == bits


class TestAnswer:
    def test_lower_version_is_a_refusal_of_the_one_offered(self) -> None:
        answer = judge_flight(OFFER, flight_of(servers.server_hello(0x0301, 0xC02F)))
        assert (answer.state, answer.detail) == (offers.REFUSED, "answered with TLSv1")

    def test_suite_that_was_not_offered_is_no_answer(self) -> None:
        answer = judge_flight(OFFER, flight_of(servers.server_hello(0x0303, 0x0005)))
        assert answer.state == offers.UNKNOWN and answer.error and answer.error.reason is Reason.MALFORMED

    def test_hang_up_refuses_where_the_peer_accepted_something_else(self) -> None:
        decided = with_closures_decided([Answer(offers.ACCEPTED, ""), Answer(offers.CLOSED, "closed")])
        assert decided[1].state == offers.REFUSED

    def test_hang_up_says_nothing_of_a_peer_that_accepts_nothing(self) -> None:
        decided = with_closures_decided([Answer(offers.REFUSED, ""), Answer(offers.CLOSED, "closed")])
        assert decided[1].state == offers.UNKNOWN and decided[1].error

    def test_hang_up_is_asked_again(self) -> None:
        calls: list[int] = []

        def once(sock: t.Any) -> None:
            calls.append(1)
            sock.recv(8192)
            if len(calls) > 1:
                sock.sendall(servers.server_hello(0x0303, 0xC02F))

        with servers.server(once) as port:
            answer = make_offer(Endpoint(servers.HOST, port, ""), OFFER, Deadline(5))
        assert answer.state == offers.ACCEPTED

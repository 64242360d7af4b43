# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Peers that are no Redis, or no good one. Real servers are looked at in ``tests/integration/test_redis.py``."""

from __future__ import annotations

import builtins
import json
import os
import socket
import ssl
import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import redis as redis_probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers
from .certificates import Authority

PASSWORD = "correct-horse-battery"


def look(port: int, **options: t.Any) -> tuple[dict[str, t.Any], float]:
    """Return the subject at *port*, and how many seconds the look took."""
    given = {"login_host": servers.HOST, "login_port": port, "login_password": PASSWORD, "timeout": 1.0, **options}
    checked = ArgumentSpecValidator(**redis_probe.SPEC).validate(given)
    assert not checked.error_messages
    began = time.monotonic()
    result = run_probe("redis_info", redis_probe.observe, checked.validated_parameters)
    seconds = time.monotonic() - began
    assert PASSWORD not in json.dumps(result)
    (seen,) = result["observation"]
    return seen, seconds


PEERS = [
    pytest.param(servers.saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "malformed", id="speaks HTTP"),
    pytest.param(servers.saying(b"\xff\x00" + os.urandom(62)), "malformed", id="answers noise"),
    pytest.param(servers.babbling(b"lorem ipsum " * 1000), "malformed", id="never stops talking"),
    pytest.param(servers.babbling(b"x" * 10000, begin=b"-"), "refused", id="never ends its line"),
    pytest.param(servers.dripping(b"H"), "malformed", id="sends a wrong byte now and then"),
    pytest.param(servers.hang_up, "refused", id="hangs up"),
]


@pytest.mark.parametrize("unauthenticated", [False, True], ids=["as a user", "as nobody"])
@pytest.mark.parametrize(("peer", "reason"), PEERS)
def test_peer_that_is_no_redis_is_found_out_at_once(peer: servers.Serve, reason: str, unauthenticated: bool) -> None:
    with servers.server(peer) as port:
        seen, seconds = look(port, unauthenticated=unauthenticated, timeout=5.0)
    assert seen["error"]["reason"] == reason
    assert seconds < 2


@pytest.mark.parametrize("unauthenticated", [False, True], ids=["as a user", "as nobody"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("peer", [servers.black_hole, servers.dripping(b"+")], ids=["silent", "slow"])
def test_peer_that_is_silent_costs_its_budget_and_no_more(
    peer: servers.Serve, tls: bool, unauthenticated: bool
) -> None:
    with servers.server(peer) as port:
        seen, seconds = look(port, unauthenticated=unauthenticated, tls=tls)
    assert seen["error"]["reason"] in ("timeout", "malformed")
    assert seconds < 1.5


ANSWERS = [
    pytest.param(b"+PONG\r\n", "answered", id="PONG"),
    pytest.param(b"-LOADING Redis is loading the dataset in memory\r\n", "answered", id="LOADING"),
    pytest.param(b"-NOAUTH Authentication required.\r\n", "refused", id="NOAUTH"),
    pytest.param(b"-DENIED Redis is running in protected mode\r\n", "refused", id="protected mode"),
]


@pytest.mark.parametrize(("answer", "outcome"), ANSWERS)
def test_answer_to_nobody(answer: bytes, outcome: str) -> None:
    with servers.server(servers.saying(answer)) as port:
        seen, dummy = look(port, unauthenticated=True)
    assert (seen["error"], seen["unauthenticated"]["outcome"]) == (None, outcome)


def test_closed_port_is_unreachable_for_nobody() -> None:
    seen, dummy = look(servers.closed_port(), unauthenticated=True)
    assert seen["unauthenticated"]["outcome"] == "unreachable"


def test_filtered_port_is_unreachable_for_nobody() -> None:
    with servers.filtered_port() as port:
        seen, seconds = look(port, unauthenticated=True)
    assert seen["unauthenticated"]["outcome"] == "unreachable"
    assert seconds < 1.5


def test_closed_port_of_a_host_with_an_open_control_port_counts() -> None:
    with servers.server(servers.black_hole) as control:
        seen, dummy = look(servers.closed_port(), unauthenticated=True, control_ports=[servers.closed_port(), control])
    assert seen["unauthenticated"]["outcome"] == "unreachable"


def test_closed_port_of_a_host_that_is_cut_off_proves_nothing() -> None:
    seen, dummy = look(servers.closed_port(), unauthenticated=True, control_ports=[servers.closed_port()])
    assert seen["error"]["reason"] == "unreachable"
    assert "proves nothing" in seen["error"]["message"]


def test_name_that_does_not_resolve_proves_nothing() -> None:
    seen, dummy = look(1, login_host="no-such-host.invalid", unauthenticated=True)
    assert seen["error"]["reason"] == "unreachable"


def test_every_other_key_is_unseen_by_nobody() -> None:
    with servers.server(servers.saying(b"+PONG\r\n")) as port:
        seen, dummy = look(port, unauthenticated=True)
    keys = {key for aspect in redis_probe.ASPECTS.values() for key in aspect} | {"patterns", "keys_without_ttl"}
    assert {seen["unseen"][key]["reason"] for key in keys} == {"not_observed"}
    assert all(seen[key] is None for key in keys)


def pong_in_tls(authority: Authority, wants_certificate: bool = False) -> servers.Serve:
    context = servers.tls_context(*authority.server("redis", authority.leaf(), authority.intermediate))
    if wants_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(authority.ca_path)

    def serve(sock: socket.socket) -> None:
        with context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False) as stream:
            try:
                stream.do_handshake()
            except ssl.SSLError:
                # Closing with the client's PING unread would throw away the alert on its way.
                stream.shutdown(socket.SHUT_WR)
                while stream.recv(100):
                    pass
                return
            stream.recv(100)
            stream.sendall(b"+PONG\r\n")

    return serve


def test_nobody_is_satisfied_by_any_certificate(authority: Authority) -> None:
    with servers.server(pong_in_tls(authority)) as port:
        seen, dummy = look(port, tls=True, unauthenticated=True)
    assert seen["unauthenticated"]["outcome"] == "answered"


def test_user_is_not_satisfied_by_any_certificate(authority: Authority) -> None:
    with servers.server(pong_in_tls(authority)) as port:
        seen, dummy = look(port, tls=True)
    assert seen["error"]["reason"] == "malformed"
    assert "certificate" in seen["error"]["message"]


def test_server_that_demands_a_certificate_refuses_nobody(authority: Authority) -> None:
    with servers.server(pong_in_tls(authority, wants_certificate=True)) as port:
        seen, dummy = look(port, tls=True, unauthenticated=True)
    assert seen["unauthenticated"]["outcome"] == "refused"


def test_missing_file_of_authorities_is_not_configured() -> None:
    with servers.server(servers.black_hole) as port:
        seen, dummy = look(port, tls=True, ca_path="/nonexistent/ca.pem")
    assert seen["error"]["reason"] == "not_configured"


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: t.Any) -> t.Any:
        if name == "redis":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)


@pytest.mark.usefixtures("without_library")
def test_missing_library_names_the_package() -> None:
    with servers.server(servers.saying(b"+PONG\r\n")) as port:
        seen, dummy = look(port)
    assert seen["error"]["reason"] == "missing_library"


@pytest.mark.usefixtures("without_library")
def test_nobody_needs_no_library() -> None:
    with servers.server(servers.saying(b"+PONG\r\n")) as port:
        seen, dummy = look(port, unauthenticated=True)
    assert seen["unauthenticated"]["outcome"] == "answered"

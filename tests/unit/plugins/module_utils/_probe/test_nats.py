# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import nats

from . import servers

INFO = b'INFO {"server_id":"N","server_name":"a","version":"2.10.0","auth_required":true}\r\n'


def look(port: int, timeout: float = 1.5) -> dict[str, t.Any]:
    asked = {"servers": [{"host": servers.HOST, "port": port}], "login_user": "u", "login_password": "Secret-4711"}
    options = ArgumentSpecValidator(**nats.SPEC).validate(asked).validated_parameters
    (subject,) = nats.observe(options, Deadline(timeout))
    assert "Secret-4711" not in str(subject)
    return subject


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        pytest.param(servers.black_hole, "timeout", id="a server that never speaks"),
        pytest.param(servers.saying(b""), "timeout", id="a server that waits for us to begin"),
        pytest.param(lambda sock: sock.sendall(b"HTTP/1.1 400 Bad Request\r\n"), "malformed", id="a web server"),
        pytest.param(lambda sock: sock.sendall(b"INFO nothing\r\n"), "malformed", id="INFO without its object"),
        pytest.param(lambda sock: sock.sendall(b"INFO " + b"x" * 200_000), "malformed", id="a line without an end"),
        pytest.param(lambda sock: None, "refused", id="a server that hangs up"),
    ],
)
def test_a_peer_that_is_no_nats_costs_its_budget_and_no_more(serve: servers.Serve, reason: str) -> None:
    began = time.monotonic()
    with servers.server(serve) as port:
        subject = look(port)
    assert subject["error"]["reason"] == reason
    assert time.monotonic() - began < 4


def test_a_closed_port_is_refused() -> None:
    assert look(servers.closed_port())["error"]["reason"] == "refused"


@pytest.mark.parametrize(
    ("words", "outcome"), [(b"-ERR 'Authorization Violation'\r\n", "refused"), (b"PONG\r\n", "accepted")]
)
def test_what_becomes_of_somebody_without_a_login(words: bytes, outcome: str) -> None:
    def serve(sock: t.Any) -> None:
        sock.sendall(INFO)
        sock.recv(4096)
        sock.sendall(words)

    with servers.server(serve) as port:
        subject = look(port)
    assert subject["unauthenticated"]["outcome"] == outcome
    assert subject["server"] == {"name": "a", "version": "2.10.0"}
    assert {"message", "account", "health", "jetstream"} <= set(subject["unseen"])


def one(name: str, leader: str, offline: tuple[str, ...] = ()) -> dict[str, t.Any]:
    meta = {"leader": leader, "size": 3, "offline": list(offline)}
    return {"error": None, "server": {"name": name, "version": "2"}, "jetstream": {"meta": meta, "streams": []}}


def test_only_the_word_of_the_leader_counts_for_who_is_away() -> None:
    cluster = nats.agreement([one("a", "a", ("c",)), one("b", "a", ("x", "y")), {"error": {"reason": "refused"}}])
    assert (cluster["has_one_leader"], cluster["offline"]) == (True, ["c"])
    assert (cluster["servers"], cluster["answering"]) == (3, 2)


@pytest.mark.parametrize("leaders", [("a", "b"), ("", ""), ("a", "")])
def test_servers_that_name_different_leaders_or_none_do_not_agree(leaders: tuple[str, str]) -> None:
    assert nats.agreement([one("a", leaders[0]), one("b", leaders[1])])["has_one_leader"] is False

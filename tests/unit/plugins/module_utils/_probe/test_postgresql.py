# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Peers that are no PostgreSQL, or no good one. Real servers are looked at in ``tests/integration/test_postgresql.py``."""

from __future__ import annotations

import builtins
import json
import os
import struct
import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import postgresql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers

PASSWORD = "correct-horse-battery"
MODES = ["disable", "prefer", "require"]


def look(port: int, **options: t.Any) -> tuple[dict[str, t.Any], float]:
    """Return the subject at *port*, and how many seconds the look took."""
    given = {"login_host": servers.HOST, "login_port": port, "login_user": "u", "login_password": PASSWORD, **options}
    checked = ArgumentSpecValidator(**postgresql.SPEC).validate({"ssl_mode": "disable", "timeout": 1.0, **given})
    assert not checked.error_messages
    began = time.monotonic()
    result = run_probe("postgresql_info", postgresql.observe, checked.validated_parameters)
    seconds = time.monotonic() - began
    assert PASSWORD not in json.dumps(result)
    (seen,) = result["observation"]
    return seen, seconds


PEERS = [
    pytest.param(servers.hang_up, "refused", id="hangs up"),
    pytest.param(servers.saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "malformed", id="speaks HTTP"),
    pytest.param(servers.saying(b"\xff\x00" + os.urandom(62)), "malformed", id="answers noise"),
    pytest.param(servers.babbling(b"lorem ipsum " * 1000), "malformed", id="never stops talking"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("peer", "reason"), PEERS)
def test_peer_that_is_no_postgresql_is_found_out_at_once(peer: servers.Serve, reason: str, mode: str) -> None:
    with servers.server(peer) as port:
        seen, seconds = look(port, ssl_mode=mode, timeout=5.0)
    assert seen["error"]["reason"] == reason
    assert seconds < 2


SILENT = [
    pytest.param(servers.black_hole, id="says nothing"),
    pytest.param(servers.dripping(b"R\x00\x00\x00"), id="sends a byte now and then"),
]


@pytest.mark.parametrize("peer", SILENT)
def test_peer_that_is_silent_costs_its_budget_and_no_more(peer: servers.Serve) -> None:
    with servers.server(peer) as port:
        seen, seconds = look(port)
    assert seen["error"]["reason"] == "timeout"
    assert seconds < 1.5


def logged_in_then_silent(sock: t.Any) -> None:
    """Let everybody in, as a server does that trusts, and answer no query."""
    sock.recv(4096)
    sock.sendall(message(b"R", struct.pack("!i", 0)))
    for name, value in ((b"client_encoding", b"UTF8"), (b"DateStyle", b"ISO, MDY"), (b"server_version", b"15.20")):
        sock.sendall(message(b"S", name + b"\0" + value + b"\0"))
    sock.sendall(message(b"Z", b"I"))
    servers.black_hole(sock)


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def test_server_that_falls_silent_after_the_login_leaves_every_key_unseen() -> None:
    with servers.server(logged_in_then_silent) as port:
        seen, seconds = look(port)
    keys = [key for aspect in postgresql.ASPECTS.values() for key in aspect]
    undeclared = {"pool", "pooler", "volume_ratio", "missing_tables", "declared_tables", "calls_per_request"}
    assert seen["error"] is None
    assert {seen["unseen"][key]["reason"] for key in set(keys) - undeclared} == {"timeout"}
    assert all(seen[key] is None for key in keys)
    assert seconds < 1.5


def test_nobody_listens() -> None:
    seen, dummy = look(servers.closed_port())
    assert seen["error"]["reason"] == "refused"


def test_name_without_an_address() -> None:
    seen, dummy = look(1, login_host="no-such-host.invalid")
    assert seen["error"]["reason"] == "unreachable"


def test_missing_driver_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: t.Any) -> t.Any:
        if name.startswith("psycopg2"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    seen, dummy = look(1)
    assert seen["error"]["reason"] == "missing_library"
    assert "psycopg2-binary" in seen["error"]["message"]


def test_aspect_that_does_not_exist_is_a_wrong_option() -> None:
    checked = ArgumentSpecValidator(**postgresql.SPEC).validate({"login_host": "h", "aspects": ["sever"]})
    assert checked.error_messages


def test_password_is_in_no_representation() -> None:
    login = postgresql.Login("h", 1, "u", "db", "require", password=PASSWORD)
    assert PASSWORD not in repr(login) + str(login) + f"{login}"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server that carries the stand-in's replies."""

from __future__ import annotations

import http.client
import socket
import typing as t

import pytest

from sandbox.standin._http import Reply, Request, Server, as_json


def echo(request: Request) -> Reply:
    if request.path == "/empty":
        return Reply(204)
    return as_json({"method": request.method, "query": dict(request.query), "body": request.body.decode()})


@pytest.fixture
def connection() -> t.Iterator[http.client.HTTPConnection]:
    server = Server(("127.0.0.1", 0), echo)
    server.serve_in_background()
    host, port = t.cast(t.Tuple[str, int], server.server_address)
    client = http.client.HTTPConnection(host, port, timeout=5)
    yield client
    client.close()
    server.shutdown()
    server.server_close()


def test_it_says_that_it_is_a_stand_in(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/")
    assert connection.getresponse().headers["Server"] == "CryptoFunk-stand-in"


def test_it_keeps_the_connection(connection: http.client.HTTPConnection) -> None:
    for path in ("/empty", "/?a=1", "/"):
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        assert not response.will_close


def test_it_hands_on_method_query_and_body(connection: http.client.HTTPConnection) -> None:
    connection.request("POST", "/?a=1&a=2", body="hello")
    assert connection.getresponse().read() == b'{"method": "POST", "query": {"a": ["1", "2"]}, "body": "hello"}'


def test_head_has_the_length_and_no_body(connection: http.client.HTTPConnection) -> None:
    connection.request("HEAD", "/")
    response = connection.getresponse()
    assert int(response.headers["Content-Length"]) > 0
    assert response.read() == b""


@pytest.mark.parametrize("size", ["99999999", "many"])
def test_a_body_without_measure_is_refused(connection: http.client.HTTPConnection, size: str) -> None:
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", size)
    connection.endheaders()
    response = connection.getresponse()
    assert (response.status, response.headers["Connection"]) == (413, "close")


def test_an_old_client_is_told_that_the_connection_ends(connection: http.client.HTTPConnection) -> None:
    with socket.create_connection((connection.host, connection.port), timeout=5) as sock:
        sock.sendall(b"GET /empty HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: sock.recv(4096), b""))
    assert b"Connection: close" in answer

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests and replies as plain values, and the server that carries them."""

from __future__ import annotations

import json
import socket
import sys
import threading
import typing as t
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SERVER = "CryptoFunk-stand-in"
_LONGEST_BODY = 1 << 20
_IDLE = 60  # seconds until a silent connection is closed


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    peer: str
    headers: t.Mapping[str, str] = field(default_factory=dict)  # names in lower case
    query: t.Mapping[str, t.Sequence[str]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")

    def json(self) -> dict[str, t.Any] | None:
        """Return the body as a dictionary, or None when it is something else."""
        try:
            data = json.loads(self.body or b"null")
        except ValueError:
            return None
        return data if isinstance(data, dict) else None


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: t.Mapping[str, str] = field(default_factory=dict)

    def plus(self, headers: t.Mapping[str, str]) -> Reply:
        """Return the reply with more *headers*; those that it has already win."""
        return Reply(self.status, self.body, {**headers, **self.headers})


Service = t.Callable[[Request], Reply]


def as_json(data: t.Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(data).encode(), {"Content-Type": "application/json; charset=utf-8"})


def as_text(text: str, status: int = 200, kind: str = "text/plain") -> Reply:
    return Reply(status, text.encode(), {"Content-Type": kind})


def not_found() -> Reply:
    return as_text("404 page not found", 404)


class Server(ThreadingHTTPServer):
    """One service on one address."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], service: Service) -> None:
        self.service = service
        super().__init__(address, _Handler)

    def serve_in_background(self) -> None:
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: t.Any, client_address: t.Any) -> None:
        """Say nothing of clients that went away in the middle of a reply; that is what probes do."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    server: Server

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def version_string(self) -> str:
        """Name the server in the answers to what is no HTTP, too."""
        return SERVER

    def log_message(self, format: str, *args: t.Any) -> None:  # pylint: disable=redefined-builtin
        """Keep no log: thousands of requests of a load test would fill it."""

    def _serve(self) -> None:
        request = self._request()
        if request is None:
            self._send(as_text("request body too large", 413).plus({"Connection": "close"}))
            return
        self._send(self.server.service(request))

    def _request(self) -> Request | None:
        size = self.headers.get("Content-Length") or "0"
        if not size.isdigit() or int(size) > _LONGEST_BODY:
            self.close_connection = True
            return None
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = parse_qs(url.query, keep_blank_values=True)
        return Request(self.command, url.path, self.client_address[0], headers, query, self.rfile.read(int(size)))

    def _send(self, reply: Reply) -> None:
        headers = {"Server": SERVER, "Date": self.date_time_string(), **reply.headers}
        headers.setdefault("Connection", "close" if self.close_connection else "keep-alive")
        has_body = reply.status != HTTPStatus.NO_CONTENT
        if has_body:
            headers["Content-Length"] = str(len(reply.body))
        lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
        self.wfile.write(head + (reply.body if has_body and self.command != "HEAD" else b""))  # in one piece

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = _serve

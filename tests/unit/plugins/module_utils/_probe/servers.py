# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small servers on loopback, each as good or as bad as a test wants it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
import typing as t
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"
Serve = t.Callable[[socket.socket], None]


@contextlib.contextmanager
def server(serve: Serve, host: str = HOST) -> t.Iterator[int]:
    """Serve every connection in a thread of its own, and yield the port."""
    listening = socket.create_server((host, 0), backlog=64)
    threading.Thread(target=_accept, args=(listening, serve), daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _accept(listening: socket.socket, serve: Serve) -> None:
    while True:
        try:
            sock, dummy = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(sock, serve), daemon=True).start()


def _serve(sock: socket.socket, serve: Serve) -> None:
    with sock, contextlib.suppress(OSError, ValueError):
        serve(sock)


@contextlib.contextmanager
def filtered_port() -> t.Iterator[int]:
    """Yield a port at which connections are neither accepted nor refused: its queue is full."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(0)
        port = listening.getsockname()[1]
        with contextlib.ExitStack() as held:
            for dummy in range(3):
                waiting = held.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex((HOST, port))
            time.sleep(0.05)
            yield port


def closed_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return int(sock.getsockname()[1])


def black_hole(sock: socket.socket) -> None:
    """Accept everything and answer nothing."""
    while sock.recv(4096):
        pass


def hang_up(sock: socket.socket) -> None:
    sock.recv(4096)


def saying(words: bytes) -> Serve:
    """Answer the first question with *words* and hang up."""

    def serve(sock: socket.socket) -> None:
        sock.recv(4096)
        sock.sendall(words)

    return serve


def babbling(words: bytes, begin: bytes = b"") -> Serve:
    """Answer with *words* over and over again."""

    def serve(sock: socket.socket) -> None:
        sock.recv(4096)
        sock.sendall(begin)
        while True:
            sock.sendall(words)

    return serve


def dripping(words: bytes, every: float = 0.05) -> Serve:
    """Answer one byte at a time, for ever."""

    def serve(sock: socket.socket) -> None:
        sock.recv(4096)
        while True:
            for byte in words:
                sock.sendall(bytes([byte]))
                time.sleep(every)

    return serve


def tls(context: ssl.SSLContext, ask_first: bool = False) -> Serve:
    """Shake hands; with *ask_first* as PostgreSQL does, after it was asked for TLS."""

    def serve(sock: socket.socket) -> None:
        if ask_first and sock.recv(8) == struct.pack("!ii", 8, 80877103):
            sock.sendall(b"S")
        with context.wrap_socket(sock, server_side=True) as stream:
            stream.recv(1)

    return serve


def tls_context(
    chain: str, key: str, versions: tuple[str, str] = ("TLSv1_2", "TLSv1_3"), ciphers: str = "ECDHE+AESGCM"
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers)
    context.load_cert_chain(chain, key)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the old versions are what is wanted
        context.minimum_version, context.maximum_version = (ssl.TLSVersion[name] for name in versions)
    return context


def server_hello(
    version: int, suite: int, certificate: bytes = b"", key_exchange: bytes = b"", compression: int = 0
) -> bytes:
    """Return a server's whole first flight up to TLS 1.2, as far as it can be read without cryptography."""
    hello = struct.pack("!H", version) + bytes(32) + b"\x00" + struct.pack("!HB", suite, compression)
    flight = handshake(2, hello)
    if certificate:
        one = len(certificate).to_bytes(3, "big") + certificate
        flight += handshake(11, len(one).to_bytes(3, "big") + one)
    if key_exchange:
        flight += handshake(12, key_exchange)
    return flight + handshake(14, b"")


def handshake(kind: int, body: bytes) -> bytes:
    """Return one handshake message in a record of its own."""
    message = bytes([kind]) + len(body).to_bytes(3, "big") + body
    return b"\x16\x03\x03" + struct.pack("!H", len(message)) + message


def alert(number: int, level: int = 2) -> bytes:
    return b"\x15\x03\x03\x00\x02" + bytes([level, number])


def choosing(suites: t.Collection[int], certificate: bytes) -> Serve:
    """Be a server of TLS 1.2 that knows only *suites*, also those that no OpenSSL of today can offer."""

    def serve(sock: socket.socket) -> None:
        hello = sock.recv(8192)
        session = hello[43]
        start = 44 + session
        length = struct.unpack("!H", hello[start : start + 2])[0]
        offered = struct.unpack(f"!{length // 2}H", hello[start + 2 : start + 2 + length])
        chosen = next((suite for suite in offered if suite in suites), None)
        is_old = struct.unpack("!H", hello[9:11])[0] < 0x0303
        if chosen is None or is_old:
            sock.sendall(alert(70 if is_old else 40))
        else:
            sock.sendall(server_hello(0x0303, chosen, certificate))

    return serve


class Answer(t.NamedTuple):
    """What an HTTP server answers."""

    status: int = 200
    headers: t.Mapping[str, str] = {}
    body: bytes = b""


class Asked(t.NamedTuple):
    """What an HTTP server was asked."""

    method: str
    path: str
    headers: t.Mapping[str, str]
    body: bytes


@contextlib.contextmanager
def http(
    answer: t.Callable[[Asked], Answer], context: ssl.SSLContext | None = None
) -> t.Iterator[tuple[int, list[Asked]]]:
    """Serve HTTP by the function *answer*, and yield the port and the list of what was asked."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            one = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            asked.append(one)
            reply = answer(one)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_GET = do_HEAD = do_PUT = do_POST = do_OPTIONS = do_PATCH = _serve

        def log_message(self, format: str, *args: t.Any) -> None:  # pylint: disable=redefined-builtin
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: t.Any, client_address: t.Any) -> None:
            """Say nothing: many a client here is rude on purpose."""

    serving = Server((HOST, 0), Handler)
    if context is not None:
        serving.socket = context.wrap_socket(serving.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield serving.server_address[1], asked
    finally:
        serving.shutdown()
        serving.server_close()

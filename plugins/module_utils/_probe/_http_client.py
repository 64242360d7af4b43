# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One HTTP request under a deadline, with the standard library alone. Redirects are not followed, proxies not used.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import http.client
import io
import ipaddress
import socket
import ssl
import time
import typing as t
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import connect

BODY_MOST = 64 * 1024
_ALL_MOST = 4 * BODY_MOST  # bytes of one answer, head and framing included
_AGENT = "cryptofunk-readiness"


@dataclass(frozen=True)
class Request:
    """What is asked. *secret_headers* are sent like the others and appear nowhere."""

    url: str
    method: str = "GET"
    headers: t.Mapping[str, str] = field(default_factory=dict)
    secret_headers: t.Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def words(self) -> str:
        return f"{self.method} {shown(self.url)}"


@dataclass(frozen=True)
class Response:
    """What was answered. *body* ends at BODY_MOST; *is_cut* says that there was more."""

    status: int
    headers: t.Mapping[str, str]
    body: bytes
    is_cut: bool
    tls_version: str
    duration_ms: int


@dataclass(frozen=True)
class Client:
    """How servers are trusted, and by which address they shall count the requests where they believe the header."""

    validate_certs: bool = True
    ca_path: str | None = None
    forwarded_for: str | None = None

    def fetch(self, request: Request, deadline: Deadline) -> Response:
        """Return the answer to *request*; raise LookError when there is none."""
        parts = checked_url(request.url)
        if request.secret_headers and parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise LookError(
                Reason.UNSUPPORTED, f"Cannot {request.words}: a key is not sent over the network in plain text"
            )
        clock = time.monotonic()
        try:
            with self._open(parts, deadline) as sock:
                version = sock.version() if isinstance(sock, ssl.SSLSocket) else ""
                answer = _exchange(sock, parts, self._marked(request), deadline)
                body = answer.read(BODY_MOST + 1)
        except LookError:
            raise
        except ssl.SSLCertVerificationError as exc:
            why = f"Cannot {request.words}: the certificate is not accepted: {exc.verify_message}"
            raise LookError(Reason.MALFORMED, why) from exc
        except (http.client.HTTPException, ValueError) as exc:
            why = f"Cannot {request.words}: the answer is not HTTP ({type(exc).__name__})"
            raise LookError(Reason.MALFORMED, why) from exc
        except Exception as exc:
            raise look_error(exc, request.words) from exc
        elapsed = int((time.monotonic() - clock) * 1000)
        return Response(
            answer.status, _headers(answer), body[:BODY_MOST], len(body) > BODY_MOST, version or "", elapsed
        )

    def _marked(self, request: Request) -> Request:
        if not self.forwarded_for:
            return request
        return replace(request, headers={**request.headers, "X-Forwarded-For": self.forwarded_for})

    def _open(self, parts: t.Any, deadline: Deadline) -> socket.socket:
        sock = connect(parts.hostname, port_of(parts), deadline)
        if parts.scheme == "http":
            return sock
        try:
            sock.settimeout(deadline.step())
            return self._context.wrap_socket(sock, server_hostname=parts.hostname)
        except BaseException:
            sock.close()
            raise

    @functools.cached_property
    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if not self.validate_certs:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        elif self.ca_path:
            try:
                context.load_verify_locations(self.ca_path)
            except OSError as exc:
                why = f"The certificate authorities of {self.ca_path} cannot be read"
                raise LookError(Reason.NOT_CONFIGURED, why) from exc
        else:
            context.load_default_certs()
        return context


def checked_url(url: str) -> t.Any:
    """Return the parts of *url*; raise LookError when it is not one of http or https with a host."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and port_of(parts) > 0
    except ValueError:
        is_good = False
    if not is_good or any(ord(char) <= 32 for char in url):
        raise LookError(Reason.NOT_CONFIGURED, "A URL has to be one of http or https, with a host and without spaces")
    return parts


def port_of(parts: t.Any) -> int:
    return int(parts.port or (443 if parts.scheme == "https" else 80))


def shown(url: str) -> str:
    """Return *url* without what may be secret in it: user, password, query and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "a URL that cannot be read"
    where = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{where}{parts.path}" if where else parts.path


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _exchange(sock: socket.socket, parts: t.Any, request: Request, deadline: Deadline) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(parts.hostname, port_of(parts))
    connection.sock = t.cast(socket.socket, _DeadlineSocket(sock, deadline))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
    headers.update({"Host": parts.netloc.rpartition("@")[2], **request.headers, **request.secret_headers})
    connection.request(request.method, target, body=request.body, headers=headers)
    return connection.getresponse()


def _headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers by their names in lower case; repeated ones are joined as RFC 9110 does."""
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


class _DeadlineSocket:
    """As much of a socket as http.client uses, every step of it under the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.step())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(_Stream(self._sock, self._deadline))

    def close(self) -> None:
        """Leave closing to whoever opened the socket."""


class _Stream(io.RawIOBase):
    """The bytes of an answer: none after the deadline, and no more than an answer may have."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline
        self._left = _ALL_MOST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int:
        if self._left <= 0:
            raise LookError(Reason.MALFORMED, f"The answer is longer than {_ALL_MOST // 1024} KiB without an end")
        self._sock.settimeout(self._deadline.step())
        count = self._sock.recv_into(buffer, min(len(buffer), self._left))
        self._left -= count
        return count

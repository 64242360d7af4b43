# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of nginx's configuration. Lines in, lines out."""

from __future__ import annotations

import typing as t
from pathlib import Path

from sandbox._certificates import Pair

Lines = t.List[str]
_TYPES = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; }"
_COMPRESSED = "text/css application/javascript application/json image/svg+xml"
_SAFE = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "X-XSS-Protection": '"1; mode=block"'}
_POLICY = "\"default-src 'self'; frame-ancestors 'none'\""


def head(home: Path, gzip: bool) -> Lines:
    """Open the block ``http``, which the caller closes."""
    words = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return [
        "daemon off;",
        "worker_processes 1;",
        "worker_shutdown_timeout 1s;",  # a reload is over after that
        f"pid {home}/nginx.pid;",
        "error_log stderr warn;",
        "events { worker_connections 1024; }",
        "http {",
        *(f"{word}_temp_path {home}/{word};" for word in words),
        "access_log off;",
        "server_tokens off;",
        _TYPES,
        "default_type application/octet-stream;",
        *(_gzip() if gzip else []),
    ]


def server(listen: t.Iterable[str], body: Lines) -> Lines:
    return ["server {", *(f"listen {place};" for place in listen), "server_name localhost;", *body, "}"]


def redirect(port: int) -> Lines:
    return [f"return 301 https://$host:{port}$request_uri;"]


def tls(pair: Pair, protocols: str, ciphers: str, hsts: bool) -> Lines:
    lines = [
        f"ssl_certificate {pair.certificate};",
        f"ssl_certificate_key {pair.key};",
        f"ssl_protocols {protocols};",
        f'ssl_ciphers "{ciphers}";',
        "ssl_session_tickets off;",
    ]
    age = 'add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;'
    return [*lines, age] if hsts else lines


def application(home: Path, upstream: str, hardened: bool) -> Lines:
    """Serve the files of the page and pass everything else on. No add_header in a location: it would undo the server's."""
    safe = [f"add_header {name} {value} always;" for name, value in _SAFE.items()] if hardened else []
    policy = [f"add_header Content-Security-Policy {_POLICY} always;"] if hardened else []
    hidden = [f"proxy_hide_header {name};" for name in _SAFE] if hardened else []
    return [
        *safe,
        *policy,
        "location /assets/ {",
        f"root {home}/www;",
        "}",
        "location / {",
        f"proxy_pass {upstream};",
        "proxy_http_version 1.1;",
        "proxy_pass_header Server;",
        *hidden,
        *(_behind_a_balancer() if hardened else _as_by_default()),
        "}",
    ]


def _behind_a_balancer() -> Lines:
    """Take the client's address from a balancer on this machine and from nobody else, and tell it to the API."""
    return [
        "set_real_ip_from 127.0.0.0/8;",
        "real_ip_header X-Forwarded-For;",
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
    ]


def _as_by_default() -> Lines:
    return ["proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"]


def _gzip() -> Lines:
    return ["gzip on;", "gzip_vary on;", "gzip_proxied any;", "gzip_min_length 256;", f"gzip_types {_COMPRESSED};"]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a service is used by TLS alone: HTTPS answers, plain HTTP does not serve, and browsers are told to remember it.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import re
import typing as t
from dataclasses import replace
from urllib.parse import urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    Response,
    checked_url,
    port_of,
    shown,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_requests import answered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_state import OPEN, look_at_port

_SILENCE = 3.0  # seconds after which a port of plain HTTP counts as filtered
_REDIRECTS = (301, 302, 307, 308)
_MAX_AGE = re.compile(r'max-age\s*=\s*"?(\d+)', re.IGNORECASE)


def looks(transport: t.Sequence[t.Mapping[str, t.Any]], client: Client, deadline: Deadline) -> list[tuple[str, Look]]:
    """Return a look for each service. The certificate is the business of another probe, so that it is not verified here."""
    trusting = replace(client, validate_certs=False)
    return [
        (
            shown(one["url"]),
            functools.partial(_look, one["url"], one["http_url"] or _plain(one["url"]), trusting, deadline),
        )
        for one in transport
    ]


def hsts_max_age(header: str) -> int:
    """Return the seconds for which browsers are told to use TLS alone; none without the header."""
    match = _MAX_AGE.search(header)
    return int(match[1]) if match else 0


def _plain(url: str) -> str:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"http://{host}{parts.path or '/'}"


def _look(url: str, http_url: str, client: Client, deadline: Deadline) -> dict[str, t.Any]:
    part = Part()
    secured = answered(client.fetch(Request(url), deadline))
    part.seen.update(
        url=shown(url),
        http_url=shown(http_url),
        status=secured.status,
        tls_version=secured.tls_version,
        hsts_max_age=hsts_max_age(secured.headers.get("strict-transport-security", "")) if secured.tls_version else 0,
    )
    part.look("plain_http", lambda: _plain_http(http_url, client, deadline), f"GET {shown(http_url)}")
    return part.to_dict()


def _plain_http(url: str, client: Client, deadline: Deadline) -> str:
    """Return what becomes of a request in plain text: closed, filtered, unreachable, redirected or served."""
    parts = checked_url(url)
    state, dummy = look_at_port(parts.hostname, port_of(parts), _SILENCE, deadline)
    if state != OPEN:
        return state
    return "redirected" if _leads_to_tls(answered(client.fetch(Request(url), deadline))) else "served"


def _leads_to_tls(response: Response) -> bool:
    return response.status in _REDIRECTS and urlsplit(response.headers.get("location", "")).scheme == "https"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a route asks for an API key, and what it says to a bad one and to a good one.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client, Request, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_requests import answered, key_header

_BAD_KEY = "readiness-probe-no-such-key"  # a key that nobody has
_STATUSES = ("status_without_key", "status_bad_key", "status_good_key")


def looks(routes: t.Sequence[t.Mapping[str, t.Any]], client: Client, deadline: Deadline) -> list[tuple[str, Look]]:
    return [
        (f"{one['method'].upper()} {shown(one['url'])}", functools.partial(_look, one, client, deadline))
        for one in routes
    ]


def _look(route: t.Mapping[str, t.Any], client: Client, deadline: Deadline) -> dict[str, t.Any]:
    """Ask three times, one after the other: a route for keys often has the tightest rate limit."""
    part = Part()
    part.seen.update(url=shown(route["url"]), method=route["method"].upper())
    for name, key in zip(_STATUSES, (None, _BAD_KEY, route["api_key"])):
        part.look(name, functools.partial(_status, route, name, key, client, deadline), f"ask {shown(route['url'])}")
    if all(name in part.unseen for name in _STATUSES):
        why = part.unseen[_STATUSES[0]]
        raise LookError(Reason(why["reason"]), why["message"])
    return part.to_dict()


def _status(route: t.Mapping[str, t.Any], name: str, key: str | None, client: Client, deadline: Deadline) -> int:
    if name == "status_good_key" and not key:
        raise LookError(Reason.NOT_CONFIGURED, "No API key is declared, so that no good one can be tried")
    request = Request(
        url=route["url"],
        method=route["method"].upper(),
        headers={"Content-Type": "application/json"},
        secret_headers=key_header(route["api_key_header"], key),
        body=route["data"].encode(),
    )
    return answered(client.fetch(request, deadline)).status

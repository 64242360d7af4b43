# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A bounded burst, to see whether a rate limit stops it. It ends at the first 429.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import collections
import functools
import threading
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    Response,
    shown,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_requests import TOO_MANY
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all

MOST = 200  # requests, whatever the options say
_AT_A_TIME = 8


def looks(burst: t.Mapping[str, t.Any], is_allowed: bool, client: Client, deadline: Deadline) -> list[tuple[str, Look]]:
    name = f"burst of {burst['method'].upper()} {shown(burst['url'])}"
    return [(name, functools.partial(_look, burst, is_allowed, client, deadline))]


def _look(burst: t.Mapping[str, t.Any], is_allowed: bool, client: Client, deadline: Deadline) -> dict[str, t.Any]:
    if not is_allowed:
        raise LookError(Reason.NOT_CONFIGURED, "A burst was not allowed for this target, so that none was sent")
    request = Request(burst["url"], burst["method"].upper())
    planned = max(1, min(burst["count"], MOST))
    answers = _send(request, planned, client, deadline)
    heard = [one for one in answers if isinstance(one, Response)]
    errors = [one for one in answers if isinstance(one, LookError)]
    if not heard and errors:
        raise errors[0]
    return _seen(request, planned, heard, errors)


def _send(request: Request, planned: int, client: Client, deadline: Deadline) -> list[Response | LookError | None]:
    """Send up to *planned* requests, a few at a time, until one is answered by 429; None stands for one that was not sent."""
    stop = threading.Event()

    def one() -> Response | None:
        if stop.is_set():
            return None
        response = client.fetch(request, deadline)
        if response.status == TOO_MANY:
            stop.set()
        return response

    return run_all([one] * planned, _AT_A_TIME, deadline)


def _seen(
    request: Request, planned: int, heard: t.Sequence[Response], errors: t.Sequence[LookError]
) -> dict[str, t.Any]:
    limited = [response for response in heard if response.status == TOO_MANY]
    part = Part()
    part.seen.update(
        url=shown(request.url),
        method=request.method,
        planned=planned,
        sent=len(heard) + len(errors),
        codes=dict(sorted(collections.Counter(str(response.status) for response in heard).items())),
        limited=bool(limited),
    )
    if errors and not limited:
        part.miss(
            "limited", LookError(errors[0].reason, f"Only {len(heard)} of {planned} were answered: {errors[0].message}")
        )
    part.look("retry_after", lambda: _retry_after(limited), "read Retry-After")
    return part.to_dict()


def _retry_after(limited: t.Sequence[Response]) -> str:
    if not limited:
        raise LookError(Reason.NO_DATA, "No answer said that the limit was reached")
    return next((found for found in (one.headers.get("retry-after", "") for one in limited) if found), "")

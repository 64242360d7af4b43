# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which origins a service lets read its answers. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass
from urllib.parse import urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    Response,
    shown,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_requests import answered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all

_STRANGER = "readiness-probe.invalid"
_AT_A_TIME = 4
_PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@dataclass(frozen=True)
class Asked:
    """One question: may *origin* read the answer to *method*?"""

    origin: str
    method: str
    is_hostile: bool


def looks(services: t.Sequence[t.Mapping[str, t.Any]], client: Client, deadline: Deadline) -> list[tuple[str, Look]]:
    return [
        (shown(one["url"]), functools.partial(_look, one["url"], _questions(one), client, deadline)) for one in services
    ]


def hostile_origins(allowed: t.Sequence[str]) -> list[str]:
    """Return origins that nobody may allow: a stranger, none at all, plain HTTP, and names that only resemble an allowed one."""
    found = [f"https://{_STRANGER}", "null"]
    for host in [urlsplit(origin).netloc for origin in allowed[:1] if "://" in origin]:
        found += [f"http://{host}", f"https://{host}.{_STRANGER}", f"https://{_STRANGER.replace('.', '-')}-{host}"]
    found += [origin for origin in allowed if origin.startswith("http://")]
    return list(dict.fromkeys(found))


def is_allowed(origin: str, response: Response) -> bool:
    """Tell whether a browser lets a page of *origin* read this answer."""
    return response.headers.get("access-control-allow-origin", "").strip() in (origin, "*")


def _questions(service: t.Mapping[str, t.Any]) -> list[Asked]:
    """Return what is asked: may each origin read an answer, and may it send what needs leave beforehand?"""
    allowed = [origin.rstrip("/") for origin in service["allowed_origins"]]
    hostile = list(dict.fromkeys([*hostile_origins(allowed), *service["hostile_origins"]]))
    origins = [*hostile, *(origin for origin in allowed if origin not in hostile)]
    return [Asked(origin, method, origin in hostile) for origin in origins for method in ("GET", "OPTIONS")]


def _look(url: str, asked: t.Sequence[Asked], client: Client, deadline: Deadline) -> dict[str, t.Any]:
    jobs = [functools.partial(_ask, url, one, client, deadline) for one in asked]
    both = list(zip(asked, run_all(jobs, _AT_A_TIME, deadline)))
    errors = [response for dummy, response in both if isinstance(response, LookError)]
    if len(errors) == len(both):
        raise errors[0]
    part = Part()
    heard = [(one, response) for one, response in both if isinstance(response, Response)]
    part.seen.update(url=shown(url), origins=[_told(one, response) for one, response in heard])
    hostile = [one.origin for one, response in heard if one.is_hostile and is_allowed(one.origin, response)]
    refused = [one.origin for one, response in heard if not (one.is_hostile or is_allowed(one.origin, response))]
    free = [one.origin for one, response in heard if _is_wildcard(response) and _has_credentials(response)]
    _fill(part, "hostile_allowed", hostile, errors)
    _fill(part, "allowed_refused", refused, errors if any(not one.is_hostile for one in asked) else [_undeclared()])
    _fill(part, "wildcard_with_credentials", free, errors)
    return part.to_dict()


def _fill(part: Part, key: str, found: t.Sequence[str], errors: t.Sequence[LookError]) -> None:
    """Fill a list of faults. One that is seen counts; that there is none is known only when every question was answered."""
    if found or not errors:
        part.seen[key] = list(dict.fromkeys(found))
    else:
        part.miss(key, errors[0])


def _ask(url: str, asked: Asked, client: Client, deadline: Deadline) -> Response:
    headers = {"Origin": asked.origin, **(_PREFLIGHT if asked.method == "OPTIONS" else {})}
    return answered(client.fetch(Request(url, asked.method, headers), deadline))


def _told(asked: Asked, response: Response) -> dict[str, t.Any]:
    return {
        "origin": asked.origin,
        "method": asked.method,
        "hostile": asked.is_hostile,
        "status": response.status,
        "allow_origin": response.headers.get("access-control-allow-origin", ""),
        "allow_credentials": _has_credentials(response),
        "allowed": is_allowed(asked.origin, response),
    }


def _is_wildcard(response: Response) -> bool:
    return response.headers.get("access-control-allow-origin", "").strip() == "*"


def _has_credentials(response: Response) -> bool:
    return response.headers.get("access-control-allow-credentials", "").strip() == "true"


def _undeclared() -> LookError:
    return LookError(Reason.NOT_CONFIGURED, "No allowed origins are declared, so that none of them can be tried")

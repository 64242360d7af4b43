# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plain requests: one subject each. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import typing as t
from urllib.parse import urljoin

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_body import (
    differences,
    json_of,
    kept_headers,
    kept_json,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    Response,
    shown,
)

TOO_MANY = 429
Options = t.Mapping[str, t.Any]


def looks(options: Options, client: Client, deadline: Deadline) -> list[tuple[str, Look]]:
    """Return a look for each request, or for each path at the origin of each request."""
    found: list[tuple[str, Look]] = []
    for one in options["requests"]:
        name = one["name"] or f"{one['method']} {shown(one['url'])}"
        if options["paths"]:
            found += [
                (f"{name} {path}", _look(_request(one, path), one, options, client, deadline))
                for path in options["paths"]
            ]
        else:
            found.append((name, _look(_request(one, ""), one, options, client, deadline)))
    return found


def answered(response: Response) -> Response:
    """Return *response*; raise LookError when it only says that we ask too often, which is no answer to the question."""
    if response.status == TOO_MANY:
        raise LookError(Reason.REFUSED, "The server's rate limit answered instead of the server (429)")
    return response


def key_header(name: str, key: str | None) -> dict[str, str]:
    return {name: key} if key else {}


def _request(one: Options, path: str) -> Request:
    return Request(
        url=urljoin(one["url"], path) if path else one["url"],
        method=one["method"].upper(),
        headers={name: str(value) for name, value in (one["headers"] or {}).items()},
        secret_headers=key_header(one["api_key_header"], one["api_key"]),
        body=one["data"].encode() if one["data"] is not None else None,
    )


def _look(request: Request, one: Options, options: Options, client: Client, deadline: Deadline) -> Look:
    return lambda: _seen(request, answered(client.fetch(request, deadline)), one["body"], options["keep_body"])


def _seen(request: Request, response: Response, declared: Options | None, keep_body: bool) -> dict[str, t.Any]:
    part = Part()
    headers = kept_headers(response.headers)
    part.seen.update(
        url=shown(request.url),
        method=request.method,
        status=response.status,
        headers=headers,
        location=headers.get("location", ""),
        content_encoding=headers.get("content-encoding", ""),
        tls_version=response.tls_version,
        body_bytes=len(response.body),
        duration_ms=response.duration_ms,
    )
    part.look("body", lambda: _body(response, keep_body), "read the body")
    part.look("differing_fields", lambda: _differences(response, declared), "compare the body")
    return part.to_dict()


def _body(response: Response, keep_body: bool) -> t.Any:
    if not keep_body:
        raise LookError(Reason.NOT_OBSERVED, "The body was not asked for (keep_body)")
    return kept_json(json_of(response))


def _differences(response: Response, declared: Options | None) -> list[dict[str, t.Any]]:
    """Compare the declared fields. A body without JSON holds none of them: a web page is no health report."""
    if not declared:
        raise LookError(
            Reason.NOT_CONFIGURED, "No fields of the body are declared, so that there is nothing to compare"
        )
    try:
        body = json_of(response)
    except LookError:
        body = None
    return differences(declared, body)

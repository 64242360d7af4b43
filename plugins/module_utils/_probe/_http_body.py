# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may be kept of an HTTP answer: headers and JSON without their secrets, and where it differs from what is declared.

Pure. This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import json
import re
import typing as t
import zlib

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import BODY_MOST, Response, shown

HIDDEN = "«redacted»"

_SECRET = re.compile(
    r"passw|secret|token|api_?key|private_?key|credential|authorization|dsn$|database_?url", re.IGNORECASE
)
_SECRET_HEADERS = re.compile(r"cookie|authori[sz]ation|authentication|token|api-?key|secret", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE)
_CODINGS = {"": None, "identity": None, "gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


def kept_headers(headers: t.Mapping[str, str]) -> dict[str, str]:
    """Return the headers, the secret ones by name only, and a location without its query."""
    return {name: _kept_header(name, value) for name, value in headers.items()}


def _kept_header(name: str, value: str) -> str:
    if _SECRET_HEADERS.search(name):
        return HIDDEN
    return shown(value) if name in ("location", "content-location", "referer", "link") else value


def json_of(response: Response) -> t.Any:
    """Return the JSON of an answer; raise LookError when it has none that can be read."""
    try:
        return json.loads(_decoded(response).decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as exc:
        raise LookError(Reason.MALFORMED, "The body is not JSON") from exc


def _decoded(response: Response) -> bytes:
    if response.is_cut:
        raise LookError(Reason.MALFORMED, f"The body is longer than {BODY_MOST // 1024} KiB")
    coding = response.headers.get("content-encoding", "").lower()
    if coding not in _CODINGS:
        raise LookError(Reason.UNSUPPORTED, f"The body is encoded as {coding}, which is not decoded here")
    window = _CODINGS[coding]
    if window is None:
        return response.body
    try:
        inflater = zlib.decompressobj(window)
        body = inflater.decompress(response.body, BODY_MOST)
    except zlib.error as exc:
        raise LookError(Reason.MALFORMED, f"The body is not {coding}, as its header says") from exc
    if inflater.unconsumed_tail:
        raise LookError(Reason.MALFORMED, f"The body is longer than {BODY_MOST // 1024} KiB")
    return body


def _no_number(text: str) -> t.NoReturn:
    raise ValueError(text)


def kept_json(value: t.Any, is_secret: bool = False) -> t.Any:
    """Return *value* without the texts that stand under a name that says they are secret, and without passwords in URLs."""
    if isinstance(value, dict):
        return {key: kept_json(one, is_secret or bool(_SECRET.search(key))) for key, one in value.items()}
    if isinstance(value, list):
        return [kept_json(one, is_secret) for one in value]
    if isinstance(value, str):
        return HIDDEN if is_secret and value else _URL_PASSWORD.sub(rf"\g<before>{HIDDEN}", value)
    return value


def differences(declared: t.Mapping[str, t.Any], seen: t.Any, above: str = "") -> list[dict[str, t.Any]]:
    """Return each declared field that *seen* does not hold with the same value; a missing one is seen as null."""
    found: list[dict[str, t.Any]] = []
    for key, wanted in declared.items():
        name = f"{above}{key}"
        value = seen.get(key) if isinstance(seen, dict) else None
        if isinstance(wanted, dict):
            found += differences(wanted, value, f"{name}.")
        elif json.dumps(wanted, sort_keys=True) != json.dumps(value, sort_keys=True):
            found.append({"field": name, "declared": wanted, "seen": kept_json(value, bool(_SECRET.search(name)))})
    return found

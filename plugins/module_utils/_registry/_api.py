# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask a registry by the distribution API, with whatever login it asks for. This is a private part of the collection."""

from __future__ import annotations

import base64
import hashlib
import re
import typing as t
from urllib.parse import quote, urlencode, urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_body import json_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    Response,
    shown,
)

_INDEXES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")
_MANIFESTS = ("application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json")
_PART = re.compile(r'([a-z]+)="([^"]*)"')
_STEP = 5.0
ACCEPTED, REFUSED = "accepted", "refused"
MISSING: dict[str, t.Any] = {"exists": False, "digest": "", "media_type": "", "platforms": []}


class Registry:
    """One registry and one user, who may be nobody."""

    def __init__(self, url: str, client: Client, user: str | None = None, password: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = client
        self._login = f"{user}:{password or ''}" if user else None

    def access(self, scope: str, deadline: Deadline) -> str:
        """Return whether the registry lets the user in; *scope* is what a token is asked for."""
        answer = self._ask("GET", "/v2/", scope, deadline)
        if answer.status == 200:
            return ACCEPTED
        if answer.status in (401, 403):
            return REFUSED
        raise LookError(Reason.UNSUPPORTED, f"{shown(self.url)}/v2/ answers {answer.status}: that is no registry")

    def pulls(self, repository: str, reference: str, deadline: Deadline) -> str:
        """Return whether the user gets an image; raise LookError where it is hidden from everybody, or not there."""
        try:
            found = self.manifest(repository, reference, deadline)
        except LookError as exc:
            if exc.reason is Reason.UNAUTHORISED:
                return REFUSED
            raise
        if not found["exists"]:
            raise LookError(Reason.NO_DATA, f"{shown(self.url)} has no {repository} by which that could be seen")
        return ACCEPTED

    def manifest(self, repository: str, reference: str, deadline: Deadline) -> dict[str, t.Any]:
        """Return what the registry has below a tag or digest: ``exists``, ``digest``, ``media_type``, ``platforms``."""
        path = f"/v2/{quote(repository)}/manifests/{quote(reference, safe=':')}"
        answer = self._ask("GET", path, f"repository:{repository}:pull", deadline)
        if answer.status == 404 and _is_of_registry(answer):
            return dict(MISSING)
        if answer.status in (401, 403):
            why = f"the user lacks the right to pull {repository}"
            raise LookError(Reason.UNAUTHORISED, f"Cannot read {repository} in {shown(self.url)}: {why}")
        if answer.status != 200:
            why = f"it answers {answer.status}" if answer.status != 404 else "what answers is no registry"
            raise LookError(Reason.REFUSED, f"Cannot read {repository} in {shown(self.url)}: {why}")
        kind = answer.headers.get("content-type", "").partition(";")[0].strip()
        if answer.is_cut or kind not in (*_INDEXES, *_MANIFESTS):
            raise LookError(Reason.MALFORMED, f"What {shown(self.url)} has as {repository} is no manifest of an image")
        digest = f"sha256:{hashlib.sha256(answer.body).hexdigest()}"
        told = answer.headers.get("docker-content-digest", digest)
        if told.startswith("sha256:") and told != digest:
            raise LookError(Reason.MALFORMED, f"The manifest of {repository} is not what its digest says")
        return {"exists": True, "digest": told, "media_type": kind, "platforms": _platforms(kind, answer)}

    def _ask(self, method: str, path: str, scope: str, deadline: Deadline) -> Response:
        """Ask as nobody, and again as the user in the way that the registry wants."""
        step = Deadline(deadline.step(_STEP))
        headers = {"Accept": ", ".join([*_INDEXES, *_MANIFESTS])}
        first = self._client.fetch(Request(f"{self.url}{path}", method, headers), step)
        challenge = first.headers.get("www-authenticate", "")
        if first.status != 401 or not challenge:
            return first
        kind = challenge.partition(" ")[0].lower()
        if kind == "basic" and self._login:
            secret = {"Authorization": f"Basic {_basic(self._login)}"}
        elif kind == "bearer":
            secret = {"Authorization": f"Bearer {self._token(dict(_PART.findall(challenge)), scope, step)}"}
        else:
            return first
        return self._client.fetch(Request(f"{self.url}{path}", method, headers, secret), step)

    def _token(self, challenge: dict[str, str], scope: str, deadline: Deadline) -> str:
        realm = challenge.get("realm", "")
        if urlsplit(self.url).scheme == "https" and urlsplit(realm).scheme != "https":
            raise LookError(Reason.MALFORMED, f"{shown(self.url)} sends its users to a place without TLS")
        words = {"service": challenge.get("service", ""), "scope": challenge.get("scope") or scope}
        secret = {"Authorization": f"Basic {_basic(self._login)}"} if self._login else {}
        mark = "&" if urlsplit(realm).query else "?"
        answer = self._client.fetch(Request(f"{realm}{mark}{urlencode(words)}", secret_headers=secret), deadline)
        if answer.status in (400, 401, 403):
            return ""  # the registry itself says then what becomes of somebody without a token
        if answer.status != 200:
            raise LookError(Reason.REFUSED, f"{shown(realm)} gives no token: it answers {answer.status}")
        said = json_of(answer)
        token = (said.get("token") or said.get("access_token")) if isinstance(said, dict) else None
        if not isinstance(token, str) or re.search(r"\s", token):
            raise LookError(Reason.MALFORMED, f"{shown(realm)} answers no token")
        return token


def _is_of_registry(answer: Response) -> bool:
    """Tell whether an answer that there is nothing is a registry's own, and not that of something else at this place."""
    try:
        said = json_of(answer)
    except LookError:
        return False
    return isinstance(said, dict) and bool(said.get("errors"))


def _basic(login: str) -> str:
    return base64.b64encode(login.encode()).decode("ascii")


def _platforms(kind: str, answer: Response) -> list[str]:
    """Return the platforms of an index. A manifest of one platform does not name it."""
    if kind not in _INDEXES:
        return []
    said = json_of(answer)
    listed = said.get("manifests") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        raise LookError(Reason.MALFORMED, "The index lists no manifests")
    found = [one.get("platform") or {} for one in listed if isinstance(one, dict)]
    return sorted({f"{one.get('os', '?')}/{one.get('architecture', '?')}" for one in found} - {"unknown/unknown"})

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server with the HTTP API of Vault says of itself, and the names of secrets in it, by KV version 2.

No value of a secret is ever read: ``subkeys`` has the names alone. This is a private part of the collection; nothing outside it
may import it.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass, field
from urllib.parse import quote

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client, Request, Response

_LOOKUP = "auth/token/lookup-self"


@dataclass(frozen=True)
class Vault:
    """A server, and the mount in which the secrets are. No part of *token* is shown."""

    url: str
    mount: str
    client: Client
    deadline: Deadline
    namespace: str | None = None
    token: str | None = field(default=None, repr=False)

    def state(self) -> dict[str, t.Any]:
        """Return what the server tells everybody of itself."""
        attempt = "read the seal of the secret store"
        said = _object(self._ask("sys/seal-status", None), attempt)
        if not isinstance(said.get("sealed"), bool) or not isinstance(said.get("initialized"), bool):
            raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is not that of Vault or OpenBao")
        storage = said.get("storage_type")
        return {
            "ready": said["initialized"] and not said["sealed"],
            "initialized": said["initialized"],
            "sealed": said["sealed"],
            "storage": str(storage) if storage else None,
            "in_memory": str(storage).startswith("inmem") if storage else None,
            "version": str(said.get("version", "")),
        }

    def login(self) -> dict[str, t.Any]:
        """Return what the declared token is."""
        if not self.token:
            raise LookError(Reason.NOT_CONFIGURED, "No token of the secret store is declared")
        attempt = "look up the declared token"
        answer = self._ask(_LOOKUP, self.token)
        if answer.status in (401, 403):
            why = f"Cannot {attempt}: the store does not accept it, or the right to read {_LOOKUP} is missing"
            raise LookError(Reason.UNAUTHORISED, why)
        data = _data(answer, attempt)
        policies = sorted({str(one) for key in ("policies", "identity_policies") for one in data.get(key) or []})
        return {"policies": policies, "is_root": "root" in policies, "expires": bool(data.get("ttl"))}

    def accepts(self, token: str) -> bool:
        """Tell whether the server knows *token*, which anybody may know."""
        attempt = "try a token that anybody knows"
        answer = self._ask(_LOOKUP, token)
        if answer.status in (401, 403):
            return False
        return bool(_data(answer, attempt))

    def check_mount(self) -> None:
        """Raise LookError unless the mount is one of KV version 2; elsewhere, names cannot be read without the values."""
        path = f"sys/internal/ui/mounts/{quote(self.mount)}"
        attempt = f"read what the mount {self.mount} is"
        answer = self._ask(path, self.token)
        if answer.status in (401, 403):
            why = f"Cannot {attempt}: it does not exist, or the token has no right on any path in it"
            raise LookError(Reason.UNAUTHORISED, why)
        data = _data(answer, attempt)
        if data.get("type") != "kv" or str((data.get("options") or {}).get("version")) != "2":
            raise LookError(Reason.UNSUPPORTED, f"The mount {self.mount} is not one of KV version 2")

    def names(self, path: str) -> list[str] | None:
        """Return the names of the values at *path*; None when nothing is there, or no more."""
        right = f"{self.mount}/subkeys/{path}"
        attempt = f"read the names at {path}"
        answer = self._ask(quote(right), self.token)
        if answer.status in (401, 403):
            raise LookError(Reason.UNAUTHORISED, f"Cannot {attempt}: the right to read {right} is missing")
        if answer.status == 404:
            _check_nothing(answer, attempt)
            return None
        subkeys = _data(answer, attempt).get("subkeys")
        return sorted(str(name) for name in subkeys) if isinstance(subkeys, dict) else None

    def _ask(self, path: str, token: str | None) -> Response:
        headers = {"X-Vault-Request": "true", **({"X-Vault-Namespace": self.namespace} if self.namespace else {})}
        secret = {"X-Vault-Token": token} if token else {}
        request = Request(f"{self.url.rstrip('/')}/v1/{path}", headers=headers, secret_headers=secret)
        return self.client.fetch(request, self.deadline)


def _object(answer: Response, attempt: str) -> dict[str, t.Any]:
    """Return the JSON object that was answered; raise LookError for all else."""
    if answer.status == 503:
        raise LookError(Reason.REFUSED, f"Cannot {attempt}: the store is sealed, or has no leader")
    if answer.status == 429:
        raise LookError(Reason.REFUSED, f"Cannot {attempt}: the store is too busy")
    if answer.status in (404, 405):
        raise LookError(Reason.UNSUPPORTED, f"Cannot {attempt}: the store does not know this request")
    if answer.status != 200:
        raise LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: the store answered {answer.status}")
    return _json(answer, attempt)


def _data(answer: Response, attempt: str) -> dict[str, t.Any]:
    data = _object(answer, attempt).get("data")
    if not isinstance(data, dict):
        raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is not that of Vault or OpenBao")
    return data


def _json(answer: Response, attempt: str) -> dict[str, t.Any]:
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    if answer.is_cut or not isinstance(said, dict):
        raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is not that of Vault or OpenBao") from None
    return said


def _check_nothing(answer: Response, attempt: str) -> None:
    """Believe a 404 only when it says what one of KV version 2 does: no errors, or the data of a version that was deleted."""
    said = _json(answer, attempt)
    if said.get("errors") == [] or isinstance(said.get("data"), dict):
        return
    raise LookError(Reason.UNSUPPORTED, f"Cannot {attempt}: the store does not know this request")

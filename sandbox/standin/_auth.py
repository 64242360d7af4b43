# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may control trading."""

from __future__ import annotations

import hashlib
import typing as t

from sandbox.standin._http import Reply, Request, as_json


class Auth:
    """The middleware that CryptoFunk has in front of trade control, and its optional twin of the decisions."""

    def __init__(self, keys: t.Mapping[str, bool], hardened: bool) -> None:
        self._keys = keys
        self._hardened = hardened

    def required(self, request: Request, rules: t.Mapping[str, t.Any], mistake: str | None) -> Reply | None:
        """Return the refusal of *request*, or None. *rules* are ``api.auth`` of the configuration."""
        if mistake == "open" or not rules.get("enabled", False):
            return None
        if rules.get("require_https") and not _is_safe(request):
            return _refusal("HTTPS required for API access", 403)
        key = _key_in(request, rules)
        if not key:
            return _refusal("API key required", 401)
        revoked = self._keys.get(digest_of(key))
        if revoked is None:
            return self._unknown(mistake)
        return _refusal("Invalid or expired API key", 401) if revoked else None

    def optional(self, request: Request, rules: t.Mapping[str, t.Any]) -> Reply | None:
        """Return the refusal of a bad key; nobody needs one."""
        key = _key_in(request, rules)
        if not key or not rules.get("enabled", False) or self._keys.get(digest_of(key)) is False:
            return None
        return _refusal("Invalid API key", 401)

    def _unknown(self, mistake: str | None) -> Reply:
        """CryptoFunk as shipped takes "no such row" for a failure of its own."""
        if mistake == "broken" or not self._hardened:
            return as_json({"error": "Authentication error"}, 500)
        return _refusal("Invalid API key", 401)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _key_in(request: Request, rules: t.Mapping[str, t.Any]) -> str:
    scheme, dummy, token = request.header("Authorization").partition(" ")
    return request.header(str(rules.get("header_name") or "X-API-Key")) or (token if scheme == "Bearer" else "")


def _is_safe(request: Request) -> bool:
    local = request.header("Host").startswith(("localhost", "127.0.0.1"))
    return local or request.header("X-Forwarded-Proto") == "https"


def _refusal(error: str, status: int) -> Reply:
    return as_json({"error": error, "message": "Provide a valid key in the header of the API's configuration"}, status)

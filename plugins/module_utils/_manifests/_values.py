# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets, and values that should be some. Pure. No value is returned. This is a private part of the collection."""

from __future__ import annotations

import base64
import binascii
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._environment import Environment
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._stand_ins import is_stand_in
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._manifests import is_secret_literal

_PUBLIC = re.compile(
    r"(?:^|[./])(?:ca|tls|cert|server|client)?[\w.-]*\.(?:crt|pem|cer)$|^ca$"
)  # certificates are no secrets
_OWN_TYPES = ("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token")
_IN_A_URL = re.compile(r"://[^\s:/@]*:(?P<password>[^\s@/$]+)@")


def secret_keys(one: Manifest, needed: t.Collection[tuple[str, str]]) -> list[dict[str, t.Any]]:
    """Return what each key of a Secret holds: nothing, a stand-in, or something. *needed* are (secret, key) that pods demand."""
    if text(one.data, "type") in _OWN_TYPES:
        return []
    found = []
    for block in ("data", "stringData"):
        for key, raw in mapping(one.data, block).items():
            plain = _plain(raw) if block == "data" else "" if raw is None else str(raw)
            found.append(
                {
                    "name": f"{one.name}/{key}",
                    "at": [one.place(block, key)],
                    "empty": plain == "",
                    "needed": (one.name, key) in needed,
                    "stand_in": is_stand_in(plain or ""),
                    "literal": bool(plain) and not _PUBLIC.search(key),
                    "malformed": plain is None,
                }
            )
    return found


def _plain(raw: t.Any) -> str | None:
    """Return what base64 hides; None when it is no base64, which the cluster refuses."""
    try:
        return base64.b64decode("" if raw is None else str(raw), validate=True).decode("utf-8", "replace").strip()
    except (binascii.Error, ValueError):
        return None


def plain_variables(container: Container, env: Environment) -> list[dict[str, t.Any]]:
    """Return the variables whose secret value stands in the manifest itself."""
    found = []
    for name, value in env.literal.items():
        in_url = _IN_A_URL.search(value)
        secret = in_url.group("password") if in_url else value if is_secret_literal(name, value) else ""
        if secret:
            found.append(_literal(f"{container.name} {name}", env.places[name], secret))
    return found


def plain_settings(one: Manifest) -> list[dict[str, t.Any]]:
    """Return the entries of a ConfigMap that are secrets by their name."""
    found = []
    for key, value in mapping(one.data, "data").items():
        if isinstance(value, str) and "\n" not in value:
            in_url = _IN_A_URL.search(value)
            secret = in_url.group("password") if in_url else value if is_secret_literal(key, value) else ""
            if secret:
                found.append(_literal(f"{one.label} {key}", one.place("data", key), secret))
    return found


def _literal(name: str, at: str, secret: str) -> dict[str, t.Any]:
    return {"name": name, "at": [at], "stand_in": is_stand_in(secret)}


def needed_keys(objects: Objects) -> set[tuple[str, str]]:
    """Return the keys of Secrets without which a pod does not start, or starts with an empty value."""
    found = set()
    for workload in objects.workloads:
        for container in workload.containers:
            for dummy, one in mappings(container.data, "env"):
                ref = mapping(one, "valueFrom", "secretKeyRef")
                if ref and ref.get("optional") is not True:
                    found.add((text(ref, "name"), text(ref, "key")))
    return found

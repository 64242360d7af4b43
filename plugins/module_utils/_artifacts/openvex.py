# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OpenVEX documents, as govulncheck writes them. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    listed,
    malformed,
    need,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import Finding, findings
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]

_CONTEXT = "https://openvex.dev/ns"
_SCANNER = "govulncheck"
_OPEN = ("affected", "under_investigation")
_SETTLED = ("not_affected", "fixed")


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and str(first.get("@context", "")).startswith(_CONTEXT)


def read(content: Content) -> Reading:
    document = content.mapping
    if not str(document.get("@context", "")).startswith(_CONTEXT):
        raise foreign("OpenVEX", "its @context is another one")
    statements = listed(document.get("statements"), "statements")
    tooling = str(document.get("tooling", ""))
    if not statements and _SCANNER not in tooling:
        raise LookError(Reason.TOO_LITTLE_DATA, "The document states nothing, and no scanner wrote it")
    states = [_state(one) for one in statements]
    return findings(
        _SCANNER if _SCANNER in tooling else "openvex",
        [_finding(one) for one, state in zip(statements, states) if state in _OPEN],
        unreached=states.count("not_affected"),
        called=states.count("affected") if _SCANNER in tooling else 0,
        produced=parse_time(document.get("timestamp")),
    )


def _state(statement: Object) -> str:
    state = statement.get("status")
    if state not in (*_OPEN, *_SETTLED):
        raise malformed("A statement has a status that OpenVEX does not know")
    return str(state)


def _finding(statement: Object) -> Finding:
    vulnerability = statement.get("vulnerability")
    name = vulnerability.get("name") if isinstance(vulnerability, dict) else vulnerability
    parts = [
        str(part.get("@id"))
        for product in listed(statement.get("products"), "products")
        for part in listed(product.get("subcomponents"), "subcomponents")
    ]
    return Finding(need(name, str, "the name of a vulnerability"), "unknown", package=parts[0] if parts else None)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Literals in what gets deployed: Kubernetes Secrets, compose files, configuration. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import base64
import binascii
import fnmatch
import re
import typing as t
from dataclasses import dataclass

_MANIFESTS = (
    "*compose*.y*ml",
    "*/k8s/*",
    "*/kubernetes/*",
    "*/helm/*",
    "*/charts/*",
    "*/deployments/*",
    "*/deploy/*",
    "*/configs/*",
    "*/config/*",
)
_DATA = (".yml", ".yaml", ".json", ".toml", ".env", ".ini", ".conf", ".properties")
_EXAMPLE = re.compile(r"example|sample|template", re.IGNORECASE)
_SECRET_NAME = re.compile(
    r"(?:passw(?:or)?d|passphrase|secret|token|api_?-?key|secret_?-?key|credentials?)(?:_ID)?$", re.IGNORECASE
)
_ENTRY = re.compile(r"^(?P<indent>\s*)(?:- )?[\"']?(?P<name>[\w.-]+)[\"']?\s*[:=]\s*(?P<raw>\S.*?)\s*$")
_KIND = re.compile(r"^(?P<indent>\s*)kind:\s*[\"']?Secret[\"']?\s*(?:#.*)?$", re.MULTILINE)
_FALLBACK = re.compile(r"\$\{(?P<name>\w+):?-(?P<raw>[^}$]+)\}")
_NO_LITERAL = re.compile(r"^(?:true|false|null|none|yes|no|~|[|>&*!].*|\{.*|\[.*|[./].*)?$", re.IGNORECASE)
_TEMPLATE = re.compile(r"\$[\w{(]|\{\{|<[^>]*>|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")  # or the name of a variable


@dataclass(frozen=True)
class Literal:
    """A value that stands in a file as it is used."""

    line: int
    name: str
    raw: str
    plain: str  # decoded, where the file has it in base64


def is_manifest(path: str) -> bool:
    """Tell whether the file at *path* is deployed as it stands, and not an example to copy."""
    base = path.rsplit("/", 1)[-1]
    if _EXAMPLE.search(path) or not (base.endswith(_DATA) or base.startswith(".env")):
        return False
    return base.startswith(".env") or any(
        fnmatch.fnmatch(f"/{path}", pattern) for pattern in (*_MANIFESTS, "/" + _MANIFESTS[0])
    )


def secret_objects(text: str) -> t.Iterator[Literal]:
    """Yield the values of the Kubernetes Secrets in *text*."""
    number = 0
    for document in re.split(r"^---.*$", text, flags=re.MULTILINE):
        kind = _KIND.search(document)
        if kind:
            yield from _secret_values(document.split("\n"), number, kind.group("indent").strip("\n"))
        number += document.count("\n")


def _secret_values(lines: list[str], offset: int, indent: str) -> t.Iterator[Literal]:
    block = ""
    for number, line in enumerate(lines, offset + 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(indent + " "):
            block = line.strip().rstrip(":") if line.startswith(indent) else ""
            continue
        entry = _ENTRY.match(line)
        if entry and block in ("data", "stringData"):
            raw = _unquoted(entry.group("raw"))
            if raw:
                yield Literal(number, entry.group("name"), raw, _from_base64(raw) if block == "data" else raw)


def literals(text: str) -> t.Iterator[Literal]:
    """Yield every value in *text* that stands as it is under the name of a secret, or as the fallback of one."""
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        for fallback in _FALLBACK.finditer(line):
            if _SECRET_NAME.search(fallback.group("name")):
                yield Literal(number, fallback.group("name"), fallback.group("raw"), fallback.group("raw"))
        entry = None if line.lstrip().startswith("#") else _ENTRY.match(line)
        if not entry:
            continue
        name, raw = entry.group("name"), _unquoted(entry.group("raw"))
        if name == "value" and _SECRET_NAME.search(before):
            name = before
        before = raw if name == "name" else ""
        if _SECRET_NAME.search(name) and not _NO_LITERAL.match(raw) and not _TEMPLATE.search(raw):
            yield Literal(number, name, raw, raw)


def is_secret_literal(name: str, value: str) -> bool:
    """Tell whether the name of a setting says that it is a secret, and *value* is one that stands there as it is."""
    return bool(_SECRET_NAME.search(name) and not _NO_LITERAL.match(value) and not _TEMPLATE.search(value))


def _unquoted(raw: str) -> str:
    quoted = re.match(r"([\"'])(.*?)\1\s*(?:#.*)?$", raw)
    return quoted.group(2) if quoted else re.sub(r"\s+#.*$", "", raw)


def _from_base64(raw: str) -> str:
    try:
        return base64.b64decode(raw, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return raw

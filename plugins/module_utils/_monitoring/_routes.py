# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The routes of an Alertmanager: at which receivers an alert ends. Pure. A private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Document

_MATCHER = re.compile(
    r"\s*(?P<label>\"[^\"]+\"|[\w.:]+)\s*(?P<op>=~|!~|!=|=)\s*(?P<value>\"(?:\\.|[^\"\\])*\"|[^,]*?)\s*(?:,|$)"
)
_DEEPEST = 30


@dataclass(frozen=True)
class Matcher:
    label: str
    op: str
    value: str

    def holds(self, labels: t.Mapping[str, str]) -> bool:
        own = labels.get(self.label, "")
        same = own == self.value if self.op in ("=", "!=") else re.fullmatch(self.value, own) is not None
        return same if self.op in ("=", "=~") else not same


@dataclass
class Route:
    receiver: str
    at: str
    matchers: list[Matcher]
    goes_on: bool
    routes: list[Route] = field(default_factory=list)

    def ends(self, labels: t.Mapping[str, str]) -> list[str]:
        """Return the receivers that get an alert with *labels*, which this route matches."""
        found: list[str] = []
        for route in self.routes:
            if all(one.holds(labels) for one in route.matchers):
                found += route.ends(labels)
                if not route.goes_on:
                    break
        return found or [self.receiver]

    def all(self) -> t.Iterator[Route]:
        yield self
        for one in self.routes:
            yield from one.all()


def route(document: Document, path: tuple[str | int, ...], raw: dict[str, t.Any], above: str = "") -> Route:
    """Return the tree of routes below *path*."""
    if len(path) > _DEEPEST:
        raise LookError(Reason.UNSUPPORTED, f"{document.at(*path)}: the routes are nested too deeply")
    receiver = text(raw, "receiver") or above
    made = Route(receiver, document.at(*path), matchers(document, path, raw), raw.get("continue") is True)
    made.routes = [route(document, (*path, "routes", number), one, receiver) for number, one in mappings(raw, "routes")]
    return made


def matchers(document: Document, path: tuple[str | int, ...], raw: dict[str, t.Any], prefix: str = "") -> list[Matcher]:
    """Return the conditions of a route or, with a *prefix*, of one side of an inhibition."""
    found = [Matcher(key, "=", str(value)) for key, value in mapping(raw, f"{prefix}match").items()]
    found += [Matcher(key, "=~", str(value)) for key, value in mapping(raw, f"{prefix}match_re").items()]
    given = raw.get(f"{prefix}matchers")
    for one in given if isinstance(given, list) else [given] if isinstance(given, str) else ():
        found += _parsed(str(one), document.at(*path, f"{prefix}matchers"))
    for one in found:
        try:
            re.compile(one.value if "~" in one.op else "")
        except re.error as exc:
            raise LookError(
                Reason.UNSUPPORTED, f"{document.at(*path)}: {one.value!r} is no pattern that is known here"
            ) from exc
    return found


def _parsed(text_of: str, at: str) -> list[Matcher]:
    inner = text_of.strip()
    if inner.startswith("{") and inner.endswith("}"):
        inner = inner[1:-1]
    found, position = [], 0
    while position < len(inner.rstrip()):
        match = _MATCHER.match(inner, position)
        if not match:
            raise LookError(Reason.MALFORMED, f"{at}: {text_of!r} is no matcher")
        value = match.group("value")
        value = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        found.append(Matcher(match.group("label").strip('"'), match.group("op"), value))
        position = match.end()
    return found

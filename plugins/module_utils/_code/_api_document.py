# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which routes a document names, and how they compare with those of the code. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import ANY, METHODS, join, normal
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routes import Route

_METHOD = f"(?:{'|'.join(METHODS)})"
_METHODS = rf"{_METHOD}(?:\s*(?:[,/|]|and|or)\s*`?{_METHOD})*"
_HOST = r"(?:(?:https?|wss?)://[^\s/`'\"|)>]*|\$\{?\w+\}?)?"
_PATH = r"(?P<path>/[^\s`'\"|)>\\]*)"
_GAP = r"[\s`*_:|\[\]]*"
_METHOD_THEN_PATH = re.compile(rf"(?<![\w/-])(?P<methods>{_METHODS})(?![\w/-]){_GAP}{_HOST}{_PATH}")
_CELL_THEN_METHOD = re.compile(rf"\|\s*`{_PATH}`\s*\|\s*`?(?P<methods>{_METHODS})`?\s*(?=\|)")
_SOCKET = re.compile(rf"(?:wss?://[^\s/`'\"|)>]*|(?<![\w/-])(?:WS|WSS|WebSocket){_GAP}){_PATH}")
_CURL = re.compile(r"\bcurl\b(?P<words>.*)")
_CURL_METHOD = re.compile(rf"(?:-X\s*|--request[\s=]+)['\"]?(?P<method>{_METHOD})\b")
_CURL_BODY = re.compile(r"(?:^|\s)(?:-d|--data\S*|--json|-F|--form)\b")
_CURL_URL = re.compile(rf"(?:https?://[^\s/`'\"|)>]+|\$\{{?\w+\}}?){_PATH}")
_HEADING = re.compile(rf"#{{1,6}}\s+(?:\d[\d.]*\s+)?`?{_PATH}`?\s*$")
_METHOD_LINE = re.compile(rf"{_GAP}(?:-\s*)?(?:\**[Mm]ethods?\**{_GAP})?(?P<methods>{_METHODS})\b")
_BASE = re.compile(rf"base\s+(?:url|path)\W+{_HOST}{_PATH}", re.IGNORECASE)
_VARIABLE = re.compile(r":\w+|\{.*\}|<.*>|\$\{?\w+\}?|\.\.\.")


@dataclass(frozen=True)
class Mention:
    """A route that a document names; an example of curl does not claim that a path below another prefix is there."""

    method: str
    path: str
    at: str
    shown: str
    is_example: bool = False


def mentions(text: str, name: str) -> tuple[list[Mention], str]:
    """Return the routes that the document *name* names, and the base path that it states."""
    found: dict[tuple[str, str], Mention] = {}
    heading, base = "", ""
    for number, line in enumerate(_lines(text), 1):
        if line.startswith("#"):
            match = _HEADING.match(line)
            heading = match.group("path") if match else ""
        stated = _BASE.search(line)
        if stated:
            base = base or stated.group("path")
        for one in _of_line(line, heading, f"{name}:{number}"):
            key = (one.method, one.path)
            if key not in found or (found[key].is_example and not one.is_example):
                found[key] = one
    return list(found.values()), normal(base) if base.strip("/") else ""


def _lines(text: str) -> t.Iterator[str]:
    """Yield the lines, a command that goes on behind a backslash as one at its first line."""
    left = text.splitlines()
    for number, line in enumerate(left):
        whole, ahead = line, number
        while "curl" in line and whole.rstrip().endswith("\\") and ahead + 1 < len(left) and ahead - number < 20:
            ahead += 1
            whole = f"{whole.rstrip()[:-1]} {left[ahead].strip()}"
        yield whole


def _of_line(line: str, heading: str, at: str) -> t.Iterator[Mention]:
    curl = _CURL.search(line)
    if curl:
        yield from _of_curl(curl.group("words"), at)
        return
    for pattern in (_METHOD_THEN_PATH, _CELL_THEN_METHOD):
        for match in pattern.finditer(line):
            for method in re.findall(_METHOD, match.group("methods")):
                yield Mention(method, written(match.group("path")), at, match.group("path"))
    for match in _SOCKET.finditer(line):
        yield Mention("GET", written(match.group("path")), at, match.group("path"))
    behind = _METHOD_LINE.match(line) if heading else None
    if behind:
        for method in re.findall(_METHOD, behind.group("methods")):
            yield Mention(method, written(heading), at, heading)


def _of_curl(words: str, at: str) -> t.Iterator[Mention]:
    said = _CURL_METHOD.search(words)
    method = said.group("method") if said else "POST" if _CURL_BODY.search(words) else "GET"
    for path in (match.group("path") for match in _CURL_URL.finditer(words)):
        yield Mention(method, written(path), at, path, is_example=True)


def written(path: str) -> str:
    """Write the path of a document in one way: without query, host and trailing marks, what varies as ``:``."""
    plain = re.split(r"[?#]", path, maxsplit=1)[0].rstrip(".,;:*_")
    parts = [":" if _VARIABLE.search(part) and not part.startswith("*") else part for part in plain.split("/")]
    return normal("/".join(parts))


def compare(
    routes: t.Sequence[Route], named: t.Sequence[Mention], base: str, prefixes: t.Sequence[str]
) -> tuple[list[Route], list[Mention]]:
    """Return the routes that nothing in *named* means, and what is named and means none.

    A path counts as it stands, and below *base*. An example is compared only below *prefixes*.
    """
    meant: set[int] = set()
    unknown: list[Mention] = []
    for one in named:
        found = [
            number
            for path in dict.fromkeys((one.path, normal(join(base, one.path))))
            for number in _meant(routes, one.method, path)
        ]
        meant.update(found)
        is_claimed = not one.is_example or any(_is_below(one.path, prefix) for prefix in prefixes)
        if not found and is_claimed:
            unknown.append(one)
    return [route for number, route in enumerate(routes) if number not in meant], unknown


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix.rstrip('/')}/")


def _meant(routes: t.Sequence[Route], method: str, path: str) -> list[int]:
    """Return the routes that *method* and *path* mean: those that fit with the fewest parts that vary."""
    fits = [
        (_distance(route.path, path), number)
        for number, route in enumerate(routes)
        if ANY in (route.method, method) or route.method == method
    ]
    nearest = min((distance for distance, dummy in fits if distance is not None), default=None)
    return [number for distance, number in fits if distance is not None and distance == nearest]


def _distance(route: str, path: str) -> int | None:
    """Return how many parts of *path* stand where the *route* varies, or None when they do not fit."""
    ours, theirs = route.strip("/").split("/"), path.strip("/").split("/")
    rest = ours[-1] == "*" or theirs[-1] == "*"
    if ours[-1] == "*":
        ours, theirs = ours[:-1], theirs[: len(ours) - 1]
    elif theirs[-1] == "*":
        return None
    if len(ours) != len(theirs):
        return None
    distance = 100 if rest else 0
    for our, their in zip(ours, theirs):
        if our.startswith(":"):
            distance += 0 if their.startswith(":") else 1
        elif our != their:
            return None
    return distance

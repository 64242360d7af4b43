# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find what looks like a secret in a text. Pure. This is a private part of the collection.

A text is bytes decoded as Latin-1: that never fails, and keeps a place in the text in lower case the same place.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import json
import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._manifests import secret_objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._placeholders import (
    is_mixed,
    is_placeholder,
    is_words,
    looks_random,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._rules import OWN, PROVIDERS, TITLES, Rule

_BEHIND = 200
_NEAR = 80
_LONGEST = 512
MOST = 1000  # hits in one text
_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_WHERE_BASE64 = bytes(ord("x" if code in _BASE64_LETTERS else " ") for code in range(256))
_SHORTEST_WORD, _LONGEST_WORD = 24, 4096  # of base64
_NAME_AHEAD = re.compile(r"([A-Za-z_][\w.-]{1,60})[\"'`\]]{0,2}\s{0,8}(?::=|=>|[:=])\s{0,8}[\"'`]?$")
_CODE = re.compile(
    r"\.(?:go|py|js|jsx|ts|tsx|java|rb|rs|c|h|cc|cpp|cs|php|kt|swift|scala|sql|tf|hcl|html|css)$", re.IGNORECASE
)
_LOCAL = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?![\w.-])")
_ORDER = {name: number for number, name in enumerate(TITLES)}


@dataclass(frozen=True)
class Hit:
    """A secret in a text. Only the rule, the line and the name may ever leave the process."""

    rule: str
    line: int
    secret: str
    name: str  # what it is assigned to, or ""
    is_generic: bool
    engine: str = "own"


def detect(text: str, path: str = "") -> list[Hit]:
    """Return the secrets in *text*, each once a line, the most telling rule first; a text with too many is cut short."""
    lower = text.lower()
    matches = itertools.chain.from_iterable(_matches(rule, text, lower, path) for rule in OWN)
    objects = _secret_objects(text) if "secret" in lower and "kind:" in lower else ()
    hits = itertools.islice(itertools.chain(matches, _encoded(text), objects), MOST)
    best: dict[int, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: _ORDER[hit.rule]):
        others = best.setdefault(hit.line, [])
        if not any(hit.secret in other.secret for other in others):
            others.append(hit)
    return [hit for line in best.values() for hit in line]


def _matches(rule: Rule, text: str, lower: str, path: str) -> t.Iterator[Hit]:
    if not any(keyword in lower for keyword in rule.keywords):
        return
    for match in _candidates(rule, text, lower):
        group = match.lastindex or 0
        secret, start = match.group(group), match.start(group)
        if _fits(rule, text, start, secret) and _is_real(rule, match, secret, path):
            name = _NAME_AHEAD.search(text, max(0, start - _NEAR), start)
            yield Hit(rule.name, text.count("\n", 0, start) + 1, secret, name.group(1) if name else "", rule.is_generic)


def _candidates(rule: Rule, text: str, lower: str) -> t.Iterator[t.Match[str]]:
    if rule.assigns:
        for start in _ends_of_keywords(rule, lower):
            assigned = rule.assigns.match(lower, start)
            match = rule.pattern.match(text, assigned.end()) if assigned else None
            if match:
                yield match
    elif rule.is_behind_keyword:
        for start, end in _windows(_ends_of_keywords(rule, lower)):
            found = rule.pattern.finditer(text, start, end + _LONGEST)
            yield from (match for match in found if match.start() <= end)
    else:
        yield from rule.pattern.finditer(text)


def _ends_of_keywords(rule: Rule, lower: str) -> list[int]:
    """Return where each keyword of a rule ends, in the order of the text."""
    ends = []
    for keyword in rule.keywords:
        start = lower.find(keyword)
        while start >= 0:
            ends.append(start + len(keyword))
            start = lower.find(keyword, ends[-1])
    return sorted(ends)


def _windows(starts: list[int]) -> list[tuple[int, int]]:
    """Return what lies close behind any of *starts*, without overlaps."""
    windows: list[tuple[int, int]] = []
    for start in starts:
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], start + _BEHIND)
        else:
            windows.append((start, start + _BEHIND))
    return windows


def _fits(rule: Rule, text: str, start: int, secret: str) -> bool:
    """Tell whether the secret and what stands ahead of it are as the rule wants them."""
    if rule.is_mixed and not is_mixed(secret):
        return False
    return not rule.near or bool(rule.near.search(text[max(0, start - _NEAR) : start]))


def _is_real(rule: Rule, match: t.Match[str], secret: str, path: str) -> bool:
    """Tell whether a match of *rule* is a secret and not something in the place of one."""
    if rule.name == "private-key":
        return len(re.sub(r"\\[nr]|[^A-Za-z0-9+/=]", "", secret)) >= 64 and not is_placeholder(secret[:200])
    if is_placeholder(secret):
        return False
    if rule.name == "json-web-token":
        return _is_token(secret)
    if rule.name == "url-credentials":
        return len(secret) >= 6 and not (is_words(secret) and _LOCAL.match(match.string, match.end() - 1))
    if rule.name == "assigned-secret" and match.group(1) is None and _CODE.search(path):
        return False  # without quotes it is an expression of the program
    return not rule.is_generic or reads_like_secret(secret)


def reads_like_secret(secret: str) -> bool:
    """Tell whether a value that only its surroundings call a secret reads like one."""
    plain = decoded(secret) or secret
    return not is_placeholder(plain) and not is_words(plain) and looks_random(plain)


def _is_token(secret: str) -> bool:
    header = secret.split(".", 1)[0]
    try:
        return "alg" in json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except ValueError:
        return False


def _encoded(text: str) -> t.Iterator[Hit]:
    """Find the keys of known providers behind one layer of base64."""
    for word in _base64_words(text):
        plain = decoded(word)
        if plain is None:
            continue
        for rule in PROVIDERS:
            for hit in _matches(rule, plain, plain.lower(), ""):
                start = text.index(word)
                name = _NAME_AHEAD.search(text, max(0, start - _NEAR), start)
                yield Hit(hit.rule, text.count("\n", 0, start) + 1, hit.secret, name.group(1) if name else "", False)


def _base64_words(text: str) -> set[str]:
    """Return what may be base64. Most words are short: a search for a long run of its letters passes them over at once."""
    where = text.encode("latin-1").translate(_WHERE_BASE64) + b" "
    words = set()
    start = where.find(b"x" * _SHORTEST_WORD)
    while start >= 0:
        end = where.index(b" ", start)
        if end - start <= _LONGEST_WORD:
            words.add(text[start:end])
        start = where.find(b"x" * _SHORTEST_WORD, end)
    return words


def _secret_objects(text: str) -> t.Iterator[Hit]:
    """Find the values of Kubernetes Secrets: whatever its name, such a value is a secret."""
    for literal in secret_objects(text):
        if len(literal.plain) >= 6 and not is_placeholder(literal.plain) and not is_words(literal.plain):
            yield Hit("kubernetes-secret", literal.line, literal.raw, literal.name, False)


def decoded(word: str) -> str | None:
    """Return the printable text behind base64, or None."""
    try:
        plain = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return plain if all(char.isprintable() or char in "\n\r\t" for char in plain) else None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text that comes from anywhere, made fit to be shown. Pure. This is a private part of the collection."""

from __future__ import annotations

import json
import re
import typing as t
import unicodedata

# What a reader cannot see, or what changes the order of the letters around it: controls but tab and line feed, directional marks,
# zero-width and tag characters, line separators, surrogates without a partner, and what XML forbids. Joiners stay, for emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[^\sa-z])")


def visible(value: t.Any) -> str:
    """Return *value* as text in which nothing is hidden: each character that would be is shown by its code."""
    return _UNSEEN.sub(_code_of, str(value).replace("\r\n", "\n"))


def one_line(value: t.Any) -> str:
    """Return *value* as visible text without line breaks."""
    return " ".join(visible(value).split())


def shortened(text: str, limit: int) -> str:
    """Return *text*, cut where it is longer than *limit* characters, with its true length."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"


def as_data(value: t.Any) -> str:
    """Return a plain value as compact JSON."""
    return visible(json.dumps(value, ensure_ascii=False))


def as_expectation(expected: t.Any) -> str:
    """Return ``{matcher: value}`` as it would be said: the matcher, then its value."""
    if isinstance(expected, dict) and len(expected) == 1:
        ((matcher, value),) = expected.items()
        return f"{visible(matcher)} {as_data(value)}"
    return as_data(expected)


def spans(text: str) -> list[tuple[bool, str]]:
    """Split *text* at its `code`; each part tells whether it is code."""
    parts: list[tuple[bool, str]] = []
    end = 0
    for match in _CODE.finditer(text):
        parts += [(False, text[end : match.start()]), (True, match[2])]
        end = match.end()
    return [(is_code, part) for is_code, part in [*parts, (False, text[end:])] if part]


def first_sentence(value: t.Any) -> str:
    """Return the first sentence of *value*; a full stop within `code` ends none."""
    text = one_line(value)
    covered = [match.span() for match in _CODE.finditer(text)]
    for match in _SENTENCE_END.finditer(text):
        if not any(start < match.start() < end for start, end in covered):
            return text[: match.end()]
    return text


def fit(text: str, columns: int) -> str:
    """Return *text* cut to the *columns* of a terminal, where a wide character takes two."""
    if sum(map(_columns, text)) <= columns:
        return text
    kept, taken = "", 1
    for character in text:
        taken += _columns(character)
        if taken > columns:
            break
        kept += character
    return kept.rstrip() + "…"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _code_of(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

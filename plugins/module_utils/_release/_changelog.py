# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the entry of a version in a changelog. Pure. This is a private part of the collection."""

from __future__ import annotations

import datetime as dt
import re
import typing as t
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+|~+)\s*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_VERSION = re.compile(r"(?<![\w.])v?(\d+\.\d+[\w.+]*(?:-[A-Za-z][\w.+-]*)?)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s+(?P<y>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)", re.IGNORECASE),
)
_FIRST_LINES = 4  # of an entry, where a date may stand when it is not in the heading
_LONGEST_LINE = 1000


@dataclass(frozen=True)
class Entry:
    """The entry of a version: the line of its heading, its date, and whether nothing stands in it."""

    line: int
    date: str | None
    is_empty: bool


@dataclass(frozen=True)
class _Heading:
    line: int
    level: int
    text: str


def find_entry(text: str, version: str) -> Entry | None:
    """Return the first entry of *version* in a changelog with headings."""
    lines = [line[:_LONGEST_LINE] for line in text.splitlines()]
    headings = list(_headings(lines))
    for number, heading in enumerate(headings):
        found = _VERSION.search(heading.text)
        if not found or found[1].rstrip(".") != version:
            continue
        following = next((one for one in headings[number + 1 :] if one.level <= heading.level), None)
        body = lines[heading.line : following.line - 1 if following else len(lines)]
        return Entry(heading.line, date_in(heading.text[found.end() :]) or _date_of(body), _says_nothing(body))
    return None


def entry_of_file(text: str) -> Entry:
    """Return the entry of a file that is the entry of one version, by its name."""
    lines = [line[:_LONGEST_LINE] for line in text.splitlines()]
    return Entry(1, _date_of(lines), _says_nothing(lines))


def date_in(words: str) -> str | None:
    """Return the first day that exists in *words*, as YYYY-MM-DD."""
    for pattern in _DATES:
        for found in pattern.finditer(words):
            said = found.groupdict()
            month = _MONTHS.index(said["month"].lower()) + 1 if said.get("month") else int(said["m"])
            try:
                return dt.date(int(said["y"]), month, int(said["d"])).isoformat()
            except ValueError:
                continue
    return None


def _headings(lines: t.Sequence[str]) -> t.Iterator[_Heading]:
    fenced = False
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            fenced = not fenced
        if fenced:
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            yield _Heading(number, len(heading[1]), heading[2])
        elif line.strip() and number < len(lines) and _is_underlined(line, lines[number]):
            yield _Heading(number, 1 if lines[number].lstrip().startswith("=") else 2, line.strip())


def _is_underlined(line: str, below: str) -> bool:
    return bool(_UNDERLINE.fullmatch(below)) and len(below.strip()) >= 3 and not _UNDERLINE.fullmatch(line)


def _date_of(body: t.Sequence[str]) -> str | None:
    written = [line for line in body if line.strip()][:_FIRST_LINES]
    return next(
        filter(None, map(date_in, (line for line in written if re.search(r"(?i)date|released|^[\W_]*\d", line)))), None
    )


def _says_nothing(body: t.Sequence[str]) -> bool:
    return not any(
        re.search(r"\w", line) and not _HEADING.fullmatch(line) and not _is_only_a_date(line) for line in body
    )


def _is_only_a_date(line: str) -> bool:
    return bool(date_in(line)) and len(re.findall(r"[A-Za-z]{2,}", line)) <= 2

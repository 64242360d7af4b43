# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locust's ``…_stats.csv``, completed by the ``…_stats_history.csv`` beside it. This is a private part of the collection.

The number of users and the time stand in the history alone. Locust rounds response times over 100 ms to two digits.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import from_epoch

_KEYS = ("Type", "Name", "Request Count", "Failure Count")
_ALL = "Aggregated"
_ENDING, _HISTORY = "_stats.csv", "_stats_history.csv"


@dataclass(frozen=True)
class _History:
    users: int | None = None
    seconds: float | None = None
    end: datetime | None = None


def recognises(content: Content) -> bool:
    return content.data.lstrip(b"\xef\xbb\xbf").startswith(",".join(_KEYS).encode())


def read(content: Content) -> Reading:
    rows = content.rows
    if not rows or tuple(rows[0][:4]) != _KEYS:
        raise foreign("Locust", "its first line is no head of a table of statistics")
    sums = [row for row in rows[1:] if len(row) > 1 and row[1] == _ALL]
    if len(sums) != 1 or len(sums[0]) != len(rows[0]):
        raise malformed("The file is cut: it has no whole line Aggregated")
    total = dict(zip(rows[0], sums[0]))
    history = _history(content)
    load = Load(
        _whole(total["Request Count"]),
        history.seconds,
        failed=_whole(total["Failure Count"]),
        concurrency=history.users,
        p50_ms=_span(total, "50%"),
        p95_ms=_span(total, "95%"),
        p99_ms=_span(total, "99%"),
    )
    return loaded(load, content.said, history.end)


def _history(content: Content) -> _History:
    """Return what the history says, or nothing where there is none."""
    data = content.sibling(_ENDING, _HISTORY)
    if data is None:
        return _History()
    rows = Content(data).rows
    if len(rows) < 2 or rows[0][:2] != ["Timestamp", "User Count"]:
        raise malformed("The history beside the statistics is no history of Locust")
    rows = [row for row in rows[1:] if len(row) > 1]
    moments = [_whole(row[0]) for row in rows]
    lasted = max(moments) - min(moments)
    return _History(max(_whole(row[1]) for row in rows), float(lasted) or None, from_epoch(max(moments)))


def _span(total: t.Mapping[str, str], key: str) -> float | None:
    text = total.get(key, "N/A")
    if text == "N/A":
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise malformed(f"The column {key} is no number")
    return float(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,15}", text):
        raise malformed("A line of the table is no line of numbers: the file is cut, or no result of Locust")
    return int(text)

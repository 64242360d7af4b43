# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time and spans as tools write them. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from datetime import datetime, timedelta, timezone

UTC = timezone.utc

_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d{1,9})\d*)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_SPAN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ns|us|µs|μs|ms|s|m|h)")
_UNITS_IN_MS = {"ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4, "h": 3.6e6}
_EPOCHS = (
    (1e17, 1e9),
    (1e14, 1e6),
    (1e11, 1e3),
    (1e8, 1.0),
)  # from which number on it counts how many parts of a second


def parse_time(text: t.Any) -> datetime | None:
    """Return the time of an RFC 3339 text, or None. A time without a zone is taken as UTC."""
    match = _STAMP.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        return None
    try:
        moment = datetime.strptime(f"{match['day']}T{match['clock']}", "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return later(moment, int((match["fraction"] or "0").ljust(6, "0")[:6]) / 1e6 - _ahead(match["zone"]))


def later(moment: datetime, seconds: float) -> datetime | None:
    """Return the time *seconds* after *moment*, or None when the calendar ends before."""
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _ahead(zone: str | None) -> int:
    """Return by how many seconds the clocks of a *zone* are ahead of UTC."""
    if zone in (None, "Z"):
        return 0
    digits = str(zone).replace(":", "")
    return (int(digits[1:3]) * 60 + int(digits[3:5])) * (-60 if digits[0] == "-" else 60)


def from_epoch(value: t.Any) -> datetime | None:
    """Return the time of a number of seconds, or of thousandths, millionths or billionths of one, since 1970; or None."""
    try:
        amount = float(value)
    except (TypeError, ValueError):
        return None
    for least, parts in _EPOCHS:
        if least <= amount < 1e20:
            return datetime.fromtimestamp(amount / parts, UTC)
    return None


def parse_span(text: str) -> float | None:
    """Return the milliseconds of a span like 1m2.5s or 831.2µs, or None."""
    parts = list(_SPAN.finditer(text))
    if not parts or "".join(part.group() for part in parts) != text:
        return None
    return sum(float(part["number"]) * _UNITS_IN_MS[part["unit"]] for part in parts)


def show_time(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times as Kubernetes writes them. Pure. This is a private part of the collection."""

from __future__ import annotations

import calendar
import re

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))\Z")


def seconds(text: str) -> float | None:
    """Return the seconds since 1970 of a time in RFC 3339; None for anything else."""
    match = _TIME.match(text)
    if not match:
        return None
    try:
        found = calendar.timegm(tuple(int(one) for one in match.groups()[:6]))
    except ValueError:
        return None
    sign = {"+": -1, "-": 1}.get(match.group(7) or "", 0)
    return float(found + sign * (int(match.group(8) or 0) * 3600 + int(match.group(9) or 0) * 60))


def age_hours(text: str, now: float) -> float | None:
    """Return how many hours ago a time was."""
    then = seconds(text)
    return None if then is None else round((now - then) / 3600, 2)

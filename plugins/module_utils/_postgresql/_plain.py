# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of PostgreSQL as plain JSON. Pure. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import datetime
import decimal
import math
import typing as t


def plain(value: t.Any) -> t.Any:
    """Return *value* as JSON can hold it: whole numbers as int, moments as text, what is infinite or not a number as null."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (float, decimal.Decimal)):
        return _number(float(value))
    if isinstance(value, datetime.timedelta):
        return _number(value.total_seconds())
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return str(value)


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else round(value, 6)

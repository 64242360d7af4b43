# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._plain import plain

VALUES = [
    (Decimal("3"), 3),
    (Decimal("0.25"), 0.25),
    (5.0, 5),
    (float("inf"), None),
    (Decimal("NaN"), None),
    (True, True),
    (datetime.timedelta(days=1), 86400),
    (datetime.datetime(2026, 11, 25, 3, tzinfo=datetime.timezone.utc), "2026-11-25T03:00:00+00:00"),
    ([Decimal("1"), None], [1, None]),
    ({"a": Decimal("1.5")}, {"a": 1.5}),
    (b"x", "b'x'"),
]


@pytest.mark.parametrize(("value", "expected"), VALUES)
def test_value_becomes_plain_json(value: object, expected: object) -> None:
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)
    json.dumps(found, allow_nan=False)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._allow import AllowList, Fingerprints

MARK = "0123456789abcdef" * 2


def entry(**more: str) -> dict[str, str]:
    return {"fingerprint": MARK, "reason": "closed", "expires": "2026-12-31", **more}


@pytest.mark.parametrize(("day", "wanted"), [("2026-12-31", True), ("2027-01-01", False)])
def test_an_entry_holds_through_its_last_day(day: str, wanted: bool) -> None:
    allowed = AllowList([entry()], datetime.date.fromisoformat(day))

    assert allowed.allows(MARK) is wanted
    assert (len(allowed.used()), len(allowed.expired())) == ((1, 0) if wanted else (0, 1))


@pytest.mark.parametrize(
    "more",
    [{"expires": "2026-13-01"}, {"expires": "2026-1-1"}, {"expires": "never"}, {"expires": ""}, {"fingerprint": "*"}],
)
def test_an_entry_that_is_not_exact_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(LookError):
        AllowList([entry(**more)], datetime.date(2026, 1, 1))


def test_a_fingerprint_covers_rule_path_and_secret_and_depends_on_the_key() -> None:
    marks = {
        Fingerprints(key).of(rule, path, secret)
        for key in ("k1", "k2")
        for rule in ("a", "b")
        for path in ("x", "y")
        for secret in ("s", "t")
    }

    assert len(marks) == 16
    assert Fingerprints("k1").of("a", "x", "s") == Fingerprints("k1").of("a", "x", "s")


def test_without_a_key_no_two_runs_give_the_same_fingerprint() -> None:
    assert Fingerprints(None).of("a", "x", "s") != Fingerprints(None).of("a", "x", "s")

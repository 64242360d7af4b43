# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.cryptofunk.readiness.plugins.filter.about import about

README = {"subject": "README.md", "name": "readme", "error": None}
OTHER = {"subject": "X.md", "name": "x", "error": {"reason": "no_data", "message": "m"}}
WHOLE = {"subject": "/srv", "error": {"reason": "no_data", "message": "m"}}


@pytest.mark.parametrize(
    ("subjects", "kept"),
    [([README, OTHER], [README]), ([WHOLE], [WHOLE]), ([OTHER], []), ([{"subject": "s", "error": None}], [])],
    ids=["one of two", "a look that failed as a whole", "another", "a healthy one without a name"],
)
def test_only_what_it_is_about_is_kept(subjects: list[t.Any], kept: list[t.Any]) -> None:
    assert about({"observation": subjects, "probe": "p"}, "readme") == {"observation": kept, "probe": "p"}


def test_a_look_that_did_not_take_place_stays_as_it_is() -> None:
    assert about({"skipped": True}, "readme") == {"skipped": True}


def test_something_else_is_refused() -> None:
    with pytest.raises(AnsibleFilterError):
        about([], "readme")

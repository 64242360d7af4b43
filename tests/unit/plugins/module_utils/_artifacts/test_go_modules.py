# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of modules and of newer versions of them."""

from __future__ import annotations

import pytest

from .reading import data_of, read, refused


def test_direct_and_indirect_modules_are_told_apart() -> None:
    facts = read("go_modules_outdated.json").facts["dependencies"]

    assert {key: value for key, value in facts.items() if key != "first"} == {
        "total": 3,
        "direct": 2,
        "outdated_direct": 2,
        "outdated_indirect": 1,
        "deprecated": 0,
        "retracted": 0,
    }
    assert facts["first"][0] == {
        "package": "golang.org/x/mod",
        "version": "v0.20.0",
        "latest": "v0.43.0",
        "direct": True,
    }


def test_a_list_without_newer_versions_may_not_have_asked_for_them() -> None:
    reading = read("go_modules_without_u.json")

    assert reading.facts["dependencies"] is None
    assert reading.unseen["dependencies"].reason.value == "too_little_data"


@pytest.mark.parametrize(
    ("command", "is_seen"), [("go list -u -m -json all", True), ("go list -m -json all", False), ("go list '-u", False)]
)
def test_the_command_that_made_the_list_decides(command: str, is_seen: bool) -> None:
    reading = read("go_modules_without_u.json", command=command)

    assert ("dependencies" not in reading.unseen) is is_seen


def test_a_module_that_could_not_be_looked_up_is_not_up_to_date() -> None:
    data = (
        data_of("go_modules_outdated.json")
        + b'{"Path": "example.com/gone", "Version": "v1.0.0", "Error": {"Err": "not found"}}'
    )

    error = refused(data)

    assert error.reason.value == "too_little_data"
    assert "example.com/gone" in error.message


def test_a_list_that_ends_in_a_module_is_cut() -> None:
    assert "cut" in refused(data_of("go_modules_outdated.json")[:-4]).message


def test_another_stream_of_json_is_foreign() -> None:
    assert refused("go_test_healthy.json", "go_modules").reason.value == "malformed"

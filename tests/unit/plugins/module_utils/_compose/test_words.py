# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import (
    flag,
    option,
    seconds,
    size,
    unwrapped,
    words,
)


def command(value: t.Any) -> list[Node]:
    parts = [Node(one, "f:1") for one in value] if isinstance(value, list) else value
    return unwrapped(words(Node(parts, "f:1")))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("server --port 1", "1"),
        ("server --port=1", "1"),
        (["server", "--port", 1], "1"),
        ("server --port 1 --port 2", "2"),
        ("sh -c 'exec server --port 1'", "1"),
        (["/bin/sh", "-c", "server --port 1"], "1"),
        ("server --ports 1", None),
    ],
)
def test_an_option_is_found_in_each_form(value: t.Any, expected: str | None) -> None:
    found = option(command(value), "--port")

    assert (found.value if found else None) == expected


def test_a_flag_can_be_switched_off() -> None:
    assert flag(command("nats -js"), "-js")
    assert not flag(command("nats -js=false"), "-js")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("512m", 512 << 20), ("1.5g", 3 << 29), ("64MB", 64 << 20), ("1Gi", 1 << 30), (1024, 1024), ("much", None)],
)
def test_an_amount_of_memory_is_in_bytes(text: t.Any, expected: int | None) -> None:
    assert size(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30d", 2592000), ("1h30m", 5400), ("500ms", 0.5), ("0", 0), ("1y", 31536000), ("30", None), ("soon", None)],
)
def test_a_duration_is_in_seconds(text: str, expected: float | None) -> None:
    assert seconds(text) == expected

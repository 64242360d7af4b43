# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node, plain
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._ports import ports
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError


def made(*texts: t.Any) -> list[dict[str, str]]:
    return t.cast("list[dict[str, str]]", plain(ports(Node([Node(text, "f:1") for text in texts], "f:1"))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80", [("", "", "80", "tcp")]),
        (80, [("", "", "80", "tcp")]),
        ("8080:80", [("", "8080", "80", "tcp")]),
        ("8080:80/udp", [("", "8080", "80", "udp")]),
        ("127.0.0.1:8080:80", [("127.0.0.1", "8080", "80", "tcp")]),
        ("127.0.0.1::80", [("127.0.0.1", "", "80", "tcp")]),
        ("[::1]:8080:80", [("::1", "8080", "80", "tcp")]),
        ("80-81:90-91", [("", "80", "90", "tcp"), ("", "81", "91", "tcp")]),
        ("8000-9000:80", [("", "8000-9000", "80", "tcp")]),
        ("${PORT}:80", [("", "${PORT}", "80", "tcp")]),
        ("${HOST}:8080:80", [("${HOST}", "8080", "80", "tcp")]),
    ],
)
def test_the_short_form_is_made_long(text: t.Any, expected: list[tuple[str, ...]]) -> None:
    keys = ("host_ip", "published", "target", "protocol")

    assert [tuple(port.get(key, "") for key in keys) for port in made(text)] == expected


@pytest.mark.parametrize("text", ["", "a", "a:80", "80:", ":80", "1:2:3:4", "3-1:3-1", "1-3:1-2", "0-5000"])
def test_what_is_no_port_is_malformed(text: str) -> None:
    with pytest.raises(LookError):
        made(text)

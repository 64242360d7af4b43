# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The configuration of nginx."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox._certificates import Pair
from sandbox.components import _nginx_conf as conf

HOME = Path("/home")
PAIR = Pair(HOME / "server.crt", HOME / "server.key")


def locations(lines: list[str]) -> list[str]:
    """Return the lines that stand in a location."""
    inside, depth = [], 0
    for line in lines:
        depth += line.startswith("location") - (line == "}" and depth > 0)
        if depth:
            inside.append(line)
    return inside


@pytest.mark.parametrize("hardened", [True, False])
def test_no_location_has_a_header_that_would_undo_those_of_the_server(hardened: bool) -> None:
    inside = locations(conf.application(HOME, "http://127.0.0.1:1", hardened))
    assert inside
    assert not any(line.startswith("add_header") for line in inside)


def test_hsts_is_sent_with_errors_too() -> None:
    (line,) = [line for line in conf.tls(PAIR, "TLSv1.3", "ALL", hsts=True) if "Strict-Transport-Security" in line]
    assert line.endswith("always;")


def test_hsts_can_be_left_out() -> None:
    assert not any("Strict" in line for line in conf.tls(PAIR, "TLSv1.3", "ALL", hsts=False))


def test_a_redirect_keeps_host_and_path() -> None:
    assert conf.redirect(24043) == ["return 301 https://$host:24043$request_uri;"]


@pytest.mark.parametrize("gzip", [True, False])
def test_compression_is_on_when_wanted(gzip: bool) -> None:
    assert ("gzip on;" in conf.head(HOME, gzip)) is gzip


def test_the_hardened_front_takes_addresses_from_its_balancer_and_passes_the_scheme_on() -> None:
    lines = conf.application(HOME, "http://127.0.0.1:1", hardened=True)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in lines
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in lines


def test_as_shipped_the_client_writes_its_own_address() -> None:
    lines = conf.application(HOME, "http://127.0.0.1:1", hardened=False)
    assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in lines
    assert not any("X-Forwarded-Proto" in line for line in lines)

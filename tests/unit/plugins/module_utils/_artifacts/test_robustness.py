# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever stands in a file: a reader reads it or refuses it with a reason, in bounded time, and never crashes."""

from __future__ import annotations

import time
import typing as t

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content, short
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._formats import FORMATS, read_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

from .reading import FIXTURES, refused

FILES = sorted(path for path in FIXTURES.iterdir() if path.suffix != ".md")
PIECES = [
    b"null",
    b"[]",
    b"{}",
    b'"x"',
    b"-1",
    b"true",
    b"1e999",
    b"NaN",
    b"\x00",
    b"\xff",
    b"<",
    b"99999999999999999999",
    b"\n",
    b"",
]


def survives(format_name: str, data: bytes) -> None:
    try:
        read_as(format_name, Content(data))
    except LookError as exc:
        assert exc.message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(path: t.Any, data: st.DataObject) -> None:
    whole = path.read_bytes()
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, min(len(whole), begin + 40)))
    damaged = whole[:begin] + data.draw(st.sampled_from(PIECES)) + whole[end:]

    survives("auto", damaged)
    survives(data.draw(st.sampled_from(sorted(FORMATS))), damaged)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_json_with_a_value_of_another_type_is_read_or_refused(path: t.Any, data: st.DataObject) -> None:
    whole = path.read_bytes()
    places = [at for at in range(len(whole) - 1) if whole[at : at + 1] == b":"]
    if not places:
        return
    at = data.draw(st.sampled_from(places)) + 1
    end = min(
        (place for place in (whole.find(mark, at) for mark in (b",", b"}", b"\n")) if place > 0), default=len(whole)
    )
    survives("auto", whole[:at] + data.draw(st.sampled_from(PIECES[:7])) + whole[end:])


@pytest.mark.parametrize("format_name", sorted(FORMATS))
@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300))
def test_noise_is_refused_or_read(format_name: str, data: bytes) -> None:
    survives(format_name, data)


@pytest.mark.parametrize("format_name", sorted(FORMATS))
def test_an_empty_file_has_no_data_in_every_format(format_name: str) -> None:
    assert refused(b" \n", format_name).reason.value == "no_data"


HOSTILE = {
    "deep arrays": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "a number of a million digits": b'{"version": ' + b"9" * 1_000_000 + b"}",
    "a key twice": b'{"version": "2.1.0", "version": "2.1.0", "runs": []}',
    "not a number": b'{"version": NaN}',
    "infinity": b'{"version": 1e999}',
    "utf-16": '{"version": "2.1.0"}'.encode("utf-16"),
    "comments without end": b"<!--" * 300_000,
    "a million comments": b"<!-- -->" * 300_000,
    "white space": b" " * 3_000_000,
    "one long line": b"a" * 3_000_000,
    "many lines": b"mode: set\n" * 300_000,
    "spans": b"http_req_duration...: p(95)=" + b"1m" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("format_name", ["auto", "sarif", "junit", "k6_text", "wrk", "hey", "lcov", "ab"])
def test_a_hostile_file_is_refused_in_no_time(name: str, format_name: str) -> None:
    began = time.monotonic()

    refused(HOSTILE[name], format_name)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[31mb\nc", "a [31mb c"), ("x" * 300, "x" * 200 + "…"), ("µ→ü", "µ→ü")],
    ids=["terminal", "long", "letters"],
)
def test_a_name_out_of_a_file_is_fit_for_every_report(text: str, shown: str) -> None:
    assert short(text) == shown

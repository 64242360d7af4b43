# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._dump import Scan, blocks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

from ._dump_text import DUMP


def scanned(text: bytes, size: int = 1 << 20) -> Scan:
    scan = Scan()
    for block in blocks(text[at : at + size] for at in range(0, len(text), size)):
        scan.add(block)
    return scan


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 20])
def test_a_whole_dump_is_read_however_it_is_cut_into_chunks(size: int) -> None:
    scan = scanned(DUMP, size)
    assert (scan.damage(), scan.noise) == ([], [])
    assert scan.rows == {"orders": 3, "schema_version": 2, "audit.entries": None}
    assert (scan.schema_version, scan.server_version, scan.extensions) == (13, "15.18", ["pg_stat_statements"])


def test_a_dump_that_is_cut_off_anywhere_is_not_whole() -> None:
    assert [at for at in range(len(DUMP)) if not scanned(DUMP[:at]).damage()] == []


def test_of_an_older_pg_dump_it_is_not_whole_either() -> None:
    old = DUMP.replace(b"\\restrict abc123\n\n", b"").replace(b"\\unrestrict abc123\n\n", b"")
    assert scanned(old).damage() == []
    assert [at for at in range(len(old)) if not scanned(old[:at]).damage()] == []


def test_the_end_of_another_dump_does_not_make_it_whole() -> None:
    assert scanned(DUMP.replace(b"\\unrestrict abc123", b"\\unrestrict other")).damage() == [
        "Its end belongs to another dump than its beginning"
    ]


def test_an_end_among_rows_is_data() -> None:
    rows = b"--\n-- PostgreSQL database dump\n--\nCOPY public.a (b) FROM stdin;\n"
    end = b"--\n-- PostgreSQL database dump complete\n--\n\n"
    assert scanned(rows + end).damage() == ["It ends among the rows of a"]


@pytest.mark.parametrize("text", [b"", b"hello\n", b"-- MySQL dump 10.13\n-- Dump completed\n"])
def test_what_is_no_dump_is_said_to_be_none(text: bytes) -> None:
    assert scanned(text).damage() == ["It does not begin as a dump of PostgreSQL does"]


@pytest.mark.parametrize(
    ("noise", "text"),
    [
        (b"pg_dump: last built-in OID is 16383\n", "pg_dump: last built-in OID is 16383"),
        (b'pg_dump: warning: there are circular foreign keys on "a"\n', "pg_dump: warning: there are circular"),
        (b"the input device is not a TTY\n", "the input device is not a TTY"),
        (b'Defaulted container "postgres" out of: postgres, exporter\n', "Defaulted container"),
        (b"Error response from daemon: no such container\n", "Error response from daemon"),
        (b"WARNING:  there is a newer version of the image\n", "WARNING:  there is a newer version"),
    ],
)
def test_messages_of_tools_are_noise(noise: bytes, text: str) -> None:
    (found,) = scanned(noise + DUMP).noise
    assert found["line"] == 1
    assert found["text"].startswith(text)


def test_noise_that_splits_a_statement_is_found_in_the_middle_of_a_line() -> None:
    split = DUMP.replace(b"CREATE TABLE audit", b'CREApg_dump: creating TABLE "public.orders"\nTE TABLE audit')
    assert [one["line"] for one in scanned(split).noise] == [21]


def test_noise_that_splits_a_row_is_told_from_a_value() -> None:
    split = DUMP.replace(b"1\tfine\n", b"1pg_dump: dumping contents of table public.x\n\tfine\n")
    assert [one["text"][:17] for one in scanned(split).noise] == ["pg_dump: dumping "]


def test_no_more_than_twenty_messages_are_kept() -> None:
    assert len(scanned(b"pg_dump: reading extensions\n" * 100 + DUMP).noise) == 20


def test_databases_that_are_named_are_found() -> None:
    more = b"CREATE DATABASE staging WITH TEMPLATE = template0;\n\\connect staging\n"
    other = b"\\connect -reuse-previous=on \"dbname='other'\"\n"
    assert scanned(DUMP.replace(b"SET client", more + other + b"SET client")).databases == [
        "staging",
        "staging",
        "other",
    ]


def test_rows_that_are_inserted_are_counted() -> None:
    inserts = b"INSERT INTO public.schema_version VALUES (12, 'a');\nINSERT INTO public.schema_version (version) VALUES (14);\n"
    scan = scanned(b"-- PostgreSQL database dump\n" + inserts + b"INSERT INTO public.a VALUES ('x');\n")
    assert (scan.rows, scan.schema_version) == ({"schema_version": 2, "a": 1}, 14)


def test_a_line_without_an_end_is_given_up() -> None:
    with pytest.raises(LookError, match="a line of more than"):
        list(blocks(b"x" * (1 << 24) for dummy in range(9)))

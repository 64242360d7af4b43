# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._restorable import Filter, Refused

from ._dump_text import DUMP


def test_owners_and_rights_are_left_out_and_rows_are_not() -> None:
    kept = Filter()
    lines = b"".join(kept.apply(line + b"\n") for line in DUMP.split(b"\n")[:-1])
    assert kept.dropped == 3
    assert b"OWNER TO" not in lines
    assert b"COMMENT ON EXTENSION" not in lines
    assert b"TO reader" not in lines
    assert b"3\tGRANT ALL ON TABLE public.orders TO somebody;\n" in lines


def test_blocks_of_any_size_give_the_same() -> None:
    one = Filter()
    assert Filter().apply(DUMP) == b"".join(one.apply(line) for line in DUMP.splitlines(keepends=True))


@pytest.mark.parametrize(
    "line",
    [
        b"\\connect cryptofunk",
        b"\\! touch /tmp/here",
        b"\\i /etc/passwd",
        b"\\restrict abc; \\! id",
        b"CREATE DATABASE cryptofunk WITH TEMPLATE = template0;",
        b"DROP DATABASE cryptofunk;",
        b"drop database cryptofunk;",
        b"ALTER DATABASE cryptofunk SET a = b;",
        b"CREATE ROLE somebody SUPERUSER;",
        b"ALTER SYSTEM SET fsync = off;",
    ],
)
def test_what_reaches_beyond_the_database_is_refused(line: bytes) -> None:
    with pytest.raises(Refused) as caught:
        Filter().apply(DUMP.replace(b"SET client", line + b"\nSET client"))
    assert caught.value.what == line[:40].decode()


def test_among_rows_it_is_data() -> None:
    text = b"COPY a (b) FROM stdin;\n\\\\connect cryptofunk\nDROP DATABASE x;\n\\.\nSELECT 1;\n"
    assert Filter().apply(text) == text

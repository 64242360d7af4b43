# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._hba import sorted_out

Row = t.Dict[str, t.Any]


def row(
    kind: str, address: str | None = None, netmask: str | None = None, method: str = "scram-sha-256", **more: t.Any
) -> Row:
    """A row of pg_hba_file_rules for all databases and users."""
    fields = {"line": 1, "databases": ["all"], "users": ["all"], "is_wrong": False}
    return {**fields, "type": kind, "address": address, "netmask": netmask, "method": method, **more}


def test_rule_is_shown_as_it_is_written() -> None:
    found = sorted_out([row("host", "10.0.0.0", "255.255.0.0", method="md5", line=7, users=["app", "probe"])])
    assert found["plaintext_rules"] == ["line 7: host all app,probe 10.0.0.0/16 md5"]


PLAINTEXT = [
    pytest.param(row("host", "10.0.0.0", "255.0.0.0"), True, id="host admits both"),
    pytest.param(row("hostnossl", "10.0.0.0", "255.0.0.0"), True, id="hostnossl admits plaintext alone"),
    pytest.param(row("hostnogssenc", "all"), True, id="hostnogssenc admits plaintext"),
    pytest.param(row("hostssl", "10.0.0.0", "255.0.0.0"), False, id="hostssl does not"),
    pytest.param(row("hostgssenc", "10.0.0.0", "255.0.0.0"), False, id="hostgssenc does not"),
    pytest.param(row("host", "10.0.0.0", "255.0.0.0", method="reject"), False, id="a rejection admits nothing"),
    pytest.param(row("local"), False, id="a local socket leaves no machine"),
    pytest.param(row("host", "127.0.0.1", "255.255.255.255"), False, id="loopback leaves no machine"),
    pytest.param(row("host", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), False, id="nor does it in IPv6"),
    pytest.param(row("host", "samehost"), False, id="nor does samehost"),
    pytest.param(row("host", "samenet"), True, id="samenet is other machines"),
    pytest.param(row("host", "app.example.com"), True, id="a name is another machine"),
    pytest.param(row("host", "0.0.0.0", "0.0.0.0"), True, id="everywhere is not loopback"),
]


@pytest.mark.parametrize(("rule", "admits"), PLAINTEXT)
def test_plaintext_from_other_machines_is_found(rule: Row, admits: bool) -> None:
    assert bool(sorted_out([rule])["plaintext_rules"]) is admits


BARS = [
    pytest.param(row("hostnossl", "all", method="reject"), True, id="plaintext from everywhere is rejected first"),
    pytest.param(row("hostnossl", "10.0.0.0", "255.0.0.0", method="reject"), True, id="from a network around it"),
    pytest.param(row("hostnossl", "10.9.0.0", "255.255.0.0", method="reject"), False, id="from another network"),
    pytest.param(row("hostssl", "all", method="reject"), False, id="TLS is rejected, not plaintext"),
    pytest.param(row("hostnossl", "all", method="reject", users=["guest"]), False, id="of one user only"),
    pytest.param(row("hostnossl", "::", "::", method="reject"), False, id="in another family of addresses"),
]


@pytest.mark.parametrize(("barrier", "holds"), BARS)
def test_earlier_rejection_keeps_plaintext_out(barrier: Row, holds: bool) -> None:
    found = sorted_out([barrier, row("host", "10.1.0.0", "255.255.0.0", line=2)])
    assert (found["plaintext_rules"] == []) is holds


def test_later_rejection_comes_too_late() -> None:
    assert sorted_out([row("host", "all"), row("hostnossl", "all", method="reject", line=2)])["plaintext_rules"]


def test_all_databases_are_not_replication() -> None:
    rules = [row("hostnossl", "all", method="reject"), row("host", "all", databases=["replication"], line=2)]
    assert sorted_out(rules)["plaintext_rules"] == ["line 2: host replication all all scram-sha-256"]


def test_every_address_is_found_in_each_spelling() -> None:
    rules = [row("hostssl", "0.0.0.0", "0.0.0.0"), row("hostssl", "::", "::", line=2), row("hostssl", "all", line=3)]
    assert [text.split()[-2] for text in sorted_out(rules)["open_rules"]] == ["0.0.0.0/0", "::/0", "all"]


def test_trust_and_weak_methods_are_found() -> None:
    found = sorted_out([row("local", method="trust"), row("hostssl", "all", method="md5", line=2)])
    assert found["trust_rules"] == ["line 1: local all all trust"]
    assert found["weak_rules"] == ["line 2: hostssl all all all md5"]


def test_line_that_the_server_cannot_read_is_no_rule() -> None:
    found = sorted_out([row("", is_wrong=True, line=9, databases=None, users=None)])
    assert (found["rules"], found["wrong_lines"]) == ([], [9])

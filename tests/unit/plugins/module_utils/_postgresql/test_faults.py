# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._faults import (
    admits_plaintext,
    connect_fault,
    query_fault,
)

AT = 'connection to server at "invalid.example" (192.0.2.1), port 5432 failed: '

CONNECTING = [
    pytest.param(f"{AT}Connection refused\n\tIs the server running?", Reason.REFUSED, id="nobody listens"),
    pytest.param(f"{AT}No route to host", Reason.UNREACHABLE, id="no route"),
    pytest.param(f"{AT}Connection timed out", Reason.TIMEOUT, id="the kernel gave up"),
    pytest.param(
        f'{AT}FATAL:  password authentication failed for user "app"', Reason.UNAUTHORISED, id="wrong password"
    ),
    pytest.param(f"{AT}fe_sendauth: no password supplied", Reason.UNAUTHORISED, id="no password"),
    pytest.param(
        f'{AT}FATAL:  no pg_hba.conf entry for host "192.0.2.7", user "app", database "db", no encryption',
        Reason.UNAUTHORISED,
        id="no rule of pg_hba.conf",
    ),
    pytest.param(
        f"{AT}FATAL:  pg_hba.conf rejects connection for host", Reason.UNAUTHORISED, id="rejected by pg_hba.conf"
    ),
    pytest.param(f"{AT}FATAL:  kein pg_hba.conf-Eintrag für Host", Reason.UNAUTHORISED, id="the same in German"),
    pytest.param(f'{AT}FATAL:  role "app" does not exist', Reason.UNAUTHORISED, id="no such role"),
    pytest.param(f"{AT}FATAL:  SSL required", Reason.UNAUTHORISED, id="pooler that demands TLS"),
    pytest.param(f'{AT}FATAL:  database "db" does not exist', Reason.REFUSED, id="no such database"),
    pytest.param(f"{AT}FATAL:  sorry, too many clients already", Reason.REFUSED, id="too many clients"),
    pytest.param(f"{AT}FATAL:  the database system is starting up", Reason.REFUSED, id="starting up"),
    pytest.param(f"{AT}FATAL:  etwas ganz anderes", Reason.REFUSED, id="a refusal in other words"),
    pytest.param(f"{AT}server does not support SSL, but SSL was required", Reason.UNSUPPORTED, id="no TLS"),
    pytest.param(f'{AT}root certificate file "/ca" does not exist', Reason.NOT_CONFIGURED, id="no file of authorities"),
    pytest.param(f"{AT}SSL error: certificate verify failed", Reason.MALFORMED, id="untrusted certificate"),
    pytest.param(
        f'{AT}server certificate for "a" does not match host name "b"',
        Reason.MALFORMED,
        id="certificate of another host",
    ),
    pytest.param(f"{AT}server closed the connection unexpectedly", Reason.REFUSED, id="hung up"),
    pytest.param(f"{AT}SSL SYSCALL error: EOF detected", Reason.REFUSED, id="hung up in TLS"),
    pytest.param(f"{AT}received invalid response to SSL negotiation: H", Reason.MALFORMED, id="an HTTP server"),
    pytest.param(
        f"{AT}expected authentication request from server, but received H", Reason.MALFORMED, id="not PostgreSQL"
    ),
    pytest.param("something that was never seen", Reason.NOT_OBSERVED, id="unknown words"),
]


@pytest.mark.parametrize(("text", "reason"), CONNECTING)
def test_failed_connection_has_its_reason(text: str, reason: Reason) -> None:
    assert connect_fault(text, "log in").reason is reason


def test_name_of_the_host_is_no_word_of_the_server() -> None:
    assert connect_fault(f"{AT}who knows", "log in").reason is Reason.NOT_OBSERVED


def test_message_says_what_was_tried() -> None:
    assert (
        connect_fault(f"{AT}Connection refused", "log in to db as app").message
        == "Cannot log in to db as app: connection refused"
    )


QUERYING = [
    ("42501", Reason.UNAUTHORISED),
    ("57014", Reason.TIMEOUT),
    ("55P03", Reason.TIMEOUT),
    ("55000", Reason.UNSUPPORTED),
    ("42P01", Reason.UNSUPPORTED),
    ("42883", Reason.UNSUPPORTED),
    ("53300", Reason.REFUSED),
    ("57P01", Reason.REFUSED),
    ("XX000", Reason.NOT_OBSERVED),
    (None, Reason.REFUSED),
]


@pytest.mark.parametrize(("sqlstate", "reason"), QUERYING)
def test_failed_query_has_its_reason(sqlstate: str | None, reason: Reason) -> None:
    assert query_fault(sqlstate, "look").reason is reason


def test_missing_right_is_named() -> None:
    assert query_fault("42501", "look", "grant pg_monitor to app").message.endswith("it needs: grant pg_monitor to app")


def test_right_is_named_only_where_it_is_missing() -> None:
    assert "grant" not in query_fault("57014", "look", "grant pg_monitor to app").message


PLAINTEXT = [
    pytest.param(f"{AT}fe_sendauth: no password supplied", True, id="asks for the password"),
    pytest.param(f'{AT}FATAL:  Peer authentication failed for user "app"', True, id="asks for something else"),
    pytest.param(f'{AT}FATAL:  no pg_hba.conf entry for host "192.0.2.7", no encryption', False, id="no rule"),
    pytest.param(f"{AT}FATAL:  SSL required", False, id="pooler"),
]


@pytest.mark.parametrize(("text", "admitted"), PLAINTEXT)
def test_answer_to_a_plaintext_login_is_understood(text: str, admitted: bool) -> None:
    found = admits_plaintext(text)
    assert found is not None
    assert found[0] is admitted


def test_other_answers_to_a_plaintext_login_say_nothing() -> None:
    assert admits_plaintext(f"{AT}FATAL:  sorry, too many clients already") is None

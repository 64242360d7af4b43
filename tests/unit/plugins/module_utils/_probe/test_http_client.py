# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import gzip
import json
import time
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_body import (
    HIDDEN,
    differences,
    json_of,
    kept_headers,
    kept_json,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    BODY_MOST,
    Client,
    Request,
    Response,
    shown,
)

from . import servers
from .certificates import Authority


def fetch(port: int, path: str = "/", timeout: float = 3.0, client: Client = Client(), **request: t.Any) -> Response:
    return client.fetch(Request(f"http://{servers.HOST}:{port}{path}", **request), Deadline(timeout))


def reason_of(port: int, timeout: float = 3.0) -> Reason:
    with pytest.raises(LookError) as caught:
        fetch(port, timeout=timeout)
    return caught.value.reason


def response(body: bytes, is_cut: bool = False, **headers: str) -> Response:
    return Response(200, {name.replace("_", "-"): value for name, value in headers.items()}, body, is_cut, "", 1)


class TestClient:
    def test_sends_what_is_asked(self) -> None:
        with servers.http(lambda asked: servers.Answer(201, {"X-One": "1"}, b"body")) as (port, asked):
            answer = fetch(port, "/path?q=1", method="POST", headers={"X-Two": "2"}, body=b"{}")
        assert (answer.status, answer.headers["x-one"], answer.body, answer.tls_version) == (201, "1", b"body", "")
        assert (asked[0].method, asked[0].path, asked[0].headers["x-two"], asked[0].body) == (
            "POST",
            "/path?q=1",
            "2",
            b"{}",
        )

    def test_follows_no_redirect(self) -> None:
        with servers.http(lambda asked: servers.Answer(302, {"Location": "/elsewhere"})) as (port, asked):
            assert fetch(port).status == 302
        assert len(asked) == 1

    def test_joins_headers_that_are_repeated(self) -> None:
        words = b"HTTP/1.1 200 OK\r\nVary: a\r\nVary: b\r\nContent-Length: 0\r\n\r\n"
        with servers.server(servers.saying(words)) as port:
            assert fetch(port).headers["vary"] == "a, b"

    def test_reads_no_more_of_a_body_than_it_keeps(self) -> None:
        with servers.http(lambda asked: servers.Answer(200, {}, b"x" * (BODY_MOST + 9))) as (port, dummy):
            answer = fetch(port)
        assert (len(answer.body), answer.is_cut) == (BODY_MOST, True)

    def test_sends_no_key_in_plain_text_to_another_machine(self) -> None:
        request = Request("http://192.0.2.1/", secret_headers={"X-API-Key": "secret"})
        with pytest.raises(LookError, match="plain text") as caught:
            Client().fetch(request, Deadline(1))
        assert "secret" not in caught.value.message

    @pytest.mark.parametrize(
        "url", ["ftp://a/", "http:///path", "http://a:99999/", "http://a/b c", "nothing", "http://[::1"]
    )
    def test_url_that_is_none_is_a_matter_of_configuration(self, url: str) -> None:
        with pytest.raises(LookError) as caught:
            Client().fetch(Request(url), Deadline(1))
        assert caught.value.reason is Reason.NOT_CONFIGURED


class TestTls:
    @pytest.fixture
    def secured(self, authority: Authority) -> t.Iterator[str]:
        context = servers.tls_context(*authority.server("https", authority.leaf(), authority.intermediate))
        with servers.http(lambda asked: servers.Answer(200), context) as (port, dummy):
            yield f"https://localhost:{port}/"

    def test_trusts_the_authorities_that_are_named(self, authority: Authority, secured: str) -> None:
        assert Client(True, authority.ca_path).fetch(Request(secured), Deadline(3)).tls_version == "TLSv1.3"

    def test_says_why_it_does_not_trust(self, secured: str) -> None:
        with pytest.raises(LookError, match="unable to get local issuer certificate") as caught:
            Client().fetch(Request(secured), Deadline(3))
        assert caught.value.reason is Reason.MALFORMED

    def test_trusts_everybody_when_told_to(self, secured: str) -> None:
        assert Client(False).fetch(Request(secured), Deadline(3)).status == 200

    def test_peer_without_tls_is_malformed(self) -> None:
        with servers.http(lambda asked: servers.Answer(200)) as (port, dummy), pytest.raises(LookError) as caught:
            Client(False).fetch(Request(f"https://{servers.HOST}:{port}/"), Deadline(3))
        assert caught.value.reason is Reason.MALFORMED


class TestBadPeers:
    def test_nobody_is_refused(self) -> None:
        assert reason_of(servers.closed_port()) is Reason.REFUSED

    @pytest.mark.parametrize(
        "serve",
        [
            pytest.param(servers.black_hole, id="black hole"),
            pytest.param(servers.dripping(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 999), id="dripping headers"),
            pytest.param(
                servers.babbling(b"x", b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"), id="dripping body"
            ),
            pytest.param(servers.dripping(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), id="please wait"),
        ],
    )
    def test_peer_without_an_end_costs_its_budget_and_no_more(self, serve: servers.Serve) -> None:
        began = time.monotonic()
        with servers.server(serve) as port:
            try:
                fetch(port, timeout=0.5)
            except LookError as exc:
                assert exc.reason is Reason.TIMEOUT
        assert time.monotonic() - began < 2.5

    @pytest.mark.parametrize(
        "serve",
        [
            pytest.param(servers.saying(b"who is there?\r\n\r\n"), id="words"),
            pytest.param(servers.saying(b""), id="nothing"),
            pytest.param(servers.saying(b"HTTP/1.1 abc OK\r\n\r\n"), id="a status that is none"),
            pytest.param(servers.babbling(b"X-Header: 1\r\n", b"HTTP/1.1 200 OK\r\n"), id="endless headers"),
            pytest.param(servers.babbling(b"x" * 4096, b"HTTP/1.1 200 OK\r\nX: "), id="an endless header"),
            pytest.param(servers.babbling(b"HTTP/1.1 100 Continue\r\n\r\n" * 99), id="endless patience"),
        ],
    )
    def test_answer_that_is_not_http_is_malformed(self, serve: servers.Serve) -> None:
        with servers.server(serve) as port:
            assert reason_of(port) in (Reason.MALFORMED, Reason.REFUSED)

    def test_endless_body_is_cut(self) -> None:
        endless = servers.babbling(b"x" * 4096, b"HTTP/1.1 200 OK\r\n\r\n")
        with servers.server(endless) as port:
            assert fetch(port).is_cut


class TestShown:
    def test_url_shows_neither_user_nor_query(self) -> None:
        assert shown("https://user:secret@a.example:8443/path?token=secret#x") == "https://a.example:8443/path"

    def test_path_alone_stays(self) -> None:
        assert shown("/login?next=secret") == "/login"


class TestKept:
    def test_headers_that_carry_secrets_are_hidden(self) -> None:
        kept = kept_headers(
            {"set-cookie": "sid=1", "x-api-key": "k", "content-type": "a", "location": "https://u:p@a/b?c=d"}
        )
        assert kept == {"set-cookie": HIDDEN, "x-api-key": HIDDEN, "content-type": "a", "location": "https://a/b"}

    def test_json_keeps_what_is_no_secret(self) -> None:
        seen = {"status": "healthy", "db": {"password": "p", "port": 5432}, "api_keys": ["a"], "token_count": 3}
        assert kept_json(seen) == {
            "status": "healthy",
            "db": {"password": HIDDEN, "port": 5432},
            "api_keys": [HIDDEN],
            "token_count": 3,
        }

    def test_password_in_a_url_is_hidden(self) -> None:
        assert kept_json(["postgres://u:secret@db/x"]) == [f"postgres://u:{HIDDEN}@db/x"]


class TestJson:
    def test_is_read(self) -> None:
        assert json_of(response(b'{"a": [1, null]}')) == {"a": [1, None]}

    def test_is_read_through_compression(self) -> None:
        assert json_of(response(gzip.compress(b'{"a": 1}'), content_encoding="gzip")) == {"a": 1}

    @pytest.mark.parametrize(
        "bad",
        [
            pytest.param(response(b"<html>"), id="a page"),
            pytest.param(response(b""), id="nothing"),
            pytest.param(response(b"[NaN]"), id="not a number"),
            pytest.param(response(b"\xff\xfe"), id="no text"),
            pytest.param(response(b"[" * 60000), id="a deep nest"),
            pytest.param(response(b"{}", is_cut=True), id="a part"),
            pytest.param(response(b"{}", content_encoding="gzip"), id="a lie about compression"),
            pytest.param(response(gzip.compress(b" " * (BODY_MOST + 1) + b"{}"), content_encoding="gzip"), id="a bomb"),
        ],
    )
    def test_that_cannot_be_read_is_malformed(self, bad: Response) -> None:
        with pytest.raises(LookError) as caught:
            json_of(bad)
        assert caught.value.reason is Reason.MALFORMED

    def test_in_an_unknown_coding_is_unsupported(self) -> None:
        with pytest.raises(LookError) as caught:
            json_of(response(b"{}", content_encoding="br"))
        assert caught.value.reason is Reason.UNSUPPORTED


class TestDifferences:
    @pytest.mark.parametrize(
        ("declared", "seen", "fields"),
        [
            ({"status": "healthy"}, {"status": "healthy", "more": 1}, []),
            ({"status": "healthy"}, {"status": "unhealthy"}, ["status"]),
            ({"status": "healthy"}, {}, ["status"]),
            ({"status": "healthy"}, None, ["status"]),
            ({"status": "healthy"}, ["status"], ["status"]),
            ({"db": {"up": True}}, {"db": {"up": True}}, []),
            ({"db": {"up": True}}, {"db": {"up": 1}}, ["db.up"]),
            ({"db": {"up": True}}, {"db": "up"}, ["db.up"]),
            ({"count": 1}, {"count": "1"}, ["count"]),
        ],
    )
    def test_are_those_of_the_declared_fields(self, declared: dict[str, t.Any], seen: t.Any, fields: list[str]) -> None:
        assert [one["field"] for one in differences(declared, seen)] == fields

    def test_show_no_secret(self) -> None:
        (one,) = differences({"token": "a"}, {"token": "secret"})
        assert one["seen"] == HIDDEN

    @given(
        st.dictionaries(
            st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=5), max_size=4
        )
    )
    def test_are_none_between_equals(self, value: dict[str, t.Any]) -> None:
        assert differences({"a": value}, json.loads(json.dumps({"a": value}))) == []

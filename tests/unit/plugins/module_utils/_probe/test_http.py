# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.testing import patch_module_args

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import http
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_body import HIDDEN
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_transport import hsts_max_age
from ansible_collections.cryptofunk.readiness.plugins.modules import http_info

from . import servers
from .certificates import Authority
from .http_looks import KEY, look, url
from .servers import Answer

HEALTHY = b'{"status": "healthy", "version": "1.0.0"}'


class TestRequests:
    def test_health_report_is_compared_with_what_is_declared(self) -> None:
        with servers.http(lambda asked: Answer(200, {}, HEALTHY)) as (port, dummy):
            (seen,) = look(requests=[{"name": "api", "url": url(port), "body": {"status": "healthy"}}])
        assert (seen["subject"], seen["status"], seen["differing_fields"], seen["tls_version"]) == ("api", 200, [], "")

    def test_page_of_a_proxy_is_no_health_report(self) -> None:
        with servers.http(lambda asked: Answer(200, {}, b"<html>welcome</html>")) as (port, dummy):
            (seen,) = look(requests=[{"url": url(port), "body": {"status": "healthy"}}])
        assert seen["differing_fields"] == [{"field": "status", "declared": "healthy", "seen": None}]

    def test_comparison_with_nothing_is_unseen(self) -> None:
        with servers.http(lambda asked: Answer(200, {}, HEALTHY)) as (port, dummy):
            (seen,) = look(requests=[{"url": url(port)}])
        assert seen["unseen"]["differing_fields"]["reason"] == "not_configured"
        assert seen["subject"] == f"GET {url(port)}"

    def test_body_is_kept_when_it_is_asked_for(self) -> None:
        body = json.dumps({"status": "healthy", "password": "secret"}).encode()
        with servers.http(lambda asked: Answer(200, {}, body)) as (port, dummy):
            (kept,) = look(requests=[{"url": url(port)}], keep_body=True)
            (left,) = look(requests=[{"url": url(port)}])
        assert kept["body"] == {"status": "healthy", "password": HIDDEN}
        assert (left["body"], left["unseen"]["body"]["reason"]) == (None, "not_observed")

    def test_each_path_is_asked_for_at_the_origin_of_each_request(self) -> None:
        with servers.http(lambda asked: Answer(404)) as (port, asked):
            seen = look(
                requests=[{"name": "api", "url": url(port, "/api/v1/health?x=1")}], paths=["/debug/vars", "/docs"]
            )
        assert [one["subject"] for one in seen] == ["api /debug/vars", "api /docs"]
        assert sorted(one.path for one in asked) == ["/debug/vars", "/docs"]

    def test_compression_is_shown(self) -> None:
        with servers.http(lambda asked: Answer(200, {"Content-Encoding": "gzip"})) as (port, asked):
            (seen,) = look(requests=[{"url": url(port), "headers": {"Accept-Encoding": "gzip"}}])
        assert (seen["content_encoding"], asked[0].headers["accept-encoding"]) == ("gzip", "gzip")

    def test_missing_compression_is_empty(self) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, dummy):
            assert look(requests=[{"url": url(port)}])[0]["content_encoding"] == ""

    def test_rate_limit_is_no_answer(self) -> None:
        with servers.http(lambda asked: Answer(429)) as (port, dummy):
            (seen,) = look(requests=[{"url": url(port)}])
        assert seen["error"]["reason"] == "refused" and "429" in seen["error"]["message"]

    def test_requests_are_counted_under_the_address_that_is_given(self) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, asked):
            look(requests=[{"url": url(port)}], forwarded_for="192.0.2.10")
            look(requests=[{"url": url(port)}])
        assert [one.headers.get("x-forwarded-for") for one in asked] == ["192.0.2.10", None]

    def test_key_is_sent_and_appears_nowhere(self) -> None:
        with servers.http(lambda asked: Answer(200, {"X-API-Key": asked.headers["x-api-key"]})) as (port, asked):
            seen = look(requests=[{"url": url(port), "api_key": KEY}], keep_body=True)
        assert asked[0].headers["x-api-key"] == KEY and KEY not in json.dumps(seen)

    def test_black_hole_costs_its_budget_and_hides_nobody(self) -> None:
        began = time.monotonic()
        with servers.server(servers.black_hole) as hole, servers.http(lambda asked: Answer(200)) as (port, dummy):
            lost, seen = look(requests=[{"url": url(hole)}, {"url": url(port)}], timeout=1)
        assert (lost["error"]["reason"], seen["status"]) == ("timeout", 200)
        assert time.monotonic() - began < 3


class TestTransport:
    @pytest.fixture
    def secured(self, authority: Authority) -> t.Iterator[int]:
        context = servers.tls_context(*authority.server("front", authority.leaf(), authority.intermediate))
        hsts = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
        with servers.http(lambda asked: Answer(200, hsts), context) as (port, dummy):
            yield port

    def test_redirect_to_tls_is_seen(self, secured: int) -> None:
        with servers.http(lambda asked: Answer(301, {"Location": "https://localhost/"})) as (port, dummy):
            (seen,) = look(transport=[{"url": f"https://localhost:{secured}", "http_url": url(port)}])
        assert (seen["status"], seen["tls_version"], seen["hsts_max_age"], seen["plain_http"]) == (
            200,
            "TLSv1.3",
            31536000,
            "redirected",
        )

    def test_redirect_to_plain_http_is_served(self, secured: int) -> None:
        with servers.http(lambda asked: Answer(301, {"Location": "/elsewhere"})) as (port, dummy):
            (seen,) = look(transport=[{"url": f"https://localhost:{secured}", "http_url": url(port)}])
        assert seen["plain_http"] == "served"

    def test_answer_by_plain_http_is_served(self, secured: int) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, dummy):
            (seen,) = look(transport=[{"url": f"https://localhost:{secured}", "http_url": url(port)}])
        assert seen["plain_http"] == "served"

    def test_closed_port_of_plain_http_is_seen(self, secured: int) -> None:
        (seen,) = look(transport=[{"url": f"https://localhost:{secured}", "http_url": url(servers.closed_port())}])
        assert seen["plain_http"] == "closed"

    def test_plain_http_that_does_not_answer_is_unseen(self, secured: int) -> None:
        with servers.server(servers.black_hole) as hole:
            (seen,) = look(transport=[{"url": f"https://localhost:{secured}", "http_url": url(hole)}], timeout=1)
        assert (seen["status"], seen["unseen"]["plain_http"]["reason"]) == (200, "timeout")

    def test_service_without_tls_has_none(self) -> None:
        with servers.http(lambda asked: Answer(200, {"Strict-Transport-Security": "max-age=9"})) as (port, dummy):
            (seen,) = look(transport=[{"url": url(port), "http_url": url(port)}])
        assert (seen["tls_version"], seen["hsts_max_age"], seen["plain_http"]) == ("", 0, "served")

    def test_service_that_is_gone_is_refused(self) -> None:
        assert (
            look(transport=[{"url": f"https://localhost:{servers.closed_port()}"}])[0]["error"]["reason"] == "refused"
        )

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [("max-age=31536000", 31536000), ('Max-Age = "300"; preload', 300), ("includeSubDomains", 0), ("", 0)],
    )
    def test_memory_of_browsers_is_read(self, header: str, seconds: int) -> None:
        assert hsts_max_age(header) == seconds


def test_two_ways_at_once_are_refused() -> None:
    result = ArgumentSpecValidator(**http.SPEC).validate(
        {"requests": [{"url": "http://a/"}], "auth": [{"url": "http://a/"}]}
    )
    assert "mutually exclusive" in result.error_messages[0]


def test_module_prints_the_observation_without_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    echo = servers.http(lambda asked: Answer(200, {"X-Echo": asked.headers.get("x-api-key", "")}))
    with echo as (port, dummy):
        arguments = patch_module_args({"requests": [{"url": url(port), "api_key": KEY}]})
        with arguments, pytest.raises(SystemExit):
            http_info.main()
    printed = capsys.readouterr().out
    assert json.loads(printed)["observation"][0]["status"] == 200 and KEY not in printed

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_cors import hostile_origins

from . import servers
from .http_looks import KEY, look, url
from .servers import Answer, Asked

APP = "https://app.example.com"


def allowing(rule: t.Callable[[str], str], credentials: bool = True) -> t.Callable[[Asked], Answer]:
    """Be a service that allows the origin which *rule* makes of the one asked."""

    def answer(asked: Asked) -> Answer:
        allowed = rule(asked.headers.get("origin", ""))
        headers = {"Access-Control-Allow-Origin": allowed} if allowed else {}
        if allowed and credentials:
            headers["Access-Control-Allow-Credentials"] = "true"
        return Answer(204 if allowed else 403, headers)

    return answer


class TestCors:
    def look(
        self, rule: t.Callable[[str], str], allowed: t.Sequence[str] = (APP,), **options: t.Any
    ) -> dict[str, t.Any]:
        with servers.http(allowing(rule, options.pop("credentials", True))) as (port, dummy):
            (seen,) = look(cors=[{"url": url(port), "allowed_origins": list(allowed), **options}])
        return seen

    def test_strict_service_has_no_fault(self) -> None:
        seen = self.look(lambda origin: origin if origin == APP else "")
        assert (seen["hostile_allowed"], seen["allowed_refused"], seen["wildcard_with_credentials"]) == ([], [], [])

    def test_reflection_of_every_origin_is_seen(self) -> None:
        seen = self.look(lambda origin: origin)
        assert {"null", "http://app.example.com", "https://app.example.com.readiness-probe.invalid"} <= set(
            seen["hostile_allowed"]
        )

    def test_origin_null_is_seen(self) -> None:
        assert self.look(lambda origin: origin if origin in (APP, "null") else "")["hostile_allowed"] == ["null"]

    def test_name_that_only_begins_like_an_allowed_one_is_seen(self) -> None:
        seen = self.look(lambda origin: origin if origin.startswith(APP) else "")
        assert seen["hostile_allowed"] == ["https://app.example.com.readiness-probe.invalid"]

    def test_star_with_credentials_is_seen(self) -> None:
        seen = self.look(lambda origin: "*")
        assert APP in seen["wildcard_with_credentials"] and "null" in seen["hostile_allowed"]

    def test_star_alone_lets_strangers_in(self) -> None:
        seen = self.look(lambda origin: "*", credentials=False)
        assert seen["wildcard_with_credentials"] == [] and seen["hostile_allowed"]

    def test_answer_for_one_fixed_origin_keeps_the_others_out(self) -> None:
        assert self.look(lambda origin: APP)["hostile_allowed"] == []

    def test_allowed_origin_that_is_kept_out_is_seen(self) -> None:
        assert self.look(lambda origin: "")["allowed_refused"] == [APP]

    def test_allowed_origin_of_plain_http_is_hostile(self) -> None:
        seen = self.look(lambda origin: origin if "localhost" in origin else "", [APP, "http://localhost:3000"])
        assert seen["hostile_allowed"] == ["http://localhost:3000"]

    def test_declared_hostile_origins_are_tried(self) -> None:
        evil = "https://evil.example"
        assert self.look(lambda origin: origin if origin == evil else "", hostile_origins=[evil])[
            "hostile_allowed"
        ] == [evil]

    def test_without_declared_origins_nobody_is_known_to_be_let_in(self) -> None:
        seen = self.look(lambda origin: "", [])
        assert (seen["hostile_allowed"], seen["unseen"]["allowed_refused"]["reason"]) == ([], "not_configured")

    def test_rate_limit_leaves_the_lists_unseen(self) -> None:
        def answer(asked: Asked) -> Answer:
            return Answer(429) if asked.headers["origin"] == "null" else Answer(403)

        with servers.http(answer) as (port, dummy):
            (seen,) = look(cors=[{"url": url(port), "allowed_origins": [APP]}])
        assert seen["unseen"]["hostile_allowed"]["reason"] == "refused"
        assert seen["allowed_refused"] == [APP]

    def test_service_that_is_gone_is_refused(self) -> None:
        assert look(cors=[{"url": url(servers.closed_port())}])[0]["error"]["reason"] == "refused"

    def test_hostile_origins_are_all_different(self) -> None:
        origins = hostile_origins([APP, "http://app.example.com"])
        assert len(origins) == len(set(origins)) and APP not in origins


class TestAuth:
    def service(self, bad: int = 401, good: int = 400, absent: int = 401) -> t.Callable[[Asked], Answer]:
        def answer(asked: Asked) -> Answer:
            key = asked.headers.get("x-api-key")
            return Answer(absent if key is None else good if key == KEY else bad)

        return answer

    def look(self, port: int, **route: t.Any) -> dict[str, t.Any]:
        return look(auth=[{"url": url(port, "/pause"), **route}])[0]

    def test_three_answers_are_told_apart(self) -> None:
        with servers.http(self.service(bad=500)) as (port, asked):
            seen = self.look(port, api_key=KEY)
        assert (seen["status_without_key"], seen["status_bad_key"], seen["status_good_key"]) == (401, 500, 400)
        assert [(one.method, one.body) for one in asked] == [("POST", b"{}")] * 3
        assert KEY not in json.dumps(seen)

    def test_good_key_is_unseen_without_one(self) -> None:
        with servers.http(self.service()) as (port, dummy):
            seen = self.look(port)
        assert (seen["status_bad_key"], seen["unseen"]["status_good_key"]["reason"]) == (401, "not_configured")

    def test_key_travels_in_the_header_that_is_named(self) -> None:
        with servers.http(self.service()) as (port, asked):
            self.look(port, api_key=KEY, api_key_header="X-Other")
        assert asked[2].headers["x-other"] == KEY

    def test_rate_limit_says_nothing_about_the_key(self) -> None:
        with servers.http(self.service(good=429)) as (port, dummy):
            assert self.look(port, api_key=KEY)["unseen"]["status_good_key"]["reason"] == "refused"

    def test_service_that_is_gone_is_refused(self) -> None:
        assert self.look(servers.closed_port(), api_key=KEY)["error"]["reason"] == "refused"


class TestBurst:
    def service(self, limit: int, **headers: str) -> t.Callable[[Asked], Answer]:
        seen: list[Asked] = []

        def answer(asked: Asked) -> Answer:
            seen.append(asked)
            return (
                Answer(200)
                if len(seen) <= limit
                else Answer(429, {name.replace("_", "-"): value for name, value in headers.items()})
            )

        return answer

    def look(self, port: int, count: int = 60, **options: t.Any) -> dict[str, t.Any]:
        return look(burst={"url": url(port), "count": count}, **{"allow_burst": True, **options})[0]

    def test_ends_soon_after_the_limit(self) -> None:
        with servers.http(self.service(10, Retry_After="41")) as (port, asked):
            seen = self.look(port)
        assert (seen["limited"], seen["retry_after"], seen["codes"]["200"]) == (True, "41", 10)
        assert len(asked) == seen["sent"] <= 10 + 8

    def test_limit_without_a_hint_is_seen(self) -> None:
        with servers.http(self.service(3)) as (port, dummy):
            seen = self.look(port)
        assert (seen["limited"], seen["retry_after"]) == (True, "")

    def test_service_without_a_limit_gets_the_whole_burst(self) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, asked):
            seen = self.look(port)
        assert (seen["limited"], seen["sent"], len(asked), seen["codes"]) == (False, 60, 60, {"200": 60})
        assert seen["unseen"]["retry_after"]["reason"] == "no_data"

    def test_other_refusals_are_no_limit(self) -> None:
        with servers.http(lambda asked: Answer(503, {"Retry-After": "1"})) as (port, dummy):
            assert self.look(port, 20)["limited"] is False

    def test_never_has_more_than_two_hundred_requests(self) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, asked):
            assert self.look(port, 100000, timeout=20)["planned"] == 200
        assert len(asked) == 200

    def test_is_not_sent_unless_it_is_allowed(self) -> None:
        with servers.http(lambda asked: Answer(200)) as (port, asked):
            assert self.look(port, allow_burst=False)["error"]["reason"] == "not_configured"
        assert asked == []

    def test_that_breaks_off_leaves_the_limit_unseen(self) -> None:
        heard: list[int] = []

        def serve(sock: t.Any) -> None:
            heard.append(1)
            if len(heard) > 5:
                servers.black_hole(sock)
            servers.saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")(sock)

        with servers.server(serve) as port:
            seen = self.look(port, timeout=1)
        assert (seen["limited"], seen["unseen"]["limited"]["reason"]) == (None, "timeout")

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import socket
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._access import Access
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import collect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Absent, Client, Refused

Answer = t.Tuple[int, t.Any]


class Response:
    def __init__(self, status: int, content: bytes) -> None:
        self.status = status
        self.headers = {"Date": "Wed, 25 Nov 2026 08:00:00 GMT"}
        self._content = content

    def stream(self, amount: int, decode_content: bool) -> t.Iterator[bytes]:
        for start in range(0, len(self._content), 7):
            yield self._content[start : start + 7]

    def release_conn(self) -> None: ...

    def close(self) -> None: ...


class Pool:
    """Answers each request, in order, by what stands in its script."""

    def __init__(self, *script: Answer | BaseException) -> None:
        self.script = list(script)
        self.asked: list[str] = []

    def request(self, method: str, url: str, **words: t.Any) -> Response:
        self.asked.append(f"{method} {url.partition('example.com')[2]}")
        answer = self.script.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        status, content = answer
        return Response(status, content if isinstance(content, bytes) else json.dumps(content).encode())


def client_of(pool: Pool) -> Client:
    return Client(Access("https://api.example.com", pool, dict), Deadline(5))


def page(*names: str, following: str = "") -> Answer:
    return 200, {"items": [{"metadata": {"name": name}} for name in names], "metadata": {"continue": following}}


def names(client: Client) -> list[str]:
    return client.listed(r.PODS, "shop", lambda one: one["metadata"]["name"])


def test_a_list_is_read_page_by_page() -> None:
    pool = Pool(page("a", "b", following="more"), page("c"))
    assert names(client_of(pool)) == ["a", "b", "c"]
    assert pool.asked == [
        "GET /api/v1/namespaces/shop/pods?limit=500",
        "GET /api/v1/namespaces/shop/pods?limit=500&continue=more",
    ]


def test_a_list_that_expires_begins_anew_once() -> None:
    pool = Pool(page("a", following="more"), (410, {}), page("a", following="other"), page("b"))
    assert names(client_of(pool)) == ["a", "b"]


def test_a_list_that_expires_again_was_not_seen() -> None:
    pool = Pool(page("a", following="more"), (410, {}), page("a", following="more"), (410, {}))
    with pytest.raises(LookError, match="changes faster than it can be read") as caught:
        names(client_of(pool))
    assert caught.value.reason == "not_observed"


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        (401, "unauthorised", "The API server at api.example.com does not accept the credentials"),
        (403, "unauthorised", "The user lacks the right to list pods in the namespace shop"),
        (404, "no_data", "Cannot list pods in the namespace shop at api.example.com: there is no such thing"),
        (
            503,
            "unreachable",
            "Cannot list pods in the namespace shop at api.example.com: the API is not available (status 503)",
        ),
        (418, "not_observed", "Cannot list pods in the namespace shop at api.example.com: status 418"),
        (302, "not_observed", "Cannot list pods in the namespace shop at api.example.com: status 302"),
    ],
)
def test_a_refusal_is_told_by_its_reason(status: int, reason: str, words: str) -> None:
    with pytest.raises(LookError) as caught:
        names(client_of(Pool((status, {"message": "secret words of the server"}))))
    assert (caught.value.reason, caught.value.message) == (reason, words)


def test_the_right_to_a_kind_of_a_group_names_the_group() -> None:
    with pytest.raises(LookError, match="list clusterroles of the group rbac.authorization.k8s.io$"):
        client_of(Pool((403, {}))).listed(r.CLUSTER_ROLES, None, dict)


@pytest.mark.parametrize("content", [b"<html>", b"[1]", b"\xff\xfe"])
def test_what_is_no_answer_of_an_api_server_is_malformed(content: bytes) -> None:
    with pytest.raises(LookError) as caught:
        names(client_of(Pool((200, content))))
    assert caught.value.reason == "malformed"


class LibraryError(Exception):
    """Wraps what the system said, as HTTP libraries do."""


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "refused"),
        (socket.gaierror(-2, "unknown"), "unreachable"),
        (socket.timeout(), "timeout"),
    ],
)
def test_the_error_of_the_system_is_found_behind_that_of_the_library(cause: Exception, reason: str) -> None:
    wrapped = LibraryError("https://user:password@api.example.com")
    wrapped.__cause__ = cause
    with pytest.raises(LookError) as caught:
        names(client_of(Pool(wrapped)))
    assert caught.value.reason == reason
    assert "password" not in caught.value.message


def test_time_is_that_of_the_server() -> None:
    client = client_of(Pool((200, {})))
    client.get("/version")
    assert abs(client.now() - 1795593600.0) < 5


GROUPS = (200, {"groups": [{"name": "velero.io"}]})


def test_a_kind_that_nobody_has_installed_has_no_objects_and_is_not_asked_for() -> None:
    pool = Pool(GROUPS, page("daily"))
    lists = collect(client_of(pool), [(r.SCHEDULES, "velero"), (r.SNAPSHOTS, "shop")], Deadline(5))
    assert [one.name for one in lists.of(r.SCHEDULES, "velero")] == ["daily"]
    assert (lists.of(r.SNAPSHOTS, "shop"), lists.known(r.SNAPSHOTS, "shop")) == ([], False)
    assert len(pool.asked) == 2


def test_an_installed_kind_that_may_not_be_listed_is_not_taken_for_absent() -> None:
    lists = collect(client_of(Pool(GROUPS, (403, {}))), [(r.SCHEDULES, "velero")], Deadline(5))
    with pytest.raises(LookError, match="lacks the right to list schedules"):
        lists.of(r.SCHEDULES, "velero")


def test_an_api_behind_the_server_that_is_down_is_not_taken_for_absent() -> None:
    answers = [(200, {"groups": [{"name": "metrics.k8s.io"}]}), (503, {})]
    lists = collect(client_of(Pool(*answers)), [(r.NODE_METRICS, None)], Deadline(5))
    with pytest.raises(LookError) as caught:
        lists.known(r.NODE_METRICS)
    assert caught.value.reason == "unreachable"


def test_an_absent_object_is_told_apart_from_one_that_may_not_be_seen() -> None:
    with pytest.raises(Absent):
        client_of(Pool((404, {}))).one(r.SECRETS, "shop", "gone")


def test_listed_objects_get_their_kind_and_lose_what_is_of_no_use() -> None:
    item = {"metadata": {"name": "api", "namespace": "shop", "managedFields": [1], "annotations": {"a": "b"}}}
    lists = collect(client_of(Pool((200, {"items": [item]}))), [(r.DEPLOYMENTS, "shop")], Deadline(5))
    (one,) = lists.of(r.DEPLOYMENTS, "shop")
    assert (one.label, one.data["apiVersion"]) == ("Deployment/api", "apps/v1")
    assert "managedFields" not in one.data["metadata"]


def test_a_dry_run_stores_nothing_and_tells_what_would_be() -> None:
    pool = Pool((200, {"spec": {}}), (200, {"spec": {}}))
    client = client_of(pool)
    client.tried(r.DEPLOYMENTS, "shop", "api", {"spec": {}})
    client.tried(r.DEPLOYMENTS, "shop", "api", [{"op": "remove", "path": "/spec"}])
    path = "/apis/apps/v1/namespaces/shop/deployments/api?dryRun=All&fieldManager=cryptofunk-readiness"
    assert pool.asked == [f"PATCH {path}"] * 2


def test_a_dry_run_that_is_refused_names_fields_and_no_words() -> None:
    causes = [{"field": "spec.selector", "message": "hunter2"}, {"message": "hunter3"}]
    pool = Pool((422, {"message": "hunter4", "details": {"causes": causes}}))
    with pytest.raises(Refused) as caught:
        client_of(pool).tried(r.DEPLOYMENTS, "shop", "api", {"spec": {}})
    assert caught.value.fields == ["spec.selector"]
    assert "hunter" not in caught.value.message


def test_the_right_to_a_dry_run_is_named() -> None:
    with pytest.raises(LookError, match="lacks the right to patch deployments of the group apps in the namespace shop"):
        client_of(Pool((403, {}))).tried(r.DEPLOYMENTS, "shop", "api", {"spec": {}})

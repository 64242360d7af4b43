# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import object_storage
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers
from .servers import Answer, Asked

SECRET, TOKEN = "Secret-4711", "Token-4712"
BUCKET = "backups"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
LISTED = f"<ListBucketResult><Name>{BUCKET}</Name><IsTruncated>false</IsTruncated><Contents><Key>a/b</Key></Contents></ListBucketResult>"
SAID = {
    "versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    "acl": "<AccessControlPolicy><AccessControlList></AccessControlList></AccessControlPolicy>",
    "encryption": "<ServerSideEncryptionConfiguration></ServerSideEncryptionConfiguration>",
    "lifecycle": "<LifecycleConfiguration></LifecycleConfiguration>",
    "policyStatus": "<PolicyStatus><IsPublic>FALSE</IsPublic></PolicyStatus>",
}


def refusal(status: int, code: str) -> Answer:
    return Answer(status, {}, f"{XML}<Error><Code>{code}</Code><Message>{SECRET}</Message></Error>".encode())


def said(one: Asked, **instead: Answer) -> Answer:
    """Answer as a store does: *instead* is by the name of a setting, "list", "nobody" and "forger"."""
    signed = one.headers.get("authorization", "")
    query = one.path.partition("?")[2].partition("&")[0].partition("=")[0]
    if not signed:
        return instead.get("nobody", refusal(403, "AccessDenied"))
    if query in instead:
        return instead[query]
    if query in SAID:
        return Answer(200, {}, f"{XML}{SAID[query]}".encode())
    if query == "publicAccessBlock":
        return refusal(501, "NotImplemented")
    return instead.get("list", Answer(200, {}, f"{XML}{LISTED}".encode()))


def look(port: int, timeout: float = 10, **changes: t.Any) -> dict[str, t.Any]:
    asked = {
        "buckets": [BUCKET],
        "endpoint_url": f"http://{servers.HOST}:{port}",
        "addressing_style": "path",
        "access_key": "key",
        "secret_key": SECRET,
        "session_token": TOKEN,
        "timeout": timeout,
        **changes,
    }
    checked = ArgumentSpecValidator(**object_storage.SPEC).validate(asked)
    assert not checked.error_messages
    result = run_probe("object_storage_info", object_storage.observe, checked.validated_parameters)
    assert SECRET not in str(result)
    assert TOKEN not in str(result)
    return t.cast("dict[str, t.Any]", result["observation"][0])


def test_what_a_store_does_not_know_is_unsupported_and_the_rest_is_seen() -> None:
    with servers.http(said) as (port, asked):
        one = look(port)
    assert {key: why["reason"] for key, why in one["unseen"].items()} == {"public_access_block": "unsupported"}
    assert (one["exists"], one["signed"]) == (True, {"outcome": "accepted"})
    assert one["anonymous"] == {"list": "refused", "object": "refused", "accepted": []}
    assert (one["versioning"]["status"], one["policy"]) == ("Enabled", {"is_public": False})
    assert SECRET not in str(asked)
    assert all(each.method in ("GET", "HEAD") for each in asked)


def test_a_store_that_lets_everybody_in_is_seen() -> None:
    with servers.http(lambda one: said(one, nobody=Answer(200, {}, f"{XML}{LISTED}".encode()))) as (port, dummy):
        one = look(port)
    assert one["anonymous"]["accepted"] == ["list", "object"]
    assert one["forged"] == {"outcome": "accepted"}  # this store looks at no signature


def test_the_denied_right_is_named_and_the_rest_is_seen() -> None:
    with servers.http(lambda one: said(one, versioning=refusal(403, "AccessDenied"))) as (port, dummy):
        one = look(port)
    assert one["versioning"] is None
    assert one["unseen"]["versioning"]["reason"] == "unauthorised"
    assert "s3:GetBucketVersioning" in one["unseen"]["versioning"]["message"]
    assert one["encryption"] == {"enabled": False, "algorithms": []}


@pytest.mark.parametrize(
    ("key", "query", "code", "seen"),
    [
        ("lifecycle", "lifecycle", "NoSuchLifecycleConfiguration", ("without_expiry", ["/"])),
        ("encryption", "encryption", "ServerSideEncryptionConfigurationNotFoundError", ("enabled", False)),
        ("policy", "policyStatus", "NoSuchBucketPolicy", ("is_public", False)),
    ],
)
def test_a_setting_that_is_not_there_is_seen(key: str, query: str, code: str, seen: tuple[str, t.Any]) -> None:
    with servers.http(lambda one: said(one, **{query: refusal(404, code)})) as (port, dummy):
        found = look(port)[key]
    assert found[seen[0]] == seen[1]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(refusal(403, "SignatureDoesNotMatch"), "unauthorised", id="wrong credentials"),
        pytest.param(Answer(200, {}, b"<html>Welcome</html>"), "malformed", id="a web page"),
        pytest.param(Answer(200, {}, b"x" * 100_000), "malformed", id="a long answer"),
        pytest.param(refusal(500, "InternalError"), "not_observed", id="a broken store"),
        pytest.param(refusal(503, "SlowDown"), "refused", id="a busy store"),
    ],
)
def test_a_store_that_does_not_answer_is_nothing_seen(answer: Answer, reason: str) -> None:
    with servers.http(lambda dummy: answer) as (port, dummy):
        one = look(port)
    assert one["signed"] is None
    assert one["unseen"]["signed"]["reason"] == reason


@pytest.mark.parametrize("serve", [servers.black_hole, servers.dripping(b"HTTP/1.1 200 OK\r\n")])
def test_a_peer_that_is_silent_or_slow_costs_its_budget_and_no_more(serve: servers.Serve) -> None:
    began = time.monotonic()
    with servers.server(serve) as port:
        one = look(port, timeout=2)
    assert time.monotonic() - began < 5
    assert {why["reason"] for why in one["unseen"].values()} | {(one["error"] or {}).get("reason")} <= {"timeout", None}
    assert "signed" in one["unseen"] or one["error"]


def test_a_closed_port_is_refused() -> None:
    one = look(servers.closed_port())
    assert {why["reason"] for why in one["unseen"].values()} == {"refused"}


def test_a_secret_token_is_not_sent_over_the_network_in_plain_text() -> None:
    one = look(1, endpoint_url="http://192.0.2.1")
    assert one["unseen"]["signed"]["reason"] == "unsupported"


def test_an_endpoint_that_is_no_url_is_not_configured() -> None:
    assert look(1, endpoint_url="storage.example.com")["error"]["reason"] == "not_configured"

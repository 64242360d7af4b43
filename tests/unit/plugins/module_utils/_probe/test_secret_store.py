# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts of the probe that OpenBao does not show: AWS Secrets Manager by its public API, and answers of what is no secret store."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_store
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers
from .servers import Answer, Asked

SECRET, VALUE = "Secret-4711", "Value-4712"
DESCRIBED = {"ARN": "arn:aws:secretsmanager:eu-central-1:1:secret:x", "VersionIdsToStages": {"1": ["AWSCURRENT"]}}
ENTRIES = [{"path": "database", "names": ["password"]}, {"path": "llm"}]


def told(said: t.Any, status: int = 200) -> Answer:
    return Answer(status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(said).encode())


def refused(code: str, status: int = 400) -> Answer:
    return told({"__type": code, "message": VALUE}, status)


def manager(one: Asked, **instead: Answer) -> Answer:
    """Answer as AWS Secrets Manager does: *instead* is by the name of an action."""
    action = one.headers["x-amz-target"].partition(".")[2]
    assert one.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=key/")
    if action in instead:
        return instead[action]
    return told(
        DESCRIBED if action == "DescribeSecret" else {"SecretString": json.dumps({"password": VALUE, "empty": ""})}
    )


def look(port: int, **changes: t.Any) -> dict[str, t.Any]:
    asked = {
        "kind": "aws",
        "url": f"http://{servers.HOST}:{port}",
        "access_key": "key",
        "secret_key": SECRET,
        "entries": ENTRIES,
        "timeout": 10,
        **changes,
    }
    checked = ArgumentSpecValidator(**secret_store.SPEC).validate(asked)
    assert not checked.error_messages
    result = run_probe("secret_store_info", secret_store.observe, checked.validated_parameters)
    assert SECRET not in str(result)
    assert VALUE not in str(result)
    return t.cast("dict[str, t.Any]", result["observation"][0])


def test_secrets_of_aws_are_found_by_name() -> None:
    with servers.http(manager) as (port, dummy):
        one = look(port)
    assert one["secrets"] == {"found": ["database: password", "llm"], "missing": []}
    assert (one["state"]["ready"], one["unseen"]) == (True, {})


def test_a_name_without_a_value_is_missing() -> None:
    with servers.http(manager) as (port, dummy):
        one = look(port, entries=[{"path": "database", "names": ["empty", "user"]}])
    assert one["secrets"]["missing"] == ["database: empty", "database: user"]


@pytest.mark.parametrize(
    "answer",
    [
        refused("ResourceNotFoundException"),
        told({**DESCRIBED, "DeletedDate": 1.7e9}),
        told({**DESCRIBED, "VersionIdsToStages": {"1": ["AWSPENDING"]}}),
    ],
)
def test_a_secret_that_is_not_there_or_was_deleted_or_was_never_written_is_missing(answer: Answer) -> None:
    with servers.http(lambda one: manager(one, DescribeSecret=answer)) as (port, dummy):
        assert look(port)["secrets"]["missing"] == ["database", "llm"]


@pytest.mark.parametrize("right", ["DescribeSecret", "GetSecretValue"])
def test_the_right_that_is_missing_is_named_and_nothing_is_ready(right: str) -> None:
    with servers.http(lambda one: manager(one, **{right: refused("AccessDeniedException")})) as (port, dummy):
        one = look(port)
    assert one["unseen"]["secrets"]["reason"] == "unauthorised"
    assert f"secretsmanager:{right}" in one["unseen"]["secrets"]["message"]
    assert one["state"] is None


def test_a_secret_that_is_no_object_has_no_names() -> None:
    with servers.http(lambda one: manager(one, GetSecretValue=told({"SecretString": VALUE}))) as (port, dummy):
        assert look(port)["unseen"]["secrets"]["reason"] == "unsupported"


@pytest.mark.parametrize("body", [b"<html></html>", b"[]", b'{"sealed": "no", "initialized": true}'])
def test_what_is_no_vault_is_malformed(body: bytes) -> None:
    with servers.http(lambda one: Answer(200, {}, body)) as (port, dummy):
        one = look(port, kind="vault", token=VALUE, default_tokens=["root"])
    assert one["unseen"]["state"]["reason"] == "malformed"
    assert set(one["unseen"]) == {"state", "login", "secrets", "default_tokens"}


def test_a_404_of_something_else_is_no_missing_secret() -> None:
    mount = {"data": {"type": "kv", "options": {"version": "2"}}}

    def said(one: Asked) -> Answer:
        return told(mount) if "/mounts/" in one.path else Answer(404, {}, b"404 page not found")

    with servers.http(said) as (port, dummy):
        one = look(port, kind="vault", token=VALUE)
    assert one["unseen"]["secrets"]["reason"] == "malformed"


def test_an_engine_of_version_1_is_unsupported() -> None:
    with servers.http(lambda one: told({"data": {"type": "kv", "options": {"version": "1"}}})) as (port, dummy):
        one = look(port, kind="vault", token=VALUE)
    assert one["unseen"]["secrets"]["reason"] == "unsupported"

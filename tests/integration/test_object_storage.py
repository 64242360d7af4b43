# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of buckets on a real object store, with exactly the rights of the documentation, and with less."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import object_storage as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from sandbox.components import object_storage as store
from tests.unit.catalogue.wiring import documented_keys

from ._on_request import started
from .test_postgresql import differences

pytestmark = pytest.mark.all_components


@pytest.fixture(scope="module")
def sandbox(made_sandbox: Sandbox) -> t.Iterator[Sandbox]:
    with started(made_sandbox, store.NAME) as sandbox:
        yield sandbox


def look(sandbox: Sandbox, **changes: t.Any) -> dict[str, t.Any]:
    declared = store.targets(sandbox)["readiness_object_storage"]
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**declared, **changes})
    assert not checked.error_messages
    result = run_probe("object_storage_info", probe.observe, checked.validated_parameters)
    assert declared["secret_key"] not in str(result)
    return t.cast("dict[str, t.Any]", result["observation"][0])


def test_a_healthy_bucket_is_seen_whole_under_the_documented_rights(sandbox: Sandbox) -> None:
    one = look(sandbox)
    assert one["error"] is None
    assert {key: why["reason"] for key, why in one["unseen"].items()} == {"public_access_block": "unsupported"}
    assert differences({**one, "public_access_block": None}, documented_keys("object_storage_info")) == []
    assert (one["exists"], one["signed"], one["forged"]) == (True, {"outcome": "accepted"}, {"outcome": "refused"})
    assert one["anonymous"] == {"list": "refused", "object": "refused", "accepted": []}
    assert (one["versioning"]["status"], one["encryption"]["algorithms"]) == ("Enabled", ["AES256"])
    assert (one["policy"]["is_public"], one["acl"]["public_grants"]) == (False, [])
    assert one["lifecycle"]["expiry_days"] == [store.EXPIRY_DAYS]


def test_wrong_credentials_are_unauthorised(sandbox: Sandbox) -> None:
    one = look(sandbox, secret_key="not-the-secret")
    assert {one["unseen"][key]["reason"] for key in ("exists", "signed", "versioning", "lifecycle")} == {"unauthorised"}


def test_a_bucket_that_is_not_there_is_seen_to_be_missing(sandbox: Sandbox) -> None:
    lifecycle.break_it(sandbox, "object_storage_no_bucket")
    try:
        assert look(sandbox)["exists"] is False
    finally:
        lifecycle.repair(sandbox, "object_storage_no_bucket")


def test_a_store_without_identities_is_open_to_everybody(sandbox: Sandbox) -> None:
    lifecycle.break_it(sandbox, "object_storage_no_identities")
    try:
        one = look(sandbox)
    finally:
        lifecycle.repair(sandbox, "object_storage_no_identities")
    assert one["anonymous"]["accepted"] == ["list", "object"]
    assert one["forged"] == {"outcome": "accepted"}


def test_the_right_that_is_missing_is_named_and_the_rest_is_seen(sandbox: Sandbox) -> None:
    store.configure(sandbox, without="s3:GetBucketVersioning")
    store.restart(sandbox)
    try:
        one = look(sandbox)
    finally:
        store.configure(sandbox)
        store.restart(sandbox)
    assert one["unseen"]["versioning"]["reason"] == "unauthorised"
    assert "s3:GetBucketVersioning" in one["unseen"]["versioning"]["message"]
    assert one["encryption"]["enabled"]

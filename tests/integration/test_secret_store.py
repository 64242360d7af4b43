# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of the secret store on a real OpenBao, with exactly the rights of the documentation, and with less."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_store as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from sandbox.components import secret_store as store
from tests.unit.catalogue.wiring import documented_keys

from ._on_request import started
from .test_postgresql import differences

pytestmark = pytest.mark.all_components

KNOWN = [store.ROOT_OF_COMPOSE, "root"]


@pytest.fixture(scope="module")
def sandbox(made_sandbox: Sandbox) -> t.Iterator[Sandbox]:
    with started(made_sandbox, store.NAME) as sandbox:
        yield sandbox


def look(sandbox: Sandbox, **changes: t.Any) -> dict[str, t.Any]:
    declared = {"default_tokens": KNOWN, **store.targets(sandbox)["readiness_secret_store"]}
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**declared, **changes})
    assert not checked.error_messages
    result = run_probe("secret_store_info", probe.observe, checked.validated_parameters)
    hidden = [sandbox.secret(f"secret_store {path} {name}") for path, names in store.SECRETS.items() for name in names]
    assert not any(one in str(result) for one in [declared["token"], *KNOWN[:1], *hidden])
    return t.cast("dict[str, t.Any]", result["observation"][0])


def broken(sandbox: Sandbox, sabotage: str, **changes: t.Any) -> dict[str, t.Any]:
    lifecycle.break_it(sandbox, sabotage)
    try:
        return look(sandbox, **changes)
    finally:
        lifecycle.repair(sandbox, sabotage)


def test_a_healthy_store_is_seen_whole_under_the_documented_policy(sandbox: Sandbox) -> None:
    one = look(sandbox)
    assert (one["error"], one["unseen"]) == (None, {})
    assert differences(one, documented_keys("secret_store_info")) == []
    assert (one["state"]["ready"], one["state"]["storage"], one["state"]["in_memory"]) == (True, "raft", False)
    assert (one["login"]["policies"], one["login"]["is_root"]) == (["readiness"], False)
    assert one["secrets"]["missing"] == []
    assert one["secrets"]["found"] == [f"{path}: {name}" for path, names in store.SECRETS.items() for name in names]
    assert one["default_tokens"] == {"tried": 2, "accepted": 0}


def test_a_name_and_a_path_that_are_not_there_are_missing(sandbox: Sandbox) -> None:
    entries = [{"path": store.EXCHANGE, "names": ["api_key", "passphrase"]}, {"path": "cryptofunk/production/nowhere"}]
    one = look(sandbox, entries=entries)
    assert one["secrets"]["found"] == [f"{store.EXCHANGE}: api_key"]
    assert one["secrets"]["missing"] == [f"{store.EXCHANGE}: passphrase", "cryptofunk/production/nowhere"]


def test_what_was_deleted_is_missing(sandbox: Sandbox) -> None:
    assert store.EXCHANGE in broken(sandbox, "secret_store_missing_path")["secrets"]["missing"]


def test_a_sealed_store_is_not_ready_and_tells_nothing_else(sandbox: Sandbox) -> None:
    one = broken(sandbox, "secret_store_sealed")
    assert (one["state"]["ready"], one["state"]["sealed"]) == (False, True)
    assert set(one["unseen"]) == {"login", "secrets", "default_tokens"}


def test_a_token_that_anybody_knows_is_accepted(sandbox: Sandbox) -> None:
    assert broken(sandbox, "secret_store_default_token")["default_tokens"] == {"tried": 2, "accepted": 1}


def test_without_a_token_the_state_is_seen_and_the_secrets_are_not_configured(sandbox: Sandbox) -> None:
    one = look(sandbox, token="")
    assert one["state"]["ready"] is True
    assert {one["unseen"][key]["reason"] for key in ("login", "secrets")} == {"not_configured"}


def test_a_wrong_token_is_unauthorised(sandbox: Sandbox) -> None:
    one = look(sandbox, token="not-the-token")
    assert {one["unseen"][key]["reason"] for key in ("login", "secrets")} == {"unauthorised"}


def test_the_right_that_is_missing_is_named(sandbox: Sandbox) -> None:
    right = f"{store.MOUNT}/subkeys/{store.EXCHANGE}"
    store.grant(sandbox, without=right)
    try:
        why = look(sandbox)["unseen"]["secrets"]
    finally:
        store.grant(sandbox)
    assert (why["reason"], right in why["message"]) == ("unauthorised", True)


def test_a_store_that_is_not_there_is_refused(sandbox: Sandbox) -> None:
    store.stop(sandbox)
    try:
        one = look(sandbox)
    finally:
        store.open_store(sandbox)
        store.fill(sandbox)
    assert {why["reason"] for why in one["unseen"].values()} | (
        {one["error"]["reason"]} if one["error"] else set()
    ) == {"refused"}

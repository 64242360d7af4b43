# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of NATS on a real cluster of three servers."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import nats as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from tests.unit.catalogue.wiring import documented_keys

from .test_postgresql import differences


def look(sandbox: Sandbox, **changes: t.Any) -> list[dict[str, t.Any]]:
    declared = {key: one for key, one in sandbox.targets.read()["readiness_nats"].items() if key != "cluster_size"}
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**declared, **changes})
    assert not checked.error_messages
    result = run_probe("nats_info", probe.observe, checked.validated_parameters)
    assert declared["login_password"] not in str(result)
    return t.cast("list[dict[str, t.Any]]", result["observation"])


def test_a_healthy_cluster_is_seen_whole(hardened: Sandbox) -> None:
    subjects = look(hardened)
    assert len(subjects) == 3
    for one in subjects:
        assert (one["error"], one["unseen"]) == (None, {})
        assert differences(one, documented_keys("nats_info")) == []
        assert (one["message"]["delivered"], one["health"]["ok"], one["unauthenticated"]["outcome"]) == (
            True,
            True,
            "refused",
        )
        assert len(one["peers"]) == 2
    assert subjects[0]["cluster"]["has_one_leader"]
    assert [stream["replicas"] for stream in subjects[0]["cluster"]["streams"]] == [3]


def test_without_the_rights_of_the_documentation_the_missing_one_is_named(hardened: Sandbox) -> None:
    (one, *dummy) = look(hardened, message_subject="somewhere.else")
    assert one["unseen"]["message"] == {
        "reason": "unauthorised",
        "message": "The user may not publish and subscribe to somewhere.else.>",
    }


def test_a_wrong_password_is_unauthorised(hardened: Sandbox) -> None:
    (one, *dummy) = look(hardened, login_password="not-the-password")
    assert {one["unseen"][key]["reason"] for key in ("message", "account")} == {"unauthorised"}
    assert one["health"]["ok"]


@pytest.mark.parametrize(("sabotage", "answering"), [("nats_one_stopped", 2), ("nats_two_stopped", 1)])
def test_servers_that_are_away_are_told_apart_from_those_that_answer(
    hardened: Sandbox, sabotage: str, answering: int
) -> None:
    lifecycle.break_it(hardened, sabotage)
    try:
        subjects = look(hardened)
    finally:
        lifecycle.repair(hardened, sabotage)
    seen = [one for one in subjects if not one["error"]]
    assert len(seen) == answering == seen[0]["cluster"]["answering"]
    assert {one["error"]["reason"] for one in subjects if one["error"]} == {"refused"}
    assert seen[0]["message"]["delivered"]
    assert seen[0]["health"]["ok"] is (answering == 2)
    assert seen[0]["cluster"]["has_one_leader"] is (answering == 2)

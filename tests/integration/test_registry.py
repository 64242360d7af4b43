# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of registries on a real one, with the images of containers that run."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import registry as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox._sandbox import Sandbox
from sandbox.components import registry, repository
from tests.unit.catalogue.wiring import documented_keys

from ._engine import broken_by, containers, started

pytestmark = pytest.mark.all_components

API = f"{registry.HOST}/cryptofunk/api:v1.0.0"


@pytest.fixture(scope="module")
def engine(made_sandbox: Sandbox) -> Sandbox:
    return started(made_sandbox)


def look(sandbox: Sandbox, **changes: t.Any) -> list[dict[str, t.Any]]:
    declared = sandbox.targets.read()["readiness_registry"]
    checked = ArgumentSpecValidator(**probe.SPEC).validate({**declared, "images": [API], **changes})
    assert not checked.error_messages
    result = run_probe("registry_info", probe.observe, checked.validated_parameters)
    assert declared["url_password"] not in str(result)
    return t.cast("list[dict[str, t.Any]]", result["observation"])


def test_the_images_that_run_are_those_of_the_registry_until_a_tag_is_given_to_another(engine: Sandbox) -> None:
    running = containers(engine, window=0)
    asked = {"images": [], "declared": running, "own_images": "(^|/)cryptofunk/", "containers": running}
    subjects = look(engine, **asked)
    own = {one["image"]["name"] for one in running if "/cryptofunk/" in one["image"]["name"]}
    assert API in own
    assert {one["subject"] for one in subjects} == own
    for one in subjects:
        assert (one["error"], one["unseen"], one["exists"], one["same_as_local"]) == (None, {}, True, True)
        assert set(one) <= set(documented_keys("registry_info"))
    with broken_by(engine, "registry_retagged"):
        subjects = look(engine, **asked)
    assert [one["subject"] for one in subjects if not one["same_as_local"]] == [API]
    assert all(one["exists"] for one in subjects)


def test_a_tag_or_an_image_that_was_never_pushed_is_missing(engine: Sandbox) -> None:
    names = [f"{registry.HOST}/cryptofunk/{name}" for name in ("api:v9.9.9", "nobody:v1")]
    assert [one["exists"] for one in look(engine, images=names)] == [False, False]


def test_whom_it_lets_in(engine: Sandbox) -> None:
    (one,) = look(engine, view="access")
    assert (one["anonymous"], one["login"], one["unseen"]) == ("refused", "accepted", {})
    (one,) = look(engine, view="access", url_password="not-the-password")
    assert (one["anonymous"], one["login"]) == ("refused", "refused")
    with broken_by(engine, "registry_open"):
        (one,) = look(engine, view="access")
    assert (one["anonymous"], one["login"]) == ("accepted", "accepted")


def test_with_a_wrong_password_nothing_is_told_of_an_image_but_the_missing_right(engine: Sandbox) -> None:
    (one,) = look(engine, url_password="not-the-password")
    assert one["error"]["reason"] == "unauthorised"
    assert "right to pull cryptofunk/api" in one["error"]["message"]


def test_a_registry_that_does_not_run_is_refused(engine: Sandbox) -> None:
    registry.stop(engine)
    try:
        assert [one["error"]["reason"] for one in look(engine)] == ["refused"]
    finally:
        registry.run(engine)


def test_the_images_of_the_release_before_are_there_until_somebody_prunes_them(engine: Sandbox) -> None:
    declared = [{"subject": API, "kind": "image", "raw": API, "error": None, "unseen": {}}]
    asked = {"images": [], "declared": declared, "version": repository.DEPLOYED}
    before = f"{registry.HOST}/cryptofunk/api:{repository.DEPLOYED}"
    (pushed,) = look(engine, **asked)
    assert (pushed["subject"], pushed["exists"]) == (before, True)
    with broken_by(engine, "registry_image_before_removed"):
        (pushed,) = look(engine, **asked)
        (kept,) = containers(engine, view="images", version=repository.DEPLOYED, declared=declared, pushed=[pushed])
    assert (pushed["exists"], kept["local"], kept["pushed"], kept["available"]) == (False, True, False, True)
    with broken_by(engine, "registry_image_before_pruned"):
        (pushed,) = look(engine, **asked)
        (gone,) = containers(engine, view="images", version=repository.DEPLOYED, declared=declared, pushed=[pushed])
    assert (gone["subject"], gone["local"], gone["available"], gone["unseen"]) == (before, False, False, {})
    assert set(gone) <= set(documented_keys("container_info"))

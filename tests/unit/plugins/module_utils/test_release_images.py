# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._release_images import (
    images_of,
    nameless_of,
    of_version,
)

API = "registry.example.com/cryptofunk/api:v1"
OWN = "(^|/)cryptofunk/"
LOST = {"reason": "timeout", "message": "No answer in time"}
OPEN = {"reason": "no_data", "message": "The tag depends on a variable"}


def seen(name: str, **keys: t.Any) -> dict[str, t.Any]:
    return {"subject": name, "error": None, "unseen": {}, **keys}


@pytest.mark.parametrize(
    ("observed", "names", "unseen"),
    [
        pytest.param(seen(API, kind="image", raw=API), {API}, [], id="an image of compose files"),
        pytest.param(seen("redis:7", kind="image", raw="redis:7"), set(), [], id="of others"),
        pytest.param(seen(API, kind="base", raw=API), set(), [], id="a base"),
        pytest.param(seen("base", containers=[{"image": API}, {"image": "redis:7"}]), {API}, [], id="manifests"),
        pytest.param(seen("api", image={"name": API}), {API}, [], id="a container"),
        pytest.param(seen("api", image=None, unseen={"image": LOST}), set(), ["timeout"], id="a lost container"),
        pytest.param(seen("base", unseen={"containers": LOST}), set(), ["timeout"], id="lost manifests"),
        pytest.param(seen("files", error=LOST), set(), ["timeout"], id="lost files"),
        pytest.param(
            seen("files", error={**LOST, "reason": "not_configured"}), set(), [], id="a platform that is not there"
        ),
        pytest.param(
            seen("cryptofunk/api:${TAG}", kind="image", raw="x", unseen={"version": OPEN}),
            set(),
            ["no_data"],
            id="a variable",
        ),
        pytest.param(
            seen("redis:${TAG}", kind="image", raw="x", unseen={"version": OPEN}), set(), [], id="a variable of others"
        ),
    ],
)
def test_which_images_are_declared(observed: dict[str, t.Any], names: set[str], unseen: list[str]) -> None:
    found, lost = images_of([observed], OWN)
    assert (found, [one["error"]["reason"] for one in lost]) == (names, unseen)


def test_services_whose_image_has_no_name() -> None:
    built = seen("api (built here, without a name)", kind="image", raw="")
    assert nameless_of([built, seen(API, kind="image", raw=API)]) == ["api (built here, without a name)"]
    assert images_of([built], "") == (set(), [])


@pytest.mark.parametrize(
    ("name", "version", "other"),
    [
        (API, "v0", "registry.example.com/cryptofunk/api:v0"),
        (f"{API}@sha256:0f", "v0", "registry.example.com/cryptofunk/api:v0"),
        ("cryptofunk/api:${TAG}", "v0", "cryptofunk/api:v0"),
        (API, "sha256:1f", "registry.example.com/cryptofunk/api@sha256:1f"),
    ],
)
def test_the_same_image_in_another_version(name: str, version: str, other: str) -> None:
    assert of_version(name, version) == other


def test_a_version_takes_the_place_of_one_that_nobody_knows() -> None:
    opened = seen("cryptofunk/api:${TAG}", kind="image", raw="x", unseen={"version": OPEN})
    assert images_of([opened, seen("redis:7", kind="image", raw="x")], OWN, "v0") == ({"cryptofunk/api:v0"}, [])


def test_the_images_of_the_way_back_of_a_deployment() -> None:
    found = seen("shop Deployment/api", kind="rollback", containers=[{"image": API}, {"image": "redis:7"}])
    assert images_of([found], OWN) == ({API}, [])

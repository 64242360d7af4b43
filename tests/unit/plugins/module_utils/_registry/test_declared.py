# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._registry._declared import images_of, nameless_of

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

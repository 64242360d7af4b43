# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._engine import Engine
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._images import images
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Subject, subject, unseen_subject

Data = t.Dict[str, t.Any]
API = "registry.example.com/cryptofunk/api"
RELEASE = {"subject": f"{API}:v1", "kind": "image", "raw": f"{API}:v1", "error": None, "unseen": {}}
NOT_ASKED = LookError(Reason.NOT_CONFIGURED, "No registry")
LOST = LookError(Reason.TIMEOUT, "No answer in time")


class Local:
    """An engine that has some images, or does not answer."""

    def __init__(self, *names: str, error: LookError | None = None) -> None:
        self.names = names
        self.error = error

    def has_image(self, name: str) -> bool:
        if self.error:
            raise self.error
        return name in self.names


def seen(engine: Local, *pushed: Subject, version: str | None = "v0", declared: t.Sequence[Data] = (RELEASE,)) -> Data:
    options = {"project": "shop", "declared": list(declared), "own_images": "cryptofunk/", "version": version}
    [found] = images(t.cast(Engine, engine), {**options, "pushed": list(pushed)})
    return found


def in_registry(exists: bool) -> Subject:
    return subject(f"{API}:v0", {"exists": exists})


@pytest.mark.parametrize(
    ("engine", "pushed", "is_available"),
    [
        pytest.param(Local(f"{API}:v0"), [], True, id="the engine has it, and there is no registry"),
        pytest.param(Local(), [in_registry(True)], True, id="the registry has it"),
        pytest.param(Local(error=LOST), [in_registry(True)], True, id="the registry has it, and no engine answers"),
        pytest.param(Local(), [in_registry(False)], False, id="neither has it"),
        pytest.param(Local(f"{API}:v1"), [], False, id="only that of the release is there"),
        pytest.param(Local(), [unseen_subject(f"{API}:v0", LOST)], None, id="the registry does not answer"),
        pytest.param(Local(error=LOST), [in_registry(False)], None, id="the engine does not answer"),
    ],
)
def test_an_image_is_available_where_one_of_the_two_has_it(
    engine: Local, pushed: list[Subject], is_available: bool | None
) -> None:
    found = seen(engine, *pushed)
    assert (found["subject"], found["other_than_declared"]) == (f"{API}:v0", True)
    assert found["available"] is is_available
    assert ("available" in found["unseen"]) is (is_available is None)


def test_the_image_of_the_release_is_none_to_go_back_to() -> None:
    assert seen(Local(f"{API}:v1"), version="v1")["other_than_declared"] is False


def test_what_is_only_built_where_it_runs_cannot_be_had_again() -> None:
    built = {"subject": "api (built here, without a name)", "kind": "image", "raw": "", "error": None, "unseen": {}}
    found = seen(Local(), declared=[built])
    assert (found["subject"], found["available"]) == (built["subject"], False)


@pytest.mark.parametrize(
    ("version", "declared", "reason"),
    [
        (None, [RELEASE], "not_configured"),
        ("v0", [{**RELEASE, "subject": "redis:7", "raw": "redis:7"}], "no_data"),
        ("v0", [unseen_subject("files", LOST)], "timeout"),
    ],
)
def test_what_cannot_be_told_is_told(version: str | None, declared: list[Data], reason: str) -> None:
    assert seen(Local(), version=version, declared=declared)["error"]["reason"] == reason

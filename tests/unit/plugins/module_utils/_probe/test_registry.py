# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import hashlib
import json
import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import registry as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers
from .servers import Answer, Asked

SECRET = "Secret-4711"
API = "registry.example.com/cryptofunk/api:v1"
KIND = {"Content-Type": "application/vnd.oci.image.manifest.v1+json"}
MANIFEST = b'{"schemaVersion":2}'
DIGEST = f"sha256:{hashlib.sha256(MANIFEST).hexdigest()}"
GOOD = Answer(200, KIND, MANIFEST)
NOTHING = Answer(404, {}, b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
BASIC = Answer(401, {"WWW-Authenticate": 'Basic realm="r"'}, b"{}")
LOGIN = f"Basic {base64.b64encode(f'probe:{SECRET}'.encode()).decode()}"


def look(answer: t.Callable[[Asked], Answer], **asked: t.Any) -> list[dict[str, t.Any]]:
    """Return what is seen of a registry that answers what *answer* says."""
    with servers.http(answer) as (port, dummy):
        return look_at(f"http://{servers.HOST}:{port}", **asked)


def look_at(url: str, **asked: t.Any) -> list[dict[str, t.Any]]:
    login = {"url_username": "probe", "url_password": SECRET}
    wanted = {"url": url, "name": "registry.example.com", "images": [API], **login, **asked}
    checked = ArgumentSpecValidator(**probe.SPEC).validate({key: one for key, one in wanted.items() if one is not None})
    assert not checked.error_messages
    result = run_probe("registry_info", probe.observe, checked.validated_parameters)
    assert SECRET not in str(result)
    return t.cast("list[dict[str, t.Any]]", result["observation"])


def private(answer: Answer) -> t.Callable[[Asked], Answer]:
    """Answer to the user alone."""
    return lambda asked: answer if asked.headers.get("authorization") == LOGIN else BASIC


@pytest.mark.parametrize(
    ("answer", "exists", "digest"),
    [
        pytest.param(GOOD, True, DIGEST, id="an image"),
        pytest.param(
            Answer(200, {**KIND, "Docker-Content-Digest": DIGEST}, MANIFEST), True, DIGEST, id="with its digest"
        ),
        pytest.param(NOTHING, False, "", id="no such tag"),
    ],
)
def test_what_a_tag_leads_to(answer: Answer, exists: bool, digest: str) -> None:
    (one,) = look(private(answer))
    assert (one["exists"], one["digest"]) == (exists, digest)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Answer(200, {"Content-Type": "text/html"}, b"<html>"), "malformed", id="a page for everything"),
        pytest.param(Answer(404, {}, b"<html>not found"), "refused", id="another server's 404"),
        pytest.param(Answer(500), "refused", id="a fault of the server"),
        pytest.param(Answer(403), "unauthorised", id="no right to pull"),
        pytest.param(Answer(200, KIND, b"x" * 100_000), "malformed", id="a manifest without an end"),
        pytest.param(
            Answer(200, {**KIND, "Docker-Content-Digest": "sha256:00"}, MANIFEST), "malformed", id="another digest"
        ),
    ],
)
def test_an_answer_that_decides_nothing_has_a_reason(answer: Answer, reason: str) -> None:
    (one,) = look(private(answer))
    assert one["error"]["reason"] == reason


def test_a_wrong_password_is_unauthorised_and_the_right_is_named() -> None:
    (one,) = look(private(GOOD), url_password="wrong")
    assert one["error"]["reason"] == "unauthorised"
    assert "right to pull cryptofunk/api" in one["error"]["message"]


def test_an_index_names_its_platforms() -> None:
    listed = [{"platform": {"os": "linux", "architecture": one}} for one in ("amd64", "arm64")]
    body = json.dumps({"manifests": [*listed, {"platform": {"os": "unknown", "architecture": "unknown"}}]}).encode()
    (one,) = look(private(Answer(200, {"Content-Type": "application/vnd.oci.image.index.v1+json"}, body)))
    assert one["platforms"] == ["linux/amd64", "linux/arm64"]


@pytest.mark.parametrize(
    ("digests", "is_same"),
    [([[DIGEST]], True), ([[DIGEST], ["sha256:0"]], False), ([["sha256:0"]], False), ([[]], None), ([], None)],
    ids=["the same", "one container runs another", "retagged", "built there", "not running"],
)
def test_the_digest_is_compared_with_what_runs(digests: list[list[str]], is_same: bool | None) -> None:
    running = [{"subject": "c", "image": {"name": API, "digests": one}} for one in digests]
    (one,) = look(private(GOOD), containers=[*running, {"subject": "gone", "image": None}])
    assert one["same_as_local"] is is_same
    assert ("same_as_local" in one["unseen"]) is (is_same is None)


@pytest.mark.parametrize(
    ("name", "of_hub", "reason"),
    [
        (API, True, "not_configured"),
        ("other.example.com/a/b:1", False, "not_configured"),
        ("a/b:1", True, "unauthorised"),
    ],
)
def test_an_image_of_another_registry_is_not_looked_for(name: str, of_hub: bool, reason: str) -> None:
    (one,) = look(lambda dummy: BASIC, images=[name], name="docker.io" if of_hub else None)
    assert one["error"]["reason"] == reason


@pytest.mark.parametrize(
    ("answer", "anonymous", "login"),
    [
        pytest.param(private(GOOD), "refused", "accepted", id="a private registry"),
        pytest.param(lambda dummy: GOOD, "accepted", "accepted", id="an open one"),
        pytest.param(lambda dummy: BASIC, "refused", "refused", id="one that refuses the user"),
        pytest.param(lambda dummy: NOTHING, None, None, id="one without the image"),
        pytest.param(lambda dummy: Answer(503), None, None, id="one that is broken"),
        pytest.param(
            lambda asked: GOOD if asked.headers.get("authorization") == LOGIN else Answer(401),
            "refused",
            "refused",
            id="mute",
        ),
    ],
)
def test_whom_a_registry_lets_in(answer: t.Callable[[Asked], Answer], anonymous: t.Any, login: t.Any) -> None:
    (one,) = look(answer, view="access")
    assert (one["anonymous"], one["login"]) == (anonymous, login)
    assert set(one["unseen"]) == {key for key in ("anonymous", "login") if one[key] is None}


def bearer(realm: list[str], status: int = 200, hides: bool = False) -> t.Callable[[Asked], Answer]:
    """Be a registry that wants a token, and the server that gives one to everybody: one that pulls to the user alone."""

    def answer(asked: Asked) -> Answer:
        if asked.path.startswith("/token"):
            token = "mine" if asked.headers.get("authorization") == LOGIN else "anybody's"
            return Answer(status, {}, json.dumps({"token": token}).encode())
        if asked.headers.get("authorization") == "Bearer mine":
            return GOOD
        if hides and "authorization" in asked.headers:
            return NOTHING
        return Answer(401, {"WWW-Authenticate": f'Bearer realm="{realm[0]}/token",service="s"'})

    return answer


@pytest.mark.parametrize(
    ("status", "hides", "anonymous", "login"),
    [
        pytest.param(200, False, "refused", "accepted", id="a private image"),
        pytest.param(200, True, "refused", "accepted", id="one that is hidden from others"),
        pytest.param(401, False, "refused", "refused", id="a user whom the token server refuses"),
        pytest.param(503, False, None, None, id="a token server that is broken"),
    ],
)
def test_a_registry_that_wants_a_token(status: int, hides: bool, anonymous: t.Any, login: t.Any) -> None:
    realm: list[str] = []
    with servers.http(bearer(realm, status, hides)) as (port, dummy):
        realm.append(f"http://{servers.HOST}:{port}")
        (one,) = look_at(realm[0], view="access")
    assert (one["anonymous"], one["login"]) == (anonymous, login)


def test_a_user_that_is_not_declared_leaves_the_login_undecided() -> None:
    (one,) = look(private(GOOD), view="access", url_username=None, url_password=None)
    assert (one["anonymous"], one["unseen"]["login"]["reason"]) == ("refused", "not_configured")


def test_no_image_at_all_is_not_configured_and_a_nameless_one_is_missing() -> None:
    (none,) = look(private(GOOD), images=[])
    assert none["error"]["reason"] == "not_configured"
    built = {"subject": "api (built here)", "error": None, "unseen": {}, "kind": "image", "raw": ""}
    (one,) = look(private(GOOD), images=[], declared=[built])
    assert (one["subject"], one["exists"]) == ("api (built here)", False)


def test_a_black_hole_costs_its_budget_and_no_more() -> None:
    began = time.monotonic()
    with servers.server(servers.black_hole) as port:
        found = look_at(f"http://{servers.HOST}:{port}", images=[f"{API}{n}" for n in range(20)], timeout=0.6)
    assert {one["error"]["reason"] for one in found} == {"timeout"}
    assert (len(found), time.monotonic() - began < 3) == (20, True)

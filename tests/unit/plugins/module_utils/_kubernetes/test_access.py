# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _access

pytest.importorskip("kubernetes")

NOTHING: dict[str, t.Any] = dict.fromkeys(_access.OPTIONS["argument_spec"]) | {
    "validate_certs": True,
    "in_cluster": False,
}


def kubeconfig(cluster: dict[str, t.Any], user: dict[str, t.Any], context: str = "here") -> str:
    return json.dumps(
        {
            "current-context": context,
            "contexts": [{"name": "here", "context": {"cluster": "c", "user": "u"}}],
            "clusters": [{"name": "c", "cluster": {"server": "https://api.example.com:6443", **cluster}}],
            "users": [{"name": "u", "user": user}],
        }
    )


def test_a_token_of_a_kubeconfig_is_sent() -> None:
    way = _access.access({**NOTHING, "kubeconfig_content": kubeconfig({}, {"token": "abc"})})
    assert (way.base, way.headers()["Authorization"]) == ("https://api.example.com:6443", "Bearer abc")


def test_a_file_beside_the_kubeconfig_is_found_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc")
    (tmp_path / "config").write_text(kubeconfig({}, {"tokenFile": "token"}))
    way = _access.access({**NOTHING, "kubeconfig": str(tmp_path / "config")})
    assert way.headers()["Authorization"] == "Bearer abc"


def test_address_and_token_in_place_of_a_kubeconfig() -> None:
    way = _access.access({**NOTHING, "url": "https://api.example.com/", "token": "abc"})
    assert (way.base, way.headers()["Authorization"]) == ("https://api.example.com", "Bearer abc")


def test_nothing_of_a_kubeconfig_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = base64.b64encode(b"no certificate").decode()
    with pytest.raises(LookError, match="certificates for the API server cannot be read"):
        _access.access({**NOTHING, "kubeconfig_content": kubeconfig({"certificate-authority-data": data}, {})})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        ("{", "malformed", "it is no YAML"),
        ("[]", "malformed", "it is no kubeconfig"),
        ("{}", "not_configured", "There is no context None"),
        (kubeconfig({}, {}, context="there"), "not_configured", "There is no context there"),
        (kubeconfig({"certificate-authority-data": "?"}, {}), "malformed", "is no base64"),
        (kubeconfig({}, {"exec": {"command": "/nowhere/login"}}), "malformed", "its login fails"),
    ],
)
def test_a_kubeconfig_that_is_of_no_use_is_told(content: str, reason: str, words: str) -> None:
    with pytest.raises(LookError, match=words) as caught:
        _access.access({**NOTHING, "kubeconfig_content": content})
    assert caught.value.reason == reason


def test_a_missing_file_is_told() -> None:
    with pytest.raises(LookError, match="Cannot read the kubeconfig /nowhere/config"):
        _access.access({**NOTHING, "kubeconfig": "/nowhere/config"})


def test_outside_of_a_cluster_there_is_no_token_of_a_pod() -> None:
    with pytest.raises(LookError, match="runs in no pod"):
        _access.access({**NOTHING, "in_cluster": True})

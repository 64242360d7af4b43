# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
import typing as t

import docker
import pytest
import requests

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container import _engine
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

from .._probe import servers

OPTIONS = {"tls": False, "ca_path": None, "client_cert": None, "client_key": None, "validate_certs": True}
SECRET = "Secret-4711"


def answered(status: int) -> docker.errors.APIError:
    response = requests.Response()
    response.status_code = status
    return docker.errors.APIError(SECRET, response=response)


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (answered(401), Reason.UNAUTHORISED),
        (answered(403), Reason.UNAUTHORISED),
        (answered(404), Reason.NO_DATA),
        (answered(500), Reason.REFUSED),
        (docker.errors.DockerException(f"{SECRET} PermissionError(13, 'Permission denied')"), Reason.UNAUTHORISED),
        (docker.errors.DockerException(f"{SECRET} FileNotFoundError(2, 'No such file')"), Reason.REFUSED),
        (requests.exceptions.ReadTimeout(SECRET), Reason.TIMEOUT),
        (requests.exceptions.SSLError(SECRET), Reason.MALFORMED),
        (docker.errors.TLSParameterError(SECRET), Reason.NOT_CONFIGURED),
        (docker.errors.DockerException(f"{SECRET} Name or service not known"), Reason.UNREACHABLE),
        (docker.errors.DockerException(SECRET), Reason.NOT_OBSERVED),
        (PermissionError(13, "Permission denied"), Reason.UNAUTHORISED),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else type(value).__name__,
)
def test_what_the_library_raises_has_a_reason_and_no_secret(raised: Exception, reason: Reason) -> None:
    found = _engine.engine_error(raised, "look")
    assert found.reason is reason
    assert SECRET not in found.message


def test_the_missing_right_is_named() -> None:
    assert "GET on containers and images" in _engine.engine_error(answered(403), "read an image").message


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        pytest.param(servers.black_hole, "timeout", id="one that never answers"),
        pytest.param(servers.hang_up, "refused", id="one that hangs up"),
        pytest.param(servers.saying(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"), "unauthorised", id="a refusal"),
        pytest.param(servers.saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), "malformed", id="no engine"),
        pytest.param(servers.saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n<!"), "malformed", id="no JSON"),
    ],
)
def test_a_peer_that_is_no_engine_is_data(serve: servers.Serve, reason: str) -> None:
    began = time.monotonic()
    with servers.server(serve) as port, pytest.raises(LookError) as caught:
        _engine.Engine({**OPTIONS, "docker_host": f"tcp://{servers.HOST}:{port}"}, Deadline(1.0))
    assert caught.value.reason.value == reason
    assert time.monotonic() - began < 3


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "docker", None)
    with pytest.raises(LookError) as caught:
        _engine.Engine({**OPTIONS, "docker_host": "unix:///nonexistent"}, Deadline(1.0))
    assert (caught.value.reason, "docker" in caught.value.message) == (Reason.MISSING_LIBRARY, True)


@pytest.mark.parametrize("files", [{"ca_path": "/nonexistent/ca.pem"}, {"client_cert": "/no/c", "client_key": "/no/k"}])
def test_files_for_tls_that_are_not_there_are_a_matter_of_the_inventory(files: dict[str, t.Any]) -> None:
    with pytest.raises(LookError) as caught:
        _engine.Engine({**OPTIONS, **files, "docker_host": "tcp://127.0.0.1:2"}, Deadline(1.0))
    assert caught.value.reason is Reason.NOT_CONFIGURED

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of compose projects on what cannot be trusted: an error or a fault, in bounded time, and nothing from elsewhere."""

from __future__ import annotations

import functools
import json
import os
import time
import typing as t
from pathlib import Path

import pytest

from ._composing import look, project, service, write

_BOMB = "".join(f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10 if n else ['a'] * 10)}]\n" for n in range(10))


def _large(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(200 << 20)


TEXTS = {
    "a bomb": _BOMB + "services: {x: {image: a}}\n",
    "deep nesting": "services: " + "{a: " * 3000 + "b" + "}" * 3000 + "\n",
    "deep references": "services: {x: {image: '" + "${A:-" * 500 + "a" + "}" * 500 + "'}}\n",
    "a list": "- a\n",
    "nothing": "",
    "many ports": "services: {x: {image: a, ports: ['1-60000:1-60000']}}\n",
    "many ports in pieces": "services: {x: {image: a, ports: [" + "'1-900:1-900/tcp'," * 200 + "]}}\n",
    "a port of brackets": "services: {x: {image: a, ports: ['" + "[" * 500_000 + "']}}\n",
    "a volume of braces": "services: {x: {image: a, volumes: ['" + "$${" * 300_000 + "']}}\n",
    "many services": "services: {" + ",".join(f"x{number}: {{image: a}}" for number in range(5000)) + "}\n",
    "includes itself": "include: [docker-compose.yml]\nservices: {x: {image: a}}\n",
    "includes another place": "include: [../outside.yml]\nservices: {x: {image: a}}\n",
    "extends another place": "services: {x: {extends: {file: /etc/passwd, service: y}}}\n",
}
MADE: dict[str, t.Callable[[Path], object]] = {
    **{kind: functools.partial(Path.write_text, data=text) for kind, text in TEXTS.items()},
    "invalid UTF-8": functools.partial(Path.write_bytes, data=b"services: {x: {image: \xff\xfe}}\n"),
    "a large file": _large,
    "a link to another place": functools.partial(Path.symlink_to, target="/etc/passwd"),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("kind", MADE)
def test_a_hostile_project_is_an_error_within_bounds(tmp_path: Path, kind: str) -> None:
    MADE[kind](tmp_path / "docker-compose.yml")
    began = time.monotonic()

    for view in ("services", "images"):
        (seen,) = look(tmp_path, view=view)
        assert seen["error"]["reason"] in ("malformed", "unsupported", "no_data")
        assert "root:" not in json.dumps(seen)
    whole = project(tmp_path)
    assert whole["error"] or whole["faults"]
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a:" * 500_000, "://" * 300_000, "--a " * 200_000], ids=len)
def test_a_long_value_costs_little(tmp_path: Path, text: str) -> None:
    write(tmp_path, json.dumps({"services": {"x": {"image": "a:1.0", "environment": {"A": text}, "command": [text]}}}))
    began = time.process_time()

    assert service(tmp_path)["error"] is None
    assert time.process_time() - began < 5


def test_a_hostile_dockerfile_leaves_the_rest_of_the_service_seen(tmp_path: Path) -> None:
    write(tmp_path, "services: {x: {build: ., restart: always}, y: {build: {context: ../..}}}")
    (tmp_path / "Dockerfile").symlink_to("/etc/passwd")

    for name in ("x", "y"):
        seen = service(tmp_path, name)
        assert seen["error"] is None
        assert {"health_check", "user"} <= set(seen["unseen"])
    assert service(tmp_path)["restart"] == "always"

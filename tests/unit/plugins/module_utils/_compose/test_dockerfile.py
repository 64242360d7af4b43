# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._dockerfile import Build, read_build
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

STAGES = """\
# syntax=docker/dockerfile:1
ARG BASE=alpine
ARG VERSION
FROM --platform=linux/amd64 golang:1.25 AS build
USER root
RUN <<EOF
FROM nothing
HEALTHCHECK NONE
EOF

FROM ${BASE}:${VERSION:-3.22} AS common
USER app
# a comment
HEALTHCHECK --interval=5s --timeout=1s \\
  # another one
  CMD wget http://localhost/ok || exit 1
ENTRYPOINT ["/app", "--flag"]

from common
expose 80 443/tcp
CMD serve
"""


def build(text: str = STAGES, target: str = "", **arguments: str) -> Build:
    return read_build(text, "Dockerfile", target, arguments)


def test_a_stage_says_what_the_stage_below_it_says() -> None:
    seen = build()

    assert seen.said("user").value == "app"
    assert seen.said("exposed") == ["80", "443/tcp"]
    assert seen.root().value == "alpine:3.22"
    assert [base.value for base in seen.bases()] == ["golang:1.25", "alpine:3.22"]


def test_a_health_check_is_read_over_its_lines() -> None:
    check = build().said("healthcheck")

    assert check.value[:2] == ["/bin/sh", "-c"]
    assert "wget http://localhost/ok || exit 1" in check.value[2]
    assert check.at == "Dockerfile:14"


def test_a_target_is_a_stage_by_name_or_number() -> None:
    assert build(target="build").said("user").value == "root"
    assert build(target="0").root().value == "golang:1.25"
    with pytest.raises(LookError, match="no stage other"):
        build(target="other")


def test_arguments_of_the_project_win() -> None:
    assert build(VERSION="3.20").root().value == "alpine:3.20"


@pytest.mark.parametrize(
    ("line", "test"),
    [
        ("HEALTHCHECK NONE", ["NONE"]),
        ('HEALTHCHECK CMD ["curl", "-f"]', ["curl", "-f"]),
        ("healthcheck --retries=3 cmd true", ["/bin/sh", "-c", "true"]),
    ],
)
def test_each_form_of_a_health_check_is_known(line: str, test: list[str]) -> None:
    assert build(f"FROM a\n{line}\n").said("healthcheck").value == test


@pytest.mark.parametrize("text", ["", "# nothing\n", "RUN a\n", "FROM\n"])
def test_what_builds_nothing_is_malformed(text: str) -> None:
    with pytest.raises(LookError):
        build(text)


def test_a_file_without_end_is_bounded() -> None:
    with pytest.raises(LookError, match="more than"):
        build("FROM a\n" * 30_000)

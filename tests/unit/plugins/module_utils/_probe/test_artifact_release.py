# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of artifacts: which commit the release is, and artifacts that a command prints in a checkout."""

from __future__ import annotations

import json
import subprocess
import time
import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import artifact

FIXTURES = Path(__file__).parents[1] / "_artifacts" / "fixtures"
MODULES = FIXTURES / "go_modules_outdated.json"
SECRET = "hush-hush-4711"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    done = subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of two commits, the first of which is tagged as release."""
    made = tmp_path / "checkout"
    made.mkdir()
    git(made, "init", "-q")
    (made / "go.mod").write_text("module example.com/app\n")
    git(made, "add", "-A")
    git(made, "commit", "-q", "-m", "first")
    git(made, "tag", "-a", "v1.0.0", "-m", "1.0.0")
    git(made, "commit", "-q", "--allow-empty", "-m", "second")
    return made


def look(one: dict[str, t.Any], seconds: float = 10, **options: t.Any) -> dict[str, t.Any]:
    result = ArgumentSpecValidator(**artifact.SPEC).validate({"artifacts": [one], **options})
    assert not result.error_messages, result.error_messages
    (subject,) = artifact.observe(result.validated_parameters, Deadline(seconds))
    return subject


def shell(script: str, **options: t.Any) -> dict[str, t.Any]:
    return {"name": "modules", "argv": ["sh", "-c", script], **options}


def modules(**options: t.Any) -> dict[str, t.Any]:
    return {"name": "modules", "argv": ["cat", str(MODULES)], **options}


@pytest.mark.parametrize("release", ["v1.0.0", "1.0.0"])
def test_the_tag_of_the_release_tells_its_commit_and_not_what_is_checked_out(checkout: Path, release: str) -> None:
    subject = look(modules(chdir=str(checkout)), repository=str(checkout), release=release)

    assert subject["release_commit"] == git(checkout, "rev-parse", "v1.0.0^{commit}")
    assert (subject["commit"], subject["of_release_commit"]) == (git(checkout, "rev-parse", "HEAD"), False)


@pytest.mark.parametrize("release", ["v9", "HEAD", "--all", "../HEAD", "v1.0.0\n"])
def test_a_release_without_a_tag_has_no_commit(checkout: Path, release: str) -> None:
    subject = look(modules(chdir=str(checkout)), repository=str(checkout), release=release)

    assert subject["of_release_commit"] is None
    assert subject["unseen"]["of_release_commit"]["reason"] == "no_data"


def test_what_a_command_prints_is_made_now_and_of_its_checkout(checkout: Path) -> None:
    subject = look(modules(chdir=str(checkout)), repository=str(checkout))

    assert (subject["subject"], subject["path"], subject["at"]) == ("modules", None, [])
    assert (subject["produced_from"], subject["age_hours"]) == ("run", 0.0)
    assert (subject["commit_from"], subject["of_release_commit"]) == ("run", True)
    assert subject["dependencies"]["outdated_direct"] > 0


@pytest.mark.parametrize("change", ["edit", "stage", "remove"])
def test_a_checkout_that_was_changed_is_of_no_commit(checkout: Path, change: str) -> None:
    file = checkout / "go.mod"
    file.unlink() if change == "remove" else file.write_text("module example.com/other\n")
    if change == "stage":
        git(checkout, "add", "-A")

    subject = look(modules(chdir=str(checkout)), repository=str(checkout))

    assert subject["error"]["reason"] == "malformed"
    assert "go.mod was changed" in subject["error"]["message"]


def test_without_a_folder_nobody_knows_the_commit(checkout: Path) -> None:
    assert look(modules(), repository=str(checkout))["unseen"]["of_release_commit"]["reason"] == "no_data"


def test_the_words_of_the_command_tell_that_it_asked_for_newer_versions(tmp_path: Path) -> None:
    listed = tmp_path / "listed.json"
    listed.write_text(json.dumps({"Path": "example.com/a", "Version": "v1.0.0"}))

    plain = look({"argv": ["cat", str(listed)]})
    asked = look({"argv": ["cat", "-u", str(listed)]})

    assert plain["unseen"]["dependencies"]["reason"] == "too_little_data"
    assert asked["dependencies"]["outdated_direct"] == 0


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "no_data"),
        ("cat $0; exit 1", "no_data"),
        ("true", "no_data"),
        ("echo hello", "unsupported"),
        ("head -c 300 $0", "malformed"),
        ("yes | head -c 2000000", "unsupported"),
    ],
    ids=["fails", "prints and fails", "prints nothing", "prints something else", "prints half", "floods and ends"],
)
def test_a_command_that_does_not_do_its_work_is_an_error(script: str, reason: str) -> None:
    one = shell(script)
    one["argv"].append(str(MODULES))

    assert look(one, max_bytes=1_000_000)["error"]["reason"] == reason


@pytest.mark.parametrize("script", ["sleep 60", "yes"], ids=["hangs", "floods for ever"])
def test_a_command_that_does_not_end_costs_its_budget(script: str) -> None:
    began = time.monotonic()

    assert look(shell(script), seconds=1)["error"]["reason"] == "timeout"
    assert time.monotonic() - began < 3


def test_the_exit_code_of_a_scanner_that_found_something_can_be_declared() -> None:
    one = shell("cat $0; exit 1", exit_codes=[0, 1])
    one["argv"].append(str(MODULES))

    assert look(one)["error"] is None


def test_no_secret_of_the_command_is_in_what_it_said_when_it_failed() -> None:
    one = shell('echo "cannot log in with $API_KEY" >&2; exit 1', secret_environment={"API_KEY": SECRET})
    subject = look(one)

    assert "cannot log in with «redacted»" in subject["error"]["message"]
    assert SECRET not in json.dumps(subject)


@pytest.mark.parametrize(
    "one", [{}, {"path": "a", "argv": ["b"]}, {"argv": ["a"], "root": "b"}], ids=["neither", "both", "unknown"]
)
def test_an_artifact_is_either_a_file_or_printed(one: dict[str, t.Any]) -> None:
    assert ArgumentSpecValidator(**artifact.SPEC).validate({"artifacts": [one]}).error_messages


def test_a_file_needs_the_folder_of_the_artifacts() -> None:
    assert look({"path": "unit.json"})["error"]["reason"] == "not_configured"


def test_no_words_are_no_command() -> None:
    assert look({"argv": []}, root="/")["error"]["message"] == "The command has no words to run"

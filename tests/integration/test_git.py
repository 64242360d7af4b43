# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A checkout as a release: good, and wrong in each way that counts."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from sandbox import _release_actions as actions
from sandbox._profile import Profile
from sandbox.components import _repository_signing as signing
from sandbox.components import repository

from ._git_repository import Repository
from ._judging import judged
from ._releases import ITEMS, look, make_key, outcomes, release, sign


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return release(tmp_path / "release")


@pytest.fixture
def hardened(tmp_path: Path) -> tuple[Path, str]:
    """The sandbox's release, and the file of those who may sign it."""
    repository.build(tmp_path / "sandbox", Profile.HARDENED, key=signing.key(tmp_path))
    return tmp_path / "sandbox", str(tmp_path / signing.SIGNERS)


def test_the_release_of_the_sandbox_passes(hardened: tuple[Path, str]) -> None:
    subject = look(hardened[0], tag="v1.0.0", branch="main", allowed_signers=hardened[1])

    assert outcomes(subject) == {}
    assert (subject["signature"], subject["signed_by"]) == ("good", signing.PRINCIPAL)
    assert outcomes(subject, "10.3.5") == {}


def test_what_is_shipped_has_no_tag_no_changelog_and_several_versions(tmp_path: Path) -> None:
    repository.build(tmp_path / "shipped", Profile.AS_SHIPPED)

    subject = look(tmp_path / "shipped")

    assert outcomes(subject) == {"7.1.1": "error", "7.1.5": "failed", "7.1.6": "failed"}
    stated = {one["version"] for one in subject["versions"]}
    assert stated == {"1.0.0", "0.1.0", "latest"}


BROKEN: dict[t.Callable[[Path], None], dict[str, str]] = {
    actions.make_lightweight: {"7.1.6": "failed"},
    actions.say_something_else: {"7.1.6": "failed"},
    actions.sign_by_a_stranger: {"7.1.6": "failed"},
    actions.rename_tag: {"7.1.6": "failed"},
    actions.move_back: {"7.1.1": "failed", "7.1.6": "failed"},
    actions.remove_tag: {"7.1.1": "error", "7.1.6": "failed"},
    actions.go_on_after_the_freeze: {"7.1.1": "failed"},
    actions.leave_the_branch_without_the_release: {"7.1.1": "failed"},
    actions.check_out_another_branch: {"7.1.6": "failed"},
    actions.edit_code: {"7.1.6": "failed"},
    actions.edit_code_unseen: {"7.1.6": "failed"},
    actions.remove_code: {"7.1.6": "failed"},
    actions.leave_a_file: {"7.1.6": "failed"},
    actions.stage_a_file: {"7.1.6": "failed"},
    actions.make_unrunnable: {"7.1.6": "failed"},
    actions.replace_history: {"7.1.6": "failed"},
}


@pytest.mark.parametrize("act", BROKEN, ids=lambda act: act.__name__)
def test_what_people_do_to_a_release_is_seen(hardened: tuple[Path, str], act: t.Callable[[Path], None]) -> None:
    act(hardened[0])

    assert outcomes(look(hardened[0], tag="v1.0.0", branch="main", allowed_signers=hardened[1])) == BROKEN[act]


def test_a_release_passes_where_nothing_is_declared(made: Repository) -> None:
    subject = look(made.path)

    assert outcomes(subject) == {}
    assert (subject["tag"], subject["tag_is_declared"], subject["branch"]) == ("v1.0.0", False, "main")


@pytest.mark.parametrize("tag", ["v1.0.0", "1.0.0"])
@pytest.mark.parametrize("declared", ["v1.0.0", "1.0.0"])
def test_a_tag_may_have_a_v_that_the_release_has_not(tmp_path: Path, tag: str, declared: str) -> None:
    subject = look(release(tmp_path / "release", tag).path, tag=declared)

    assert subject["tag_exists"] is (tag == declared or not declared.startswith("v"))


def test_a_declared_tag_that_is_not_there_fails(made: Repository) -> None:
    assert outcomes(look(made.path, tag="v2.0.0"), "7.1.6") == {"7.1.6": "failed"}


@pytest.mark.parametrize("tag", ["../heads/main", "v1.0.0^{commit}", "a b", "-d", "v1..2", "x.lock", "*", "HEAD@{1}"])
def test_a_name_that_is_none_is_an_error(made: Repository, tag: str) -> None:
    assert look(made.path, tag=tag)["unseen"]["tag_exists"]["reason"] == "malformed"


def test_a_tag_of_a_file_is_an_error(made: Repository) -> None:
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0", "HEAD:CHANGELOG.md")

    assert "leads to no commit" in look(made.path)["unseen"]["tag_exists"]["message"]


def test_a_tag_of_a_tag_is_followed(made: Repository) -> None:
    made.git("tag", "--force", "--annotate", "--message=outer", "v1.0.0", "v1.0.0")

    assert look(made.path)["head_is_release"] is True


def test_a_signature_is_good_by_a_key_that_may_sign(made: Repository, tmp_path: Path) -> None:
    key = make_key(tmp_path / "key")
    sign(made, key)

    subject = look(made.path, allowed_signers=str(key.with_suffix(".signers")))

    assert (subject["signature"], subject["signed_by"]) == ("good", "release@example.com")
    assert subject["signing_key"].startswith("SHA256:")


def test_a_signature_that_nobody_can_verify_is_an_error(made: Repository, tmp_path: Path) -> None:
    sign(made, make_key(tmp_path / "key"))

    subject = look(made.path)

    assert subject["unseen"]["signature"]["reason"] == "not_configured"
    assert outcomes(subject) == {"7.1.6": "error"}


@pytest.mark.parametrize(
    ("signers", "reason"),
    [(None, "no_data"), ("", "no_data"), ("# nobody yet\n", "no_data"), ("garbage\n", "no_data")],
    ids=["missing", "empty", "comment", "garbage"],
)
def test_a_file_of_signers_that_names_nobody_is_an_error(
    made: Repository, tmp_path: Path, signers: str | None, reason: str
) -> None:
    sign(made, make_key(tmp_path / "key"))
    file = tmp_path / "signers"
    if signers is not None:
        file.write_text(signers)

    assert look(made.path, allowed_signers=str(file))["unseen"]["signature"]["reason"] == reason


def test_a_key_for_another_purpose_or_time_may_not_sign(made: Repository, tmp_path: Path) -> None:
    key = make_key(tmp_path / "key")
    sign(made, key)
    kind, public = key.with_suffix(".pub").read_text().split()[:2]

    for limit in ('namespaces="file"', 'valid-before="20200101"'):
        file = tmp_path / "signers"
        file.write_text(f"release@example.com {limit} {kind} {public}\n")
        assert look(made.path, allowed_signers=str(file))["signature"] != "good"


def test_what_the_repository_configures_verifies_nothing(made: Repository, tmp_path: Path) -> None:
    """The program, the keys and the format that a repository names are its own word for itself."""
    stranger, ours = make_key(tmp_path / "stranger"), make_key(tmp_path / "ours")
    sign(made, stranger)
    marker = tmp_path / "ran"
    program = made.write("verify.sh", f"#!/bin/sh\ntouch {marker}\necho 'Good \"git\" signature'\nexit 0\n")
    program.chmod(0o755)
    for name in ("gpg.ssh.program", "gpg.program", "gpg.openpgp.program", "core.fsmonitor", "core.pager", "alias.log"):
        made.git("config", name, str(program))
    made.git("config", "gpg.ssh.allowedSignersFile", str(stranger.with_suffix(".signers")))
    made.git("config", "log.showSignature", "true")

    subject = look(made.path, allowed_signers=str(ours.with_suffix(".signers")))

    assert (subject["signature"], marker.exists()) == ("unknown", False)


def test_a_signature_needs_its_program(made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = make_key(tmp_path / "key")
    sign(made, key)
    only_git = tmp_path / "bin"
    only_git.mkdir()
    (only_git / "git").symlink_to("/usr/bin/git")
    monkeypatch.setenv("PATH", str(only_git))

    missing = look(made.path, allowed_signers=str(key.with_suffix(".signers")))["unseen"]["signature"]

    assert (missing["reason"], "openssh-client" in missing["message"]) == ("missing_library", True)


def test_the_freeze_is_seen_on_a_remote(made: Repository) -> None:
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.git("commit", "--quiet", "--allow-empty", "--message=One more")
    late = made.git("rev-parse", "HEAD")
    made.git("update-ref", "refs/remotes/upstream/main", late)
    made.git("reset", "--quiet", "--hard", "HEAD~1")

    subject = look(made.path)

    assert [one["commit"] for one in subject["commits_after_release"]] == [late]
    assert outcomes(subject) == {"7.1.1": "failed"}


def test_a_branch_that_is_not_there_is_an_error(made: Repository) -> None:
    assert outcomes(look(made.path, branch="release/1.0")) == {"7.1.1": "error"}


def test_a_detached_head_needs_a_declared_branch(made: Repository) -> None:
    made.git("checkout", "--quiet", "--detach")

    assert outcomes(look(made.path)) == {"7.1.1": "error"}
    assert outcomes(look(made.path, branch="main")) == {}


def test_documents_count_on_any_branch(made: Repository) -> None:
    assert outcomes(look(made.path), "10.3.5") == {"10.3.5": "failed"}
    made.git("checkout", "--quiet", "-b", "after")
    made.add("code.go", "package x\n")
    assert outcomes(look(made.path, branch="main"), "10.3.5") == {"10.3.5": "failed"}
    made.add("docs/lessons.md", "Watch the first hour.\n")
    assert outcomes(look(made.path, branch="main"), "10.3.5") == {}


@pytest.mark.parametrize("file", ["CHANGELOG.md", "HISTORY.md", ".changes/v1.0.0.md", "docs/CHANGELOG.md"])
def test_each_style_of_changelog(made: Repository, file: str) -> None:
    made.git("rm", "--quiet", "CHANGELOG.md")
    text = "Date: 2026-08-26\n\nThe first release.\n" if file.startswith(".") else "## 1.0.0 (2026-08-26)\n\n- First.\n"
    made.add(file, text)

    assert outcomes(look(made.path), "7.1.5") == {}


def test_a_release_of_three_answers(made: Repository) -> None:
    made.write("configs/config.yaml", "app:\n  version: 0.1.0\n")
    made.write("docker-compose.yml", "services: {api: {image: 'cryptofunk/api:v0.10.0'}}\n")
    made.commit()
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0")

    subject = look(made.path)

    assert [one["says"] for one in subject["disagreeing"]] == [
        "configs/config.yaml:2 says 0.1.0 of app.version",
        "docker-compose.yml:1 says 0.10.0 of the image api",
    ]
    assert outcomes(subject) == {"7.1.6": "failed"}


def test_each_verdict_says_where(made: Repository) -> None:
    made.git("tag", "--force", "v1.0.0")
    made.write("configs/config.yaml", "app:\n  version: 0.1.0\n")
    made.write("notes.txt", "x")
    subject = look(made.path)

    places = {one["check"]: one["at"] for item in ITEMS for one in judged(item, "git", subject)}

    assert all(places.values())
    assert places["git: tag_is_annotated equals"] == ["refs/tags/v1.0.0"]
    assert places["git: disagreeing[].says is_empty"] == ["configs/config.yaml:2"]
    assert places["git: changed is_empty"] == ["configs/config.yaml:1"]
    assert places["git: untracked is_empty"] == ["notes.txt"]
    assert places["git: changelog_is_dated equals"] == ["CHANGELOG.md:3"]

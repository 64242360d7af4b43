# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The repository that the sandbox builds."""

from __future__ import annotations

import time
import typing as t
from pathlib import Path

import pytest

from sandbox._errors import SandboxError
from sandbox._profile import BOTH, Profile
from sandbox.components import _repository_files as content
from sandbox.components import repository
from sandbox.components.repository import build, git

LEAKED = content.words()["@LEAKED_KEY@"].encode()


def lines(path: Path, *words: str) -> list[str]:
    return git(path, *words).decode().splitlines()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[Profile, Path]:
    folder = tmp_path_factory.mktemp("repositories")
    for profile in BOTH:
        build(folder / profile.value, profile)
    return {profile: folder / profile.value for profile in BOTH}


def test_the_same_arguments_give_the_same_commits(tmp_path: Path, built: dict[Profile, Path]) -> None:
    build(tmp_path / "again", Profile.HARDENED)
    assert lines(tmp_path / "again", "rev-list", "--all") == lines(built[Profile.HARDENED], "rev-list", "--all")


def test_it_is_built_in_a_moment(tmp_path: Path) -> None:
    began = time.monotonic()
    build(tmp_path / "new", Profile.AS_SHIPPED)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("profile", BOTH)
def test_the_work_tree_is_clean_and_on_main(profile: Profile, built: dict[Profile, Path]) -> None:
    assert lines(built[profile], "status", "--porcelain", "--branch") == ["## main"]


@pytest.mark.parametrize("profile", BOTH)
def test_history_and_files_have_a_real_size(profile: Profile, built: dict[Profile, Path]) -> None:
    assert 25 <= len(lines(built[profile], "rev-list", "HEAD")) <= 35
    assert len(lines(built[profile], "ls-files")) == len(content.files(profile))


@pytest.mark.parametrize("profile", BOTH)
def test_people_are_roles_of_nowhere(profile: Profile, built: dict[Profile, Path]) -> None:
    addresses = set(lines(built[profile], "log", "--format=%ae%n%ce"))
    assert all(address.endswith("@example.com") for address in addresses)


def test_only_the_hardened_profile_is_released(built: dict[Profile, Path]) -> None:
    assert lines(built[Profile.HARDENED], "cat-file", "-t", "v1.0.0") == ["tag"]
    assert lines(built[Profile.HARDENED], "rev-parse", "v1.0.0^{commit}") == lines(
        built[Profile.HARDENED], "rev-parse", "HEAD"
    )
    assert not lines(built[Profile.AS_SHIPPED], "tag")


def test_the_leaked_key_stands_in_the_history_only(built: dict[Profile, Path]) -> None:
    shipped = built[Profile.AS_SHIPPED]
    assert len(lines(shipped, "log", "--format=%H", f"-S{LEAKED.decode()}", "--", "scripts")) == 2
    assert not any(LEAKED in file.read_bytes() for file in _files(shipped))


def test_the_hardened_history_has_no_leak_unless_told(tmp_path: Path, built: dict[Profile, Path]) -> None:
    build(tmp_path / "leaked", Profile.HARDENED, leak=True)
    search = ("log", "--all", "--format=%H", f"-S{LEAKED.decode()}")
    assert len(lines(tmp_path / "leaked", *search)) == 2
    assert not lines(built[Profile.HARDENED], *search)


def test_a_missing_blob_changes_no_commit_and_no_file(tmp_path: Path, built: dict[Profile, Path]) -> None:
    holed = tmp_path / "holed"
    build(holed, Profile.HARDENED, missing_blob=True)
    assert lines(holed, "rev-parse", "HEAD") == lines(built[Profile.HARDENED], "rev-parse", "HEAD")
    assert lines(holed, "status", "--porcelain") == []
    with pytest.raises(SandboxError, match="fsck"):
        git(holed, "fsck")


def test_the_hardened_history_is_whole(built: dict[Profile, Path]) -> None:
    git(built[Profile.HARDENED], "fsck", "--full", "--strict")


def test_scripts_can_be_run(built: dict[Profile, Path]) -> None:
    modes = {line.split()[0] for line in lines(built[Profile.HARDENED], "ls-files", "-s", "scripts")}
    assert modes == {"100755"}


def test_nobodys_configuration_of_git_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: dict[Profile, Path]
) -> None:
    (tmp_path / ".gitconfig").write_text("[core]\n autocrlf = true\n[user]\n name = Somebody\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    build(tmp_path / "mine", Profile.HARDENED)
    assert lines(tmp_path / "mine", "rev-parse", "HEAD") == lines(built[Profile.HARDENED], "rev-parse", "HEAD")


def test_losing_what_is_not_there_is_an_error(built: dict[Profile, Path]) -> None:
    with pytest.raises(SandboxError, match="no loose object"):
        repository.lose(built[Profile.HARDENED], b"never written")


def _files(path: Path) -> t.Iterator[Path]:
    return (file for file in path.rglob("*") if file.is_file() and ".git" not in file.parts)

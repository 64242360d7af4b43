# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the secret scan cannot read, must not run, and may let pass: none of it makes a repository clean by itself."""

from __future__ import annotations

import datetime
import os
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_scan

from ._git_repository import Repository, Secrets
from ._judging import outcome, seen

ITEM = ("1.1.3", "secret_scan")
LARGE = b"a line of a large text\n" * 900_000  # 20 MB
NEXT_YEAR = f"{datetime.date.today().year + 1}-01-31"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "checkout")
    made.add("README.md", "Nothing here\n", "Begin")
    return made


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


def scan(repository: Repository, **options: t.Any) -> dict[str, t.Any]:
    return seen(secret_scan, path=str(repository.path), **{"gitleaks": False, **options})


def test_a_missing_object_makes_a_clean_repository_undecided(repository: Repository) -> None:
    repository.add("trend-agent", "an old version\n")
    name = repository.lose("HEAD:trend-agent")
    repository.write("trend-agent", "a new version\n")
    repository.git(
        "update-index", "--cacheinfo", f"100644,{repository.git('hash-object', '-w', 'trend-agent')},trend-agent"
    )
    repository.git("commit", "--quiet", "--message=Change")

    subject = scan(repository)

    assert subject["findings"] is None
    assert [(one["what"], one["path"], one["reason"]) for one in subject["unread"]] == [
        (f"object {name}", "trend-agent", "no_data")
    ]
    assert outcome(*ITEM, subject) == "error"


def test_a_found_secret_decides_although_an_object_is_missing(repository: Repository, secrets: Secrets) -> None:
    repository.add("trend-agent", "an old version\n")
    repository.lose("HEAD:trend-agent")
    (repository.path / "trend-agent").unlink()
    repository.write("key.txt", secrets.github_token())

    subject = scan(repository)

    assert subject["complete"] is False
    assert outcome(*ITEM, subject) == "failed"


def test_a_missing_tree_is_not_passed_over(repository: Repository) -> None:
    repository.add("conf/app.txt", "nothing\n")
    repository.lose("HEAD:conf")

    assert outcome(*ITEM, scan(repository)) == "error"


def test_a_missing_commit_is_not_passed_over(repository: Repository) -> None:
    repository.add("one.txt", "nothing\n")
    repository.add("two.txt", "nothing\n")
    repository.lose("HEAD~1")

    assert outcome(*ITEM, scan(repository)) == "error"


def test_a_damaged_object_is_not_passed_over(repository: Repository) -> None:
    repository.add("one.txt", "nothing\n")
    name = repository.git("rev-parse", "HEAD:one.txt")
    file = repository.path / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o600)
    file.write_bytes(b"garbage")
    (repository.path / "one.txt").unlink()

    assert outcome(*ITEM, scan(repository)) == "error"


def test_a_shallow_clone_is_undecided(repository: Repository, tmp_path: Path) -> None:
    repository.add("one.txt", "nothing\n")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(tmp_path / "shallow"))

    subject = seen(secret_scan, path=str(tmp_path / "shallow"), gitleaks=False)

    assert outcome(*ITEM, subject) == "error"
    assert "git fetch --unshallow" in subject["unseen"]["findings"]["message"]


@pytest.mark.parametrize("is_committed", [True, False], ids=["committed", "untracked"])
def test_a_text_that_is_too_large_is_named(repository: Repository, is_committed: bool) -> None:
    repository.write("dump.sql", LARGE)
    if is_committed:
        repository.commit()

    subject = scan(repository)

    assert {one["path"] for one in subject["unread"]} == {"dump.sql"}
    assert outcome(*ITEM, subject) == "error"
    assert subject["unseen"]["findings"]["reason"] == "unsupported"


def test_a_large_binary_and_a_large_ignored_text_are_no_gaps(repository: Repository) -> None:
    repository.add(".gitignore", "dump.sql\n")
    repository.write("dump.sql", LARGE)
    repository.write("logo.bin", b"\x00" + LARGE)
    repository.git("add", "logo.bin")
    repository.git("commit", "--quiet", "--message=Add a logo")

    subject = scan(repository)

    assert (subject["complete"], subject["binaries"]) == (True, 1)
    assert outcome(*ITEM, subject) == "passed"


def test_a_pointer_to_large_file_storage_is_a_gap(repository: Repository) -> None:
    repository.add("dump.sql", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n")

    assert outcome(*ITEM, scan(repository)) == "error"


def test_a_test_with_very_many_secrets_hides_none_behind_them(repository: Repository, secrets: Secrets) -> None:
    repository.add("many_test.go", "".join(f'password := "{secrets.word(12)}!#"\n' for dummy in range(1100)))

    assert outcome(*ITEM, scan(repository)) == "error"


@pytest.mark.parametrize("timeout", [0.02, 0.15])
def test_a_budget_that_is_too_small_is_a_timeout(repository: Repository, timeout: float) -> None:
    for number in range(30):
        repository.write(f"{number}.txt", f"password = {number}\n" * 20_000)
    repository.commit()

    subject = scan(repository, timeout=timeout)

    assert (subject["error"] or subject["unseen"]["findings"])["reason"] == "timeout"
    assert outcome(*ITEM, subject) == "error"


def test_a_folder_without_a_commit_has_no_history_to_be_clean(tmp_path: Path) -> None:
    assert outcome(*ITEM, scan(Repository(tmp_path / "empty"))) == "error"


@pytest.mark.parametrize(
    "below", ["", "none", "plain"], ids=["a folder without git", "no folder", "a folder in a repository"]
)
def test_a_path_that_is_no_repository_is_an_error(tmp_path: Path, below: str) -> None:
    path = tmp_path
    if below == "plain":
        path = Repository(tmp_path / "outer").path
        (path / below).mkdir()

    subject = seen(secret_scan, path=str(path / below), gitleaks=False)

    assert subject["error"]["reason"] == "no_data"


def test_nothing_of_the_repository_is_run(repository: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    program.chmod(0o755)
    repository.add(".gitattributes", "* filter=own diff=own\n")
    for key in (
        "core.fsmonitor",
        "filter.own.clean",
        "filter.own.smudge",
        "diff.own.textconv",
        "diff.external",
        "gpg.program",
        "core.pager",
    ):
        repository.git("config", key, str(program))
    repository.git("config", "log.showSignature", "true")
    hooks = repository.path / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction"):
        (hooks / hook).symlink_to(program)
    mark.unlink(missing_ok=True)

    subject = scan(repository, gitleaks=True)

    assert outcome(*ITEM, subject) == "passed"
    assert not mark.exists()


def test_a_replacement_hides_nothing(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())
    repository.remove("key.txt")
    clean = repository.git("hash-object", "-w", "--stdin", stdin=b"nothing")
    repository.git("replace", repository.git("rev-parse", "HEAD~1:key.txt"), clean)

    assert outcome(*ITEM, scan(repository)) == "failed"


def test_a_graft_hides_nothing(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())
    repository.remove("key.txt")
    grafts = repository.path / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(repository.git("rev-parse", "HEAD") + "\n")

    assert outcome(*ITEM, scan(repository)) == "failed"


def test_a_scan_changes_nothing(repository: Repository) -> None:
    def state() -> dict[str, tuple[int, int]]:
        paths = [path for path in repository.path.rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in paths}

    os.utime(repository.path / "README.md", (1, 1))  # git would refresh its index now, were it allowed to
    before = state()

    scan(repository)

    assert state() == before


def allowed(repository: Repository, expires: str, **options: t.Any) -> dict[str, t.Any]:
    """Scan, allow what was found until *expires*, and scan again."""
    (finding,) = scan(repository, fingerprint_key="k1")["findings"]
    entry = {"fingerprint": finding["fingerprint"], "reason": "A closed account", "expires": expires}
    return scan(repository, **{"fingerprint_key": "k1", "allowed": [entry], **options})


def test_an_allowed_finding_passes_until_it_expires(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())

    valid, expired = allowed(repository, NEXT_YEAR), allowed(repository, "2020-01-01")

    assert (outcome(*ITEM, valid), len(valid["allowed"]), valid["allowed_unused"]) == ("passed", 1, [])
    assert (outcome(*ITEM, expired), len(expired["allowed_expired"])) == ("failed", 1)


def test_another_secret_on_an_allowed_line_is_found(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())
    (finding,) = scan(repository, fingerprint_key="k1")["findings"]
    repository.add("key.txt", secrets.github_token())
    entry = {"fingerprint": finding["fingerprint"], "reason": "A closed account", "expires": NEXT_YEAR}

    assert outcome(*ITEM, scan(repository, fingerprint_key="k1", allowed=[entry])) == "failed"


def test_a_fingerprint_under_another_key_allows_nothing_and_is_unused(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())

    subject = allowed(repository, NEXT_YEAR, fingerprint_key="k2")

    assert (outcome(*ITEM, subject), len(subject["allowed_unused"])) == ("failed", 1)


def test_an_expiry_that_is_no_date_is_an_error(repository: Repository, secrets: Secrets) -> None:
    repository.add("key.txt", secrets.github_token())

    assert allowed(repository, "31.01.2027")["error"]["reason"] == "malformed"

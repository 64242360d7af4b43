# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The secret scan on real repositories: where a secret may hide, and what is none."""

from __future__ import annotations

import json
import os
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_scan

from ._git_repository import Repository, Secrets
from ._judging import outcome, seen

ITEM = ("1.1.3", "secret_scan")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "checkout")
    made.add(
        "README.md",
        "Set BINANCE_API_KEY=your_binance_api_key and POSTGRES_PASSWORD=CHANGE_ME_TO_SECURE_PASSWORD\n",
        "Begin",
    )
    return made


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


def scan(repository: Repository, **options: t.Any) -> dict[str, t.Any]:
    return seen(secret_scan, path=str(repository.path), gitleaks=False, **options)


def only_finding(subject: dict[str, t.Any]) -> dict[str, t.Any]:
    (finding,) = subject["findings"]
    return t.cast("dict[str, t.Any]", finding)


def test_a_clean_repository_passes(repository: Repository) -> None:
    subject = scan(repository)

    assert (subject["findings"], subject["complete"], subject["commits"]) == ([], True, 1)
    assert outcome(*ITEM, subject) == "passed"


def test_a_key_in_a_deleted_file_is_found_with_the_commit_that_brought_it(
    repository: Repository, secrets: Secrets
) -> None:
    commit = repository.add(".env.prod", f"BINANCE_API_SECRET={secrets.exchange_key()}\n")
    repository.remove(".env.prod")

    finding = only_finding(scan(repository))

    assert finding["rule"] == "binance-key"
    assert (finding["path"], finding["line"], finding["commit"]) == (".env.prod", 1, commit)
    assert (finding["tracked"], finding["in_history_only"]) == (False, True)
    assert finding["excerpt"] == "BINANCE_API_SECRET = [Binance API key or secret]"


def test_a_key_that_was_replaced_in_a_file_is_found(repository: Repository, secrets: Secrets) -> None:
    repository.add("configs/config.yaml", f"exchanges:\n  binance:\n    secret_key: {secrets.exchange_key()}\n")
    repository.add("configs/config.yaml", "exchanges:\n  binance:\n    secret_key: ${BINANCE_API_SECRET}\n")

    finding = only_finding(scan(repository))

    assert (finding["line"], finding["tracked"], finding["in_history_only"]) == (3, True, True)


def test_a_key_that_moved_is_one_finding_at_its_line_of_today(repository: Repository, secrets: Secrets) -> None:
    token = secrets.github_token()
    first = repository.add("run.sh", f"TOKEN={token}\n")
    repository.add("run.sh", f"#!/bin/sh\nset -e\nTOKEN={token}\n")

    finding = only_finding(scan(repository))

    assert (finding["line"], finding["commit"], finding["versions"], finding["in_history_only"]) == (3, first, 2, False)


@pytest.mark.parametrize("stashes", [1, 2])
def test_a_key_in_any_stash_is_found(repository: Repository, secrets: Secrets, stashes: int) -> None:
    repository.write("notes.txt", f"aws: {secrets.aws_key()}\n")
    repository.git("stash", "push", "--quiet", "--include-untracked")
    for number in range(1, stashes):
        repository.write(f"other{number}.txt", "nothing\n")
        repository.git("stash", "push", "--quiet", "--include-untracked")

    finding = only_finding(scan(repository))

    assert (finding["rule"], finding["path"], finding["in_history_only"]) == ("aws-access-key", "notes.txt", True)


def test_a_key_in_a_commit_that_only_a_tag_reaches_is_found(repository: Repository, secrets: Secrets) -> None:
    repository.git("checkout", "--quiet", "--orphan", "aside")
    repository.add("key.txt", f"{secrets.github_token()}\n")
    repository.git("tag", "old")
    repository.git("checkout", "--quiet", "--force", "main")
    repository.git("branch", "--quiet", "-D", "aside")

    assert only_finding(scan(repository))["path"] == "key.txt"


@pytest.mark.parametrize("way", ["commit", "tag", "note"])
def test_a_key_in_a_message_is_found(repository: Repository, secrets: Secrets, way: str) -> None:
    message = f"Use {secrets.github_token()}"
    words = {"commit": ["commit", "--allow-empty"], "tag": ["tag", "--annotate", "v1"], "note": ["notes", "add"]}[way]
    repository.git(*words, f"--message={message}")

    assert only_finding(scan(repository))["rule"] == "github-token"


def test_a_staged_key_is_found(repository: Repository, secrets: Secrets) -> None:
    path = repository.write("key.txt", f"{secrets.github_token()}\n")
    repository.git("add", "key.txt")
    path.unlink()

    assert only_finding(scan(repository))["path"] == "key.txt"


def test_a_key_that_is_about_to_be_committed_fails(repository: Repository, secrets: Secrets) -> None:
    repository.write(".env", f"OKX_PASSPHRASE={secrets.word(14)}\n")

    subject = scan(repository)

    assert (only_finding(subject)["tracked"], only_finding(subject)["ignored"], only_finding(subject)["commit"]) == (
        False,
        False,
        None,
    )
    assert outcome(*ITEM, subject) == "failed"


def test_a_key_in_an_ignored_file_is_shown_and_is_not_in_git(repository: Repository, secrets: Secrets) -> None:
    repository.add(".gitignore", ".env\n")
    repository.write(".env", f"BINANCE_API_KEY={secrets.exchange_key()}\n")

    subject = scan(repository)

    assert (only_finding(subject)["path"], only_finding(subject)["ignored"]) == (".env", True)
    assert outcome(*ITEM, subject) == "passed"


def test_an_ignored_file_that_was_committed_before_is_no_excuse(repository: Repository, secrets: Secrets) -> None:
    repository.add(".env", f"BINANCE_API_KEY={secrets.exchange_key()}\n")
    repository.git("rm", "--quiet", "--cached", ".env")
    repository.add(".gitignore", ".env\n")

    subject = scan(repository)

    assert not only_finding(subject)["ignored"]
    assert outcome(*ITEM, subject) == "failed"


def test_the_values_of_a_kubernetes_secret_are_decoded(repository: Repository, secrets: Secrets) -> None:
    values = f"  slack: {secrets.in_base64(secrets.word(20))}\n  grafana: Y2hhbmdlbWU=\n"
    repository.add("deployments/k8s/base/secrets.yaml", f"apiVersion: v1\nkind: Secret\ntype: Opaque\ndata:\n{values}")

    subject = scan(repository)

    assert (only_finding(subject)["rule"], only_finding(subject)["line"]) == ("kubernetes-secret", 5)


def test_a_default_in_a_manifest_is_listed_apart(repository: Repository) -> None:
    repository.add(
        "docker-compose.yml",
        "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-postgres}\n",
    )

    subject = scan(repository)

    assert subject["findings"] == []
    assert subject["default_literals"] == [{"path": "docker-compose.yml", "line": 4, "name": "POSTGRES_PASSWORD"}]


def test_a_made_up_password_in_a_test_is_listed_apart_and_a_real_key_there_is_found(
    repository: Repository, secrets: Secrets
) -> None:
    lines = f'password := "{secrets.word(16)}"\ntoken := "{secrets.github_token()}"\n'
    repository.add("internal/config/secrets_test.go", lines)

    subject = scan(repository)

    assert only_finding(subject)["rule"] == "github-token"
    assert subject["fixtures"] == [{"rule": "assigned-secret", "path": "internal/config/secrets_test.go", "line": 1}]


NAMES = [b"new\nline.txt", b"caf\xe9.txt", b"-rf.txt", b'quo"te.txt', "schlüssel.txt".encode()]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_key_is_found_in_a_file_with_any_name(repository: Repository, secrets: Secrets, name: bytes) -> None:
    repository.add(name, f"{secrets.github_token()}\n")
    (repository.path / os.fsdecode(name)).unlink()
    repository.commit()

    finding = only_finding(scan(repository))

    assert finding["path"] == name.decode("utf-8", "backslashreplace")


@pytest.mark.parametrize(
    "before", [b"\xff\xfe\xfd caf\xe9\n", b"\xef\xbb\xbf"], ids=["invalid UTF-8", "byte order mark"]
)
def test_a_key_is_found_behind_any_bytes(repository: Repository, secrets: Secrets, before: bytes) -> None:
    repository.add("notes.txt", before + secrets.github_token().encode())

    assert only_finding(scan(repository))["path"] == "notes.txt"


def test_a_key_is_found_in_utf_16(repository: Repository, secrets: Secrets) -> None:
    repository.add("notes.txt", f"key {secrets.github_token()}\n".encode("utf-16"))

    assert only_finding(scan(repository))["path"] == "notes.txt"


def test_binary_files_are_counted(repository: Repository) -> None:
    repository.add("logo.png", b"\x89PNG\x00" * 100)

    assert scan(repository)["binaries"] == 1


def test_links_are_not_followed(repository: Repository, secrets: Secrets, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "key.txt").write_text(secrets.github_token())
    (repository.path / "loop").symlink_to("loop")
    (repository.path / "out.txt").symlink_to(outside / "key.txt")
    (repository.path / "folder").symlink_to(outside)
    repository.commit()

    subject = scan(repository)

    assert (subject["findings"], subject["complete"]) == ([], True)


def test_a_tracked_file_below_a_folder_that_became_a_link_is_not_read_outside(
    repository: Repository, secrets: Secrets, tmp_path: Path
) -> None:
    repository.add("conf/app.txt", "nothing\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "app.txt").write_text(secrets.github_token())
    (repository.path / "conf/app.txt").unlink()
    (repository.path / "conf").rmdir()
    (repository.path / "conf").symlink_to(outside)

    assert [one["path"] for one in scan(repository)["findings"]] == []


def test_a_bare_repository_is_read(repository: Repository, secrets: Secrets, tmp_path: Path) -> None:
    repository.add("key.txt", f"{secrets.github_token()}\n")
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))

    finding = only_finding(seen(secret_scan, path=str(tmp_path / "bare.git"), gitleaks=False))

    assert (finding["path"], finding["tracked"], finding["in_history_only"]) == ("key.txt", True, False)


def test_no_output_holds_any_part_of_a_secret(repository: Repository, secrets: Secrets) -> None:
    token = secrets.github_token()
    repository.add(f"{token}.txt", f"password = {secrets.word(20)}\n", f"Name a file {token}")
    repository.add(
        "app.env", f"DATABASE_URL=postgres://app:{secrets.word(18)}@db.internal/app?token={secrets.word(30)}\n"
    )
    repository.add("configs/secrets.yaml", f"kind: Secret\ndata:\n  a: {secrets.in_base64(secrets.word(30))}\n")
    repository.add(
        "one.txt", f"key: {secrets.aws_key()} okx passphrase: {secrets.word(12)} bybit api_secret={secrets.word(36)}\n"
    )

    text = json.dumps(scan(repository))

    assert len(secrets.made) >= 7
    assert [
        word for word in secrets.made if any(word[start : start + 8] in text for start in range(len(word) - 7))
    ] == []

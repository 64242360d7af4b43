# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""gitleaks as the second engine of the secret scan: once for real, where it is installed, and as a program that misbehaves."""

from __future__ import annotations

import json
import shutil
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
    made.add("README.md", "Nothing here\n", "Begin")
    return made


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> t.Callable[[str], None]:
    """Put a program of the name gitleaks ahead on the PATH; *does* is what it does for a scan."""

    def put(does: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "gitleaks").write_text(f'#!/bin/sh\nif [ "$1" = version ]; then echo 9.9.9; exit; fi\n{does}\n')
        (folder / "gitleaks").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    return put


def scan(repository: Repository, **options: t.Any) -> dict[str, t.Any]:
    return seen(secret_scan, path=str(repository.path), **options)


def leak(repository: Repository, secret: str, rule: str = "kraken-access-token", file: str = "README.md") -> str:
    found = {
        "RuleID": rule,
        "Secret": secret,
        "File": file,
        "StartLine": 1,
        "Commit": repository.git("rev-parse", "HEAD"),
    }
    return f"cat <<'END'\n{json.dumps([found])}\nEND"


def test_a_clean_report_passes_and_the_engine_is_named(
    repository: Repository, pretend: t.Callable[[str], None]
) -> None:
    pretend("echo '[]'")

    subject = scan(repository)

    assert subject["engines"][1] == {"name": "gitleaks", "version": "9.9.9"}
    assert outcome(*ITEM, subject) == "passed"


def test_what_only_gitleaks_finds_is_a_finding(repository: Repository, pretend: t.Callable[[str], None]) -> None:
    secret = Secrets().word(80)
    repository.add("key.txt", f"{secret}\n")
    pretend(leak(repository, secret, file="key.txt"))

    subject = scan(repository)

    (finding,) = subject["findings"]
    assert (finding["rule"], finding["engine"], finding["in_history_only"]) == (
        "gitleaks:kraken-access-token",
        "gitleaks",
        False,
    )
    assert secret not in json.dumps(subject)


def test_what_both_find_is_one_finding_under_our_rule(repository: Repository, pretend: t.Callable[[str], None]) -> None:
    token = Secrets().github_token()
    repository.add("key.txt", f"{token}\n")
    pretend(leak(repository, token, "github-pat", "key.txt"))

    assert [one["rule"] for one in scan(repository)["findings"]] == ["github-token"]


@pytest.mark.parametrize("placeholder", ["your-api-key-here", "changeme12345", "8080/api/v1/decisions/similar"])
def test_a_placeholder_that_gitleaks_reports_is_none(
    repository: Repository, pretend: t.Callable[[str], None], placeholder: str
) -> None:
    pretend(leak(repository, placeholder, "generic-api-key"))

    assert outcome(*ITEM, scan(repository)) == "passed"


MISBEHAVIOUR = {
    "complains and ends well": "echo '[]'; echo 'ERR [git] fatal: unable to read 11c0' >&2",
    "ends badly": "echo '[]'; exit 3",
    "prints no report": "echo nonsense",
    "prints another shape": "echo '[[1]]'",
    "is killed": "kill -9 $$",
    "prints without end": "yes",
    "hangs": "sleep 60",
}


@pytest.mark.parametrize("does", MISBEHAVIOUR.values(), ids=MISBEHAVIOUR.keys())
def test_an_engine_that_fails_leaves_a_clean_repository_undecided(
    repository: Repository, pretend: t.Callable[[str], None], does: str
) -> None:
    pretend(does)

    subject = scan(repository, timeout=3)

    assert {one["what"] for one in subject["unread"]} == {"gitleaks"}
    assert outcome(*ITEM, subject) == "error"


def test_a_found_secret_decides_although_the_other_engine_fails(
    repository: Repository, pretend: t.Callable[[str], None]
) -> None:
    repository.add("key.txt", Secrets().github_token())
    pretend("exit 3")

    assert outcome(*ITEM, scan(repository)) == "failed"


@pytest.mark.skipif(not shutil.which("gitleaks"), reason="gitleaks is not on the PATH")
def test_the_repository_does_not_exempt_itself(repository: Repository) -> None:
    secret = Secrets().word(64)
    commit = repository.add("key.txt", f"linear_api = lin_api_{secret[:40]}  # gitleaks:allow\n")
    repository.write(".gitleaks.toml", "[allowlist]\npaths = ['.*']\n")
    repository.add(".gitleaksignore", f"{commit}:key.txt:linear-api-key:1\n")

    subject = scan(repository)

    assert [one["rule"] for one in subject["findings"]] == ["gitleaks:linear-api-key"]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Released repositories, made when a test runs, and the look that the role deployment makes at them."""

from __future__ import annotations

import subprocess
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import git

from ._git_repository import Repository
from ._judging import defaults, outcome, seen

CHANGELOG = "# Changelog\n\n## 1.0.0 - 2026-08-26\n\n- The first release.\n"
ITEMS = ("7.1.1", "7.1.5", "7.1.6")


def release(path: Path, tag: str | None = "v1.0.0") -> Repository:
    """Return a repository with two commits, the second of which is released under an annotated *tag*."""
    made = Repository(path)
    made.add("internal/config/version.go", 'package config\n\nconst Version = "1.0.0"\n')
    made.write("configs/config.yaml", "app:\n  version: 1.0.0\n")
    made.add("CHANGELOG.md", CHANGELOG)
    if tag:
        made.git("tag", "--annotate", "--message=Release", tag)
    return made


def look(path: Path, **options: t.Any) -> dict[str, t.Any]:
    """Look as the role does."""
    role = defaults("deployment")
    sources = {
        "versions": role["deployment_version_sources"],
        "images": role["deployment_image_files"],
        "own_images": role["deployment_own_images"],
        "changelogs": role["deployment_changelogs"],
    }
    return seen(git, path=str(path), **{**sources, **options})


def outcomes(subject: dict[str, t.Any], *items: str) -> dict[str, str]:
    """Return what the items come to that do not pass."""
    found = {item: outcome(item, "git", subject) for item in items or ITEMS}
    return {item: one for item, one in found.items() if one != "passed"}


def make_key(file: Path, principal: str = "release@example.com") -> Path:
    """Make an OpenSSH key at *file*, and a file ``.signers`` beside it that lets *principal* sign by it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", principal, "-f", str(file)], check=True)
    kind, key = file.with_suffix(".pub").read_text().split()[:2]
    file.with_suffix(".signers").write_text(f'{principal} namespaces="git" {kind} {key}\n')
    return file


def sign(made: Repository, key: Path, *words: str) -> None:
    """Put a tag that is signed by *key* on HEAD, in the place of the one that is there."""
    settings = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}")
    made.git(*settings, "tag", "--force", "--sign", "--message=Release", *(words or ("v1.0.0",)))

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people do to a released checkout: tags moved, tags made wrongly, work left in the tree. For sabotages and defects."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sandbox.components import _repository_history as history
from sandbox.components import _repository_signing as signing
from sandbox.components.repository import git, sign

TAG = f"refs/tags/{history.TAG}"
_WHO = ("-c", "user.name=Trading Engineer", "-c", "user.email=trading@example.com", "-c", "commit.gpgSign=false")
_CODE = "internal/risk/circuit_breaker.go"


def make_lightweight(checkout: Path) -> None:
    """Let the tag be a name of the commit and no more."""
    git(checkout, "update-ref", TAG, _text(checkout, "rev-parse", f"{TAG}^{{commit}}"))


def take_signature_off(checkout: Path) -> None:
    _tag_with(checkout, _payload(checkout))


def say_something_else(checkout: Path) -> None:
    """Change the words of the tag and leave the signature, which is not over them any more."""
    whole = git(checkout, "cat-file", "tag", TAG)
    _tag_with(checkout, whole.replace(b"CryptoFunk v", b"CryptoFunk, reviewed, v"))


def sign_by_a_stranger(checkout: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        sign(checkout, signing.key(Path(folder), "stranger"))


def move_back(checkout: Path) -> None:
    """Put the tag on the commit before."""
    release = _text(checkout, "rev-parse", f"{TAG}^{{commit}}")
    before = _text(checkout, "rev-parse", f"{release}^")
    _tag_with(checkout, _payload(checkout).replace(release.encode(), before.encode(), 1))


def remove_tag(checkout: Path) -> None:
    git(checkout, "update-ref", "-d", TAG)


def rename_tag(checkout: Path) -> None:
    """Let the signed object of another release stand under the name of this one."""
    _tag_with(checkout, _payload(checkout).replace(b"\ntag v1.0.0\n", b"\ntag v0.9.0\n"))


def go_on_after_the_freeze(checkout: Path) -> None:
    """Commit on the remote's release branch; the checkout stays on the release."""
    release = _text(checkout, "rev-parse", f"{TAG}^{{commit}}")
    tree = _text(checkout, "rev-parse", f"{release}^{{tree}}")
    late = _text(checkout, *_WHO, "commit-tree", tree, "-p", release, "-m", "fix: one more thing")
    git(checkout, "update-ref", "refs/remotes/origin/main", late)


def check_out_another_branch(checkout: Path) -> None:
    git(checkout, "checkout", "--quiet", "next")


def leave_the_branch_without_the_release(checkout: Path) -> None:
    """Let the release branch end before the release, as when it was tagged elsewhere; the checkout stays on the release."""
    git(checkout, "checkout", "--quiet", "--detach")
    git(checkout, "update-ref", history.BRANCH, _text(checkout, "rev-parse", "HEAD^"))


def forget_the_documents(checkout: Path) -> None:
    git(checkout, "update-ref", "-d", "refs/heads/next")


def edit_code(checkout: Path) -> None:
    with (checkout / _CODE).open("a", encoding="utf-8") as stream:
        stream.write("\n// Tried by hand on the server.\n")


def edit_code_unseen(checkout: Path) -> None:
    """Edit a file that git was told not to look at."""
    git(checkout, "update-index", "--assume-unchanged", _CODE)
    edit_code(checkout)


def remove_code(checkout: Path) -> None:
    (checkout / "internal/risk/circuit_breaker_test.go").unlink()


def leave_a_file(checkout: Path) -> None:
    (checkout / "internal/risk/notes.txt").write_text("ask about the limit\n", encoding="utf-8")


def stage_a_file(checkout: Path) -> None:
    leave_a_file(checkout)
    git(checkout, "add", "internal/risk/notes.txt")


def make_unrunnable(checkout: Path) -> None:
    (checkout / "scripts/security-scan.sh").chmod(0o644)


def replace_history(checkout: Path) -> None:
    """Show another parent to everybody whose git follows replacements."""
    git(checkout, *_WHO, "replace", "--graft", "HEAD~1")


def _payload(checkout: Path) -> bytes:
    return git(checkout, "cat-file", "tag", TAG).partition(b"-----BEGIN")[0]


def _tag_with(checkout: Path, content: bytes) -> None:
    git(
        checkout,
        "update-ref",
        TAG,
        git(checkout, "hash-object", "-t", "tag", "-w", "--stdin", stdin=content).decode().strip(),
    )


def _text(checkout: Path, *words: str) -> str:
    return git(checkout, *words).decode().strip()

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tags that are signed with OpenPGP, by keys that are made when the tests run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import typing as t
from pathlib import Path

import pytest

from ._git_repository import Repository
from ._releases import look, release

pytestmark = pytest.mark.skipif(not shutil.which("gpg"), reason="gpg makes the keys")


class Gpg:
    """Keys in a home of their own, with a short path: a socket stands in it."""

    def __init__(self, home: Path) -> None:
        self.env = {"PATH": os.environ["PATH"], "GNUPGHOME": str(home), "LC_ALL": "C"}

    def run(self, *words: str, stdin: bytes = b"") -> bytes:
        argv = ["gpg", "--batch", "--quiet", "--pinentry-mode=loopback", "--passphrase=", *words]
        return subprocess.run(argv, env=self.env, input=stdin, capture_output=True, check=True).stdout

    def make(self, name: str) -> None:
        self.run("--quick-generate-key", f"{name}@example.com", "ed25519", "sign", "never")

    def sign(self, made: Repository, name: str) -> None:
        """Put a tag that *name* signs in the place of the one that is there."""
        content = made.git("cat-file", "tag", "v1.0.0").encode() + b"\n"
        signature = self.run("--armor", "--detach-sign", f"--local-user={name}@example.com", stdin=content)
        sha = made.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=content + signature)
        made.git("update-ref", "refs/tags/v1.0.0", sha)

    def stop(self) -> None:
        subprocess.run(["gpgconf", "--kill", "gpg-agent"], env=self.env, capture_output=True, check=False)


@pytest.fixture(scope="module")
def gpg() -> t.Iterator[Gpg]:
    with tempfile.TemporaryDirectory(prefix="gpg-", ignore_cleanup_errors=True) as home:
        made = Gpg(Path(home))
        made.make("release")
        made.make("stranger")
        yield made
        made.stop()


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return release(tmp_path / "release")


@pytest.mark.parametrize("armour", [(), ("--armor",)], ids=["binary", "armoured"])
def test_a_tag_by_a_key_of_the_keyring_is_good(
    gpg: Gpg, made: Repository, tmp_path: Path, armour: tuple[str, ...]
) -> None:
    gpg.sign(made, "release")
    keyring = tmp_path / "keyring"
    keyring.write_bytes(gpg.run(*armour, "--export", "release@example.com"))

    subject = look(made.path, keyring=str(keyring))

    assert (subject["signature"], subject["signed_by"]) == ("good", "release@example.com")


def test_a_tag_by_another_key_is_not(gpg: Gpg, made: Repository, tmp_path: Path) -> None:
    gpg.sign(made, "stranger")
    keyring = tmp_path / "keyring"
    keyring.write_bytes(gpg.run("--export", "release@example.com"))

    assert look(made.path, keyring=str(keyring))["signature"] == "unknown"


def test_a_tag_that_was_changed_is_bad(gpg: Gpg, made: Repository, tmp_path: Path) -> None:
    gpg.sign(made, "release")
    keyring = tmp_path / "keyring"
    keyring.write_bytes(gpg.run("--export", "release@example.com"))
    changed = made.git("cat-file", "tag", "v1.0.0").replace("\nRelease\n", "\nReviewed release\n").encode()
    made.git(
        "update-ref", "refs/tags/v1.0.0", made.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=changed + b"\n")
    )

    assert look(made.path, keyring=str(keyring))["signature"] == "bad"


@pytest.mark.parametrize("content", [b"", b"garbage", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n!!!\n-----END"])
def test_a_keyring_that_is_none_is_an_error(gpg: Gpg, made: Repository, tmp_path: Path, content: bytes) -> None:
    gpg.sign(made, "release")
    keyring = tmp_path / "keyring"
    keyring.write_bytes(content)

    assert look(made.path, keyring=str(keyring))["unseen"]["signature"]["reason"] == "malformed"


def test_a_keyring_has_to_be_declared(gpg: Gpg, made: Repository) -> None:
    gpg.sign(made, "release")

    assert look(made.path)["unseen"]["signature"]["reason"] == "not_configured"

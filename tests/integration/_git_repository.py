# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Git repositories to scan, and secrets to plant in them. The secrets are made when a test runs: none stands in this file."""

from __future__ import annotations

import base64
import os
import random
import string
import subprocess
from pathlib import Path

LETTERS = string.ascii_letters + string.digits


class Repository:
    """A git repository in a folder of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, stdin: bytes | None = None) -> str:
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path.parent),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": value
                for who in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", "N"), ("EMAIL", "n@example.com"))
            },
        }
        done = subprocess.run(["git", *words], cwd=self.path, env=env, input=stdin, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "replace").strip()

    def write(self, name: str | bytes, content: str | bytes) -> Path:
        path = self.path / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message: str = "Change") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}")
        return self.git("rev-parse", "HEAD")

    def add(self, name: str | bytes, content: str | bytes, message: str = "Change") -> str:
        self.write(name, content)
        return self.commit(message)

    def remove(self, name: str) -> str:
        self.git("rm", "--quiet", "--", name)
        return self.commit("Remove it")

    def lose(self, spec: str) -> str:
        """Delete the object that *spec* names, as a partial clone lacks it."""
        name = self.git("rev-parse", spec)
        file = self.path / ".git" / "objects" / name[:2] / name[2:]
        file.chmod(0o600)
        file.unlink()
        return name


class Secrets:
    """Fresh secrets, each of which must appear in no output."""

    def __init__(self) -> None:
        self._random = random.Random()
        self.made: list[str] = []

    def word(self, length: int, letters: str = LETTERS) -> str:
        while True:
            word = "".join(self._random.choices(letters, k=length))
            if letters != LETTERS or all(
                any(one in group for one in word)
                for group in (string.ascii_lowercase, string.ascii_uppercase, string.digits)
            ):
                self.made.append(word)
                return word

    def exchange_key(self) -> str:
        return self.word(64)

    def aws_key(self) -> str:
        return "AKIA" + self.word(16, string.ascii_uppercase + "234567")

    def github_token(self) -> str:
        return "ghp_" + self.word(36)

    def in_base64(self, word: str) -> str:
        encoded = base64.b64encode(word.encode()).decode()
        self.made.append(encoded)
        return encoded

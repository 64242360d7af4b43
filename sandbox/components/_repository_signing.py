# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The key that signs the sandbox's release, made when it is first needed and never committed, and one of a stranger."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from sandbox._errors import SandboxError
from sandbox._files import write_bytes
from sandbox._processes import environment
from sandbox._users import program

PRINCIPAL = "release@example.com"
SIGNERS = "allowed_signers"


def key(home: Path, name: str = "release_key") -> Path:
    """Return the private key *name* in *home*. Whoever has the key of the release may sign, by the file ``SIGNERS`` there."""
    file = home / name
    if not file.exists():
        _run("-q", "-t", "ed25519", "-N", "", "-C", PRINCIPAL, "-f", str(file))
    if name == "release_key":
        public = file.with_suffix(".pub").read_text(encoding="ascii").split()
        line = f'{PRINCIPAL} namespaces="git" {public[0]} {public[1]}\n'
        write_bytes(home / SIGNERS, line.encode(), mode=0o644)
    return file


def signature(content: bytes, private: Path) -> bytes:
    """Return the signature of *content*, as git puts it behind a tag."""
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        file = Path(folder) / "content"
        file.write_bytes(content)
        _run("-Y", "sign", "-q", "-n", "git", "-f", str(private), str(file))
        return file.with_suffix(".sig").read_bytes()


def _run(*words: str) -> None:
    command = [program("ssh-keygen", "openssh-client"), *words]
    done = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"ssh-keygen failed: {done.stderr.decode(errors='replace').strip()}")

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verify the signature of a tag by the keys that the inventory trusts, never by what the repository configures.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import shutil
import tempfile
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._tag import TagObject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import read_file
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import Process

_MOST_BYTES = 1 << 20
_PACKAGES = {"ssh-keygen": "openssh-client", "gpgv": "gpgv"}
_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]+")
_LINE_OF_SIGNER = re.compile(r"^\s*[^#\s].*(?:ssh-|ecdsa-|sk-)", re.MULTILINE)


@dataclass(frozen=True)
class Signature:
    """*status*: ``good``; ``unknown`` when it is whole, but by nobody who may sign; ``bad``; ``none``."""

    status: str
    by: str | None = None
    key: str | None = None


def verify(tag: TagObject, signers: str | None, keyring: str | None, deadline: Deadline) -> Signature:
    """Return what the signature of *tag* is worth by the file of allowed *signers* or the *keyring* of OpenPGP."""
    if tag.kind is None:
        return Signature("none")
    if tag.kind == "x509":
        raise LookError(Reason.UNSUPPORTED, "The tag is signed with an X.509 certificate, which is not verified here")
    given = signers if tag.kind == "ssh" else keyring
    if not given:
        wanted = "allowed_signers" if tag.kind == "ssh" else "keyring"
        raise LookError(
            Reason.NOT_CONFIGURED, f"The tag is signed, and the inventory names no {wanted} to verify it by"
        )
    content = read_file(Path(os.path.realpath(given)), given, _MOST_BYTES)
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        (Path(folder) / "signature").write_bytes(tag.signature)
        if tag.kind == "ssh":
            return _by_ssh(_Tool(folder, deadline), tag, content, given)
        return _by_gpg(_Tool(folder, deadline), tag, content, given)


class _Tool:
    """Runs a program in a folder of its own, with the content that was signed as its input."""

    def __init__(self, folder: str, deadline: Deadline) -> None:
        self.folder = folder
        self._deadline = deadline
        self._env = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "LC_ALL": "C", "TZ": "UTC"}

    def run(self, argv: t.Sequence[str], stdin: bytes) -> tuple[bool, str]:
        """Return whether it succeeded, and all that it printed."""
        if not shutil.which(argv[0], path=self._env["PATH"]):
            package = _PACKAGES[argv[0]]
            raise LookError(
                Reason.MISSING_LIBRARY, f"{argv[0]} is needed to verify the tag; install the package {package}"
            )
        with Process(argv, self._env, self._deadline, cwd=self.folder) as process:
            process.feed([stdin])
            output = process.output.read(_MOST_BYTES).decode("utf-8", "replace")
        if process.timed_out:
            raise LookError(Reason.TIMEOUT, f"The budget was used up by {argv[0]}")
        return process.complete, output + process.complaint


def _by_ssh(tool: _Tool, tag: TagObject, content: bytes, given: str) -> Signature:
    if not _LINE_OF_SIGNER.search(content.decode("utf-8", "replace")):
        raise LookError(Reason.NO_DATA, f"{given} names no key that may sign")
    (Path(tool.folder) / "signers").write_bytes(content)
    when = [] if tag.seconds is None else [f"-Overify-time={time.strftime('%Y%m%d%H%M%S', time.gmtime(tag.seconds))}"]
    known, output = tool.run(["ssh-keygen", "-Y", "find-principals", "-f", "signers", "-s", "signature", *when], b"")
    names = output.splitlines() if known else []
    if not names:
        whole, output = tool.run(["ssh-keygen", "-Y", "check-novalidate", "-n", "git", "-s", "signature"], tag.payload)
        return Signature("unknown" if whole else "bad", None, _key(output))
    argv = ["ssh-keygen", "-Y", "verify", "-n", "git", "-f", "signers", "-I", names[0], "-s", "signature", *when]
    good, output = tool.run(argv, tag.payload)
    return Signature("good" if good else "bad", names[0], _key(output))


def _key(output: str) -> str | None:
    found = _KEY.search(output)
    return found.group() if found else None


def _by_gpg(tool: _Tool, tag: TagObject, content: bytes, given: str) -> Signature:
    (Path(tool.folder) / "keyring").write_bytes(_without_armour(content, given))
    argv = [
        "gpgv",
        "--homedir",
        tool.folder,
        "--keyring",
        f"{tool.folder}/keyring",
        "--status-fd",
        "1",
        "signature",
        "-",
    ]
    dummy, output = tool.run(argv, tag.payload)
    said = {line.split()[1]: line.split() for line in output.splitlines() if line.startswith("[GNUPG:] ")}
    if "BADSIG" in said:
        return Signature("bad", None, said["BADSIG"][2])
    if "GOODSIG" in said and "VALIDSIG" in said:
        return Signature("good", " ".join(said["GOODSIG"][3:]), said["VALIDSIG"][2])
    worn = next(
        (said[word] for word in ("EXPKEYSIG", "REVKEYSIG", "EXPSIG", "NO_PUBKEY", "ERRSIG") if word in said), None
    )
    return Signature("unknown", None, worn[2]) if worn else Signature("bad")


def _without_armour(content: bytes, given: str) -> bytes:
    """Return the keys in their binary form, the only one that gpgv reads."""
    keys = content
    if content.lstrip().startswith(b"-----BEGIN PGP"):
        blocks = re.findall(rb"-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(.*?)-----END", content, re.DOTALL)
        try:
            keys = b"".join(base64.b64decode(_body(block), validate=True) for block in blocks)
        except binascii.Error:
            keys = b""
    if keys[:1] < b"\x80":  # each packet of OpenPGP begins so
        raise LookError(Reason.MALFORMED, f"{given} is no keyring of OpenPGP")
    return keys


def _body(block: bytes) -> bytes:
    lines = block.replace(b"\r", b"").split(b"\n\n", 1)[-1].splitlines()
    return b"".join(line for line in lines if not line.startswith(b"="))

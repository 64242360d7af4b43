# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CryptoFunk's repository as a checkout: a git repository with about thirty commits, built of ``sandbox/repo_template``.

hardened: a release with its signed tag, a commit after it on another branch, and nothing in it or its history that should not be
there; placeholders and the made-up keys of a test, which are on the allow-list, are no secrets. as_shipped: CryptoFunk's own
configuration and manifests, an exchange key that was committed and removed again, and a history with a hole, as a partial clone
leaves it.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import typing as t
from pathlib import Path

from sandbox import _go
from sandbox._edits import Change
from sandbox._errors import SandboxError
from sandbox._processes import environment
from sandbox._profile import BOTH, Profile
from sandbox._sandbox import Sandbox
from sandbox._users import program
from sandbox.components import _repository_files as content
from sandbox.components import _repository_history as history
from sandbox.components import _repository_signing as signing

NAME = "repository"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
PORTS: dict[str, int] = {}

CONFIG = "configs/config.yaml"
FIXTURE = "internal/exchange/testdata/binance_keys.json"
ORIGINS = ("https://cryptofunk.example.com", "https://dashboard.cryptofunk.example.com")
ENVIRONMENT = {  # what the workloads run with, as compose gives it to them
    Profile.HARDENED: {"CRYPTOFUNK_APP_ENVIRONMENT": "production", "TRADING_MODE": "paper", "LOG_LEVEL": "info"},
    Profile.AS_SHIPPED: {"TRADING_MODE": "PAPER", "LOG_LEVEL": "info"},
}
SCHEMA_VERSION = 13
RELEASE, DEPLOYED = history.TAG, "v0.9.0"  # the versions of the images: of the release, and of the one before it
LOST = "order-executor"  # the file of the history whose content a missing blob takes away
_ALLOWED_FOR = dt.timedelta(days=365)
_ALL_LOOSE = 1_000_000  # objects; more than there are, so that each of them is a file of its own
_QUIET = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0"}


def start(sandbox: Sandbox) -> None:
    rebuild(sandbox)


def stop(sandbox: Sandbox) -> None:
    """Files need no end."""


def is_up(sandbox: Sandbox) -> bool:
    mark = sandbox.folder / NAME / "digest"
    return mark.exists() and mark.read_text(encoding="ascii") == content.digest() and folder(sandbox).is_dir()


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    key = sandbox.secret("fingerprint_key")
    return {
        "readiness_repository": {
            "path": str(folder(sandbox)),
            **(_release(sandbox) if sandbox.hardened else {}),
            "environment": ENVIRONMENT[sandbox.profile],
            "fingerprint_key": key,
            "allowed_findings": _allowed(key),
        },
        "readiness_manifests": {"program": str(_go.built("kustomize"))},
    }


def _release(sandbox: Sandbox) -> dict[str, t.Any]:
    return {
        "release_tag": history.TAG,
        "release_branch": history.BRANCH.rsplit("/", 1)[-1],
        "allowed_signers": str(sandbox.folder / NAME / signing.SIGNERS),
        "signature_required": True,
        "schema_version": SCHEMA_VERSION,
        "deployed_version": DEPLOYED,
    }


def _allowed(key: str) -> list[dict[str, str]]:
    """Return the entries for the made-up keys, with the fingerprints that the scan gives them."""
    # Imported here, as the inventory script reads this module with a Python that may not find the collection.
    from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._allow import (  # noqa: PLC0415
        Fingerprints,
    )

    marks = Fingerprints(key)
    expires = (dt.datetime.now(dt.timezone.utc).date() + _ALLOWED_FOR).isoformat()
    made_up = (content.words()[word] for word in ("@FIXTURE_KEY@", "@FIXTURE_SECRET@"))
    return [
        {
            "fingerprint": marks.of("binance-key", FIXTURE, secret),
            "reason": "Made up for the tests of the request signer",
            "expires": expires,
        }
        for secret in made_up
    ]


def folder(sandbox: Sandbox) -> Path:
    """Return where the checkout is, or will be."""
    return sandbox.folder / NAME / "cryptofunk"


def rebuild(sandbox: Sandbox, leak: bool | None = None, missing_blob: bool | None = None) -> None:
    """Put the repository there as the profile wants it, whatever was done to it; the arguments as for ``build``."""
    home = sandbox.home(NAME)
    (home / "digest").unlink(missing_ok=True)
    fresh, old = home / "fresh", home / "old"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    build(fresh, sandbox.profile, leak, missing_blob, key=signer(sandbox))
    if folder(sandbox).exists():
        folder(sandbox).rename(old)
    fresh.rename(folder(sandbox))
    shutil.rmtree(old, ignore_errors=True)
    (home / "digest").write_text(content.digest(), encoding="ascii")


def signer(sandbox: Sandbox) -> Path:
    """Return the key that signs releases, which the declared targets know."""
    return signing.key(sandbox.home(NAME))


def build(
    path: Path,
    profile: Profile,
    leak: bool | None = None,
    missing_blob: bool | None = None,
    changes: t.Iterable[Change] = (),
    key: Path | None = None,
) -> None:
    """Build the repository of *profile* at *path*, which does not exist.

    *leak*: a key was committed and removed again; *missing_blob*: the content of a file of the history is not there.
    Both are as the profile has them unless told. *changes* are in its files. *key* signs the tag of a release. The same arguments
    give the same commits.
    """
    is_shipped = profile is Profile.AS_SHIPPED
    leak = is_shipped if leak is None else leak
    missing_blob = is_shipped if missing_blob is None else missing_blob
    made = history.commits(profile, leak, changes)
    git(
        path.parent,
        "init",
        "--quiet",
        "--template=",
        f"--initial-branch={history.BRANCH.rsplit('/', 1)[-1]}",
        str(path),
    )
    for name, value in {"gc.auto": "0", "core.logAllRefUpdates": "false"}.items():
        git(path, "config", name, value)
    loose = ("-c", f"fastimport.unpackLimit={_ALL_LOOSE if missing_blob else 1}")
    importing = (*loose, "-c", "core.fsync=none", "fast-import", "--quiet", "--done")
    git(path, *importing, stdin=history.stream(made, tagged=not is_shipped))
    git(path, "reset", "--quiet", "--hard")
    if missing_blob:
        lose(path, content.program(LOST))
    if key and not is_shipped:
        sign(path, key)


def sign(path: Path, key: Path) -> None:
    """Put the signature of *key* under the tag of the release, in the place of any other."""
    tag = git(path, "cat-file", "tag", history.TAG).partition(b"-----BEGIN")[0]
    name = git(path, "hash-object", "-t", "tag", "-w", "--stdin", stdin=tag + signing.signature(tag, key))
    git(path, "update-ref", f"refs/tags/{history.TAG}", name.decode().strip())


def lose(path: Path, lost: bytes) -> None:
    """Take the object with the content *lost* out of the repository at *path*."""
    name = git(path, "hash-object", "--stdin", stdin=lost).decode().strip()
    file = path / ".git" / "objects" / name[:2] / name[2:]
    if not file.exists():
        raise SandboxError(f"{path} has no loose object {name}")
    file.unlink()


def git(path: Path, *words: str, stdin: bytes = b"") -> bytes:
    """Run git in *path* with nobody's configuration, and return what it printed."""
    command = [program("git", "git"), *words]
    done = subprocess.run(command, cwd=path, env=environment(_QUIET), input=stdin, capture_output=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"git {words[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout

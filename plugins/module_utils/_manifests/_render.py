# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Render a kustomization with kustomize itself. This is a private part of the collection.

Only what ``_kustomization`` followed to files of the checkout is given to it. It gets no PATH, so that it finds no git and no
plugin, and a proxy that nobody listens on.
"""

from __future__ import annotations

import re
import shutil
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import run

_NOWHERE = "http://127.0.0.1:1"
_ENVIRONMENT = {
    "HOME": "/nonexistent",
    "XDG_CONFIG_HOME": "/nonexistent",
    "KUBECONFIG": "/dev/null",
    "PATH": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GOMEMLIMIT": "512MiB",
    "GIT_TERMINAL_PROMPT": "0",
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE),
}
_MOST_OUTPUT = 32 << 20
_LONGEST_FAULT = 300
_LOOKS_SECRET = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")


class Unrendered(Exception):
    """kustomize ran and refused: the fault of the files. The text says which."""


def command(declared: str | None, which: t.Callable[[str], str | None] = shutil.which) -> list[str]:
    """Return the words that render a folder: of the *declared* program, or of what stands on the PATH."""
    for name in [declared] if declared else ["kustomize", "kubectl"]:
        found = which(name)
        if found:
            return [found, "kustomize" if Path(found).name.startswith("kubectl") else "build"]
    wanted = declared or "neither kustomize nor kubectl"
    raise LookError(
        Reason.MISSING_LIBRARY,
        f"Manifests are rendered with kustomize or kubectl, and there is {'no ' if declared else ''}{wanted} where the look is made",
    )


def render(words: list[str], root: str, folder: str, deadline: Deadline) -> bytes:
    """Return what kustomize makes of *folder* below *root*."""
    argv = [*words, "--load-restrictor=LoadRestrictionsRootOnly", str(Path(root) / folder)]
    output, process = run(argv, _ENVIRONMENT, deadline, _MOST_OUTPUT)
    if process.timed_out:
        raise LookError(
            Reason.TIMEOUT, f"kustomize did not render {folder} within the budget of {deadline.seconds:g} s"
        )
    if not process.complete:
        raise Unrendered(_plain(process.complaint, str(Path(root).resolve()), root))
    return output


def _plain(complaint: str, *roots: str) -> str:
    """Return the first line of what kustomize says, without our paths and without what might be a value."""
    said = [line for line in complaint.splitlines() if line.strip() and not line.startswith("# Warning")]
    line = re.sub(r"^Error: ", "", said[0].strip()) if said else "it ended without a word"
    for root in roots:
        line = line.replace(f"{root}/", "")
    words = [word if "/" in word and "." in word else _LOOKS_SECRET.sub("…", word) for word in line.split(" ")]
    line = " ".join(words)
    return line if len(line) <= _LONGEST_FAULT else f"{line[:_LONGEST_FAULT]}…"

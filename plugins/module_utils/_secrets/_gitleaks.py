# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""gitleaks as a second pair of eyes. This is a private part of the collection."""

from __future__ import annotations

import json
import re
import shutil
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    environment,
    first_line,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import run
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import Hit, reads_like_secret
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._placeholders import is_placeholder

# It must not take its rules and its exceptions from the repository that it scans.
_RULES = "[extend]\nuseDefault = true\n"
_OUR_OWN = frozenset({"kubernetes-secret-yaml"})  # we decode it and judge the value
_GENERIC = frozenset({"generic-api-key", "curl-auth-header", "curl-auth-user"})
_DECORATION = re.compile(r"\x1b\[[0-9;]*m|^\d+:\d+[AP]M ", re.MULTILINE)


@dataclass(frozen=True)
class Leak:
    """A hit with its place in the history."""

    hit: Hit
    commit: str
    path: str


def find_program() -> str | None:
    """Return the path of gitleaks, or None when it is not installed."""
    return shutil.which("gitleaks")


def version(repository: Repository, program: str) -> str:
    """Return the version that gitleaks says it has."""
    output = run([program, "version"], environment(repository.path), repository.deadline)[0]
    return output.decode("utf-8", "replace").strip()[:40]


def scan(repository: Repository, program: str) -> tuple[list[Leak], list[LookError]]:
    """Scan the history; return what it found and why that may not be all."""
    folder = repository.ask("rev-parse", "--absolute-git-dir").decode().strip()
    options = ("--no-banner", "--no-color", "--exit-code", "0", "--log-level", "error", "--ignore-gitleaks-allow")
    report = ("--gitleaks-ignore-path", "/nonexistent", "--report-format", "json", "--report-path", "-")
    history = "--log-opts=--full-history --all --no-textconv --no-ext-diff"
    env = {**environment(folder), "GITLEAKS_CONFIG_TOML": _RULES, "GIT_CEILING_DIRECTORIES": "/", **_trust(folder)}
    output, process = run([program, "git", folder, *options, *report, history], env, repository.deadline)
    complaint = _DECORATION.sub("", process.complaint)
    problems = []
    if process.timed_out:
        problems.append(LookError(Reason.TIMEOUT, "gitleaks did not finish within the budget"))
    elif not process.complete or complaint.strip():
        problems.append(LookError(Reason.NOT_OBSERVED, f"gitleaks did not read everything: {first_line(complaint)}"))
    try:
        leaks = [leak for raw in json.loads(output or b"[]") for leak in _leaks(raw)]
    except (ValueError, TypeError, KeyError):
        return [], problems or [LookError(Reason.MALFORMED, "gitleaks gave no report that can be read")]
    return leaks, problems


def _trust(folder: str) -> dict[str, str]:
    return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*", "GIT_DIR": folder}


def _leaks(raw: dict[str, t.Any]) -> t.Iterator[Leak]:
    """Yield a finding of gitleaks unless it is a placeholder."""
    rule, secret = str(raw["RuleID"]), raw["Secret"].encode("utf-8", "surrogateescape").decode("latin-1")
    is_generic = rule in _GENERIC
    if rule in _OUR_OWN or not (reads_like_secret(secret) if is_generic else not is_placeholder(secret)):
        return
    yield Leak(
        Hit(f"gitleaks:{rule}", int(raw["StartLine"]), secret, "", is_generic, "gitleaks"), raw["Commit"], raw["File"]
    )

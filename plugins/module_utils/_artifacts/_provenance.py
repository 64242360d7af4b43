# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When an artifact was made, and of which commit. This is a private part of the collection.

What the content says counts most, then the file beside it, then the inventory. A commit that two of them name differently is
unknown.
"""

from __future__ import annotations

import hashlib
import re
import typing as t
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    count,
    malformed,
    need,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import SIDECAR, Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import UTC, parse_time, show_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_SKEW_HOURS = 1.0  # by which the clock of the machine that made it may be ahead


@dataclass(frozen=True)
class Release:
    """The commit of the release, or why it is not known."""

    commit: str | None
    error: LookError | None = None


def checked_commit(text: t.Any, where: str) -> str:
    """Return a commit as git writes it, whole or abbreviated."""
    lower = text.strip().lower() if isinstance(text, str) else ""
    if not _COMMIT.fullmatch(lower):
        raise malformed(f"The commit of {where} is no commit")
    return lower


def read_sidecar(data: bytes, of: bytes) -> Said:
    """Return what the file beside the artifact, whose content is *of*, says about it."""
    stated = Content(data).mapping
    said = Said(
        commit=checked_commit(stated["commit"], SIDECAR) if stated.get("commit") else None,
        produced=_time(stated.get("produced")),
        sha256=need(stated["sha256"], str, "sha256").lower() if stated.get("sha256") else None,
        command=need(stated["command"], str, "command") if stated.get("command") else None,
        concurrency=count(stated["concurrency"], "concurrency") if "concurrency" in stated else None,
        requests=count(stated["requests"], "requests") if "requests" in stated else None,
    )
    if said.sha256 and said.sha256 != hashlib.sha256(of).hexdigest():
        raise malformed(f"The file {SIDECAR} belongs to another content: its sha256 is not that of the artifact")
    return said


def _time(text: t.Any) -> datetime | None:
    if text is None:
        return None
    moment = parse_time(text)
    if moment is None:
        raise malformed(f"The time in {SIDECAR} is not written like 2026-11-25T08:00:00Z")
    return moment


def age(
    reading: Reading, said: Said, modified: datetime, now: datetime
) -> tuple[dict[str, t.Any], dict[str, LookError]]:
    """Return the keys that tell when the artifact was made, and what of them is unseen."""
    sources = (("content", reading.produced), (said.by, said.produced), ("mtime", modified))
    source, moment = next((name, one) for name, one in sources if one)
    hours = (now - moment).total_seconds() / 3600
    facts = {"produced": show_time(moment), "produced_from": source, "modified": show_time(modified)}
    if hours < -_SKEW_HOURS:
        sentence = f"The artifact says that it was made at {facts['produced']}, which is yet to come"
        return {**facts, "age_hours": None}, {"age_hours": malformed(sentence)}
    return {**facts, "age_hours": round(max(0.0, hours), 2)}, {}


def origin(
    reading: Reading, said: Said, declared: str | None, release: Release
) -> tuple[dict[str, t.Any], dict[str, LookError]]:
    """Return the keys that tell of which commit the artifact is, and what of them is unseen."""
    facts: dict[str, t.Any] = {
        "commit": None,
        "commit_from": None,
        "release_commit": release.commit,
        "of_release_commit": None,
    }
    unseen = {} if release.error is None else {"release_commit": release.error, "of_release_commit": release.error}
    try:
        facts["commit"], facts["commit_from"] = _commit(
            {"content": reading.commit, said.by: said.commit, "declared": declared}
        )
    except LookError as exc:
        return facts, {**unseen, **dict.fromkeys(("commit", "commit_from", "of_release_commit"), exc)}
    if release.commit:
        facts["of_release_commit"] = _same(facts["commit"], release.commit)
    return facts, unseen


def _commit(statements: dict[str, str | None]) -> tuple[str, str]:
    stated = [(name, one) for name, one in statements.items() if one]
    if not stated:
        raise LookError(
            Reason.NO_DATA,
            f"Nothing says of which commit the artifact is: let CI write <artifact>{SIDECAR}, or declare commit",
        )
    commits = [(name, checked_commit(one, name)) for name, one in stated]
    source, commit = commits[0]
    for other, another in commits[1:]:
        if not _same(commit, another):
            raise malformed(f"The commit by {source} is {commit[:12]}, and by {other} {another[:12]}")
    return commit, source


def _same(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def utc_now() -> datetime:
    return datetime.now(UTC)

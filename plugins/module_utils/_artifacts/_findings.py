# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings of scanners and analysers, and how bad they are. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import short
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import MOST_NAMES, Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import show_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

SEVERITIES = ("critical", "high", "medium", "low", "unknown")

_SCORES = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.0, "low"))  # of CVSS 3 and 4
_WORDS = {"moderate": "medium", "negligible": "low", "info": "low", "none": "low"}
_MOST_KINDS = 1000


@dataclass(frozen=True)
class Finding:
    """One finding. *rule* is what found it or its number, *severity* one of SEVERITIES."""

    rule: str
    severity: str
    package: str | None = None
    version: str | None = None
    fixed_version: str | None = None
    location: str | None = None
    cwes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, t.Any]:
        texts = {
            "id": self.rule,
            "severity": self.severity,
            "package": self.package,
            "version": self.version,
            "fixed_version": self.fixed_version,
            "location": self.location,
        }
        return {key: None if text is None else short(text) for key, text in texts.items()}


def severity_of_word(word: t.Any) -> str:
    """Return the severity that a scanner's *word* stands for; a word that is not known is ``unknown``, never harmless."""
    lower = word.lower() if isinstance(word, str) else ""
    lower = _WORDS.get(lower, lower)
    return lower if lower in SEVERITIES else "unknown"


def severity_of_score(score: t.Any) -> str:
    """Return the severity of a CVSS score; one that is missing or zero is ``unknown``."""
    try:
        value = float(score)
    except (TypeError, ValueError):
        return "unknown"
    if not 0 < value <= 10:
        return "unknown"
    return next(name for least, name in _SCORES if value >= least)


def findings(
    tool: str,
    found: t.Sequence[Finding],
    *,
    suppressed: int = 0,
    unreached: int = 0,
    called: int = 0,
    database: datetime | None = None,
    produced: datetime | None = None,
    commit: str | None = None,
    image: dict[str, t.Any] | None = None,
) -> Reading:
    """Return the reading of a scan by *tool*.

    *suppressed* were silenced where they stand, *unreached* are in code that is never called, *called* are known to be in code
    that is. While nothing severe is known but some findings have no severity, how many are severe is unseen: unknown is not harmless.
    """
    counts = Counter(one.severity for one in found)
    severe = counts["critical"] + counts["high"]
    by_weight = sorted(found, key=lambda one: SEVERITIES.index(one.severity))
    facts = {
        "tool": short(tool),
        "total": len(found),
        **{name: counts[name] for name in SEVERITIES},
        "suppressed": suppressed,
        "unreached": unreached,
        "called": called,
        "database_time": show_time(database),
        "cwes": _kinds(cwe for one in found for cwe in one.cwes),
        "rules": _kinds(one.rule for one in found),
        "first": [one.to_dict() for one in by_weight[:MOST_NAMES]],
    }
    unseen = {}
    if not severe and counts["unknown"]:
        unseen["severe_findings"] = _undecided([one for one in found if one.severity == "unknown"])
    if image is None:
        unseen["image"] = LookError(Reason.UNSUPPORTED, "The report is of no container image")
    return Reading(
        "findings",
        {"findings": facts, "severe_findings": None if "severe_findings" in unseen else severe, "image": image},
        unseen,
        produced,
        commit,
    )


def _kinds(names: t.Iterable[str]) -> list[str]:
    """Return each of *names* once; not some of them, as a check may look for one that is not among those."""
    kinds = sorted({short(name) for name in names})
    if len(kinds) > _MOST_KINDS:
        raise LookError(Reason.UNSUPPORTED, f"The file has more than {_MOST_KINDS} kinds of findings")
    return kinds


def _undecided(unknown: list[Finding]) -> LookError:
    names = ", ".join(sorted({short(one.rule) for one in unknown})[:5])
    return LookError(Reason.TOO_LITTLE_DATA, f"Findings without a severity: {len(unknown)}, among them {names}")

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON results of gosec. The code that it quotes is never copied. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    count,
    foreign,
    listed,
    malformed,
    need,
    short,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_word,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and "Issues" in first and "Stats" in first


def read(content: Content) -> Reading:
    report = content.mapping
    if "Issues" not in report or "Stats" not in report:
        raise foreign("gosec", "it lacks Issues or Stats")
    stats = need(report["Stats"], dict, "Stats")
    if not count(stats.get("files"), "Stats.files"):
        raise LookError(Reason.NO_DATA, "gosec looked at no file")
    broken = need(report.get("Golang errors") or {}, dict, "Golang errors")
    if broken:
        names = ", ".join(sorted(short(name.rpartition("/")[2]) for name in broken if name)[:3])
        raise LookError(
            Reason.TOO_LITTLE_DATA, f"gosec could not read all of the code: {names or 'a package does not build'}"
        )
    issues = listed(report["Issues"], "Issues")
    kept = [one for one in issues if not one.get("suppressions") and not one.get("nosec")]
    if len(kept) != count(stats.get("found"), "Stats.found"):
        raise malformed(f"The file says {stats['found']} issues and lists {len(kept)}")
    hidden = max(len(issues) - len(kept), count(stats.get("nosec", 0), "Stats.nosec"))
    return findings("gosec", [_finding(one) for one in kept], suppressed=hidden)


def _finding(one: Object) -> Finding:
    cwe = one.get("cwe")
    number = cwe.get("id") if isinstance(cwe, dict) else None
    return Finding(
        str(one.get("rule_id")),
        severity_of_word(one.get("severity")),
        location=f"{one.get('file')}:{one.get('line')}",
        cwes=(f"CWE-{number}",) if number else (),
    )

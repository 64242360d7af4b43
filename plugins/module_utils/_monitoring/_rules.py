# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of Prometheus: the alerts and the recorded series of a rule file. Pure. A private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Document, Text

_DURATION = re.compile(r"(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?")
_SECONDS = (31536000, 604800, 86400, 3600, 60, 1, 0.001)


@dataclass
class Rule:
    """One rule. *name* is the alert, or the series that is recorded. *error* is set when its expression cannot be read."""

    name: str
    is_alert: bool
    expr: str
    at: str
    node: t.Any = None
    error: LookError | None = None
    waits: float | None = 0.0  # seconds; None when it is no duration
    labels: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def seconds(text: t.Any) -> float | None:
    """Return a duration such as 1h30m in seconds, or None when it is none."""
    match = _DURATION.fullmatch(str(text))
    if str(text) == "0":
        return 0.0
    if not match or not any(match.groups()):
        return None
    return sum(float(count) * unit for count, unit in zip(match.groups(), _SECONDS) if count)


def is_rule_file(data: t.Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("groups"), list)


def rules(text: Text) -> list[Rule]:
    """Return the rules of a file; raise LookError when it is none."""
    found = []
    for document in text.documents():
        if document.tree.data is None:
            continue
        if not is_rule_file(document.tree.data):
            raise LookError(Reason.MALFORMED, f"{text.name} is no file of rules: it has no list of groups")
        for number, group in mappings(document.data, "groups"):
            found += [
                _rule(document, one, ("groups", number, "rules", place)) for place, one in mappings(group, "rules")
            ]
    return found


def _rule(document: Document, raw: dict[str, t.Any], path: tuple[str | int, ...]) -> Rule:
    is_alert = "alert" in raw
    made = Rule(
        name=str(raw.get("alert" if is_alert else "record", "")),
        is_alert=is_alert,
        expr=str(raw.get("expr", "")).strip(),
        at=document.at(*path),
        labels={key: str(one) for key, one in mapping(raw, "labels").items()},
        annotations={key: str(one) for key, one in mapping(raw, "annotations").items()},
        waits=seconds(raw.get("for", "0")),
    )
    if not made.name or ("alert" in raw) == ("record" in raw):
        made.faults.append("A rule needs either alert or record")
    if made.waits is None:
        made.faults.append(f"for: {raw.get('for')} is no duration")
    unknown = set(raw) - {"alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"}
    if unknown:
        made.faults.append(f"Prometheus does not know {', '.join(sorted(map(str, unknown)))} in a rule")
    try:
        made.node = _promql.parse(made.expr)
    except LookError as exc:
        made.error = LookError(exc.reason, f"{made.at}: the expression of {made.name}: {exc.message}")
        if exc.reason is Reason.MALFORMED:
            made.faults.append(f"The expression is no PromQL: {exc.message}")
    return made

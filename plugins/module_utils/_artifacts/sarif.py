# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SARIF 2.1.0, as analysers and scanners write it. This is a private part of the collection.

How bad a result is stands in different places: a CVSS score, else a word among the tags of its rule, else the level.
"""

from __future__ import annotations

import re
import typing as t
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    listed,
    need,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_score,
    severity_of_word,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_LEVELS = {"error": "high", "warning": "medium", "note": "low", "none": "low"}
_CWE = re.compile(r"(?:^|[/:\s])cwe[-_]?0*(\d{1,5})\b", re.IGNORECASE)
_CONFIDENT_WORDS = ("critical", "high", "medium", "low", "unknown")
_UNDECIDED_KINDS = ("open", "review")
_REACHABILITY_BY_LEVEL = "govulncheck"  # its levels say how near the code is, and nothing of severity

Object = t.Dict[str, Json]


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and str(first.get("version", "")).startswith("2.1.") and "runs" in first


def read(content: Content) -> Reading:
    document = content.mapping
    if "runs" not in document:
        raise foreign("SARIF", "it has no runs")
    if document.get("version") != "2.1.0":
        raise LookError(Reason.UNSUPPORTED, "Only version 2.1.0 of SARIF is read")
    runs = [_Run(run) for run in listed(document["runs"], "runs")]
    if not runs:
        raise LookError(Reason.NO_DATA, "The file holds no run of an analyser")
    return findings(
        ", ".join(run.tool for run in runs),
        [one for run in runs for one in run.found],
        suppressed=sum(run.suppressed for run in runs),
        unreached=sum(run.unreached for run in runs),
        called=sum(run.called for run in runs),
        database=_earliest(run.database for run in runs),
        produced=_earliest(run.ended for run in runs),
        commit=next((run.commit for run in runs if run.commit), None),
    )


class _Run:
    """One run of an analyser."""

    def __init__(self, run: Object) -> None:
        tool = need(need(run.get("tool"), dict, "tool").get("driver"), dict, "tool.driver")
        self.tool = need(tool.get("name"), str, "tool.driver.name")
        if run.get("results") is None:
            raise LookError(
                Reason.NO_DATA, f"The run of {self.tool} has no list of results: it looked for none, or did not end"
            )
        self._rules = _rules(need(run["tool"], dict, "tool"))
        self.database = parse_time(_properties(tool).get("db_last_modified"))
        self.ended = _end(self.tool, listed(run.get("invocations"), "invocations"))
        self.commit = _commit(listed(run.get("versionControlProvenance"), "versionControlProvenance"))
        self.suppressed = self.unreached = self.called = 0
        self.found: list[Finding] = []
        for result in listed(run["results"], "results"):
            self._see(result)

    def _see(self, result: Object) -> None:
        kind = result.get("kind", "fail")
        if result.get("baselineState") == "absent" or kind not in ("fail", *_UNDECIDED_KINDS):
            return
        rule = self._rule(result)
        if _is_suppressed(result):
            self.suppressed += 1
        elif self.tool == _REACHABILITY_BY_LEVEL and result.get("level") != "error":
            self.unreached += 1
        else:
            self.called += self.tool == _REACHABILITY_BY_LEVEL
            number = str(result.get("ruleId") or rule.get("id") or "without a rule")
            self.found.append(
                Finding(number, self._severity(result, rule), location=_location(result), cwes=_cwes(result, rule))
            )

    def _severity(self, result: Object, rule: Object) -> str:
        if self.tool == _REACHABILITY_BY_LEVEL or result.get("kind") in _UNDECIDED_KINDS:
            return "unknown"
        for holder in (result, rule):
            score = _properties(holder).get("security-severity")
            if score is not None:
                return severity_of_score(score)
        words = [str(tag) for tag in _tags(rule) if str(tag).lower() in _CONFIDENT_WORDS]
        if len(words) == 1:
            return severity_of_word(words[0])
        default = rule.get("defaultConfiguration")
        default_level = default.get("level") if isinstance(default, dict) else None
        return _LEVELS.get(str(result.get("level") or default_level or "warning"), "unknown")

    def _rule(self, result: Object) -> Object:
        named = result.get("rule") if isinstance(result.get("rule"), dict) else {}
        identity = result.get("ruleId") or t.cast(Object, named).get("id")
        return self._rules.get(str(identity), {})


def _rules(tool: Object) -> dict[str, Object]:
    parts = [need(tool["driver"], dict, "tool.driver"), *listed(tool.get("extensions"), "tool.extensions")]
    return {str(rule.get("id")): rule for part in parts for rule in listed(part.get("rules"), "rules")}


def _properties(holder: Object) -> Object:
    found = holder.get("properties")
    return found if isinstance(found, dict) else {}


def _tags(holder: Object) -> list[Json]:
    found = _properties(holder).get("tags")
    return found if isinstance(found, list) else []


def _is_suppressed(result: Object) -> bool:
    return any(
        one.get("status", "accepted") == "accepted" for one in listed(result.get("suppressions"), "suppressions")
    )


def _cwes(result: Object, rule: Object) -> tuple[str, ...]:
    texts = [str(tag) for holder in (result, rule) for tag in [*_tags(holder), _properties(holder).get("cwe", "")]]
    numbers = {match.group(1) for text in texts for match in _CWE.finditer(text)}
    targets = [one.get("target") for one in listed(rule.get("relationships"), "relationships")]
    for target in [*targets, *listed(result.get("taxa"), "taxa")]:
        component = target.get("toolComponent") if isinstance(target, dict) else None
        if isinstance(target, dict) and isinstance(component, dict) and component.get("name") == "CWE":
            numbers.add(str(target.get("id", "")).upper().replace("CWE-", "").lstrip("0"))
    return tuple(sorted(f"CWE-{number}" for number in numbers if number))


def _location(result: Object) -> str | None:
    for location in listed(result.get("locations"), "locations"):
        place = location.get("physicalLocation")
        artifact = place.get("artifactLocation") if isinstance(place, dict) else None
        if isinstance(place, dict) and isinstance(artifact, dict) and artifact.get("uri"):
            region = place.get("region")
            line = region.get("startLine") if isinstance(region, dict) else None
            return f"{artifact['uri']}:{line}" if line else str(artifact["uri"])
    return None


def _end(tool: str, invocations: list[Object]) -> datetime | None:
    for invocation in invocations:
        if invocation.get("executionSuccessful") is False:
            raise LookError(Reason.NO_DATA, f"The file says that the run of {tool} was not successful")
    return _earliest(parse_time(one.get("endTimeUtc")) for one in invocations)


def _commit(provenance: list[Object]) -> str | None:
    commits = {str(one["revisionId"]) for one in provenance if one.get("revisionId")}
    return commits.pop() if len(commits) == 1 else None


def _earliest(moments: t.Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)

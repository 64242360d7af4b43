# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON results of OSV-Scanner. This is a private part of the collection.

It lists the packages that have findings. Aliases of one vulnerability are one group, and the group has a score.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    listed,
    need,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_score,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading

Object = t.Dict[str, Json]


def recognises(content: Content) -> bool:
    first = content.first
    is_other = isinstance(first, dict) and ("version" in first or "config" in first)
    return isinstance(first, dict) and isinstance(first.get("results"), list) and not is_other


def read(content: Content) -> Reading:
    document = content.mapping
    if "results" not in document:
        raise foreign("OSV-Scanner", "it has no results")
    packages = [
        package
        for source in listed(document["results"], "results")
        for package in listed(need(source.get("packages"), list, "packages of a source"), "packages")
    ]
    found: list[Finding] = []
    unreached = 0
    for package in packages:
        for group in listed(package.get("groups"), "groups"):
            if _is_reached(group):
                found.append(_finding(package, group))
            else:
                unreached += 1
        found += _ungrouped(package)
    return findings("osv-scanner", found, unreached=unreached)


def _is_reached(group: Object) -> bool:
    analysis = group.get("experimentalAnalysis") or group.get("experimental_analysis") or {}
    called = [
        one.get("called") for one in need(analysis, dict, "the analysis of a group").values() if isinstance(one, dict)
    ]
    return not called or any(one is not False for one in called)


def _finding(package: Object, group: Object) -> Finding:
    numbers = texts(group.get("ids"), "ids of a group")
    fixes = sorted({fix for one in _of_group(package, numbers) for fix in _fixed(one, package)})
    name, version = _package(package)
    return Finding(
        numbers[0] if numbers else "without a number",
        severity_of_score(group.get("max_severity")),
        name,
        version,
        ", ".join(fixes) or None,
    )


def _ungrouped(package: Object) -> list[Finding]:
    """Return the vulnerabilities that stand in no group: their severity is in nobody's words."""
    grouped = {
        number
        for group in listed(package.get("groups"), "groups")
        for number in texts(group.get("ids"), "ids of a group")
    }
    numbers = [str(one.get("id")) for one in listed(package.get("vulnerabilities"), "vulnerabilities")]
    return [Finding(number, "unknown", *_package(package)) for number in numbers if number not in grouped]


def _of_group(package: Object, numbers: list[str]) -> list[Object]:
    return [one for one in listed(package.get("vulnerabilities"), "vulnerabilities") if one.get("id") in numbers]


def _fixed(vulnerability: Object, package: Object) -> t.Iterator[str]:
    for affected in listed(vulnerability.get("affected"), "affected"):
        named = affected.get("package")
        if isinstance(named, dict) and named.get("name") == _package(package)[0]:
            for span in listed(affected.get("ranges"), "ranges"):
                yield from (str(event["fixed"]) for event in listed(span.get("events"), "events") if event.get("fixed"))


def _package(package: Object) -> tuple[str, str | None]:
    named = need(package.get("package"), dict, "package")
    return str(named.get("name")), str(named["version"]) if named.get("version") else None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON results of ``nancy sleuth``. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    count,
    foreign,
    listed,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_score,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and "num_audited" in first and "num_vulnerable" in first


def read(content: Content) -> Reading:
    report = content.mapping
    if "num_audited" not in report or "num_vulnerable" not in report:
        raise foreign("nancy", "it lacks num_audited or num_vulnerable")
    if not count(report["num_audited"], "num_audited"):
        raise LookError(Reason.NO_DATA, "nancy was given no dependency to look at")
    invalid = listed(report.get("invalid"), "invalid")
    packages = listed(report.get("vulnerable"), "vulnerable")
    if len(packages) != count(report["num_vulnerable"], "num_vulnerable"):
        raise malformed(f"The file says {report['num_vulnerable']} vulnerable packages and lists {len(packages)}")
    pairs = [
        (package, one) for package in packages for one in listed(package.get("Vulnerabilities"), "Vulnerabilities")
    ]
    found = [_finding(package, one) for package, one in pairs if not one.get("Excluded")]
    # A package that the service does not know by its version was not looked at.
    found += [Finding("invalid version", "unknown", *_package(one)) for one in invalid]
    return findings("nancy", found, suppressed=len(pairs) + len(invalid) - len(found))


def _finding(package: Object, one: Object) -> Finding:
    number = str(one.get("Cve") or one.get("ID") or one.get("Id") or "without a number")
    cwe = one.get("Cwe")
    return Finding(number, severity_of_score(one.get("CvssScore")), *_package(package), cwes=(str(cwe),) if cwe else ())


def _package(package: Object) -> tuple[str, str | None]:
    name, dummy, version = str(package.get("Coordinates", "")).partition("@")
    return name, version or None

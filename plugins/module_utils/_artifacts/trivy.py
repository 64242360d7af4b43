# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON reports of Trivy. This is a private part of the collection.

Vulnerabilities, misconfigurations and secrets count; licences do not. What a secret reads is never copied.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    listed,
    need,
    short,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_word,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]

_SCHEMA = 2
_IMAGE = "container_image"
_REVISION = "org.opencontainers.image.revision"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_PACKAGES = ("os-pkgs", "lang-pkgs")
_NOT_AFFECTED = ("not_affected",)


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and "SchemaVersion" in first and "ArtifactName" in first


def read(content: Content) -> Reading:
    report = content.mapping
    if "SchemaVersion" not in report or "ArtifactName" not in report:
        raise foreign("Trivy", "it lacks SchemaVersion or ArtifactName")
    if report["SchemaVersion"] != _SCHEMA:
        raise LookError(Reason.UNSUPPORTED, f"Only version {_SCHEMA} of Trivy's report is read")
    results = listed(report.get("Results"), "Results")
    if not results:
        raise LookError(Reason.TOO_LITTLE_DATA, "Trivy recognised nothing that it could have looked at")
    if not any(one.get("Class") in _PACKAGES or one.get("Vulnerabilities") for one in results):
        raise LookError(Reason.TOO_LITTLE_DATA, "Trivy looked at no package, so not for vulnerable ones")
    metadata = need(report.get("Metadata", {}), dict, "Metadata")
    return findings(
        "trivy",
        [one for result in results for one in _found(result)],
        suppressed=sum(len(listed(one.get("ExperimentalModifiedFindings"), "findings")) for one in results),
        produced=parse_time(report.get("CreatedAt")),
        commit=_revision(metadata),
        image=_image(report, metadata) if report.get("ArtifactType") == _IMAGE else None,
    )


def _found(result: Object) -> t.Iterator[Finding]:
    target = str(result.get("Target", ""))
    for one in listed(result.get("Vulnerabilities"), "Vulnerabilities"):
        if one.get("Status") not in _NOT_AFFECTED:
            yield Finding(
                str(one.get("VulnerabilityID")),
                severity_of_word(one.get("Severity")),
                _text(one.get("PkgName")),
                _text(one.get("InstalledVersion")),
                _text(one.get("FixedVersion")),
                target,
                tuple(texts(one.get("CweIDs"), "CweIDs")),
            )
    for one in listed(result.get("Misconfigurations"), "Misconfigurations"):
        if one.get("Status", "FAIL") == "FAIL":
            yield Finding(str(one.get("ID")), severity_of_word(one.get("Severity")), location=target)
    for one in listed(result.get("Secrets"), "Secrets"):
        yield Finding(
            str(one.get("RuleID")), severity_of_word(one.get("Severity")), location=f"{target}:{one.get('StartLine')}"
        )


def _image(report: Object, metadata: Object) -> dict[str, t.Any]:
    digests = {
        match.group() for one in texts(metadata.get("RepoDigests"), "RepoDigests") for match in _DIGEST.finditer(one)
    }
    system = metadata.get("OS") if isinstance(metadata.get("OS"), dict) else {}
    return {
        "name": short(report["ArtifactName"]),
        "tags": [short(tag) for tag in texts(metadata.get("RepoTags"), "RepoTags")],
        "digests": sorted(digests),
        "id": _text(metadata.get("ImageID")),
        "os": _text(t.cast(Object, system).get("Family")),
        "os_supported": not t.cast(Object, system).get("EOSL", False) if system else None,
    }


def _revision(metadata: Object) -> str | None:
    """Return the commit that the image says it was built from."""
    node: Json = metadata
    for key in ("ImageConfig", "config", "Labels", _REVISION):
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, str) else None


def _text(value: Json) -> str | None:
    return str(value) if value else None

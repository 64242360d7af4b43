# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON messages of govulncheck. This is a private part of the collection.

Each vulnerability is reported as often as it was followed: in a module, in an imported package, in a called symbol. What
counts is what reaches as deep as the scan looked. Go's database rates nothing, so each has an unknown severity.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    listed,
    malformed,
    need,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import Finding, findings
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]

_KINDS = ("config", "progress", "SBOM", "osv", "finding")
_LAST_STEP = "Checking the "  # code, or the binary, against the vulnerabilities
_DEPTH = {"module": 1, "package": 2, "symbol": 3}


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and isinstance(first.get("config"), dict) and "scanner_name" in first["config"]


def read(content: Content) -> Reading:
    messages = [need(one, dict, "a message") for one in content.stream]
    if not messages or "config" not in messages[0]:
        raise foreign("govulncheck", "it does not begin with a config message")
    for one in messages:
        if len(one) != 1 or next(iter(one)) not in _KINDS:
            raise malformed("The file holds an object that is no message of govulncheck")
    config = need(messages[0]["config"], dict, "config")
    if not _came_to_the_end(messages):
        raise LookError(Reason.NO_DATA, "govulncheck stopped before it compared the code with the vulnerabilities")
    level = str(config.get("scan_level", "symbol"))
    if level not in _DEPTH:
        raise LookError(Reason.UNSUPPORTED, "The report has a scan level that is not known")
    deepest = _deepest([need(one["finding"], dict, "finding") for one in messages if "finding" in one])
    reached = [finding for depth, finding in deepest.values() if depth >= _DEPTH[level]]
    return findings(
        "govulncheck",
        reached,
        unreached=len(deepest) - len(reached),
        called=sum(depth == _DEPTH["symbol"] for depth, dummy in deepest.values()),
        database=parse_time(config.get("db_last_modified")),
    )


def _came_to_the_end(messages: list[Object]) -> bool:
    steps = [str(one["progress"].get("message", "")) for one in messages if isinstance(one.get("progress"), dict)]
    return any("finding" in one for one in messages) or any(step.startswith(_LAST_STEP) for step in steps)


def _deepest(reported: list[Object]) -> dict[str, tuple[int, Finding]]:
    """Return how deep each vulnerability was followed, with the frame in the vulnerable module."""
    found: dict[str, tuple[int, Finding]] = {}
    for one in reported:
        frames = listed(one.get("trace"), "trace")
        if not frames or not isinstance(one.get("osv"), str):
            raise malformed("A finding lacks its number or its trace")
        frame = frames[0]
        depth = 3 if frame.get("function") else 2 if frame.get("package") else 1
        if depth > found.get(one["osv"], (0, None))[0]:
            found[one["osv"]] = (depth, _finding(one, frame))
    return found


def _finding(one: Object, frame: Object) -> Finding:
    texts = {
        key: str(value) if value else None for key, value in ((key, frame.get(key)) for key in ("module", "version"))
    }
    where = ".".join(str(frame[key]) for key in ("package", "function") if frame.get(key)) or None
    fixed = one.get("fixed_version")
    return Finding(one["osv"], "unknown", texts["module"], texts["version"], str(fixed) if fixed else None, where)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ApacheBench prints. This is a private part of the collection.

It counts an answer of another length as failed, which every answer with a clock in it is; those are left out here.
"""

from __future__ import annotations

import re

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading

_FACT = re.compile(r"(?P<name>[A-Z][A-Za-z0-9 -]+):\s+(?P<value>\d+(?:\.\d+)?)(?:\s.*)?")
_FAILURES = re.compile(r"\s+\(Connect: (\d+), Receive: (\d+), Length: (?P<length>\d+), Exceptions: (\d+)\)")
_SHARE = re.compile(r"\s+(?P<share>50|95|99|100)%\s+(?P<ms>\d+)\b.*")
_HEAD = "This is ApacheBench"


def recognises(content: Content) -> bool:
    return content.data.lstrip().startswith(_HEAD.encode())


def read(content: Content) -> Reading:
    if not content.text.lstrip().startswith(_HEAD):
        raise foreign("ab", f"it does not begin with {_HEAD!r}")
    facts = {match["name"]: float(match["value"]) for match in map(_FACT.fullmatch, content.lines) if match}
    shares = {match["share"]: float(match["ms"]) for match in map(_SHARE.fullmatch, content.lines) if match}
    needed = ("Concurrency Level", "Time taken for tests", "Complete requests", "Failed requests")
    missing = [name for name in needed if name not in facts]
    if missing or "100" not in shares:
        raise malformed(
            f"The test was broken off, or the file is cut: {(missing or ['the table of percentages'])[0]} is missing"
        )
    lengths = sum(int(match["length"]) for match in map(_FAILURES.fullmatch, content.lines) if match)
    refused = facts.get("Non-2xx responses", 0)
    load = Load(
        int(facts["Complete requests"]),
        facts["Time taken for tests"],
        failed=int(facts["Failed requests"]) - lengths + int(refused),
        concurrency=int(facts["Concurrency Level"]),
        p50_ms=shares.get("50"),
        p95_ms=shares.get("95"),
        p99_ms=shares.get("99"),
    )
    return loaded(load, content.said)

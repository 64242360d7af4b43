# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the documents of a checkout as the roles do, and judge them by the catalogue."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import document

from ._judging import defaults, outcome

Subjects = t.List[t.Dict[str, t.Any]]

# Which subjects decide which item, as the tasks of the roles have it.
ITEMS = {
    "documentation": {
        "6.1.1": ("readme", "readmes"),
        "6.1.2": ("quick_start",),
        "6.1.3": ("examples",),
        "6.1.4": ("troubleshooting",),
        "6.1.5": ("faq",),
        "6.2.1": ("claude",),
        "6.2.2": ("architecture",),
        "6.2.3": ("api",),
        "6.2.4": ("schema",),
        "6.2.5": ("deployment",),
        "6.3.1": ("runbook", "alerts"),
        "6.3.2": ("deployment_procedures",),
        "6.3.3": ("rollback",),
        "6.3.4": ("disaster_recovery",),
        "6.3.5": ("maintenance",),
        "6.3.6": ("escalation",),
    },
    "security": {"1.1.6": ("rotation",), "1.6.3": ("privacy",), "1.6.6": ("disclaimer",)},
    "performance": {"2.5.2": ("caching",)},
}
_OPTIONS = ("documents", "alerts", "examples")


def look(path: Path, **options: t.Any) -> Subjects:
    """Return the subjects that the probe sees, as JSON carries them."""
    result = ArgumentSpecValidator(**document.SPEC).validate({"path": str(path), **options})
    assert not result.error_messages, result.error_messages
    valid = result.validated_parameters
    return t.cast("Subjects", json.loads(json.dumps(document.observe(valid, Deadline(valid["timeout"])))))


def look_at_section(path: Path, section: str) -> Subjects:
    """Look with the defaults of a role."""
    known = defaults(section)
    return look(path, **{name: known[f"{section}_{name}"] for name in _OPTIONS if f"{section}_{name}" in known})


def outcomes(path: Path) -> dict[str, str]:
    """Return the outcomes of the items that documents decide, those that passed left out."""
    found: dict[str, str] = {}
    for section, items in ITEMS.items():
        subjects = look_at_section(path, section)
        for item, names in items.items():
            seen = [outcome(item, one["name"], one) for one in subjects if one.get("name") in names]
            found[item] = min(seen, key=("failed", "error", "passed").index, default="error")
    return {item: one for item, one in found.items() if one != "passed"}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of tests. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import shown


@dataclass
class Tally:
    """Counts tests. A test that failed first and passed when it was run again counts as passed, and as flaky."""

    passed: int = 0
    skipped: int = 0
    flaky: int = 0
    failures: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    more_errors: int = 0  # that a suite counts and does not list

    def to_dict(self) -> dict[str, t.Any]:
        errors = len(self.errors) + self.more_errors
        return {
            "total": self.passed + self.skipped + len(self.failures) + errors,
            "passed": self.passed,
            "failed": len(self.failures),
            "errors": errors,
            "skipped": self.skipped,
            "flaky": self.flaky,
            "first_failures": shown([*self.failures, *self.errors]),
        }

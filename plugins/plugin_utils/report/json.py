# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as JSON; its schema is ``docs/report.schema.json``. This is a private part of the collection."""

from __future__ import annotations

import json
import typing as t


def render(report: dict[str, t.Any]) -> str:
    """Return the *report* as JSON text."""
    return json.dumps(report, ensure_ascii=False, allow_nan=False, indent=1) + "\n"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in a repository, a module a topic: each one change, and each must turn its item red and no other."""

from __future__ import annotations

from sandbox.defects import (
    alerting,
    code,
    compose,
    configuration,
    documents,
    manifests,
    migrations,
    monitoring,
    release,
)
from sandbox.defects._defect import Defect

ALL: list[Defect] = [
    *code.DEFECTS,
    *configuration.DEFECTS,
    *manifests.DEFECTS,
    *documents.DEFECTS,
    *migrations.DEFECTS,
    *monitoring.DEFECTS,
    *alerting.DEFECTS,
    *release.DEFECTS,
    *compose.DEFECTS,
]

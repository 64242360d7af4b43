#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: gate
short_description: Let only a ready system pass
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Fails unless the conclusion of a report is V(READY).
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: full
    details:
      - It looks at given data only.
options:
  conclusion:
    description:
      - The conclusion of the report.
    type: str
    choices: [READY, NOT READY, CANNOT TELL]
    required: true
  blocking:
    description:
      - The ids of the items that hold up the launch.
    type: list
    elements: str
    default: []
  mode:
    description:
      - With V(report_only) nothing fails.
    type: str
    choices: [enforce, report_only]
    default: enforce
"""

EXAMPLES = r"""
- name: Let only a ready system pass
  cryptofunk.readiness.gate:
    conclusion: "{{ readiness_report.conclusion }}"
    blocking: "{{ readiness_report.blocking }}"
  run_once: true
"""

RETURN = r"""
conclusion:
  description: The conclusion that was gated.
  type: str
  returned: always
  sample: NOT READY
"""

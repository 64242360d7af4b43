#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: report
short_description: Render the report of a run
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reduces the ledger of a run to one outcome for each item, writes the report in the wanted formats into the run's folder,
    and prints a compact summary. It looks at nothing, so an old ledger can be rendered again.
  - The ledger of a run that was killed gives a report that is labelled PARTIAL.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: full
    details:
      - A ledger gives the same report each time.
options:
  run_path:
    description:
      - The folder of the run, as returned by M(cryptofunk.readiness.run_begin).
    type: path
    required: true
  formats:
    description:
      - The formats to write.
    type: list
    elements: str
    choices: [html, json, junit, markdown]
    default: [html, json, junit, markdown]
"""

EXAMPLES = r"""
- name: Write the report
  cryptofunk.readiness.report:
    run_path: "{{ readiness_run.run_path }}"
  register: readiness_report
  run_once: true
"""

RETURN = r"""
conclusion:
  description: One of V(READY), V(NOT READY), V(CANNOT TELL).
  type: str
  returned: success
  sample: NOT READY
counts:
  description: How many items have each outcome. They add up to the catalogue.
  type: dict
  returned: success
  sample: {passed: 70, failed: 3, error: 150, pending: 40, attested: 0, waived: 0, not_applicable: 12, not_run: 0}
partial:
  description: Whether the run was limited or cut off.
  type: bool
  returned: success
  sample: false
run_id:
  description: The id of the run.
  type: str
  returned: success
  sample: 20261125T030000Z-1f2e3d
blocking:
  description: The ids of the items that hold up the launch, what failed first.
  type: list
  elements: str
  returned: success
  sample: ["1.1.3", "1.3.5"]
paths:
  description: The path of each written format.
  type: dict
  returned: success
  sample: {json: /srv/readiness/20261125T030000Z-1f2e3d/report.json}
"""

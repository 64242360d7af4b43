#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: checklist_drift
short_description: Compare a copy of the checklist with the catalogue
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Records which boxes of the target's own copy of the checklist were added, removed or changed against the catalogue.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: none
    details:
      - Each call appends a record to the ledger.
options:
  run_path:
    description:
      - The folder of the run, as returned by M(cryptofunk.readiness.run_begin).
    type: path
    required: true
  observed:
    description:
      - The registered result of M(cryptofunk.readiness.checklist_info).
    type: dict
    required: true
  needs:
    description:
      - The variable without which the probe is skipped.
    type: str
"""

EXAMPLES = r"""
- name: Compare the checklist with the catalogue
  cryptofunk.readiness.checklist_drift:
    run_path: "{{ readiness_run.run_path }}"
    observed: "{{ _checklist_items }}"
    needs: readiness_repository
"""

RETURN = r"""
compared:
  description: What was found in each copy.
  type: list
  elements: dict
  returned: success
  contains:
    subject:
      description: The document.
      type: str
      sample: docs/PRODUCTION_CHECKLIST.md
    unseen:
      description: Why it could not be compared, or null.
      type: str
    added:
      description: Boxes that no item knows, with C(line) and C(text).
      type: list
      elements: dict
    removed:
      description: Items whose box is gone, with C(id) and C(title).
      type: list
      elements: dict
    changed:
      description: Items whose box reads differently, with C(id), C(title), C(line) and C(text).
      type: list
      elements: dict
"""

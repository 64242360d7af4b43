#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_end
short_description: Close a run
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Records that the run came to its end. A ledger without this record is rendered as PARTIAL.
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
"""

EXAMPLES = r"""
- name: Close the run
  cryptofunk.readiness.run_end:
    run_path: "{{ readiness_run.run_path }}"
  run_once: true
"""

RETURN = r"""
{}
"""

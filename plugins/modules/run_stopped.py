#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_stopped
short_description: Record that a section ended early
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Records why a section of the checklist stopped on a host before its end. Its items that were not judged are undecided,
    and the report shows the reason. Secrets of the inventory are taken out of the text.
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
  section:
    description:
      - The section that stopped.
    type: str
    required: true
  because:
    description:
      - What stopped it, in words.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Record what stopped the section security
  cryptofunk.readiness.run_stopped:
    run_path: "{{ readiness_run.run_path }}"
    section: security
    because: "{{ ansible_failed_result.msg }}"
"""

RETURN = r"""
message:
  description: The reason as it was recorded.
  type: str
  returned: success
  sample: "Wrong options for tls_info: missing required arguments: endpoints"
"""

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_join
short_description: Let an environment join a run
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Records that the host takes part in the run, and what its inventory rules out.
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
  not_applicable:
    description:
      - What does not apply to this environment, as a mapping of item id to reason. The id of a parent, a subsection or a
        section rules out all items below it. Each needs a reason in words, which the report shows.
    type: dict
    default: {}
  platform:
    description:
      - What the system runs on. Items and checks of the other platform do not apply to this environment.
    type: str
    choices: [compose, kubernetes, both]
    default: both
"""

EXAMPLES = r"""
- name: Join the run
  cryptofunk.readiness.run_join:
    run_path: "{{ readiness_run.run_path }}"
    not_applicable:
      "4.1": The system runs under Docker Compose.
"""

RETURN = r"""
not_applicable:
  description: All items that are ruled out, with the reason of each.
  type: dict
  returned: success
  sample: {"4.1.1": The system runs under Docker Compose.}
"""

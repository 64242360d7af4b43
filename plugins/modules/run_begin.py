#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_begin
short_description: Open a run
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the whole catalogue strictly, makes the folder of the run with a copy of it, and writes the header of its ledger.
  - Fails when the inventory has no host in the group C(environments), when a tag to run names no section and no topic, and when
    an item is not well formed; the message names file and line.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: none
    details:
      - Each call opens a new run.
options:
  output_dir:
    description:
      - The folder that holds a folder for each run, and the link C(latest) to the newest one.
    type: path
    required: true
  release:
    description:
      - The release that is to be launched, for the report. Empty when there is none.
    type: str
    default: ""
  items_files:
    description:
      - Files with items of your own, in the format of the catalogue, under keys such as C(security_own_items).
    type: list
    elements: path
    default: []
"""

EXAMPLES = r"""
- name: Open the run
  cryptofunk.readiness.run_begin:
    output_dir: readiness
    release: v1.0.0
  register: readiness_run
  run_once: true
"""

RETURN = r"""
run_id:
  description: The id of the run. Ids sort by time.
  type: str
  returned: success
  sample: 20261125T030000Z-1f2e3d
run_path:
  description: The folder of the run.
  type: str
  returned: success
  sample: /srv/readiness/20261125T030000Z-1f2e3d
topics:
  description: The selected topics, as section.topic.
  type: list
  elements: str
  returned: success
  sample: [security.tls, security.network]
"""

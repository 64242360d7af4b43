#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: checklist_info
short_description: Read the boxes of a checklist in Markdown
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Lists the boxes of a Markdown document with their lines, their headings and a digest of their text, so that a copy of the
    checklist can be compared with the catalogue. What stands in a fence of code is no box.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  path:
    description:
      - The document.
    type: path
    required: true
  max_bytes:
    description:
      - A larger document is not read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 5.0
seealso:
  - module: cryptofunk.readiness.checklist_drift
"""

EXAMPLES = r"""
- name: Read the checklist of the release
  cryptofunk.readiness.checklist_info:
    path: /srv/cryptofunk/docs/PRODUCTION_CHECKLIST.md
  register: checklist

- name: Compare it with the catalogue
  cryptofunk.readiness.checklist_drift:
    run_path: "{{ readiness_run.run_path }}"
    observed: "{{ checklist }}"
"""

RETURN = r"""
observation:
  description: One subject, the document.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The path, as it was given.
      returned: always
      type: str
      sample: /srv/cryptofunk/docs/PRODUCTION_CHECKLIST.md
    error:
      description: Why nothing could be seen, with C(reason) and C(message); null when something was seen.
      returned: always
      type: dict
      sample: null
    unseen:
      description: For each key that could not be seen, the C(reason) and a C(message).
      returned: always
      type: dict
      sample: {}
    boxes:
      description: The boxes, in the order of the document.
      returned: when the document was read
      type: list
      elements: dict
      contains:
        line:
          description: The line of the box.
          returned: always
          type: int
          sample: 80
        heading:
          description: The heading above the box.
          returned: always
          type: str
          sample: SSL/TLS Configuration
        text:
          description: The text behind the box.
          returned: always
          type: str
          sample: TLS 1.2+ only (1.0/1.1 disabled)
        digest:
          description: The first 16 digits of the SHA-256 of the text.
          returned: always
          type: str
          sample: 0e5cb3ad15c6e5cd
        checked:
          description: Whether the box is ticked.
          returned: always
          type: bool
          sample: false
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: checklist_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 25
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import checklist
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**checklist.SPEC, supports_check_mode=True)
    run_module(module, "checklist_info", checklist.observe)


if __name__ == "__main__":
    main()

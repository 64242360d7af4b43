#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: assess
short_description: Judge observations by the checks of the catalogue
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Judges what probes saw by every check that the items of a topic have over it, and appends one verdict for each check
    and subject to the ledger of the run. It looks at nothing itself.
  - A probe that was skipped, that failed or whose host was unreachable gives verdicts as well, with the reason. A query that
    finds nothing is an V(error), never a pass.
  - Thresholds are templates; the variables of the role that the task stands in are in their reach.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: none
    details:
      - Each call appends records to the ledger.
options:
  topic:
    description:
      - The topic whose items are judged, as section.topic.
    type: str
    required: true
  looks:
    description:
      - What was looked at, one entry for each observation to which a C(of) of the topic's checks refers. They are recorded together.
    type: list
    elements: dict
    required: true
    suboptions:
      of:
        description:
          - The name of the observation, to which the C(of) of a check refers.
        type: str
        required: true
      observed:
        description:
          - The registered result of a probe, also that of a loop, or the name of the variable that holds it. The name is quicker,
            because Ansible then renders no large result only to hand it over.
        type: raw
        required: true
      about:
        description:
          - The name of the subjects that are judged, where one look serves many items. A look that failed as a whole is about every
            name.
        type: str
      kind:
        description:
          - The kind of the subjects that are judged, where a probe returns several. A subject that states no kind is of every kind.
        type: str
      needs:
        description:
          - The variable without which the probe is skipped. It is named in the verdict when it was.
        type: str
  run_path:
    description:
      - The folder of the run, as returned by M(cryptofunk.readiness.run_begin). Without it nothing is
        recorded, and the verdicts are only returned.
    type: path
"""

EXAMPLES = r"""
- name: Look at the TLS endpoints
  cryptofunk.readiness.tls_info:
    endpoints: "{{ readiness_tls.endpoints }}"
  register: _security_tls
  when: readiness_tls is defined

- name: Judge the TLS endpoints
  cryptofunk.readiness.assess:
    topic: security.tls
    looks:
      - {of: tls, observed: _security_tls, needs: readiness_tls}
    run_path: "{{ readiness_run.run_path }}"
"""

RETURN = r"""
verdicts:
  description: One verdict for each check and subject.
  type: list
  elements: dict
  returned: success
  contains:
    item:
      description: The id of the item.
      type: str
      sample: 1.3.5
    verdict:
      description: One of V(pass), V(fail), V(error).
      type: str
      sample: fail
    reason:
      description: The reason code of an error.
      type: str
      sample: timeout
    host:
      description: The environment.
      type: str
      sample: production
    subject:
      description: The thing looked at.
      type: str
      sample: api.example.com:443
    check:
      description: The name of the check, unique within its item.
      type: str
      sample: "tls: accepted_versions subset_of"
    expected:
      description: The matcher and what it expected.
      type: dict
      sample: {subset_of: [TLSv1.2, TLSv1.3]}
    observed:
      description: What was observed, cut when it is long.
      type: raw
      sample: [TLSv1, TLSv1.2]
    message:
      description: What is wrong, in words.
      type: str
      sample: Clients can be downgraded to TLSv1
    probe:
      description: The probe that looked.
      type: str
      sample: tls_info
    time:
      description: When it looked, in UTC.
      type: str
      sample: "2026-11-25T03:00:00Z"
    duration_ms:
      description: How long the look took, in milliseconds.
      type: int
      sample: 37
"""

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: probe
short_description: Run a probe by its name
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Runs one of the collection's probes with the given options. All C(*_info) modules of the collection run through this action;
    use them by their own names in roles.
  - A look from the control node runs inside the worker process of the task. A look from another host, for example from a vantage, ships the
    probe there as a module. With the variable C(readiness_ship_probes) set to true every probe is shipped.
  - A task of a run may say C(async) and C(poll=0). Its look from the control node then goes on while the next tasks run, in as many
    processes at a time as the control node has processors, four at most. The registered result is a promise, and M(cryptofunk.readiness.assess) waits for
    the observation. A look that is stopped, or takes longer than C(async) seconds, is one that did not happen.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The action writes what it writes in check mode, too. It changes nothing but the run's own folder.
  idempotent:
    support: full
    details:
      - A probe only looks.
options:
  name:
    description:
      - The subject of the probe, without the C(_info) of its module.
    type: str
    required: true
  options:
    description:
      - The options of the probe.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Look at a TLS endpoint
  cryptofunk.readiness.probe:
    name: tls
    options:
      endpoints:
        - host: api.example.com
          port: 443
  register: endpoint

- name: Begin to look for secrets in a repository
  cryptofunk.readiness.probe:
    name: secret_scan
    options:
      path: /srv/checkout
  register: secrets
  async: 600
  poll: 0
"""

RETURN = r"""
observation:
  description: What the probe saw, one element a subject. The module of the probe documents its keys.
  type: list
  elements: dict
  returned: success, unless the look goes on in the background
looking:
  description: The promise of a look that goes on in the background.
  type: str
  returned: when the look goes on in the background
probe:
  description: The probe that looked.
  type: str
  returned: success
  sample: tls_info
time:
  description: When it looked, in UTC.
  type: str
  returned: success
  sample: "2026-11-25T03:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  type: int
  returned: success
  sample: 37
"""

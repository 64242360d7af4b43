#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: port_info
short_description: Look which TCP ports are reachable from here, and which sockets listen here
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Tries to connect to each declared port, from the host that the task is delegated to, and tells open, closed, filtered and
    unreachable apart. A port is filtered when nothing at all answers for O(silence) seconds.
  - Silence looks the same from a host that is cut off as from one that a firewall keeps out. O(targets[].control_ports) names ports
    of the target that have to be open; when none is, the silence of the others is no observation, but an error.
  - With O(listening) it reads the listening sockets of the host itself instead. It needs Linux for that, and no privilege.
  - A look makes one connection to each port and address, and sends nothing. With O(service) it makes up to four more to each
    open port.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  targets:
    description:
      - The ports to try. This or O(listening) is required.
    type: list
    elements: dict
    suboptions:
      host:
        description:
          - The address to try, or a host name all addresses of which are tried.
        type: str
        required: true
      ports:
        description:
          - The TCP ports to try.
        type: list
        elements: int
        required: true
      control_ports:
        description:
          - Ports of O(targets[].host) of which at least one has to be open from here, lest a port that does not answer prove
            nothing. They are tried, and not returned.
        type: list
        elements: int
        default: []
  listening:
    description:
      - Look at the listening sockets of the host on which the module runs.
    type: bool
    default: false
  service:
    description:
      - Find out which protocol an open port speaks, of PostgreSQL, Redis, HTTP, NATS, SSH and SMTP. No credentials are used.
    type: bool
    default: false
  silence:
    description:
      - How many seconds without any answer make a port filtered.
    type: float
    default: 3.0
  timeout:
    description:
      - The budget of the whole look, in seconds. A port that could not be waited for is an error, not filtered.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at the internal ports from outside
  cryptofunk.readiness.port_info:
    targets:
      - host: 203.0.113.10
        ports: [5432, 6379]
        control_ports: [443]
  delegate_to: outside.example.net
  register: outside

- name: Judge them
  cryptofunk.readiness.assess:
    topic: security.network
    looks:
      - {of: database_port, observed: outside, needs: readiness_ports}

- name: Look at the listening sockets of each server
  cryptofunk.readiness.port_info:
    listening: true
"""

RETURN = r"""
observation:
  description: What was seen, one element a port of O(targets), or one with all listening sockets.
  returned: success
  type: list
  elements: dict
  contains:
    subject:
      description: The port, or V(listening sockets).
      type: str
      returned: success
      sample: 203.0.113.10:5432
    error:
      description: Why nothing was seen, as V(reason) and V(message); null when something was.
      type: dict
      returned: success
      sample: null
    unseen:
      description: The keys that could not be filled, each with its reason.
      type: dict
      returned: success
      sample: {}
    host:
      description: The host that was tried.
      type: str
      returned: with O(targets), when it could be tried
      sample: 203.0.113.10
    port:
      description: The port that was tried.
      type: int
      returned: with O(targets), when it could be tried
      sample: 5432
    state:
      description:
        - One of V(open), V(closed) (the host refuses), V(filtered) (nobody answers), V(unreachable) (a router or a firewall says that
          there is no way). Over several addresses it is V(open) when it is open at one of them.
      type: str
      returned: with O(targets), when it could be tried
      sample: filtered
    addresses:
      description: The state at each address of the host.
      type: list
      elements: dict
      returned: with O(targets), when it could be tried
      contains:
        address:
          description: The address.
          type: str
          sample: 203.0.113.10
        state:
          description: The state of the port there.
          type: str
          sample: filtered
    service:
      description:
        - The protocol that an open port speaks, empty when it is none of those known. Null when the port is not open or the service was
          not asked for.
      type: str
      returned: with O(targets), when it could be tried
      sample: null
    listeners:
      description: The listening TCP sockets of the host.
      type: list
      elements: dict
      returned: with O(listening)
      contains:
        address:
          description: The address that is listened on.
          type: str
          sample: 127.0.0.1
        port:
          description: The port that is listened on.
          type: int
          sample: 5432
        scope:
          description: One of V(everywhere), V(loopback), V(address).
          type: str
          sample: loopback
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import port
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**port.SPEC, supports_check_mode=True)
    run_module(module, "port_info", port.observe)


if __name__ == "__main__":
    main()

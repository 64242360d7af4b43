#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nats_info
short_description: Look at the servers of NATS, whether a message goes through each, and what they know of their cluster
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads what each server says before a login, and tries whether it lets in somebody who has none. Then it logs in, sends one message to
    itself, and asks JetStream for the figures of the account. Last it reads four reports of the monitoring port.
  - All servers are looked at side by side. What is known only of all of them together stands in each element as
    RV(observation[].cluster).
  - C(docs/grants/nats.conf) of the collection has a user with the least that is needed.
requirements:
  - nats-py (the Python library) 2.9 or newer where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  servers:
    description:
      - The servers of the cluster.
    type: list
    elements: dict
    required: true
    suboptions:
      host:
        description:
          - The host name or address of the server.
        type: str
        required: true
      port:
        description:
          - Its port for clients.
        type: int
        default: 4222
      monitoring_url:
        description:
          - The root of its monitoring port. Without it the keys that come from there are unseen.
        type: str
  login_user:
    description:
      - The user to log in as.
    type: str
  login_password:
    description:
      - The password of O(login_user). It appears in no result.
    type: str
  login_token:
    description:
      - A token in place of user and password. It appears in no result.
    type: str
  credentials_file:
    description:
      - A file of credentials in place of user and password.
    type: path
  tls:
    description:
      - Whether to speak TLS.
    type: bool
    default: false
  ca_path:
    description:
      - A PEM file with the authorities to trust. Without it those of the system are trusted.
    type: path
  message_subject:
    description:
      - The subject below which the message is sent, under a name that nobody else has.
    type: str
    default: readiness.probe
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at the cluster of NATS
  cryptofunk.readiness.nats_info:
    servers:
      - host: nats-0.internal.example.com
        monitoring_url: http://nats-0.internal.example.com:8222
      - host: nats-1.internal.example.com
        monitoring_url: http://nats-1.internal.example.com:8222
    login_user: readiness_probe
    login_password: "{{ vault_nats_password }}"
    tls: true
  register: nats

- name: Judge it
  cryptofunk.readiness.assess:
    topic: infrastructure.messaging
    looks:
      - {of: nats, observed: nats}
"""

RETURN = r"""
observation:
  description:
    - One subject a server. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: Where the server is.
      type: str
      sample: nats-0.internal.example.com:4222
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    server:
      description: What the server says of itself before a login.
      type: dict
      contains:
        name:
          description: Its name.
          type: str
          sample: nats-0
        version:
          description: Its version.
          type: str
          sample: 2.10.22
    auth_required:
      description: Whether it says that clients have to log in.
      type: bool
      sample: true
    tls_required:
      description: Whether it says that clients have to speak TLS.
      type: bool
      sample: true
    unauthenticated:
      description: What became of a client without a login.
      type: dict
      contains:
        outcome:
          description: V(accepted) or V(refused).
          type: str
          sample: refused
        detail:
          description: The same in words.
          type: str
          sample: nats-0.internal.example.com:4222 refuses a client without a login
    message:
      description: What became of a message that the probe sent to itself.
      type: dict
      contains:
        delivered:
          description: Whether it came back. The server had acknowledged that it took it.
          type: bool
          sample: true
        round_trip_ms:
          description: How long that took, in milliseconds; null when it did not.
          type: float
          sample: 1.4
    account:
      description: What JetStream says of the account of the user.
      type: dict
      contains:
        streams:
          description: How many streams it has.
          type: int
          sample: 1
        consumers:
          description: How many consumers it has.
          type: int
          sample: 0
        storage_bytes:
          description: How many bytes they take on disks.
          type: int
          sample: 0
    health:
      description: What the report C(healthz) says.
      type: dict
      contains:
        ok:
          description: Whether the server calls itself healthy.
          type: bool
          sample: true
        detail:
          description: What it says.
          type: str
          sample: ok
    connections:
      description: The clients, from the report C(varz).
      type: dict
      contains:
        current:
          description: How many are connected.
          type: int
          sample: 14
        max:
          description: How many may be.
          type: int
          sample: 65536
        ratio:
          description: The share of these that is used.
          type: float
          sample: 0.000214
        slow:
          description: How many clients were cut off since the start because they read too slowly.
          type: int
          sample: 0
    peers:
      description: The servers to which it has routes, each once, however many routes there are.
      type: list
      elements: str
      sample: [nats-1, nats-2]
    jetstream:
      description: What the report C(jsz) says.
      type: dict
      contains:
        enabled:
          description: Whether JetStream runs.
          type: bool
          sample: true
        store_dir:
          description: Where it stores streams.
          type: str
          sample: /data/jetstream
        store_is_ephemeral:
          description: Whether that is in a folder that a restart of the machine empties, like V(/tmp).
          type: bool
          sample: false
        meta:
          description: The group of servers that leads JetStream.
          type: dict
          contains:
            leader:
              description: Its leader, as this server knows it; empty without one.
              type: str
              sample: nats-1
            size:
              description: How many members it has, present or not.
              type: int
              sample: 3
            offline:
              description: The members that are away. Only the leader's own word counts; see RV(observation[].cluster.offline).
              type: list
              elements: str
              sample: []
        streams:
          description: The streams of which this server holds a part.
          type: list
          elements: dict
          contains: &stream
            name:
              description: Its name.
              type: str
              sample: AUDIT
            storage:
              description: V(file) or V(memory).
              type: str
              sample: file
            replicas:
              description: On how many servers it is meant to be.
              type: int
              sample: 3
            leader:
              description: The server that leads it.
              type: str
              sample: nats-2
            behind:
              description: The other servers of it that are away or not up to date, as this server sees it.
              type: list
              elements: str
              sample: []
    cluster:
      description: What the servers that answer say together. It is the same in every element.
      type: dict
      contains:
        servers:
          description: How many servers were declared.
          type: int
          sample: 3
        answering:
          description: How many of them answered.
          type: int
          sample: 3
        leaders:
          description: The leaders of JetStream that they name.
          type: list
          elements: str
          sample: [nats-1]
        has_one_leader:
          description: Whether all of them name the same one.
          type: bool
          sample: true
        offline:
          description: The members that are away by the word of the leader.
          type: list
          elements: str
          sample: []
        streams:
          description: Every stream once, as its leader sees it.
          type: list
          elements: dict
          contains: *stream
        versions:
          description: The versions that run.
          type: list
          elements: str
          sample: [2.10.22]
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: nats_info
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

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import nats
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**nats.SPEC, supports_check_mode=True)
    run_module(module, "nats_info", nats.observe)


if __name__ == "__main__":
    main()

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_info
short_description: Look at a Redis server, how it is secured, and how it serves as a cache
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Says PING first, without a login, to find out whether what answers is Redis. Then it logs in, and reads counters, single settings and the
    remaining life of a sample of keys. It reads no value of any key.
  - With O(unauthenticated) the PING without a login is all it does, and what became of it is the observation. That needs no library, so
    that a host outside can look without any preparation.
  - Settings are asked for by their single names, as the server would show passwords among the others.
    C(docs/grants/redis.acl) of the collection makes a user with the least that is needed.
  - The server counts each look at the remaining life of a key as a lookup that hit. The probe takes all of these out of its figures.
requirements:
  - redis (the Python library) 5.0 or newer where the probe runs, unless O(unauthenticated) is set
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.login
options:
  login_port:
    description:
      - The port of the server.
    type: int
    default: 6379
  login_db:
    description:
      - The number of the database whose keys are looked at.
    type: int
    default: 0
  tls:
    description:
      - Whether to speak TLS.
    type: bool
    default: false
  validate_certs:
    description:
      - Whether the server's certificate has to hold. With O(unauthenticated) it need not.
    type: bool
    default: true
  ca_path:
    description:
      - A PEM file with the authorities to trust. Without it those of the system are trusted.
    type: path
  client_cert:
    description:
      - A PEM file with the certificate to show to the server.
    type: path
  client_key:
    description:
      - The file with the key of O(client_cert).
    type: path
  aspects:
    description:
      - What to look at. The keys of the others are listed in RV(observation[].unseen).
      - V(acl) needs a right that C(docs/grants/redis.acl) does not give; without it the server notes each look as a refused command.
    type: list
    elements: str
    choices:
      - server
      - settings
      - memory
      - clients
      - persistence
      - replication
      - acl
      - lookups
      - keys
    default:
      - server
      - settings
      - memory
      - clients
      - persistence
      - replication
      - acl
      - lookups
      - keys
  unauthenticated:
    description:
      - Look as somebody who has no login, and whom any certificate satisfies.
    type: bool
    default: false
  control_ports:
    description:
      - With O(unauthenticated), ports of O(login_host) of which at least one has to be open from here, lest a server that does not answer prove
        nothing.
    type: list
    elements: int
    default: []
  min_lookups:
    description:
      - How many lookups must be counted before their hit rate tells anything.
    type: int
    default: 1000
  patterns:
    description:
      - The patterns of keys to look at.
    type: list
    elements: dict
    default: []
    suboptions:
      pattern:
        description:
          - The pattern, as SCAN understands it.
        type: str
        required: true
      max_ttl:
        description:
          - How long a key may live at most, in seconds.
        type: int
  sample_size:
    description:
      - How many keys of each pattern are looked at.
    type: int
    default: 50
  max_scanned:
    description:
      - About how many keys the server goes through at most to find those of one pattern.
    type: int
    default: 100000
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 10.0
"""

EXAMPLES = r"""
- name: Look at the cache
  cryptofunk.readiness.redis_info:
    login_host: cache.internal.example.com
    login_port: 6380
    login_user: readiness_probe
    login_password: "{{ vault_readiness_redis_password }}"
    tls: true
    ca_path: /etc/ssl/certs/internal-ca.pem
    patterns:
      - pattern: cryptofunk:price:*
        max_ttl: 60

- name: Look whether somebody outside gets in without a login
  cryptofunk.readiness.redis_info:
    login_host: 203.0.113.10
    unauthenticated: true
    control_ports: [443]
  delegate_to: outside.example.net
  register: redis_outside

- name: Judge it
  cryptofunk.readiness.assess:
    topic: security.passwords
    looks:
      - {of: redis_outside, observed: redis_outside}
"""

RETURN = r"""
observation:
  description:
    - One subject, the server. Every key is always there; one that could not be filled is null and listed in
      RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: Where the server is.
      type: str
      sample: cache.internal.example.com:6380
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    unauthenticated:
      description: What became of a PING without a login, with O(unauthenticated).
      type: dict
      contains:
        outcome:
          description: V(answered), V(refused) when the server demands a login, V(unreachable) when nothing listens for us.
          type: str
          sample: refused
        detail:
          description: The same in words.
          type: str
          sample: 203.0.113.10:6379 answered NOAUTH
    ping:
      description: Whether the server answered a PING.
      type: bool
      sample: true
    server:
      description: What the server says about itself.
      type: dict
      contains:
        version:
          description: The version.
          type: str
          sample: 7.2.4
        major:
          description: The major version.
          type: int
          sample: 7
        mode:
          description: V(standalone), V(sentinel) or V(cluster).
          type: str
          sample: standalone
        uptime_seconds:
          description: How long ago it was started.
          type: int
          sample: 864000
    database_keys:
      description: How many keys the database O(login_db) has.
      type: int
      sample: 4711
    bind:
      description: The addresses that the server listens on; V(*) is all of them.
      type: list
      elements: str
      sample: [10.0.0.7]
    protected_mode:
      description: Whether a server without a password talks to its own machine only.
      type: bool
      sample: true
    plain_port:
      description: The port without TLS; 0 for none.
      type: int
      sample: 0
    tls_port:
      description: The port with TLS; 0 for none.
      type: int
      sample: 6380
    memory:
      description: The limit of memory, and what happens at it.
      type: dict
      contains:
        maxmemory:
          description: The limit in bytes; 0 for none.
          type: int
          sample: 536870912
        policy:
          description: What is done at the limit.
          type: str
          sample: allkeys-lru
        used_bytes:
          description: What is used.
          type: int
          sample: 73400320
        fragmentation_ratio:
          description: What the system has given, divided by what is used.
          type: float
          sample: 1.2
        evicted_keys:
          description: How many keys had to go.
          type: int
          sample: 0
    clients:
      description: The clients.
      type: dict
      contains:
        connected:
          description: How many are connected.
          type: int
          sample: 14
        max:
          description: How many can be; null where the server does not tell.
          type: int
          sample: 10000
        ratio:
          description: The share of these.
          type: float
          sample: 0.0014
        rejected:
          description: How many were turned away.
          type: int
          sample: 0
    persistence:
      description: How data reach the disk.
      type: dict
      contains:
        methods:
          description: V(aof), V(rdb), both or none.
          type: list
          elements: str
          sample: [aof, rdb]
        failures:
          description: What failed when it was last tried.
          type: list
          elements: str
          sample: []
        changes_since_save:
          description: How many changes no RDB file holds yet.
          type: int
          sample: 120
        last_save_age_seconds:
          description: How long ago the last RDB file was written, or the server started.
          type: int
          sample: 240
        unsaved_seconds:
          description: For how long changes may have been on no disk; 0 with AOF, and without changes.
          type: int
          sample: 0
    replication:
      description: The other servers.
      type: dict
      contains:
        role:
          description: V(master) or V(slave).
          type: str
          sample: master
        replicas:
          description: How many replicas are connected.
          type: int
          sample: 1
        master:
          description: The host that it replicates; null for a master.
          type: str
          sample: null
        link_is_up:
          description: Whether the link to that host is up; null for a master.
          type: bool
          sample: null
        is_stale:
          description: Whether it is a replica that has lost its master, so that what is read there grows old.
          type: bool
          sample: false
    acl:
      description: Users. No password, and no hash of one, is shown.
      type: dict
      contains:
        user:
          description: The user that the probe is.
          type: str
          sample: readiness_probe
        default_user:
          description: What everybody is who does not say who he is.
          type: dict
          contains:
            is_on:
              description: Whether one can be this user.
              type: bool
              sample: true
            needs_password:
              description: Whether it takes a password.
              type: bool
              sample: true
            commands:
              description: The commands that it may use.
              type: str
              sample: +@all
    lookups:
      description: The lookups since the server started or its counters were reset.
      type: dict
      contains:
        hits:
          description: How many found the key.
          type: int
          sample: 9500
        misses:
          description: How many did not.
          type: int
          sample: 500
        total:
          description: How many there were.
          type: int
          sample: 10000
        ratio:
          description: The share that hit; null when there were none.
          type: float
          sample: 0.95
    hit_ratio:
      description: The share of lookups that hit. It is in RV(observation[].unseen) when there were less than O(min_lookups).
      type: float
      sample: 0.95
    patterns:
      description: A sample of the keys of each of O(patterns). It is in RV(observation[].unseen) when one of them has no keys.
      type: list
      elements: dict
      contains:
        pattern:
          description: The pattern.
          type: str
          sample: cryptofunk:price:*
        limit:
          description: How long its keys may live, in seconds.
          type: int
          sample: 60
        sampled:
          description: How many keys were looked at.
          type: int
          sample: 50
        scanned:
          description: About how many keys the server went through.
          type: int
          sample: 500
        without_ttl:
          description: How many of them never expire.
          type: int
          sample: 0
        over_limit:
          description: How many will live longer than the limit from now on.
          type: int
          sample: 0
        max_ttl:
          description: How long the longest of them will live, in seconds; null when none expires.
          type: int
          sample: 58
        forever:
          description: Keys that never expire, ten at most.
          type: list
          elements: str
          sample: []
        too_long:
          description: Keys that will live too long, ten at most, in words.
          type: list
          elements: str
          sample: []
    keys_without_ttl:
      description: The keys of all patterns that never expire, ten of each at most.
      type: list
      elements: str
      sample: [cryptofunk:price:dogecoin:usd]
    keys_over_limit:
      description: The keys of all patterns that will live too long, ten of each at most, in words.
      type: list
      elements: str
      sample: ["coingecko:chart:dogecoin:7: 3600 s of 300 s"]
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: redis_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 60
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import redis
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**redis.SPEC, supports_check_mode=True)
    run_module(module, "redis_info", redis.observe)


if __name__ == "__main__":
    main()

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: schema_info
short_description: Compare the schema of a running database with the migrations of a release
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the migrations of a checkout, and from the database the table C(schema_version) and the names of what is there. No migration is
    run, and no program that could run one.
  - Tables, views and hypertables count as those of the release when its migrations leave them behind. Where a migration runs what its file does
    not show, something that seems to be missing is undecided.
  - C(docs/grants/postgresql.sql) of the collection makes a role with the least that is needed.
requirements:
  - psycopg2 2.9 or newer, where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.login
  - cryptofunk.readiness._options.database
options:
  path:
    description:
      - The top folder of the checkout.
    type: path
    required: true
  folder:
    description:
      - The folder of the migrations in it.
    type: str
    default: migrations
  names:
    description:
      - How migrations are named, as regular expressions with the groups C(number) and, for a way back, C(down). The first that fits
        decides.
    type: list
    elements: str
    default:
      - 'V?(?P<number>\d+)_.*?(?P<down>[._]down)?(?:\.up)?\.sql'
      - '(?P<down>U)(?P<number>\d+)__.*\.sql'
  first:
    description:
      - The number of the first migration.
    type: int
    default: 1
  max_bytes:
    description:
      - The size of the largest file that is read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Compare the database of staging with the release
  cryptofunk.readiness.schema_info:
    login_host: db.staging.example.com
    login_user: readiness_probe
    login_password: "{{ vault_postgresql_password }}"
    login_db: cryptofunk
    ssl_mode: verify-full
    ca_cert: /etc/ssl/db-ca.pem
    path: /srv/cryptofunk
  register: staging

- name: Judge it
  cryptofunk.readiness.assess:
    topic: deployment.migration
    looks:
      - {of: staging, observed: staging}
"""

RETURN = r"""
observation:
  description:
    - One subject, the database. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: Where the database is.
      type: str
      sample: db.staging.example.com:5432/cryptofunk
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    release:
      description: The migrations of the release.
      type: dict
      contains:
        latest:
          description: The number of the last one.
          type: int
          sample: 13
        count:
          description: How many there are.
          type: int
          sample: 13
        at:
          description: Where the last one is.
          type: list
          elements: str
          sample: ["migrations/013_user_devices.sql:1"]
    migrations:
      description: Those that were applied, compared with those of the release.
      type: dict
      contains:
        version:
          description: The newest one that was applied; null when there is none.
          type: int
          sample: 12
        count:
          description: How many were applied.
          type: int
          sample: 12
        pending:
          description: Those of the release that were not applied.
          type: list
          elements: dict
          contains: &numbered
            number:
              description: Its number.
              type: int
              sample: 13
            at:
              description: Where it is.
              type: str
              sample: migrations/013_user_devices.sql:1
        skipped:
          description: Those among them that come before one that was applied.
          type: list
          elements: dict
          contains: *numbered
        unknown:
          description: Numbers that were applied, and that the release does not have.
          type: list
          elements: int
          sample: []
    missing_relations:
      description: The tables and views of the release that the database does not have.
      type: list
      elements: dict
      contains:
        name:
          description: Its name, with the schema in front unless that is C(public).
          type: str
          sample: user_devices
        kind:
          description: What it is.
          type: str
          sample: table
        at:
          description: Where it is created.
          type: str
          sample: migrations/013_user_devices.sql:5
    missing_hypertables:
      description: The hypertables of the release that are no hypertables in the database.
      type: list
      elements: dict
      contains:
        name:
          description: The name of the table.
          type: str
          sample: candlesticks
        at:
          description: Where it is made one.
          type: str
          sample: migrations/001_initial_schema.sql:229
    identity:
      description: What tells the database from any other, whatever its address.
      type: str
      sample: 7404613513281245432/16385
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: schema_info
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

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import schema
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**schema.SPEC, supports_check_mode=True)
    run_module(module, "schema_info", schema.observe)


if __name__ == "__main__":
    main()

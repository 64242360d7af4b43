#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: migration_info
short_description: Look at the migrations of a checkout
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the SQL of migrations for PostgreSQL, and returns which of them belong together, what they destroy, and whether their ways
    back undo them. Nothing is run.
  - Statements are found as the server finds them. What stands in a comment, in a text or in the body of a function does not run and
    does not count; what stands in the body of C(DO), in C(EXECUTE) with a text, and in C(WITH) does.
  - What a called function or procedure does is not followed.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - PyYAML, for O(compose)
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  folder:
    description:
      - The folder of the migrations, in the checkout. Its own C(.sql) files count, not those of folders below.
    type: str
    default: migrations
  names:
    description:
      - How migrations are named, as regular expressions for the whole name, tried in this order, with the groups C(number) and, for a
        way back, C(down). As it stands, V(001_x.up.sql) with V(001_x.down.sql), V(001_x.sql) with V(001_x_down.sql), and
        V(V1__x.sql) with V(U1__x.sql).
      - A file that has both directions, with a comment C(-- +goose Down) or C(-- migrate:down) between them, is taken apart.
    type: list
    elements: str
    default:
      - 'V?(?P<number>\d+)_.*?(?P<down>[._]down)?(?:\.up)?\.sql'
      - '(?P<down>U)(?P<number>\d+)__.*\.sql'
  first:
    description:
      - The number of the first migration. Numbers of eight digits or more are taken for dates, which have gaps.
    type: int
    default: 1
  since:
    description:
      - Migrations up to this number were deployed already. What they destroy is not listed any more, nor what their ways back leave.
    type: int
    default: 0
  schema_version:
    description:
      - The version of the schema that the release has.
    type: int
  marker:
    description:
      - What a comment has to say, as a regular expression, to announce the statement that it stands with.
    type: str
    default: '(?i)readiness:\s*announced\b\W*\w'
  announcements:
    description:
      - Files, or patterns of files, that announce a migration when they have its name without the ending.
    type: list
    elements: str
    default: []
  extensions:
    description:
      - Extensions that the database has without a migration that creates them.
    type: list
    elements: str
    default: []
  compose:
    description:
      - Files of compose, or patterns of files, in which O(folder) may be mounted as C(/docker-entrypoint-initdb.d).
    type: list
    elements: str
    default: []
  max_bytes:
    description:
      - A larger file is not read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 20.0
"""

EXAMPLES = r"""
- name: Look at the migrations of the release
  cryptofunk.readiness.migration_info:
    path: /srv/cryptofunk
    schema_version: 13
    announcements: [CHANGELOG.md]
    compose: [docker-compose*.yml]
  register: migrations

- name: Judge them
  cryptofunk.readiness.assess:
    topic: deployment.migration
    looks:
      - {of: migrations, observed: migrations}
"""

RETURN = r"""
observation:
  description:
    - One subject, the folder. Every C(at) is a file and a line.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The folder, as it was given.
      returned: always
      type: str
      sample: migrations
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
    at:
      description: Every file that was read as a migration.
      returned: when something was seen
      type: list
      elements: str
      sample: ["migrations/001_initial_schema.sql:1"]
    count:
      description: How many numbers have a way there.
      returned: when something was seen
      type: int
      sample: 13
    latest:
      description: The highest number.
      returned: when something was seen
      type: int
      sample: 13
    complete:
      description: V(true) when every file could be read as SQL; otherwise null, and RV(observation[].unseen) says why.
      returned: when something was seen
      type: bool
      sample: true
    misnamed:
      description: Files that are named as no migration.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        file: &text
          description: The file.
          returned: always
          type: str
          sample: migrations/notes.sql
        at: &at
          description: The place.
          returned: always
          type: str
          sample: "migrations/014_notes.sql:1"
    gaps:
      description: Numbers that no way there has.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        number: &number
          description: The number.
          returned: always
          type: int
          sample: 4
        at: *at
    duplicates:
      description: Numbers that several files of one direction have.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        number: *number
        direction:
          description: V(up) or V(down).
          returned: always
          type: str
          sample: up
        at:
          description: The places.
          returned: always
          type: list
          elements: str
          sample: ["migrations/014_a.sql:1", "migrations/014_b.sql:1"]
    misordered:
      description: Files that come at another place by their names than by their numbers.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        file: *text
        at: *at
    unpaired:
      description: Numbers without a way back, or without a way there.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        number: *number
        lacks:
          description: V(down) or V(up).
          returned: always
          type: str
          sample: down
        at: *at
    empty_downs:
      description: Ways back that undo nothing.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        announced: &announced
          description: Whether a comment, or one of O(announcements), says so.
          returned: always
          type: bool
          sample: false
        at: *at
    not_undone:
      description: What a migration makes and its way back does not take away. Extensions are not listed.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        kind:
          description: What it is.
          returned: always
          type: str
          sample: function
        name:
          description: Its name.
          returned: always
          type: str
          sample: create_api_key
        down:
          description: The way back.
          returned: always
          type: str
          sample: migrations/009_api_keys_down.sql
        at: *at
    destructive:
      description:
        - Statements of the ways there that drop, empty or rewrite what is not their own, or forbid what may be there.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        says:
          description: What it does.
          returned: always
          type: str
          sample: drops
        target:
          description: To what.
          returned: always
          type: str
          sample: the column trades.metadata
        announced: *announced
        at: *at
    blocking_indexes:
      description: Indexes of tables of earlier migrations that are built without CONCURRENTLY, which locks the table against writes.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        index:
          description: The index.
          returned: always
          type: str
          sample: idx_trades_symbol
        table:
          description: The table.
          returned: always
          type: str
          sample: trades
        at: *at
    missing_extensions:
      description: Functions of extensions that no migration creates, each where it is called first.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        function:
          description: The function.
          returned: always
          type: str
          sample: gen_random_bytes
        extension:
          description: The extension.
          returned: always
          type: str
          sample: pgcrypto
        at: *at
    run_at_first_start:
      description: Services of O(compose) that run O(folder) when the database is new, with the ways back that it has.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        service:
          description: The service.
          returned: always
          type: str
          sample: postgres
        downs:
          description: How many ways back it runs.
          returned: always
          type: int
          sample: 13
        at: *at
    is_stated_version:
      description: Whether RV(observation[].latest) is O(schema_version).
      returned: when something was seen
      type: bool
      sample: true
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: migration_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 120
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import migration
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**migration.SPEC, supports_check_mode=True)
    run_module(module, "migration_info", migration.observe)


if __name__ == "__main__":
    main()

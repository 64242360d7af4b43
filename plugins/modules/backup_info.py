#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_info
short_description: Look at the backups of a database, whether they are whole, and when one was last restored
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Looks at the files of backups on the machine where they are, and reads the newest one of each kind from its beginning to its end. A dump
    that was cut off anywhere is not called whole, whether it is plain SQL, zipped, an archive of C(pg_dump -Fc) or encrypted.
  - Reads the record that M(cryptofunk.readiness.restore_drill) left of its last drill.
  - Nothing is written and nothing is restored.
requirements:
  - pg_restore (the program) 12 or newer, and not older than the server, where archives of C(pg_dump -Fc) are to be read
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  path:
    description:
      - The folder of the backups.
    type: path
    required: true
  kinds:
    description:
      - The kinds of backups in it.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - The name of the kind.
        type: str
        required: true
      pattern:
        description:
          - Which files below O(path) are of the kind. C(*) stands for anything within a folder, C(**/) for any folders.
        type: str
        required: true
      every_hours:
        description:
          - How many hours are between two backups. Without it RV(observation[].periods_old) and RV(observation[].longest_gap_periods)
            are unseen.
        type: float
      command:
        description:
          - A part of the command by which cron or systemd makes these backups. Without it RV(observation[].schedule) is unseen.
        type: str
      drill:
        description:
          - Whether the restore drill is done with backups of this kind.
        type: bool
        default: false
  since:
    description:
      - The time from which on nothing was to change any more, like V(2026-11-26T08:00:00Z). Without it RV(observation[].is_after) is unseen.
    type: str
  database:
    description:
      - The name of the database that the backups have to be of, where a backup names one.
    type: str
  version_table:
    description:
      - The table in which the migrations note the version of the schema.
    type: str
    default: schema_version
  decrypt:
    description:
      - The command, as a list of words, that reads an encrypted backup from its standard input and writes it decrypted. It is run without a
        shell. Let it read its key from a file, since others can see the words of a command.
    type: list
    elements: str
    default: []
  schedules:
    description:
      - Where files of cron and services of systemd are, as patterns of the shell.
    type: list
    elements: str
    default:
      - /etc/crontab
      - /etc/cron.d/*
      - /var/spool/cron/crontabs/*
      - /var/spool/cron/*
      - /etc/systemd/system/*.service
  records:
    description:
      - The folder into which the restore drill writes its records. Without it RV(observation[].drill) is unseen.
    type: path
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 120.0
"""

EXAMPLES = r"""
- name: Look at the daily backups
  cryptofunk.readiness.backup_info:
    path: /var/backups/cryptofunk
    kinds:
      - name: daily
        pattern: daily/*/cryptofunk_daily_*.sql.gz
        every_hours: 24
        command: database-backup.sh daily
    database: cryptofunk
    records: /var/lib/readiness
  delegate_to: backup.internal.example.com
  register: backups

- name: Judge them
  cryptofunk.readiness.assess:
    topic: infrastructure.database
    looks:
      - {of: backups, observed: backups}
"""

RETURN = r"""
observation:
  description:
    - One subject a kind of backup. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the kind.
      type: str
      sample: daily
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    kind:
      description: V(drilled) where the restore drill is done with backups of the kind, V(kept) otherwise.
      type: str
      sample: drilled
    count:
      description: How many backups of the kind there are.
      type: int
      sample: 30
    schedule:
      description: What runs the command by the clock. A line that is commented out, and a timer that is not enabled, do not count.
      type: list
      elements: dict
      contains:
        at:
          description: Where that stands.
          type: str
          sample: /etc/cron.d/cryptofunk:3
        when:
          description: When it runs, in the words of cron or systemd.
          type: str
          sample: 0 2 * * *
    size_ratio:
      description: The size of the newest backup by the median of those before it.
      type: float
      sample: 1.01
    periods_old:
      description: The age of the newest backup by the time that is between two.
      type: float
      sample: 0.3
    longest_gap_periods:
      description: The longest time between two backups in a row, of the last ten, by the time that is to be between two.
      type: float
      sample: 1.0
    newest:
      description: The newest backup.
      type: dict
      contains:
        file:
          description: Its path below the folder.
          type: str
          sample: daily/20261126/cryptofunk_daily_20261126_020000.sql.gz
        at:
          description: Its whole path.
          type: str
          sample: /var/backups/cryptofunk/daily/20261126/cryptofunk_daily_20261126_020000.sql.gz
        made:
          description:
            - When it was made, by the time in its name or that of its last change, whichever is earlier, as a copy has a new time of change.
          type: str
          sample: "2026-11-26T02:00:00Z"
        age_hours:
          description: How many hours that is ago.
          type: float
          sample: 6.5
        bytes:
          description: Its size.
          type: int
          sample: 1820344
    is_after:
      description: Whether the newest backup was made after O(since).
      type: bool
      sample: true
    content:
      description: What is in the newest backup.
      type: dict
      contains:
        layers:
          description: What it is made of, from the outside, of V(encrypted), V(gzip), V(archive) and V(plain).
          type: list
          elements: str
          sample: [gzip, plain]
        encrypted:
          description: Whether it is encrypted.
          type: bool
          sample: true
        damage:
          description: What is wrong with it as a whole. It is empty only where it was read to the end that pg_dump writes.
          type: list
          elements: str
          sample: []
        noise:
          description: Messages of tools that were mixed into it, the first twenty.
          type: list
          elements: dict
          contains:
            line:
              description: The line of the SQL.
              type: int
              sample: 1
            text:
              description: The beginning of the message.
              type: str
              sample: "pg_dump: last built-in OID is 16383"
        tables:
          description: The tables.
          type: list
          elements: dict
          contains:
            name:
              description: The name, with its schema unless that is C(public).
              type: str
              sample: orders
            rows:
              description: How many rows of it are in the dump; null when it has a definition only.
              type: int
              sample: 5210
        schema_version:
          description: The highest version in O(version_table); null without one.
          type: int
          sample: 13
        server_version:
          description: The version of the server that was dumped.
          type: str
          sample: "15.18"
        extensions:
          description: The extensions that it creates.
          type: list
          elements: str
          sample: [timescaledb, vector]
        databases:
          description: The databases that it, or the description beside it, names.
          type: list
          elements: str
          sample: [cryptofunk]
        other_databases:
          description: Those that are not O(database).
          type: list
          elements: str
          sample: []
    drill:
      description: The record of the last restore drill of the kind.
      type: dict
      contains:
        outcome:
          description: V(restored) or V(failed).
          type: str
          sample: restored
        fault:
          description: Why it failed.
          type: str
          sample: null
        file:
          description: The backup that was restored.
          type: str
          sample: daily/20261126/cryptofunk_daily_20261126_020000.sql.gz
        bytes:
          description: Its size.
          type: int
          sample: 1820344
        dump_age_hours:
          description: How old it was when the drill began.
          type: float
          sample: 1.5
        started:
          description: When the drill began.
          type: str
          sample: "2026-11-26T03:30:00Z"
        finished:
          description: When it ended.
          type: str
          sample: "2026-11-26T03:34:12Z"
        age_hours:
          description: How many hours that is ago.
          type: float
          sample: 5.0
        is_of_newest:
          description: Whether it was of the backup that is the newest now.
          type: bool
          sample: true
        duration_seconds:
          description: How long it took, from making the database to having counted and dropped it.
          type: float
          sample: 252.3
        schema_version:
          description: The highest version of the schema in what was restored.
          type: int
          sample: 13
        server_version:
          description: The version of the server to which it was restored.
          type: str
          sample: "15.18"
        tables:
          description: The tables that were restored.
          type: list
          elements: dict
          contains:
            name:
              description: The name, with its schema unless that is C(public).
              type: str
              sample: orders
            rows:
              description: How many rows were counted in it.
              type: int
              sample: 5210
        lost_rows:
          description: The tables that do not have as many rows as the dump has of them.
          type: list
          elements: dict
          contains: &lost
            table:
              description: The table.
              type: str
              sample: orders
            restored:
              description: How many rows were counted.
              type: int
              sample: 5209
        below_baseline:
          description: The tables that have fewer rows than the inventory declares.
          type: list
          elements: dict
          contains: *lost
        left_over:
          description: The scratch databases of drills that were killed, which this one dropped at its beginning.
          type: list
          elements: str
          sample: []
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: backup_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-26T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 640
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import backup
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**backup.SPEC, supports_check_mode=True)
    run_module(module, "backup_info", backup.observe)


if __name__ == "__main__":
    main()

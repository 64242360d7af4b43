#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: restore_drill
short_description: Restore the newest backup into a scratch database, look at it, drop it, and record how that went
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - This is a drill, which does something. It creates a database under a name that nobody has, restores the newest backup of a kind into it,
    counts the rows, and drops it again, also when the restoring failed or took too long.
  - It costs the server that it logs in to about the disk space and the work that the database itself needs. Use a spare server.
  - It touches no other database. A dump with commands of psql, or with statements on databases or roles, is refused. What a killed drill left
    behind is dropped by the next one.
  - Owners and rights in the dump are left out, as the drill's role may give nothing to others.
  - C(docs/grants/restore_drill.sql) of the collection makes its role and the template.
  - The record is written whole or not at all, and says of a failed drill why it failed. M(cryptofunk.readiness.backup_info) reads it.
requirements:
  - psql (the program), and pg_restore 12 or newer where archives of C(pg_dump -Fc) are to be restored
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.login
  - cryptofunk.readiness._options.database
attributes:
  check_mode:
    details:
      - Nothing is restored in check mode, and no record is written.
  idempotent:
    support: none
    details:
      - Every run is a drill of its own.
options:
  path:
    description:
      - The folder of the backups.
    type: path
    required: true
  kind:
    description:
      - The name of the kind of backup, which names the record.
    type: str
    required: true
  pattern:
    description:
      - Which files below O(path) are of the kind. C(*) stands for anything within a folder, C(**/) for any folders.
    type: str
    required: true
  decrypt:
    description:
      - The command, as a list of words, that reads an encrypted backup from its standard input and writes it decrypted.
    type: list
    elements: str
    default: []
  records:
    description:
      - The folder into which the record is written. It has to be there.
    type: path
    required: true
  template:
    description:
      - The database that scratch databases are copied from. It is empty, and has the extensions of the application.
    type: str
    default: readiness_drill_template
  version_table:
    description:
      - The table in which the migrations note the version of the schema.
    type: str
    default: schema_version
  baseline:
    description:
      - How many rows each of these tables must have at least, as a dictionary.
    type: dict
    default: {}
  timeout:
    description:
      - The budget of the whole drill, in seconds. Dropping the database has a minute of its own.
    type: float
    default: 7200.0
"""

EXAMPLES = r"""
- name: Restore the newest daily backup on a spare server
  cryptofunk.readiness.restore_drill:
    path: /var/backups/cryptofunk
    kind: daily
    pattern: daily/*/cryptofunk_daily_*.sql.gz
    records: /var/lib/readiness
    login_host: spare.internal.example.com
    login_user: readiness_drill
    login_password: "{{ vault_drill_password }}"
    ssl_mode: verify-full
    ca_cert: /etc/ssl/db-ca.pem
    baseline:
      trading_sessions: 1
  delegate_to: backup.internal.example.com
"""

RETURN = r"""
record:
  description: What was written down; RV(cryptofunk.readiness.backup_info#module:observation[].drill) describes its keys.
  returned: when a backup was found and nobody else drills
  type: dict
  sample:
    kind: daily
    outcome: restored
    duration_seconds: 252.3
    schema_version: 13
path:
  description: Where it was written.
  returned: when it was written
  type: str
  sample: /var/lib/readiness/restore_drill_daily.json
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _drill


def main() -> t.NoReturn:
    module = AnsibleModule(**_drill.SPEC, supports_check_mode=True)
    _drill.run_module(module)


if __name__ == "__main__":
    main()

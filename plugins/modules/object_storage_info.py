#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: object_storage_info
short_description: Look at buckets of an object store, who is let in, and what is set for them
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Asks a store that speaks the API of S3 for the settings of each bucket, and sends it three requests for a listing of one object,
    signed, not signed, and with a wrong signature. Of an object itself only the head is asked for, and only without a signature.
  - Every request is sent once, bounded in time and size, past any proxy. A store that does not know a request leaves its key unseen as
    V(unsupported); that is no fault of the bucket.
  - C(docs/grants/object_storage.json) of the collection is a policy with the least that is needed.
requirements:
  - botocore (the Python library) 1.31 or newer where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.aws
options:
  buckets:
    description:
      - The names of the buckets.
    type: list
    elements: str
    required: true
  endpoint_url:
    description:
      - The root of the store. Without it that of AWS in O(region).
    type: str
  region:
    description:
      - The region that requests are signed for.
    type: str
    default: us-east-1
  addressing_style:
    description:
      - Whether the bucket stands in the path, or in the host name (V(virtual)). V(auto) lets the library choose.
    type: str
    choices: [auto, path, virtual]
    default: auto
  ca_path:
    description:
      - A PEM file with the authorities to trust. Without it those of the system are trusted.
    type: path
  prefixes:
    description:
      - The folders for which somebody has to care that old objects go, like V(database/daily/). All of the bucket unless told.
    type: list
    elements: str
    default: ['']
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at the bucket for backups
  cryptofunk.readiness.object_storage_info:
    buckets: [cryptofunk-backups]
    region: eu-central-1
    access_key: "{{ vault_backup_access_key }}"
    secret_key: "{{ vault_backup_secret_key }}"
    prefixes: [database/hourly/, database/daily/, database/weekly/]
  register: storage

- name: Judge it
  cryptofunk.readiness.assess:
    topic: infrastructure.object_storage
    looks:
      - {of: object_storage, observed: storage}
"""

RETURN = r"""
observation:
  description:
    - One subject a bucket. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the bucket.
      type: str
      sample: cryptofunk-backups
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    exists:
      description: Whether the bucket is there.
      type: bool
      sample: true
    signed:
      description: What became of a request with the declared credentials. One that is refused leaves the key unseen.
      type: dict
      contains:
        outcome:
          description: V(accepted).
          type: str
          sample: accepted
    anonymous:
      description: What became of requests that were not signed.
      type: dict
      contains:
        list:
          description: V(accepted) or V(refused), of the list of objects.
          type: str
          sample: refused
        object:
          description: The same of the head of one object, or V(nothing_to_ask) where no object is known.
          type: str
          sample: refused
        accepted:
          description: Which of the two were accepted.
          type: list
          elements: str
          sample: []
    forged:
      description: What became of a request that was signed with a wrong secret.
      type: dict
      contains:
        outcome:
          description: V(accepted) or V(refused).
          type: str
          sample: refused
    versioning:
      description: Whether the bucket keeps what is overwritten.
      type: dict
      contains:
        status:
          description: V(Enabled), V(Suspended) or V(Off).
          type: str
          sample: Enabled
        mfa_delete:
          description: Whether a version is deleted only with a second factor.
          type: bool
          sample: false
    lifecycle:
      description: What becomes of old objects.
      type: dict
      contains:
        rules:
          description: Every rule.
          type: list
          elements: dict
          contains:
            name:
              description: Its name.
              type: str
              sample: backups
            enabled:
              description: Whether it is on.
              type: bool
              sample: true
            prefix:
              description: Of which folder it is; empty for the whole bucket.
              type: str
              sample: database/
            of_all_objects:
              description: Whether it is of all objects there, not only of those with a tag or a size.
              type: bool
              sample: true
            expiry_days:
              description: The days after which objects go; 0 for never.
              type: int
              sample: 365
            noncurrent_days:
              description: The days after which what was overwritten or deleted goes; 0 for never.
              type: int
              sample: 30
            abort_upload_days:
              description: The days after which uploads that were never completed go; 0 for never.
              type: int
              sample: 7
        expiry_days:
          description: For each of O(prefixes) whose objects expire, the days after which they do, by the rule that acts first.
          type: list
          elements: int
          sample: [365]
        without_expiry:
          description: Those of O(prefixes) whose objects never go.
          type: list
          elements: str
          sample: []
        without_noncurrent_expiry:
          description: Those of O(prefixes) in which what was overwritten never goes.
          type: list
          elements: str
          sample: []
    encryption:
      description: What the bucket does to objects that come without an encryption of their own.
      type: dict
      contains:
        enabled:
          description: Whether they are encrypted.
          type: bool
          sample: true
        algorithms:
          description: By what.
          type: list
          elements: str
          sample: [AES256]
    public_access_block:
      description: The switches that forbid to open the bucket. Stores other than AWS mostly have none.
      type: dict
      contains:
        block_public_acls:
          description: Whether new access control lists for everybody are refused.
          type: bool
          sample: true
        ignore_public_acls:
          description: Whether those that exist are ignored.
          type: bool
          sample: true
        block_public_policy:
          description: Whether new policies for everybody are refused.
          type: bool
          sample: true
        restrict_public_buckets:
          description: Whether those that exist hold for the own account alone.
          type: bool
          sample: true
        complete:
          description: Whether all four are on.
          type: bool
          sample: true
    policy:
      description: The policy of the bucket.
      type: dict
      contains:
        is_public:
          description: Whether it gives something to everybody, by the word of the store, or else by what the policy says.
          type: bool
          sample: false
    acl:
      description: The access control list of the bucket.
      type: dict
      contains:
        public_grants:
          description: What it gives to everybody, or to all users of all accounts.
          type: list
          elements: str
          sample: []
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: object_storage_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 1450
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import object_storage
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**object_storage.SPEC, supports_check_mode=True)
    run_module(module, "object_storage_info", object_storage.observe)


if __name__ == "__main__":
    main()

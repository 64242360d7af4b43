#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: secret_store_info
short_description: Look at a secret store, whether it is ready, and whether the declared secrets are in it
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Asks a server with the HTTP API of Vault (Vault, OpenBao) for its seal and its storage, looks its own token up, and reads the names
    of the values at each declared path of a KV engine of version 2. It reads no value.
  - Or asks AWS Secrets Manager whether each declared secret is there. Only where names in it are declared the secret is read, because
    the service gives no names without the values; they do not leave the probe.
  - C(docs/grants/secret_store.hcl) and C(docs/grants/secret_store_aws.json) of the collection are policies with the least that is needed.
requirements:
  - botocore (the Python library) 1.31 or newer where the probe runs, for O(kind=aws)
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.aws
options:
  kind:
    description:
      - V(vault) for Vault and OpenBao, V(aws) for AWS Secrets Manager.
    type: str
    choices: [vault, aws]
    default: vault
  entries:
    description:
      - What has to be in the store.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description:
          - The path below the mount, or the name of the secret in AWS.
        type: str
        required: true
      names:
        description:
          - The names of the values that have to be there. Without any, one value is enough.
        type: list
        elements: str
        default: []
  url:
    description:
      - The root of the server. Required for O(kind=vault); of AWS the one of O(region) unless told.
    type: str
  token:
    description:
      - The token to look with. It appears in no result, and is not sent over a network in plain text.
    type: str
  namespace:
    description:
      - The namespace in which the mount is.
    type: str
  mount:
    description:
      - The mount of the KV engine.
    type: str
    default: secret
  default_tokens:
    description:
      - Tokens that anybody knows, of which the first ten are looked up. The result tells how many were accepted.
    type: list
    elements: str
    default: []
  region:
    description:
      - The region of AWS Secrets Manager.
    type: str
    default: us-east-1
  ca_path:
    description:
      - A PEM file with the authorities to trust. Without it those of the system are trusted.
    type: path
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at Vault
  cryptofunk.readiness.secret_store_info:
    url: https://vault.example.com:8200
    token: "{{ vault_secret_store_token }}"
    entries:
      - path: cryptofunk/production/database
        names: [password]
      - path: cryptofunk/production/exchanges/binance
        names: [api_key, secret_key]
    default_tokens: [cryptofunk-dev-token, root]
  register: store

- name: Judge it
  cryptofunk.readiness.assess:
    topic: security.api_keys
    looks:
      - of: secret_store
        observed: store

- name: Look at AWS Secrets Manager
  cryptofunk.readiness.secret_store_info:
    kind: aws
    region: eu-central-1
    access_key: "{{ vault_secret_store_access_key }}"
    secret_key: "{{ vault_secret_store_secret_key }}"
    entries:
      - path: cryptofunk/production/database
"""

RETURN = r"""
observation:
  description:
    - One subject, the store. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The root of the server, or the region of AWS.
      type: str
      sample: https://vault.example.com:8200
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    state:
      description: What the store tells everybody of itself. AWS counts as ready when it answered for every declared secret.
      type: dict
      contains:
        ready:
          description: Whether it is initialised and not sealed.
          type: bool
          sample: true
        initialized:
          description: Whether it was ever initialised.
          type: bool
          sample: true
        sealed:
          description: Whether it is sealed, so that it gives nothing to anybody.
          type: bool
          sample: false
        storage:
          description: Where it keeps what it holds, V(aws) in AWS; null where an old server does not tell.
          type: str
          sample: raft
        in_memory:
          description: Whether that is the memory alone, as in dev mode; null where an old server does not tell.
          type: bool
          sample: false
        version:
          description: The version of the server; empty in AWS.
          type: str
          sample: 2.7.2
    login:
      description: What the declared token is. Of AWS nothing is known.
      type: dict
      contains:
        policies:
          description: The names of its policies.
          type: list
          elements: str
          sample: [readiness]
        is_root:
          description: Whether it may do everything.
          type: bool
          sample: false
        expires:
          description: Whether it ends one day.
          type: bool
          sample: true
    secrets:
      description: Which of O(entries) are there.
      type: dict
      contains:
        found:
          description: What is there, as the path alone or as the path, a colon and the name.
          type: list
          elements: str
          sample: ["cryptofunk/production/database: password"]
        missing:
          description: What is not there, in the same form.
          type: list
          elements: str
          sample: []
    default_tokens:
      description: What became of O(default_tokens).
      type: dict
      contains:
        tried:
          description: How many were tried; none in AWS, which has no tokens.
          type: int
          sample: 2
        accepted:
          description: How many the store accepted.
          type: int
          sample: 0
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: secret_store_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 40
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_store
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**secret_store.SPEC, supports_check_mode=True)
    run_module(module, "secret_store_info", secret_store.observe)


if __name__ == "__main__":
    main()

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: secret_scan_info
short_description: Look for secrets in a git repository
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads every object that a repository reaches, each once, by all branches, tags, notes and stashes, with the messages of the
    commits and what is staged, and the files of the work tree; files that git ignores are told apart.
  - Knows the keys of Binance, Bybit and OKX by their surroundings, those of common providers by their shape, passwords in URLs,
    values of Kubernetes Secrets behind base64, and secrets that are assigned to a name.
  - Where gitleaks is on the PATH, it reads the history as well, with its own rules and without the exceptions that the scanned
    repository may hold.
  - What could not be read is listed. When nothing was found and not everything was read, RV(observation[].findings) is unseen.
  - No part of a secret is returned.
  - Runs git without its hooks, filters, helpers, replacements and network, and changes nothing.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - git
options:
  path:
    description:
      - The top folder of a work tree, or a bare repository.
    type: path
    required: true
  fingerprint_key:
    description:
      - The key of the fingerprints. Without it they hold for one run only.
    type: str
  allowed:
    description:
      - Findings that are no secrets, or none any more. An entry names a finding by its fingerprint, so that another secret at the
        same place is found.
    type: list
    elements: dict
    suboptions:
      fingerprint:
        description:
          - The fingerprint, as returned with the finding under the same O(fingerprint_key).
        type: str
        required: true
      reason:
        description:
          - Why it is allowed.
        type: str
        required: true
      expires:
        description:
          - The last day on which it is allowed, as V(YYYY-MM-DD), in UTC.
        type: str
        required: true
  fixtures:
    description:
      - Names of files, and of folders with a slash behind, that hold test code. What only its surroundings call a secret does not
        count there and is listed apart. A key that tells by its shape counts everywhere.
    type: list
    elements: str
    default:
      - "*_test.*"
      - test_*
      - "*.test.*"
      - "*.spec.*"
      - testdata/
      - fixtures/
      - __tests__/
      - __mocks__/
  gitleaks:
    description:
      - Whether to run gitleaks, too, when it is on the PATH.
    type: bool
    default: true
  max_bytes:
    description:
      - A larger text is not read, and is listed as such. Binary files are counted.
    type: int
    default: 10485760
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 120.0
"""

EXAMPLES = r"""
- name: Look for secrets in the release
  cryptofunk.readiness.secret_scan_info:
    path: /srv/cryptofunk
    fingerprint_key: "{{ vault_fingerprint_key }}"
    allowed:
      - fingerprint: 5f0c2d7c1d7f4b1a9f5d1f5ce8a41b07
        reason: Key of a closed testnet account
        expires: "2027-01-31"
  register: secret_scan

- name: Judge what was found
  cryptofunk.readiness.assess:
    topic: security.api_keys
    looks:
      - {of: secret_scan, observed: secret_scan}
"""

RETURN = r"""
observation:
  description: One subject, the repository.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The path, as it was given.
      returned: always
      type: str
      sample: /srv/cryptofunk
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
    findings:
      description:
        - The secrets, each once a path, at most 200. Null when nothing was found and not everything was read.
      returned: when the repository was opened
      type: list
      elements: dict
      contains:
        rule:
          description: The rule that matched; one of gitleaks begins with C(gitleaks:).
          returned: always
          type: str
          sample: binance-key
        path:
          description: The file.
          returned: always
          type: str
          sample: configs/config.yaml
        line:
          description: The line, in the file of today if the secret still stands there, else in the first version that had it.
          returned: always
          type: int
          sample: 187
        commit:
          description: The oldest commit that brought the secret to this path; null when only the work tree has it.
          returned: always
          type: str
          sample: 3f1c0a9e0d6f7d4a2f0f5b2f3e6a5a7b8c9d0e1f
        versions:
          description: How many versions of the file in the history have the secret.
          returned: always
          type: int
          sample: 3
        tracked:
          description: Whether git tracks the file today.
          returned: always
          type: bool
          sample: true
        ignored:
          description: Whether the secret only stands in a file that git ignores.
          returned: always
          type: bool
          sample: false
        in_history_only:
          description: Whether the secret is gone from the file today.
          returned: always
          type: bool
          sample: true
        excerpt:
          description: What the secret is assigned to, and the kind of secret in place of it.
          returned: always
          type: str
          sample: secret_key = [Binance API key or secret]
        fingerprint:
          description: A keyed hash of rule, path and secret.
          returned: always
          type: str
          sample: 5f0c2d7c1d7f4b1a9f5d1f5ce8a41b07
        engine:
          description: V(own) or V(gitleaks).
          returned: always
          type: str
          sample: own
    findings_total:
      description: How many findings there are.
      returned: when the repository was opened
      type: int
      sample: 1
    fixtures:
      description: Matches in test code that do not count, at most 200.
      returned: when the repository was opened
      type: list
      elements: dict
      contains:
        rule:
          description: The rule that matched.
          returned: always
          type: str
          sample: assigned-secret
        path:
          description: The file.
          returned: always
          type: str
          sample: internal/config/secrets_test.go
        line:
          description: The line.
          returned: always
          type: int
          sample: 143
    default_literals:
      description: Values under the name of a secret that stand as they are in what gets deployed, and that look like a default.
      returned: when the repository was opened
      type: list
      elements: dict
      contains:
        path:
          description: The file.
          returned: always
          type: str
          sample: deployments/k8s/base/secrets.yaml
        line:
          description: The line.
          returned: always
          type: int
          sample: 44
        name:
          description: The name.
          returned: always
          type: str
          sample: POSTGRES_PASSWORD
    allowed:
      description: The entries of O(allowed) that were used.
      returned: when the repository was opened
      type: list
      elements: dict
      contains: &entry
        fingerprint:
          description: The fingerprint.
          returned: always
          type: str
          sample: 5f0c2d7c1d7f4b1a9f5d1f5ce8a41b07
        reason:
          description: Why it is allowed.
          returned: always
          type: str
          sample: Key of a closed testnet account
        expires:
          description: The last day on which it is allowed.
          returned: always
          type: str
          sample: "2027-01-31"
    allowed_expired:
      description: The entries of O(allowed) that have expired.
      returned: when the repository was opened
      type: list
      elements: dict
      contains: *entry
    allowed_unused:
      description: The entries of O(allowed) that match no finding.
      returned: when the repository was opened
      type: list
      elements: dict
      contains: *entry
    complete:
      description: Whether everything was read that counts.
      returned: when the repository was opened
      type: bool
      sample: true
    unread:
      description: What was not read, at most 200.
      returned: when the repository was opened
      type: list
      elements: dict
      contains:
        what:
          description: The part, such as an object, a file or an engine.
          returned: always
          type: str
          sample: object 11c0c380211c0c8cacff79c82d7792c310a921c5
        path:
          description: Where it stands, as far as that is known.
          returned: always
          type: str
          sample: trend-agent
        ignored:
          description: Whether it is a file that git ignores, which does not count.
          returned: always
          type: bool
          sample: false
        reason:
          description: The reason, as a code.
          returned: always
          type: str
          sample: no_data
        message:
          description: The reason, in words.
          returned: always
          type: str
          sample: Absent from this clone
    engines:
      description: The engines that read the repository.
      returned: when the repository was opened
      type: list
      elements: dict
      contains:
        name:
          description: V(own) or V(gitleaks).
          returned: always
          type: str
          sample: gitleaks
        version:
          description: The version that the engine says it has.
          returned: always
          type: str
          sample: 8.30.1
    commits:
      description: How many commits the repository reaches.
      returned: when the repository was opened
      type: int
      sample: 330
    objects:
      description: How many versions of files and messages were read.
      returned: when the repository was opened
      type: int
      sample: 1784
    files:
      description: How many files of the work tree were read.
      returned: when the repository was opened
      type: int
      sample: 481
    binaries:
      description: How many binary files were passed over.
      returned: when the repository was opened
      type: int
      sample: 2
    submodules:
      description: Folders that are repositories of their own, which are not read.
      returned: when the repository was opened
      type: list
      elements: str
      sample: []
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: secret_scan_info
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

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import secret_scan
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**secret_scan.SPEC, supports_check_mode=True)
    run_module(module, "secret_scan_info", secret_scan.observe)


if __name__ == "__main__":
    main()

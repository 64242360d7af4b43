#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: git_info
short_description: Look at a checkout as a release
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Returns which tag the release has and who signed it, whether the checkout is what was tagged, which versions its files state,
    whether a changelog has an entry for it, and what came after it.
  - The repository is not trusted. No hook, filter or helper of it runs, its replacements and its marks in the index are not
    followed, nothing is fetched, and signatures are verified by the keys that the options name and by no other.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - git
  - C(ssh-keygen) of OpenSSH 8.9 or later, for a tag that is signed with an OpenSSH key
  - C(gpgv), for a tag that is signed with OpenPGP
  - PyYAML, for versions and images in YAML files
options:
  path:
    description:
      - The top folder of the checkout.
    type: path
    required: true
  tag:
    description:
      - The tag of the release. A version without the V(v) may have a tag with it. Without this option the first of O(versions) counts.
    type: str
  branch:
    description:
      - The release branch, here and on remotes as far as they were fetched. Without this option, the one that is checked out, or else
        the remote's own.
    type: str
  allowed_signers:
    description:
      - A file of OpenSSH's C(allowed_signers), with the keys that may sign the tag.
    type: path
  keyring:
    description:
      - An exported keyring of OpenPGP, with the keys that may sign the tag.
    type: path
  versions:
    description:
      - Where the checkout states its version.
    type: list
    elements: dict
    default: []
    suboptions:
      file:
        description:
          - A file of the checkout, or a pattern of files.
        type: str
        required: true
      pattern:
        description:
          - A regular expression for one line, with a group for the version. The first line that fits counts.
        type: str
      path:
        description:
          - The keys of the version in a file of YAML, JSON, TOML or lines NAME=value, joined by dots.
        type: str
      optional:
        description:
          - Whether the file or the version in it may be missing.
        type: bool
        default: false
  images:
    description:
      - YAML files, or patterns of files, that name images. A tag that a kustomization among them replaces does not count, nor does a
        file beside a kustomization that does not list it.
    type: list
    elements: str
    default: []
  own_images:
    description:
      - The names of the images that the release builds itself, as a regular expression. The tags of others state nothing.
    type: str
    default: ""
  changelogs:
    description:
      - Changelogs, or patterns of them. Headings have the version and the day; a file may be named after its version instead.
    type: list
    elements: str
    default: [CHANGELOG.md]
  documents:
    description:
      - What is documentation, as folders and as patterns of git.
    type: list
    elements: str
    default: [docs, "*.md"]
  work_tree:
    description:
      - Whether to compare the work tree with the commit that is checked out.
    type: bool
    default: true
  max_bytes:
    description:
      - A larger file is not read for a version or a changelog.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Look at the release
  cryptofunk.readiness.git_info:
    path: /srv/cryptofunk
    tag: v1.0.0
    branch: main
    allowed_signers: /etc/cryptofunk/allowed_signers
    versions:
      - {file: internal/config/version.go, pattern: 'Version = "([^"]+)"'}
    images: [docker-compose*.yml]
    own_images: (^|/)cryptofunk/
  register: git

- name: Judge it
  cryptofunk.readiness.assess:
    topic: deployment.pre_deployment
    looks:
      - {of: git, observed: git}
"""

RETURN = r"""
observation:
  description:
    - One subject, the checkout. Every C(at) is a file with a line, a ref or a commit.
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
    at:
      description: Where the look began.
      returned: when something was seen
      type: list
      elements: str
      sample: [HEAD]
    is_shallow:
      description: Whether the clone lacks the older part of the history.
      returned: when something was seen
      type: bool
      sample: false
    head:
      description: The commit that is checked out.
      returned: when something was seen
      type: str
      sample: 0123456789abcdef0123456789abcdef01234567
    branch:
      description: The release branch.
      returned: when something was seen
      type: str
      sample: main
    replaced:
      description: Refs by which objects are replaced for those who use git as it is.
      returned: when something was seen
      type: list
      elements: str
      sample: []
    version:
      description: The version of the release.
      returned: when something was seen
      type: str
      sample: 1.0.0
    tag:
      description: The name of its tag.
      returned: when something was seen
      type: str
      sample: v1.0.0
    tag_at:
      description: Its ref.
      returned: when something was seen
      type: list
      elements: str
      sample: [refs/tags/v1.0.0]
    tag_is_declared:
      description: Whether O(tag) was given.
      returned: when something was seen
      type: bool
      sample: true
    tag_exists:
      description: Whether the tag is there. Of a clone that is shallow or without tags, absence is not seen.
      returned: when something was seen
      type: bool
      sample: true
    tag_is_annotated:
      description: Whether the tag has an object of its own, which says who made it and when.
      returned: when something was seen
      type: bool
      sample: true
    tag_has_its_name:
      description: Whether the tag's object says the name that the tag has. A signature is over that name.
      returned: when something was seen
      type: bool
      sample: true
    release:
      description: The commit that the tag is on.
      returned: when something was seen
      type: str
      sample: 0123456789abcdef0123456789abcdef01234567
    signature:
      description:
        - V(good); V(unknown) when it is whole, but by a key that may not sign or might not at that time; V(bad) when it is over
          something else; or V(none).
      returned: when something was seen
      type: str
      sample: good
    signed_by:
      description: Who signed, as the options call them.
      returned: when something was seen
      type: str
      sample: release@example.com
    signing_key:
      description: The fingerprint of the key.
      returned: when something was seen
      type: str
      sample: SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
    head_is_release:
      description: Whether the commit that is checked out is the one that the tag is on.
      returned: when something was seen
      type: bool
      sample: true
    changed:
      description: Files that are not as the commit has them, at most 100.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        path:
          description: The file.
          returned: always
          type: str
          sample: configs/config.yaml
        how:
          description: How it differs.
          returned: always
          type: str
          sample: changed
        at: &at
          description: The place.
          returned: always
          type: str
          sample: "configs/config.yaml:1"
    untracked:
      description: Files and folders that git does not know and does not ignore, at most 100.
      returned: when something was seen
      type: list
      elements: str
      sample: []
    is_compared:
      description: V(true) when each file could be compared; otherwise null, and RV(observation[].unseen) says why.
      returned: when something was seen
      type: bool
      sample: true
    versions:
      description: What the files state.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        version:
          description: The version, without a v before it.
          returned: always
          type: str
          sample: 1.0.0
        of:
          description: Of what it is stated.
          returned: always
          type: str
          sample: the image api
        at: *at
    disagreeing:
      description: The statements that are not the version of the release.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        says:
          description: Who states what.
          returned: always
          type: str
          sample: "configs/config.yaml:6 says 0.1.0 of app.version"
        release:
          description: The version of the release.
          returned: always
          type: str
          sample: 1.0.0
        at: *at
    versions_complete:
      description: V(true) when every source could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when something was seen
      type: bool
      sample: true
    changelogs:
      description: The changelogs that there are.
      returned: when something was seen
      type: list
      elements: str
      sample: ["CHANGELOG.md:1"]
    changelog_entries:
      description: The entries of the release.
      returned: when something was seen
      type: list
      elements: dict
      contains:
        date:
          description: The day, as YYYY-MM-DD; null when it has none.
          returned: always
          type: str
          sample: "2026-08-26"
        has_text:
          description: Whether something stands in it.
          returned: always
          type: bool
          sample: true
        at: *at
    changelog_is_dated:
      description: Whether the first of the entries has a day.
      returned: when something was seen
      type: bool
      sample: true
    changelog_says_something:
      description: Whether something stands in the first of the entries.
      returned: when something was seen
      type: bool
      sample: true
    commits_after_release:
      description: The newest commits of the release branch that the release does not have, at most 20.
      returned: when something was seen
      type: list
      elements: dict
      contains: &commit
        commit:
          description: The commit.
          returned: always
          type: str
          sample: 0123456789abcdef0123456789abcdef01234567
        date:
          description: The day on which it was made.
          returned: always
          type: str
          sample: "2026-09-01"
        subject:
          description: The first line of what it says.
          returned: always
          type: str
          sample: Correct the runbook
        at: *at
    branch_has_release:
      description: Whether the release belongs to the history of the release branch.
      returned: when something was seen
      type: bool
      sample: true
    documents_after_release:
      description: The newest commits of any branch that change O(documents) and that the release does not have, at most 20.
      returned: when something was seen
      type: list
      elements: dict
      contains: *commit
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: git_info
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

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import git
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**git.SPEC, supports_check_mode=True)
    run_module(module, "git_info", git.observe)


if __name__ == "__main__":
    main()

#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: document_info
short_description: Look at the documents of a checkout
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads Markdown documents of a git checkout, and returns for each whether it is there, how much it says, what it lacks, what in it
    does not hold, and how far it lags behind the files that it describes.
  - What does not hold are links, images and anchors that do not arrive, by the rules of GitHub, and paths, scripts, targets of task,
    make and npm, ports and variables in code that the checkout does not have. Links to other hosts are not followed.
  - A word in code counts as a path when it begins with the name of a folder at the top of the checkout and ends in a slash, in a suffix
    that files of the checkout have, or lies below a folder of code; when it is a script beside the reader such as C(./run.sh); when it
    is a compose file; when it is the bare name of a document in capitals; or when it stands in a drawn tree of files, most of which is
    there. Absolute paths, addresses, patterns, words with a placeholder, files that git ignores, and files that the document has its
    reader write do not count, nor do names beside which the line says that they are to come, optional or gone.
  - Returns also whether each alerting rule has a runbook, and whether examples of a configuration have keys that no program knows.
  - Nothing outside the checkout is read, and nothing in it is run.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - git
  - markdown-it-py
  - PyYAML
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  documents:
    description:
      - The documents to look at. Each gives one subject, or as many as it matches with O(documents[].each).
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - A name for the filter P(cryptofunk.readiness.about#filter).
        type: str
        required: true
      places:
        description:
          - Where the document can be. The first place that is there is looked at.
        type: list
        elements: dict
        required: true
        suboptions:
          path:
            description:
              - A file of the checkout, or a pattern of files in which C(**) stands for any folders.
            type: str
            required: true
          section:
            description:
              - A regular expression for a heading. The section under the highest heading that matches is the document then.
            type: str
      each:
        description:
          - Whether every file that matches is looked at, and not the first alone.
        type: bool
        default: false
      headings:
        description:
          - The headings that the document must have, as names with a regular expression each. The case does not matter.
        type: dict
        default: {}
      says:
        description:
          - What the document must say, as names with a regular expression each.
        type: dict
        default: {}
      never_says:
        description:
          - What the document must not say, as sentences with a regular expression each.
        type: dict
        default: {}
      describes:
        description:
          - Patterns of the files that the document describes.
        type: list
        elements: str
        default: []
  alerts:
    description:
      - The alerting rules that need a runbook. Each rule gives a subject with the name V(alerts).
    type: dict
    suboptions:
      rules:
        description:
          - Patterns of Prometheus rule files.
        type: list
        elements: str
        required: true
      runbooks:
        description:
          - Patterns of the documents whose headings name alerts.
        type: list
        elements: str
        required: true
  examples:
    description:
      - Examples of configurations. Each file gives a subject with the name V(examples).
    type: list
    elements: dict
    default: []
    suboptions:
      files:
        description:
          - A pattern of files.
        type: str
        required: true
      like:
        description:
          - The files whose keys an example may have.
        type: list
        elements: str
        default: []
      code:
        description:
          - Patterns of the code whose structures name further keys.
        type: list
        elements: str
        default: []
  allowed_paths:
    description:
      - Patterns of paths that documents may name although they are not there.
    type: list
    elements: str
    default: []
  max_bytes:
    description:
      - A larger file is not read.
    type: int
    default: 4194304
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Look at the README and the runbooks
  cryptofunk.readiness.document_info:
    path: /srv/cryptofunk
    documents:
      - name: readme
        places: [{path: README.md}]
        headings: {a quick start: "quick ?start"}
        describes: [docker-compose.yml]
    alerts:
      rules: [deployments/prometheus/alerts/*.yml]
      runbooks: [docs/ALERT_RUNBOOK.md]
  register: documents

- name: Judge the README
  cryptofunk.readiness.assess:
    topic: documentation.user_docs
    looks:
      - {of: readme, observed: documents, about: readme}
"""

RETURN = r"""
observation:
  description: One subject a document, an alerting rule and an example.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The file, or the name of the alert.
      returned: always
      type: str
      sample: README.md
    name:
      description: The name of the declared document, V(alerts) or V(examples). A look that failed as a whole has none.
      returned: when something could be looked at
      type: str
      sample: readme
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
      description: Where it stands, as file or file:line.
      returned: when something was seen
      type: list
      elements: str
      sample: [README.md]
    missing:
      description: Where the document was looked for in vain. Empty when it is there.
      returned: for documents
      type: list
      elements: str
      sample: []
    words:
      description: How many words of prose there are, outside code and headings. For an alert, those of its section in a runbook.
      returned: for documents and alerts
      type: int
      sample: 842
    lacks:
      description: The names of the headings and statements that are required and not there.
      returned: for documents
      type: list
      elements: str
      sample: [the configuration]
    findings:
      description: What in the document does not hold.
      returned: for documents
      type: list
      elements: dict
      contains:
        at:
          description: The file and the line.
          returned: always
          type: str
          sample: README.md:240
        says:
          description: What does not hold.
          returned: always
          type: str
          sample: deployments/k8s/namespace.yaml does not exist
        rule:
          description:
            - The rule by which it counts, one of V(link), V(path), V(script), V(compose file), V(document), V(tree of files), V(target),
              V(port), V(variable), V(statement) and V(alert).
          returned: always
          type: str
          sample: path
    findings_complete:
      description: V(true) when everything in RV(observation[].findings) could be looked for; otherwise null, and RV(observation[].unseen) says why.
      returned: for documents
      type: bool
      sample: true
    days_behind:
      description:
        - How many days lie between the last commit of the document and the newest one of the files that it describes, V(0) when the
          document is the newer one. A shallow clone that does not reach the document's last commit does not tell.
      returned: for documents, when O(documents[].describes) is given
      type: int
      sample: 0
    last_change:
      description: The last commit of the document.
      returned: for documents, when O(documents[].describes) is given
      type: str
      sample: 3f1c52a90b7e README.md
    newest_change:
      description: The newest later commit of what it describes, with a file; null when there is none.
      returned: for documents, when O(documents[].describes) is given
      type: str
      sample: null
    later_commits:
      description: How many commits of what it describes are later.
      returned: for documents
      type: int
      sample: 0
    runbook:
      description: The section of a runbook that is that of the alert, as file:line; empty when there is none.
      returned: for alerts
      type: str
      sample: docs/ALERT_RUNBOOK.md:304
    broken_urls:
      description: Why the C(runbook_url) of the alert does not arrive, as far as it leads into the checkout.
      returned: for alerts
      type: list
      elements: str
      sample: []
    unknown_keys:
      description: The keys of the example that neither the configuration has nor the code reads.
      returned: for examples
      type: list
      elements: dict
      contains: &place
        at:
          description: The file and the line.
          returned: always
          type: str
          sample: configs/examples/paper-trading.yaml:27
        says:
          description: The key.
          returned: always
          type: str
          sample: nats.url
    references:
      description: The keys of the example, secrets aside, whose value has a reference such as C(${NATS_URL}), which nothing expands.
      returned: for examples
      type: list
      elements: dict
      contains: *place
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: document_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 1200
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import document
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**document.SPEC, supports_check_mode=True)
    run_module(module, "document_info", document.observe)


if __name__ == "__main__":
    main()

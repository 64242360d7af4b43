#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: artifact_info
short_description: Look at what CI left behind, from test results to load tests
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads results of tests, coverage profiles, reports of scanners and analysers, results of load tests and lists of dependencies,
    and tells what they say, when they were made and of which commit.
  - An artifact is a file, or what a declared command prints while it is looked at. The command is run as
    M(cryptofunk.readiness.command_info) runs one.
  - A file that is missing, empty, cut, too large or of another format is an error with its name and a reason. So is one of which
    nothing says that anything was looked at, for example a scan that stopped early.
  - When an artifact was made is said by its content, else by the file C(<artifact>.meta.json) beside it, else by the time at which the
    file was written last. RV(observation[].produced_from) tells which of them it was. The last one is that of a download or a
    checkout when the file was moved.
  - Of which commit an artifact is, is said by its content, by C(<artifact>.meta.json), or by O(artifacts[].commit). Where two of them
    differ, the commit is unknown.
  - CI writes C(<artifact>.meta.json) as a JSON object with any of the keys C(commit), C(produced) as C(2026-11-25T08:00:00Z),
    C(sha256) of the artifact, C(command) that made it, and the C(concurrency) and the number of C(requests) of a load test.
  - XML with a document type of its own or with entities is refused, and nothing is ever fetched. Nothing outside of O(root) is read.
  - The code, the messages and the secrets that reports quote are not returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  root:
    description:
      - The folder below which the artifacts are. Artifacts that a command prints need none.
    type: path
  artifacts:
    description:
      - The artifacts to look at. Each file is one subject.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - What the artifact is called in the report. Without it this is O(artifacts[].path) or O(artifacts[].argv).
        type: str
      path:
        description:
          - Where the file is below O(root). It may be a pattern like V(reports/**/*.xml), and then stands for all files that it
            matches. A pattern that matches none is an error.
          - Exactly one of O(artifacts[].path) and O(artifacts[].argv) is needed.
        type: str
      argv:
        description:
          - The program and its arguments that print the artifact to standard output, for example
            V([go, list, -u, -m, -json, all]).
          - The artifact is then made now, and of the commit of the checkout O(artifacts[].chdir), unless a file of it was changed.
        type: list
        elements: str
      exit_codes:
        description:
          - The exit codes of a command that did its work. Some scanners have another one when they found something.
        type: list
        elements: int
        default: [0]
      chdir:
        description:
          - The checkout to run the command in.
        type: path
      environment:
        description:
          - Variables of the command's environment that are no secret.
        type: dict
        default: {}
      secret_environment:
        description:
          - Variables of the command's environment that are secret. Their values appear in no result.
        type: dict
        default: {}
      pass_environment:
        description:
          - The names of the variables that are passed on from the environment of the probe. Where one of them is not there, the
            command is not run.
        type: list
        elements: str
        default: []
      format:
        description:
          - The format of the file. With V(auto) it is the one format that the file looks like.
          - V(junit) is JUnit XML, V(go_test_json) what C(go test -json) prints, V(go_cover) a cover profile of Go, V(cobertura) and V(lcov)
            what they say.
          - V(sarif) is SARIF 2.1.0, V(trivy) and V(gosec) are their JSON reports, V(govulncheck) its JSON messages, V(openvex) what
            C(govulncheck -format openvex) prints, V(nancy) what C(nancy sleuth -o json) prints, V(osv_scanner) what
            C(osv-scanner --format json) prints.
          - V(k6) is a JSON summary, V(k6_text) the summary on the terminal, V(ab) and V(wrk) what they print, V(hey) its summary
            or its CSV, V(vegeta) its JSON report or its results as JSON, V(locust) the file C(*_stats.csv).
          - V(go_modules) is what C(go list -u -m -json all) prints.
        type: str
        choices:
          - auto
          - junit
          - go_test_json
          - go_cover
          - cobertura
          - lcov
          - sarif
          - trivy
          - govulncheck
          - openvex
          - nancy
          - osv_scanner
          - gosec
          - k6
          - k6_text
          - ab
          - hey
          - wrk
          - vegeta
          - locust
          - go_modules
        default: auto
      commit:
        description:
          - The commit that the artifact was made of. It has to agree with what the artifact itself says.
        type: str
      command:
        description:
          - The command line that made the artifact. A list of dependencies in which nothing is outdated counts only when its
            command is known to have asked for newer versions.
        type: str
      concurrency:
        description:
          - How many users the load test had at once, for the tools that do not write it down.
        type: int
      requests:
        description:
          - How many requests the load test sent, for the tools that leave out those without an answer.
        type: int
      image:
        description:
          - The container image that the report should be of, with its digest, like V(registry.example.com/app/api@sha256:…).
          - Without a digest, only another name or tag can be told; the same may have been built again since.
        type: str
  release_commit:
    description:
      - The commit of the release.
    type: str
  release:
    description:
      - The name of the release. Its tag in O(repository), with or without a V(v) before it, is the commit of the release when
        O(release_commit) is not given.
    type: str
  repository:
    description:
      - The checkout of the release, whose C(HEAD) is the commit of the release when neither O(release_commit) nor O(release) is
        given.
    type: path
  max_bytes:
    description:
      - The size from which on a file is not read.
    type: int
    default: 33554432
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 20
"""

EXAMPLES = r"""
- name: Look at the results of the unit tests
  cryptofunk.readiness.artifact_info:
    root: /srv/ci/1.0.0
    artifacts:
      - path: unit.json
        format: go_test_json
    repository: /srv/checkouts/cryptofunk
  register: unit_tests

- name: Judge them
  cryptofunk.readiness.assess:
    topic: deployment.pre_deployment
    looks:
      - {of: unit_tests, observed: unit_tests}

- name: Ask for newer versions of the dependencies, now and in the checkout of the release
  cryptofunk.readiness.artifact_info:
    artifacts:
      - name: modules
        argv: [go, list, -u, -m, -json, all]
        chdir: /srv/checkouts/cryptofunk
        format: go_modules
    repository: /srv/checkouts/cryptofunk

- name: Look at the scans of all images
  cryptofunk.readiness.artifact_info:
    root: /srv/ci/1.0.0
    artifacts:
      - name: api
        path: images/api.json
        image: registry.example.com/cryptofunk/api@sha256:9b1ef3d2b2a1a0e3f3c2d1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6
      - name: orchestrator
        path: images/orchestrator.json
    release_commit: 3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c
"""

RETURN = r"""
observation:
  description:
    - What was seen, one element a file, and one for each artifact without a file.
    - The keys of other kinds of artifacts than that of the file are in RV(observation[].unseen), with the reason V(unsupported).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the artifact and of its file.
      returned: always
      type: str
      sample: "unit: unit.json"
    error:
      description: Why nothing was seen of it, or null.
      returned: always
      type: dict
      contains:
        reason:
          description: The reason code.
          returned: when there is an error
          type: str
          sample: malformed
        message:
          description: The reason as a sentence.
          returned: when there is an error
          type: str
          sample: "The file is cut: its last line is no whole event"
    unseen:
      description: Why a key is null, by the name of the key.
      returned: always
      type: dict
      sample: {commit: {reason: no_data, message: "Nothing says of which commit the artifact is"}}
    at:
      description: The file, below the folder of the artifacts. Empty for what a command printed.
      returned: when the file was read
      type: list
      elements: str
      sample: [unit.json]
    name:
      description: The name of the artifact.
      returned: when the file was read
      type: str
      sample: unit
    path:
      description: The file, below the folder of the artifacts. Null for what a command printed.
      returned: when the file was read
      type: str
      sample: unit.json
    format:
      description: The format of the file.
      returned: when the file was read
      type: str
      sample: go_test_json
    kind:
      description: What the file is a result of. V(tests), V(coverage), V(findings), V(load) or V(dependencies).
      returned: when the file was read
      type: str
      sample: tests
    size:
      description: The size of the file, in bytes.
      returned: when the file was read
      type: int
      sample: 48211
    sha256:
      description: The SHA-256 of the file.
      returned: when the file was read
      type: str
      sample: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
    produced:
      description: When the artifact was made, in UTC. A time without a zone in the file is taken as UTC.
      returned: when the file was read
      type: str
      sample: "2026-11-25T08:00:00Z"
    produced_from:
      description: Where that stands. V(content), V(sidecar), V(run) for what a command printed, or V(mtime).
      returned: when the file was read
      type: str
      sample: content
    modified:
      description: When the file was written last, in UTC.
      returned: when the file was read
      type: str
      sample: "2026-11-25T08:00:04Z"
    age_hours:
      description: For how many hours it has been made. Unseen when that is yet to come.
      returned: when the file was read
      type: float
      sample: 3.25
    commit:
      description: The commit that the artifact was made of, whole or abbreviated.
      returned: when the file was read
      type: str
      sample: 3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c
    commit_from:
      description: Who says so. V(content), V(sidecar), V(run) or V(declared).
      returned: when the file was read
      type: str
      sample: sidecar
    release_commit:
      description: The commit of the release.
      returned: when the file was read
      type: str
      sample: 3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c
    of_release_commit:
      description: Whether the two are the same.
      returned: when the file was read
      type: bool
      sample: true
    tests:
      description: What became of the tests.
      returned: when the file was read
      type: dict
      contains:
        total:
          description: How many there are.
          returned: always
          type: int
          sample: 812
        passed:
          description: How many passed.
          returned: always
          type: int
          sample: 809
        failed:
          description: How many failed.
          returned: always
          type: int
          sample: 0
        errors:
          description: How many could not be run to their end, and packages that failed by something else than a test.
          returned: always
          type: int
          sample: 0
        skipped:
          description: How many were skipped.
          returned: always
          type: int
          sample: 3
        flaky:
          description: How many of those that passed had failed first and were run again.
          returned: always
          type: int
          sample: 0
        first_failures:
          description: The names of the first that failed or had an error.
          returned: always
          type: list
          elements: str
          sample: []
    coverage:
      description: How much of the code the tests run through, in statements or lines.
      returned: when the file was read
      type: dict
      contains:
        covered:
          description: How many of them are covered.
          returned: always
          type: int
          sample: 8123
        total:
          description: How many there are.
          returned: always
          type: int
          sample: 9911
        ratio:
          description: The share that is covered, rounded down to four digits.
          returned: always
          type: float
          sample: 0.8195
    findings:
      description: What a scanner or an analyser found.
      returned: when the file was read
      type: dict
      contains:
        tool:
          description: What looked.
          returned: always
          type: str
          sample: gosec
        total:
          description: How many findings count.
          returned: always
          type: int
          sample: 2
        critical:
          description: How many are critical.
          returned: always
          type: int
          sample: 0
        high:
          description: How many are of high severity.
          returned: always
          type: int
          sample: 0
        medium:
          description: How many are of medium severity.
          returned: always
          type: int
          sample: 2
        low:
          description: How many are of low severity.
          returned: always
          type: int
          sample: 0
        unknown:
          description: How many have no severity. They may be critical.
          returned: always
          type: int
          sample: 0
        suppressed:
          description: How many more are silenced where they stand, and do not count.
          returned: always
          type: int
          sample: 1
        unreached:
          description: How many more are in code that is never called, and do not count.
          returned: always
          type: int
          sample: 4
        called:
          description:
            - How many are known to be in code that is called. Only govulncheck tells it; of other tools it is 0. These count, whatever
              their severity.
          returned: always
          type: int
          sample: 0
        database_time:
          description: How recent the database of vulnerabilities was, where the report says it.
          returned: always
          type: str
          sample: "2026-11-24T16:00:00Z"
        cwes:
          description: The kinds of weakness, of all findings.
          returned: always
          type: list
          elements: str
          sample: [CWE-327]
        rules:
          description: The rules or numbers, of all findings.
          returned: always
          type: list
          elements: str
          sample: [G501]
        first:
          description: The first findings, the worst ones first.
          returned: always
          type: list
          elements: dict
          contains:
            id:
              description: The rule or the number of the vulnerability.
              returned: always
              type: str
              sample: CVE-2024-0001
            severity:
              description: V(critical), V(high), V(medium), V(low) or V(unknown).
              returned: always
              type: str
              sample: medium
            package:
              description: The package.
              returned: always
              type: str
              sample: golang.org/x/text
            version:
              description: Its version.
              returned: always
              type: str
              sample: v0.3.5
            fixed_version:
              description: The version in which it is repaired.
              returned: always
              type: str
              sample: v0.3.7
            location:
              description: Where it is.
              returned: always
              type: str
              sample: internal/db/trades.go:41
    severe_findings:
      description: How many findings are critical or high. Unseen when none is, and some have no severity.
      returned: when the file was read
      type: int
      sample: 0
    image:
      description: The container image that was scanned.
      returned: when the file was read
      type: dict
      contains:
        name:
          description: As which it was scanned.
          returned: always
          type: str
          sample: registry.example.com/cryptofunk/api:1.0.0
        tags:
          description: Its names with tags.
          returned: always
          type: list
          elements: str
          sample: ["registry.example.com/cryptofunk/api:1.0.0"]
        digests:
          description: The digests of its manifest.
          returned: always
          type: list
          elements: str
          sample: ["sha256:9b1ef3d2b2a1a0e3f3c2d1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6"]
        id:
          description: The digest of its configuration.
          returned: always
          type: str
          sample: sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0
        os:
          description: The family of its operating system.
          returned: always
          type: str
          sample: alpine
        os_supported:
          description: Whether the operating system still gets repairs.
          returned: always
          type: bool
          sample: true
    of_declared_image:
      description: Whether that is the image that was declared. A digest is compared. Unseen when name and tag are the same and no digest is declared.
      returned: when the file was read
      type: bool
      sample: true
    load:
      description: What a load test did.
      returned: when the file was read
      type: dict
      contains:
        requests:
          description: How many requests it sent.
          returned: always
          type: int
          sample: 60000
        failed:
          description: How many of them got no answer or one of a status from 400 on.
          returned: always
          type: int
          sample: 3
        duration_s:
          description: How long it lasted, in seconds.
          returned: always
          type: float
          sample: 300.4
        rps:
          description: The requests per second.
          returned: always
          type: float
          sample: 199.7
        p50_ms:
          description: The median of the response times, in milliseconds.
          returned: always
          type: float
          sample: 21.4
        p99_ms:
          description: The 99th percentile of the response times, in milliseconds.
          returned: always
          type: float
          sample: 180.1
    concurrency:
      description: How many users there were at once.
      returned: when the file was read
      type: int
      sample: 100
    concurrency_from:
      description: How that is known. V(result) from the file, V(measured) from samples that overlap, or V(declared).
      returned: when the file was read
      type: str
      sample: result
    p95_ms:
      description: The 95th percentile of the response times, in milliseconds.
      returned: when the file was read
      type: float
      sample: 112.3
    p95_from:
      description: How that is known. V(raw) from the samples, or V(summary) of the tool.
      returned: when the file was read
      type: str
      sample: summary
    error_ratio:
      description: The share of requests that failed.
      returned: when the file was read
      type: float
      sample: 0.0001
    shed_ratio:
      description:
        - The share of requests that were refused with 429 or 503.
        - Unseen when none was and nothing broke either, as the load then was not beyond the capacity, and for tools that do not count
          the answers by status.
      returned: when the file was read
      type: float
      sample: 0.4212
    fault_ratio:
      description: The share of requests that broke, with another status from 500 on or without an answer.
      returned: when the file was read
      type: float
      sample: 0.0
    dependencies:
      description: The modules of the build. Unseen when no module is outdated and nothing says that the list would show it.
      returned: when the file was read
      type: dict
      contains:
        total:
          description: How many modules the build has.
          returned: always
          type: int
          sample: 88
        direct:
          description: How many of them it names itself.
          returned: always
          type: int
          sample: 31
        outdated_direct:
          description: How many of these have a newer version.
          returned: always
          type: int
          sample: 0
        outdated_indirect:
          description: How many of the others have one.
          returned: always
          type: int
          sample: 12
        deprecated:
          description: How many are deprecated.
          returned: always
          type: int
          sample: 0
        retracted:
          description: How many are of a version that was retracted.
          returned: always
          type: int
          sample: 0
        first:
          description: The first outdated ones, the direct ones first.
          returned: always
          type: list
          elements: dict
          contains:
            package:
              description: The path of the module.
              returned: always
              type: str
              sample: golang.org/x/text
            version:
              description: Its version.
              returned: always
              type: str
              sample: v0.3.5
            latest:
              description: The newer version.
              returned: always
              type: str
              sample: v0.44.0
            direct:
              description: Whether the build names it itself.
              returned: always
              type: bool
              sample: false
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: artifact_info
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

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import artifact
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**artifact.SPEC, supports_check_mode=True)
    run_module(module, "artifact_info", artifact.observe)


if __name__ == "__main__":
    main()

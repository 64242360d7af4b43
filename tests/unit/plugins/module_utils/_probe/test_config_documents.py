# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config

RULES = """\
groups:
  - name: storage
    rules:
      - record: size
        expr: pg_database_size_bytes
      - alert: DatabaseSizeHigh
        expr: pg_database_size_bytes / 1e11 > 0.8
        for: 10m
        labels: {severity: critical}
"""


def look(path: Path, files: list[str]) -> dict[str, object]:
    options = {"path": str(path), "documents": [{"name": "alert_rules", "files": files}]}
    (subject,) = config.observe(
        ArgumentSpecValidator(**config.SPEC).validate(options).validated_parameters, Deadline(5)
    )
    return subject


def test_alerting_rules_are_listed_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(RULES)

    assert look(tmp_path, ["*.yml"])["alert_rules"] == [
        {
            "alert": "DatabaseSizeHigh",
            "expr": "pg_database_size_bytes / 1e11 > 0.8",
            "for": "10m",
            "labels": {"severity": "critical"},
            "file": "a.yml",
            "line": 6,
        }
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no_data"),
        ("groups: [", "malformed"),
        ("other: 1", "malformed"),
        ("groups: [{rules: [{alert: A, labels: 1}]}]", "not_observed"),
    ],
)
def test_rules_that_cannot_be_read_are_unseen(tmp_path: Path, text: str | None, reason: str) -> None:
    if text is not None:
        (tmp_path / "a.yml").write_text(text)

    subject = look(tmp_path, ["*.yml"])

    assert subject["alert_rules"] is None
    assert subject["unseen"]["alert_rules"]["reason"] == reason  # type: ignore[index]


@pytest.mark.parametrize("name", ["subject", "Upper", "files", "a-b"])
def test_a_name_that_is_taken_or_no_name_is_refused(tmp_path: Path, name: str) -> None:
    options = {"path": str(tmp_path), "facts": [{"name": name, "sources": [{"variable": "V"}]}]}

    (subject,) = config.observe(
        ArgumentSpecValidator(**config.SPEC).validate(options).validated_parameters, Deadline(5)
    )

    assert subject["error"]["reason"] == "malformed"

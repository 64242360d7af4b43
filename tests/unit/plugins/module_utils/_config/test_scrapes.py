# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._scrapes import scrape_jobs
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._yaml import load

PLAIN = """\
scrape_configs:
  - job_name: a
    static_configs: [{targets: ['x:1', 'y:2']}]
  - job_name: b
    kubernetes_sd_configs: [{role: pod}]
  - job_name: c
    static_configs: [{targets: []}, {labels: {}}]
"""


def jobs(text: str) -> list[tuple[str, list[str], bool, str]]:
    found = scrape_jobs([("p.yml", tree) for tree in load(text.encode(), "p.yml")])
    return [(one["job"], one["targets"], one["discovers"], one["at"]) for one in found]


def test_jobs_have_targets_and_places() -> None:
    assert jobs(PLAIN) == [
        ("a", ["x:1", "y:2"], False, "p.yml:2"),
        ("b", [], True, "p.yml:4"),
        ("c", [], False, "p.yml:6"),
    ]


def test_a_configmap_holds_them_at_its_own_lines() -> None:
    text = "---\nkind: Secret\n---\nkind: ConfigMap\ndata:\n  prometheus.yml: |\n" + "".join(
        f"    {line}\n" for line in PLAIN.splitlines()
    )

    assert [one[3] for one in jobs(text)] == ["p.yml:8", "p.yml:10", "p.yml:12"]


@pytest.mark.parametrize(
    "text", ["", "a: 1", "scrape_configs: []", "kind: ConfigMap\ndata: {x: y}", "scrape_configs: 3"]
)
def test_a_file_without_jobs_is_malformed(text: str) -> None:
    with pytest.raises(LookError, match="has no configuration of Prometheus"):
        scrape_jobs([("p.yml", tree) for tree in load((text or "x: 1").encode(), "p.yml")])

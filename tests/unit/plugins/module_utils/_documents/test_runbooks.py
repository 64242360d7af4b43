# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._markdown import read_page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._runbooks import (
    Alert,
    alerts,
    foreign_sections,
    is_named,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml


@pytest.mark.parametrize(
    ("heading", "alert"),
    [
        ("AgentDown", "AgentDown"),
        ("AgentDown (critical)", "AgentDown"),
        ("AgentDown / AgentLost", "AgentLost"),
        ("3.1 High CPU usage", "HighCPUUsage"),
        ("`AgentDown`", "AgentDown"),
    ],
)
def test_a_heading_is_that_of_an_alert(heading: str, alert: str) -> None:
    assert is_named(heading, alert)


@pytest.mark.parametrize(
    ("heading", "alert"), [("AgentDownAgain", "AgentDown"), ("Agents", "AgentDown"), ("High CPU", "HighCPUUsage")]
)
def test_a_heading_is_not_that_of_an_alert(heading: str, alert: str) -> None:
    assert not is_named(heading, alert)


def test_alerts_have_their_lines_and_addresses() -> None:
    text = b"groups:\n- rules:\n  - record: x\n  - alert: A\n    annotations: {runbook_url: b.md}\n  - alert: C\n"

    assert alerts("r.yml", _yaml.load(text, "r.yml")[0]) == [Alert("A", "r.yml:4", "b.md"), Alert("C", "r.yml:6", "")]


def test_a_file_without_groups_is_malformed() -> None:
    with pytest.raises(LookError) as caught:
        alerts("r.yml", _yaml.load(b"a: 1\n", "r.yml")[0])

    assert caught.value.reason is Reason.MALFORMED


def test_only_sections_among_alerts_and_written_like_them_are_foreign() -> None:
    page = read_page(b"# Book\n\n## AgentDown\n\n## AgentGone\n\n## Escalation\n\n### DeepBelow\n", "b.md")

    assert [one.text for one in foreign_sections(page, [Alert("AgentDown", "r.yml:1", "")])] == ["AgentGone"]

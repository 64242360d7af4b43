# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._slugs import Anchors, slug


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Quick Start", "quick-start"),
        ("What's new?", "whats-new"),
        ("CI/CD & tests", "cicd--tests"),
        ("snake_case stays", "snake_case-stays"),
        ("1. First step", "1-first-step"),
        ("Größe und Übergang", "größe-und-übergang"),
        ("日本語 の見出し", "日本語-の見出し"),
        ("🚀 Start", "-start"),
        ("API (v2.1)", "api-v21"),
        ("a - b", "a---b"),
        ("  around  ", "around"),
    ],
)
def test_a_heading_gets_the_anchor_that_github_gives_it(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


def test_a_repeated_heading_is_counted_and_a_counted_anchor_is_taken() -> None:
    anchors = Anchors()

    assert [anchors.add_heading(one) for one in ("Foo", "Foo", "Foo 1", "Foo")] == ["foo", "foo-1", "foo-1-1", "foo-2"]


@pytest.mark.parametrize(
    "fragment", ["", "top", "setup", "SETUP", "user-content-setup", "by-hand", "️-settings", "-settings"]
)
def test_what_arrives(fragment: str) -> None:
    anchors = Anchors()
    anchors.add_heading("Setup")
    anchors.add_heading("⚙️ Settings")
    anchors.add("by-hand")

    assert anchors.has(fragment)


def test_what_does_not_arrive() -> None:
    anchors = Anchors()
    anchors.add_heading("Setup steps")

    assert not any(map(anchors.has, ("setup", "setup_steps", "setup-steps-1")))

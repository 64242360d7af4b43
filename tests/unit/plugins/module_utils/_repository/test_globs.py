# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import as_regex, matches


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
    [
        ("**/README.md", "README.md", True),
        ("**/README.md", "a/b/README.md", True),
        ("**/README.md", "a/OLDREADME.md", False),
        ("cmd/*/main.go", "cmd/api/main.go", True),
        ("cmd/*/main.go", "cmd/a/b/main.go", False),
        ("cmd/**", "cmd/a/b.go", True),
        ("cmd/**", "cmdx/a.go", False),
        ("a?.[x]", "ab.[x]", True),
        ("docs/A.md", "docs/A.md", True),
    ],
)
def test_patterns(pattern: str, path: str, is_match: bool) -> None:
    assert bool(as_regex(pattern).fullmatch(path)) is is_match


def test_a_folder_stands_for_what_is_in_it() -> None:
    assert matches("docs/old/", "docs/old/A.md")
    assert not matches("docs/old/", "docs/older/A.md")

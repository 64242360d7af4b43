# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._paths import Shapes

SHAPES = Shapes(
    ["docs/API.md", "cmd/api/main.go", "configs/config.yaml", "docker/ci/Dockerfile", "x.sh"],
    {"docs", "cmd", "configs", "docker"},
)


@pytest.mark.parametrize(
    ("word", "path", "rule"),
    [
        ("docs/NEW.md", "docs/NEW.md", "path"),
        ("./docs/NEW.md:12", "docs/NEW.md", "path"),
        ("cmd/server", "cmd/server", "path"),
        ("./cmd/server/...", "cmd/server", "path"),
        ("docs/guides/", "docs/guides/", "path"),
        ("'configs/x.yaml'", "configs/x.yaml", "path"),
        ("./run.sh", "run.sh", "script"),
        ("docker-compose.live.yml", "docker-compose.live.yml", "compose file"),
        ("SECURITY.md", "SECURITY.md", "document"),
    ],
)
def test_a_path_of_the_checkout(word: str, path: str, rule: str) -> None:
    assert SHAPES.of(word) == (path, rule)


@pytest.mark.parametrize(
    "word",
    [
        "/etc/app/config.yaml",
        "~/docs/API.md",
        "https://example.com/docs/API.md",
        "docs/*.md",
        "docs/<name>.md",
        "docs/${NAME}.md",
        "docs/{a,b}.md",
        "docs/your-file.md",
        "migrations/NNN_x.sql",
        "cmd/foo/main.go",
        "docs/add-page",
        "docker/whalesay",
        "docker/library/postgres:16",
        "cmd/api.Handler",
        "internal/x.go",
        "../docs/API.md",
        "config.yaml",
        "api/v1/health",
        "./server",
        "docs",
        "application/json",
        "main.go",
        "README.md.bak",
        "a b/c.md",
        "",
    ],
)
def test_what_is_no_path_of_the_checkout(word: str) -> None:
    assert SHAPES.of(word) is None

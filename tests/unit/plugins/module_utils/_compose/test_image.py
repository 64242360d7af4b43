# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._image import image


@pytest.mark.parametrize(
    ("raw", "repository", "tag", "version"),
    [
        ("redis", "redis", "latest", "latest"),
        ("redis:7-alpine", "redis", "7-alpine", "7-alpine"),
        ("r.example.com:5000/a/b", "r.example.com:5000/a/b", "latest", "latest"),
        ("r.example.com:5000/a/b:1.0", "r.example.com:5000/a/b", "1.0", "1.0"),
        ("a@sha256:ab", "a", "", "sha256:ab"),
        ("a:1.0@sha256:ab", "a", "1.0", "sha256:ab"),
        ("${REGISTRY}/a:${TAG:-1}", "${REGISTRY}/a", "${TAG:-1}", "${TAG:-1}"),
        ("a:${B}", "a", "${B}", "${B}"),
    ],
)
def test_a_reference_is_taken_apart(raw: str, repository: str, tag: str, version: str) -> None:
    seen = image(raw)

    assert (seen.repository, seen.tag, seen.version) == (repository, tag, version)

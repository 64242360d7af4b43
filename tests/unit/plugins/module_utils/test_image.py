# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._image import Image, is_of_registry, is_run_as, parse


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("redis", Image("", "redis", "", "")),
        ("redis:7-alpine", Image("", "redis", "7-alpine", "")),
        ("prom/prometheus:v2.51.1", Image("", "prom/prometheus", "v2.51.1", "")),
        ("registry.example.com/a/b:v1", Image("registry.example.com", "a/b", "v1", "")),
        ("localhost:5000/a", Image("localhost:5000", "a", "", "")),
        ("localhost/a:1", Image("localhost", "a", "1", "")),
        ("a/b:1.2@sha256:0f", Image("", "a/b", "1.2", "sha256:0f")),
        ("", Image("", "", "", "")),
    ],
)
def test_a_name_is_taken_apart(name: str, wanted: Image) -> None:
    assert parse(name) == wanted


@pytest.mark.parametrize("tag", ["", ":latest", ":latest-pg17", ":alpine-latest", ":v1-latest.2"])
def test_latest_is_seen_in_every_guise(tag: str) -> None:
    assert parse(f"a/b{tag}").is_latest
    assert parse(f"a/b{tag}").is_floating


@pytest.mark.parametrize("tag", ["7", "7-alpine", "v2", "stable", "main", "alpine", "pg17", "release-2"])
def test_a_tag_that_moves_on_is_floating(tag: str) -> None:
    assert parse(f"a/b:{tag}").is_floating
    assert not parse(f"a/b:{tag}").is_latest


@pytest.mark.parametrize(
    "tag",
    ["1.2", "v1.0.0", "2.14.2-pg17", "20241130", "sha-0a1b2c3", "0a1b2c3d", "11.3.0", "2026-11-25", "v1.2.3-rc.1"],
)
def test_a_tag_that_stays_is_not_floating(tag: str) -> None:
    assert not parse(f"a/b:{tag}").is_floating


def test_a_digest_stays_whatever_the_tag_says() -> None:
    assert not parse("a/b:latest@sha256:0f").is_latest
    assert not parse("a/b:latest@sha256:0f").is_floating


@pytest.mark.parametrize(
    ("name", "patterns", "wanted"),
    [
        ("your-registry.io/a", ["your-registry.*"], True),
        ("my.your-registry.io/a", ["your-registry.*"], False),
        ("1.dkr.ecr.eu-west-1.amazonaws.com/a", ["*.dkr.ecr.*.amazonaws.com"], True),
        ("redis", ["*.io"], False),
    ],
)
def test_registries_are_compared_with_patterns(name: str, patterns: list[str], wanted: bool) -> None:
    assert is_of_registry(parse(name), patterns) is wanted


@pytest.mark.parametrize(
    ("wanted", "image", "digest", "is_so"),
    [
        ("redis:7", "docker.io/library/redis:7", "", True),
        ("redis", "redis:latest", "", True),
        ("redis:7", "redis:8", "", False),
        ("redis:7", "example.com/redis:7", "", False),
        ("redis@sha256:0f", "redis:7", "sha256:0f", True),
        ("redis@sha256:0f", "redis@sha256:0f", "", True),
        ("redis@sha256:0f", "redis:7", "sha256:1f", False),
    ],
)
def test_which_image_runs(wanted: str, image: str, digest: str, is_so: bool) -> None:
    assert is_run_as(wanted, image, digest) is is_so

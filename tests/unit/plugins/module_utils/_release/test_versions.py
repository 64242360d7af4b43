# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._tag import parse_tag
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._versions import (
    Versions,
    plain,
    read_versions,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

CONSTANT = {"file": "version.go", "pattern": r'Version = "([^"]+)"', "path": None, "optional": False}
SETTING = {"file": "config.yaml", "pattern": None, "path": "app.version", "optional": False}


def look(
    root: Path, files: dict[str, str], *sources: dict[str, t.Any], images: t.Sequence[str] = ("*.yaml", "k8s/*.yaml")
) -> Versions:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    options = {"versions": list(sources), "images": list(images), "own_images": "(^|/)cf/", "max_bytes": 100_000}
    return read_versions(Folder(str(root)), options)


def said(versions: Versions) -> list[str]:
    return [f"{one.at} {one.version}" for one in versions.stated]


def test_a_constant_and_a_setting(tmp_path: Path) -> None:
    files = {"version.go": 'package x\n\nconst Version = "v1.2.3"\n', "config.yaml": "app:\n  version: 1.2\n"}
    found = look(tmp_path, files, CONSTANT, SETTING)
    assert (said(found), found.problems) == (["version.go:3 1.2.3", "config.yaml:2 1.2"], [])


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"version.go": "package x\n"},
        {"version.go": "// " + "x" * 5000 + 'Version = "1.0.0"\n'},
        {"version.go": "x" * 200_000},
    ],
    ids=["missing", "silent", "behind a long line", "too large"],
)
def test_a_source_that_says_nothing_is_a_problem(tmp_path: Path, files: dict[str, str]) -> None:
    found = look(tmp_path, files, CONSTANT)
    assert (said(found), len(found.problems)) == ([], 1)


def test_an_optional_source_may_be_silent(tmp_path: Path) -> None:
    assert look(tmp_path, {"version.go": "package x\n"}, {**CONSTANT, "optional": True}) == Versions()


def test_a_pattern_without_a_group_is_a_problem(tmp_path: Path) -> None:
    found = look(tmp_path, {"version.go": "Version"}, {**CONSTANT, "pattern": "Version"})
    assert "no group" in found.problems[0].message


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("cf/api:v1.0.0", "1.0.0"),
        ("registry.example.com:5000/cf/api:1.0.0", "1.0.0"),
        ("registry.example.com:5000/cf/api", "latest"),
        ("cf/api", "latest"),
        ("cf/api:v1.0.0@sha256:abc", "1.0.0"),
        ("cf/api@sha256:abc", None),
        ("cf/api:${VERSION}", None),
        ("cf/api:${VERSION:-v1.0.0}", "1.0.0"),
        ("${REGISTRY:-r.example.com}/cf/api:1.0.0", "1.0.0"),
        ("redis:7", None),
        ("other/cfx:1", None),
    ],
)
def test_the_tag_of_an_image(tmp_path: Path, image: str, version: str | None) -> None:
    found = look(tmp_path, {"c.yaml": f"services:\n  a:\n    image: '{image}'\n"})
    assert [one.version for one in found.stated] == ([version] if version else [])


def test_values_of_helm(tmp_path: Path) -> None:
    found = look(tmp_path, {"c.yaml": "api:\n  image:\n    repository: r/cf/api\n    tag: 1.0.0\n"})
    assert said(found) == ["c.yaml:4 1.0.0"]


def test_what_a_kustomization_replaces_or_does_not_list_does_not_count(tmp_path: Path) -> None:
    kustomization = "resources: [a.yaml]\nimages:\n  - name: cf/api\n    newName: r/cf/api\n    newTag: v2.0.0\n"
    files = {
        "k8s/kustomization.yaml": kustomization,
        "k8s/a.yaml": "spec:\n  containers: [{image: 'cf/api:v1.0.0'}, {image: 'cf/bot:v1.0.0'}]\n",
        "k8s/example.yaml": "spec: {containers: [{image: 'cf/example:latest'}]}\n",
    }
    assert sorted(said(look(tmp_path, files))) == ["k8s/a.yaml:2 1.0.0", "k8s/kustomization.yaml:5 2.0.0"]


def test_a_broken_file_of_images_is_a_problem(tmp_path: Path) -> None:
    assert [error.reason.value for error in look(tmp_path, {"c.yaml": "a: [\n"}).problems] == ["malformed"]


@pytest.mark.parametrize(
    ("text", "version"), [("v1.0.0", "1.0.0"), (" V2 ", "2"), ("vega", "vega"), ("1.0.0", "1.0.0")]
)
def test_the_v_of_tags(text: str, version: str) -> None:
    assert plain(text) == version


TAG = b"object 12\ntype commit\ntag v1.0.0\ntagger A <a@example.com> 1780000000 +0200\n\nWords\n"


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (b"-----BEGIN SSH SIGNATURE-----\nx\n", "ssh"),
        (b"-----BEGIN PGP SIGNATURE-----\nx\n", "openpgp"),
        (b"-----BEGIN SIGNED MESSAGE-----\nx\n", "x509"),
        (b"", None),
        (b"see -----BEGIN SSH SIGNATURE-----\n", None),
    ],
)
def test_the_signature_of_a_tag_is_what_stands_behind_it(mark: bytes, kind: str | None) -> None:
    tag = parse_tag(TAG + mark)
    assert (tag.says, tag.seconds, tag.kind) == ("v1.0.0", 1780000000, kind)
    assert (tag.payload, tag.signature) == ((TAG, mark) if kind else (TAG + mark, b""))


def test_a_damaged_tag_is_parsed_as_far_as_it_goes() -> None:
    tag = parse_tag(b"\xff\ntagger nobody\n")
    assert (tag.says, tag.seconds, tag.kind) == ("", None, None)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The manifests of a release: the sandbox's, rendered by the real kustomize, and hostile ones."""

from __future__ import annotations

import json
import os
import time
import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import manifest
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from sandbox import _go
from sandbox._profile import Profile
from sandbox.components import repository

from ._judging import outcome

BASE = "deployments/k8s/base"
Subject = t.Dict[str, t.Any]
DECIDED = [item["id"] for item in read_catalogue() if any(one["of"] == "manifests" for one in item["checks"])]
SOUND = {"4.1.2", "4.1.4", "4.1.6", "1.4.2", "1.4.3", "2.3.1", "2.3.2", "4.4.2", "7.3.1"}  # as shipped, too


@pytest.fixture(scope="session")
def kustomize() -> str:
    return str(_go.built("kustomize"))


@pytest.fixture(scope="session", params=list(Profile))
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Profile, Path]:
    path = tmp_path_factory.mktemp("release") / request.param.value
    repository.build(path, request.param)
    return request.param, path


def look(path: Path, program: str, **options: t.Any) -> list[Subject]:
    given = {"path": str(path), "program": program, **options}
    result = ArgumentSpecValidator(**manifest.SPEC).validate(given)
    assert not result.error_messages, result.error_messages
    valid = result.validated_parameters
    found = manifest.observe(valid, Deadline(valid["timeout"]))
    return t.cast("list[Subject]", json.loads(json.dumps(found)))


def write(folder: Path, **files: str) -> Path:
    """Write files of the base; two underscores in a name stand for a dot."""
    (folder / BASE).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / BASE / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def script(folder: Path, text: str) -> str:
    file = folder / "kustomize"
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="ascii")
    file.chmod(0o755)
    return str(file)


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}\ndata: {A: b}\n"


def test_what_the_sandbox_ships_is_judged_as_it_is(release: tuple[Profile, Path], kustomize: str) -> None:
    profile, path = release
    (subject,) = look(path, kustomize)
    outcomes = {item: outcome(item, "manifests", subject) for item in DECIDED}
    assert subject["subject"] == f"{BASE} as rendered"
    if profile is Profile.HARDENED:
        assert set(outcomes.values()) == {"passed"}
    else:
        assert {item for item, found in outcomes.items() if found != "failed"} <= SOUND | {"9.2"}
        assert outcomes["4.2.2"] == outcomes["4.1.7"] == outcomes["7.3.2"] == "failed"


def test_tags_that_the_kustomization_rewrites_are_seen_where_it_does(
    release: tuple[Profile, Path], kustomize: str
) -> None:
    profile, path = release
    if profile is Profile.HARDENED:
        pytest.skip("the hardened kustomization rewrites nothing")
    (subject,) = look(path, kustomize)
    api = next(one for one in subject["containers"] if one["name"] == "Deployment/api")
    raw = next(one for one in subject["raw_images"] if one["name"] == "Deployment/api")
    assert (api["latest"], raw["latest"]) == (True, False)
    file, dummy, line = api["image_at"][0].rpartition(":")
    assert "latest" in (path / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_without_kustomize_what_is_written_still_fails_and_never_passes(release: tuple[Profile, Path]) -> None:
    profile, path = release
    written, rendered = look(path, "/nonexistent/kustomize")
    assert (written["form"], rendered["error"]["reason"]) == ("written", "missing_library")
    wanted = "passed" if profile is Profile.HARDENED else "failed"
    assert outcome("4.1.7", "manifests", written) == outcome("1.3.1", "manifests", written) == wanted
    assert outcome("4.1.7", "manifests", rendered) == "error"


def test_kubectl_renders_as_well(tmp_path: Path, kustomize: str) -> None:
    write(tmp_path, kustomization__yaml="resources: [c.yaml]\nnamespace: live\n", c__yaml=CONFIG)
    kubectl = tmp_path / "kubectl"
    kubectl.write_text(f'#!/bin/sh\nshift\nexec {kustomize} build "$@"\n', encoding="ascii")
    kubectl.chmod(0o755)
    (subject,) = look(tmp_path, str(kubectl))
    assert (subject["form"], subject["without_namespace"]) == ("rendered", [])


def test_an_overlay_is_seen_as_it_patches_and_placed_where_it_stands(tmp_path: Path, kustomize: str) -> None:
    pod = "spec: {containers: [{name: a, image: a/b:1.0}]}"
    text = f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    {pod}\n"
    write(tmp_path, kustomization__yaml="resources: [a.yaml]\n", a__yaml=text)
    overlay = tmp_path / "deployments/k8s/production"
    overlay.mkdir()
    (overlay / "limits.yaml").write_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: "
        "[{name: beside, image: b}, {name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]}}}\n"
    )
    (overlay / "kustomization.yaml").write_text(
        "namePrefix: live-\nresources: [../base]\npatches: [{path: limits.yaml}]\n"
    )
    (subject,) = look(tmp_path, kustomize, folders=["deployments/k8s/production"])
    container = next(one for one in subject["containers"] if one["name"] == "Deployment/live-a/a")
    assert container["missing_resources"] == []
    assert container["at"] == [f"{BASE}/a.yaml:7"]


def test_generated_objects_are_known_without_rendering(tmp_path: Path) -> None:
    env = "env: [{name: A, valueFrom: {configMapKeyRef: {name: made, key: X}}}]"
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{{name: a, image: a, {env}}}]}}\n"
    made = "resources: [a.yaml]\nconfigMapGenerator: [{name: made, literals: [X=y]}]\n"
    written, dummy = look(write(tmp_path, kustomization__yaml=made, a__yaml=text), "/nonexistent")
    assert written["missing_references"] == []


def test_a_folder_without_a_kustomization_is_seen_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, c__yaml=CONFIG, values__yaml="a: 1\n", d__json='{"apiVersion": "v1", "kind": "Secret"}')
    (subject,) = look(tmp_path, "/nonexistent")
    assert (subject["form"], subject["without_namespace"]) == (
        "written",
        [{"name": "Secret/", "at": [f"{BASE}/d.json:1"]}],
    )


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.com/evil.yaml",
        "github.com/example/evil//base?ref=main",
        "git@example.com:evil/evil",
        "example.com/evil/evil",
        "nowhere.yaml",
        "../../../../outside",
        "/etc/passwd",
        "https://example.com/evil.yaml\\n",
    ],
)
@pytest.mark.parametrize("key", ["resources", "components", "patches", "files"])
def test_nothing_that_is_not_in_the_checkout_reaches_kustomize(tmp_path: Path, reference: str, key: str) -> None:
    lists = {
        "patches": f'patches: [{{path: "{reference}"}}]',
        "files": f'configMapGenerator: [{{name: x, files: ["k={reference}"]}}]',
    }
    text = f"resources: [c.yaml]\n{lists[key]}\n" if key in lists else f'{key}: [c.yaml, "{reference}"]\n'
    if key == "components":
        text = text.replace("c.yaml, ", "") + "resources: [c.yaml]\n"
    write(tmp_path, kustomization__yaml=text, c__yaml=CONFIG)
    program = script(tmp_path, f": > {tmp_path}/ran")
    written, rendered = look(tmp_path, program)
    assert rendered["error"]["reason"] in ("unsupported", "no_data")
    assert not (tmp_path / "ran").exists()
    assert (outcome("7.3.3", "manifests", written) == "failed") is bool(written["kustomization"]["missing"])


@pytest.mark.parametrize("key", ["helmCharts: [{name: x}]", "generators: [x.yaml]", "transformers: [x.yaml]"])
def test_plugins_and_charts_are_refused(tmp_path: Path, key: str) -> None:
    write(tmp_path, kustomization__yaml=f"resources: [c.yaml]\n{key}\n", c__yaml=CONFIG)
    dummy, rendered = look(tmp_path, script(tmp_path, f": > {tmp_path}/ran"))
    assert rendered["error"]["reason"] == "unsupported"
    assert not (tmp_path / "ran").exists()


def test_a_fault_of_the_files_is_told_without_their_values(tmp_path: Path, kustomize: str) -> None:
    value = "QXNlY3JldFZhbHVlVGhhdE5vYm9keVNlZXM="
    twice = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata: {{K: {value}}}\n"
    write(tmp_path, kustomization__yaml="resources: [a.yaml, b.yaml]\n", a__yaml=twice, b__yaml=twice)
    found = look(tmp_path, kustomize)
    assert "already registered" in found[0]["kustomization"]["fault"]
    assert outcome("7.3.1", "manifests", found[0]) == "failed"
    assert value not in str(found) and "secretValue" not in str(found)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while :; do :; done", "timeout"),
        ("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", "timeout"),
        ("echo 'a: ['", "malformed"),
        ("exit 3", "malformed"),
    ],
)
def test_a_renderer_that_hangs_babbles_or_breaks(tmp_path: Path, body: str, reason: str) -> None:
    write(tmp_path, kustomization__yaml="resources: [c.yaml]\n", c__yaml=CONFIG)
    began = time.monotonic()
    dummy, rendered = look(tmp_path, script(tmp_path, body), timeout=2)
    assert rendered["error"]["reason"] in (reason, "unsupported")
    assert time.monotonic() - began < 6


def _huge(folder: Path) -> None:
    with (folder / "x.yaml").open("wb") as stream:
        stream.truncate(200 << 20)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi")
)
HOSTILE: dict[str, t.Callable[[Path], object]] = {
    "a file of 200 MB": _huge,
    "a link out of the checkout": lambda folder: (folder / "x.yaml").symlink_to("/etc/passwd"),
    "a link to itself": lambda folder: (folder / "x.yaml").symlink_to("x.yaml"),
    "a pipe": lambda folder: os.mkfifo(folder / "x.yaml"),
    "invalid UTF-8": lambda folder: (folder / "x.yaml").write_bytes(b"a: \xff\xfe\xff"),
    "a bomb of aliases": lambda folder: (folder / "x.yaml").write_text(BOMB),
    "a deep nesting": lambda folder: (folder / "x.yaml").write_text("[" * 50_000),
    "a template": lambda folder: (folder / "x.yaml").write_text("a: {{ .Values.a }}\n"),
    "a folder of itself": lambda folder: (folder / "x.yaml").symlink_to("."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_reported_in_bounded_time(tmp_path: Path, name: str) -> None:
    write(tmp_path, kustomization__yaml="resources: [c.yaml, x.yaml]\n", c__yaml=CONFIG)
    HOSTILE[name](tmp_path / BASE)
    began = time.monotonic()
    found = look(tmp_path, script(tmp_path, f": > {tmp_path}/ran"))
    assert time.monotonic() - began < 5
    assert any(one["error"] for one in found)
    assert not (tmp_path / "ran").exists()
    assert "root:" not in str(found)


def test_a_file_name_with_a_newline_is_read(tmp_path: Path) -> None:
    write(tmp_path, c__yaml=CONFIG)
    (tmp_path / BASE / "a\nb.yaml").write_text(CONFIG)
    (subject,) = look(tmp_path, "/nonexistent")
    assert len(subject["duplicates"]) == 2


def test_kustomizations_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    write(tmp_path, kustomization__yaml="resources: [../other]\n")
    (tmp_path / "deployments/k8s/other").mkdir()
    (tmp_path / "deployments/k8s/other/kustomization.yaml").write_text("resources: [../base]\n")
    assert look(tmp_path, "/nonexistent")[0]["error"]["reason"] == "no_data"


@pytest.mark.parametrize(("expected", "reason"), [(True, "no_data"), (False, "not_configured")])
def test_a_checkout_without_manifests(tmp_path: Path, expected: bool, reason: str) -> None:
    (subject,) = look(tmp_path, "/nonexistent", expected=expected)
    assert subject["error"]["reason"] == reason

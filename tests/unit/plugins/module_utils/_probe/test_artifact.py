# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of artifacts: which files it reads, and the shape of what it tells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import KEYS
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import artifact

FIXTURES = Path(__file__).parents[1] / "_artifacts" / "fixtures"
COMMIT = "3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c"


def look(
    root: Path, *artifacts: dict[str, t.Any], deadline: Deadline | None = None, **options: t.Any
) -> list[dict[str, t.Any]]:
    result = ArgumentSpecValidator(**artifact.SPEC).validate(
        {"root": str(root), "artifacts": list(artifacts), **options}
    )
    assert not result.error_messages, result.error_messages
    return artifact.observe(result.validated_parameters, deadline or Deadline(10))


def look_at(root: Path, path: str, **options: t.Any) -> dict[str, t.Any]:
    (subject,) = look(root, {"path": path}, **options)
    return subject


def reason(subject: dict[str, t.Any], key: str | None = None) -> str:
    error = subject["unseen"][key] if key else subject["error"]
    return t.cast(str, error["reason"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of artifacts with one in it."""
    made = tmp_path / "ci"
    made.mkdir()
    shutil.copy(FIXTURES / "go_test_healthy.json", made / "unit.json")
    return made


def test_a_file_is_one_subject_with_every_key(folder: Path) -> None:
    subject = look_at(folder, "unit.json", release_commit=COMMIT)

    assert (subject["subject"], subject["name"], subject["path"]) == ("unit.json",) * 3
    assert (subject["format"], subject["kind"], subject["size"]) == (
        "go_test_json",
        "tests",
        (folder / "unit.json").stat().st_size,
    )
    assert {key for keys in KEYS.values() for key in keys} <= set(subject)
    assert subject["tests"]["passed"] == 3


def test_the_keys_of_other_kinds_are_unseen_and_say_why(folder: Path) -> None:
    subject = look_at(folder, "unit.json")

    assert reason(subject, "coverage") == "unsupported"
    assert (
        subject["unseen"]["load"]["message"] == "The file is a result of tests (go_test_json), and says nothing of load"
    )


@pytest.mark.parametrize("name", [path.name for path in sorted(FIXTURES.glob("*_healthy*"))])
def test_every_null_key_is_unseen(folder: Path, name: str) -> None:
    shutil.copy(FIXTURES / name, folder / name)
    subject = look_at(folder, name)

    assert {key for key, value in subject.items() if value is None and key != "error"} == set(subject["unseen"])
    json.dumps(subject, allow_nan=False)


def test_a_name_is_shown_before_the_file(folder: Path) -> None:
    (subject,) = look(folder, {"name": "unit", "path": "*.json"})

    assert (subject["subject"], subject["name"], subject["path"]) == ("unit: unit.json", "unit", "unit.json")


def test_a_pattern_stands_for_each_file_and_for_no_sidecar(folder: Path) -> None:
    (folder / "deep").mkdir()
    shutil.copy(FIXTURES / "junit_gotestsum.xml", folder / "deep" / "more.xml")
    (folder / "unit.json.meta.json").write_text("{}")

    assert [one["path"] for one in look(folder, {"path": "**/*"})] == ["deep/more.xml", "unit.json"]


@pytest.mark.parametrize("path", ["missing.json", "*.xml", "unit.json/more"])
def test_an_artifact_that_is_not_there_is_an_error_with_its_name(folder: Path, path: str) -> None:
    subject = look_at(folder, path)

    assert reason(subject) == "no_data"
    assert path in subject["error"]["message"]


def test_a_folder_that_is_not_there_is_an_error_for_each_artifact(tmp_path: Path) -> None:
    subjects = look(tmp_path / "nowhere", {"path": "a"}, {"path": "b"})

    assert [(one["subject"], reason(one)) for one in subjects] == [("a", "no_data"), ("b", "no_data")]


@pytest.mark.parametrize("path", ["../secret.json", "/etc/passwd", "link.json", "folder_link/*"])
def test_nothing_outside_the_folder_is_read(folder: Path, path: str) -> None:
    outside = folder.parent / "elsewhere"
    outside.mkdir()
    for file in (folder.parent / "secret.json", outside / "secret.json"):
        shutil.copy(FIXTURES / "go_test_healthy.json", file)
    (folder / "link.json").symlink_to("../secret.json")
    (folder / "folder_link").symlink_to(outside)

    assert all(one["error"] for one in look(folder, {"path": path}))


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    assert reason(look_at(folder, "pipe")) == "unsupported"


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    subject = look_at(folder, "unit.json", max_bytes=100)

    assert (reason(subject), subject["error"]["message"]) == ("unsupported", "unit.json is larger than 100 bytes")


def test_an_empty_file_is_no_data(folder: Path) -> None:
    (folder / "unit.json").write_bytes(b"")

    assert reason(look_at(folder, "unit.json")) == "no_data"


def test_a_file_of_another_format_says_what_it_looks_like(folder: Path) -> None:
    (subject,) = look(folder, {"path": "unit.json", "format": "sarif"})

    assert reason(subject) == "malformed"
    assert "looks like go_test_json" in subject["error"]["message"]


def test_a_file_of_no_known_format_is_unsupported(folder: Path) -> None:
    (folder / "unit.json").write_text("Hello\n")

    assert reason(look_at(folder, "unit.json")) == "unsupported"


def test_one_broken_artifact_does_not_hide_the_next(folder: Path) -> None:
    subjects = look(folder, {"path": "gone"}, {"path": "unit.json"})

    assert [bool(one["error"]) for one in subjects] == [True, False]


def test_when_the_budget_is_used_up_the_rest_is_a_timeout(folder: Path) -> None:
    (subject,) = look(folder, {"path": "unit.json"}, deadline=Deadline(0.0))

    assert reason(subject) == "timeout"


def test_a_sidecar_tells_commit_and_time(folder: Path) -> None:
    shutil.copy(FIXTURES / "go_cover.out", folder / "cover.out")
    stated = {"commit": COMMIT, "produced": "2026-11-25T03:00:00Z"}
    (folder / "cover.out.meta.json").write_text(json.dumps(stated))

    subject = look_at(folder, "cover.out", release_commit=COMMIT[:10])

    assert (subject["commit"], subject["commit_from"], subject["of_release_commit"]) == (COMMIT, "sidecar", True)
    assert (subject["produced"], subject["produced_from"]) == ("2026-11-25T03:00:00Z", "sidecar")


def test_a_broken_sidecar_breaks_its_artifact(folder: Path) -> None:
    (folder / "unit.json.meta.json").write_text('{"commit": ')

    assert reason(look_at(folder, "unit.json")) == "malformed"


def test_a_declared_commit_and_its_users_count(folder: Path) -> None:
    shutil.copy(FIXTURES / "hey_broken.txt", folder / "hey.txt")
    (subject,) = look(folder, {"path": "hey.txt", "commit": COMMIT, "concurrency": 120}, release_commit=COMMIT)

    assert (subject["commit_from"], subject["of_release_commit"]) == ("declared", True)
    assert (subject["concurrency"], subject["concurrency_from"]) == (120, "declared")


def test_the_history_of_locust_is_read_beside_its_statistics(folder: Path) -> None:
    for name in ("locust_stats.csv", "locust_stats_history.csv"):
        shutil.copy(FIXTURES / name, folder / name)

    assert look_at(folder, "locust_stats.csv")["concurrency"] == 20


def test_the_checkout_tells_the_commit_of_the_release(folder: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    commands = (
        ["init", "-q"],
        ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "x"],
    )
    checkout.mkdir()
    for words in commands:
        subprocess.run(["git", "-C", checkout, *words], check=True)
    head = subprocess.run(
        ["git", "-C", checkout, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()

    (subject,) = look(folder, {"path": "unit.json", "commit": head[:9]}, repository=str(checkout))

    assert (subject["release_commit"], subject["of_release_commit"]) == (head, True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [({}, "not_configured"), ({"release_commit": "v1.0.0"}, "malformed"), ({"repository": "/nonexistent"}, "no_data")],
    ids=["nothing declared", "a tag", "no checkout"],
)
def test_without_a_release_commit_nothing_is_of_it(folder: Path, options: dict[str, str], expected: str) -> None:
    (subject,) = look(folder, {"path": "unit.json", "commit": COMMIT}, **options)

    assert subject["of_release_commit"] is None
    assert reason(subject, "of_release_commit") == expected


IMAGE = "registry.example.com/cryptofunk/api"
DIGEST = "sha256:9b1ef3d2b2a1a0e3f3c2d1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6"
IMAGE_ID = "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (f"{IMAGE}@{DIGEST}", True),
        (f"{IMAGE}@{IMAGE_ID}", True),
        (f"{IMAGE}@sha256:{'0' * 64}", False),
        (f"{IMAGE}:1.0.1", False),
        (f"{IMAGE}:1.0.0", None),  # may have been built again since
    ],
)
def test_a_scan_is_compared_with_its_declared_image(folder: Path, image: str, expected: bool | None) -> None:
    shutil.copy(FIXTURES / "trivy_image.json", folder / "api.json")
    (subject,) = look(folder, {"path": "api.json", "image": image})

    assert subject["of_declared_image"] is expected


def test_without_a_declared_image_it_is_not_known_whose_scan_it_is(folder: Path) -> None:
    shutil.copy(FIXTURES / "trivy_image.json", folder / "api.json")

    assert reason(look_at(folder, "api.json"), "of_declared_image") == "not_configured"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clones that lack a part, repositories that are none, large and hostile ones: nothing passes that was not seen."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from pathlib import Path

import pytest

from ._git_repository import Repository
from ._releases import look, outcomes, release

COMMITS = 50_000


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return release(tmp_path / "release")


def clone(made: Repository, path: Path, *words: str) -> Path:
    settings = ("-c", "uploadpack.allowFilter=true", "-c", "protocol.file.allow=always")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git(*settings, "clone", "--quiet", *words, f"file://{made.path}", str(path))
    return path


def test_a_whole_clone_passes(made: Repository, tmp_path: Path) -> None:
    assert outcomes(look(clone(made, tmp_path / "clone"))) == {}


def test_a_shallow_clone_without_the_tag_says_that_it_cannot_tell(made: Repository, tmp_path: Path) -> None:
    subject = look(clone(made, tmp_path / "clone", "--depth=1", "--no-tags"))

    assert subject["unseen"]["tag_exists"]["reason"] == "too_little_data"
    assert outcomes(subject) == {"7.1.1": "error", "7.1.6": "error"}


def test_a_clone_that_was_told_to_leave_tags_out_cannot_tell(made: Repository, tmp_path: Path) -> None:
    assert outcomes(look(clone(made, tmp_path / "clone", "--no-tags")), "7.1.6") == {"7.1.6": "error"}


def test_a_shallow_clone_of_the_tag_shows_the_tag(made: Repository, tmp_path: Path) -> None:
    subject = look(clone(made, tmp_path / "clone", "--depth=1", "--branch=v1.0.0"), branch="main")

    assert outcomes(subject, "7.1.5", "7.1.6") == {}
    assert outcomes(subject, "7.1.1") == {"7.1.1": "error"}  # the branch is not in it


def test_a_shallow_branch_that_ends_behind_the_release_cannot_tell_that_it_has_it(
    made: Repository, tmp_path: Path
) -> None:
    for number in range(3):
        made.git("commit", "--quiet", "--allow-empty", f"--message={number}")
    shallow = clone(made, tmp_path / "clone", "--depth=1")
    made.git("-C", str(shallow), "fetch", "--quiet", "--depth=1", "origin", "refs/tags/v1.0.0:refs/tags/v1.0.0")

    subject = look(shallow)

    assert subject["unseen"]["branch_has_release"]["reason"] == "too_little_data"
    assert outcomes(subject, "7.1.1") == {
        "7.1.1": "failed"
    }  # commits that the release does not have are seen all the same


def test_a_partial_clone_is_not_completed_over_the_network(made: Repository, tmp_path: Path) -> None:
    partial = clone(made, tmp_path / "clone", "--filter=blob:none")
    before = sorted(str(file) for file in (partial / ".git/objects").rglob("*"))

    subject = look(partial)

    assert outcomes(subject) == {}
    assert sorted(str(file) for file in (partial / ".git/objects").rglob("*")) == before


def test_a_partial_clone_without_trees_does_not_pass(made: Repository, tmp_path: Path) -> None:
    partial = clone(made, tmp_path / "clone", "--filter=tree:0", "--no-checkout")

    assert outcomes(look(partial), "7.1.6") == {"7.1.6": "error"}


@pytest.mark.parametrize("spec", ["HEAD", "HEAD^{tree}", "v1.0.0"])
def test_a_missing_object_is_an_error(made: Repository, spec: str) -> None:
    made.lose(spec)

    assert outcomes(look(made.path, tag="v1.0.0"), "7.1.6") == {"7.1.6": "error"}


def test_an_empty_repository_is_an_error(tmp_path: Path) -> None:
    subject = look(Repository(tmp_path / "empty").path)

    assert set(outcomes(subject).values()) == {"error"}
    assert subject["unseen"]["head"]["reason"] == "no_data"


@pytest.mark.parametrize("where", ["internal", "nowhere"])
def test_what_is_no_top_folder_is_an_error(made: Repository, where: str) -> None:
    assert look(made.path / where)["error"]["reason"] == "no_data"


def test_a_bare_repository_has_no_work_tree(made: Repository, tmp_path: Path) -> None:
    subject = look(clone(made, tmp_path / "clone", "--bare"))

    assert subject["unseen"]["changed"]["reason"] == "unsupported"
    assert outcomes(subject, "7.1.6") == {"7.1.6": "error"}


def test_a_repository_inside_is_a_thing_that_belongs_to_no_commit(made: Repository) -> None:
    Repository(made.path / "vendor" / "inner").add("a", "b")

    assert look(made.path)["untracked"] == ["vendor/"]


def submodule(made: Repository, tmp_path: Path) -> Path:
    inner = Repository(tmp_path / "inner")
    inner.add("a.txt", "a\n")
    made.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.path), "sub")
    made.commit("Add a submodule")
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0")
    return made.path / "sub"


def test_a_submodule_is_looked_into(made: Repository, tmp_path: Path) -> None:
    inner = submodule(made, tmp_path)
    assert outcomes(look(made.path)) == {}

    (inner / "a.txt").write_text("b\n")
    assert [one["path"] for one in look(made.path)["changed"]] == ["sub/a.txt"]


def test_a_submodule_that_is_not_checked_out_has_nothing_to_compare(made: Repository, tmp_path: Path) -> None:
    submodule(made, tmp_path)
    made.git("submodule", "--quiet", "deinit", "--force", "sub")

    assert look(made.path)["changed"] == []


def test_a_submodule_whose_repository_stands_elsewhere_is_not_looked_into(made: Repository, tmp_path: Path) -> None:
    inner = submodule(made, tmp_path)
    (inner / ".git").write_text(f"gitdir: {tmp_path / 'inner' / '.git'}\n")

    assert "outside" in look(made.path)["unseen"]["is_compared"]["message"]


def test_a_filter_of_the_repository_is_not_run(made: Repository, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    made.write(".gitattributes", "*.dat filter=own\n")
    made.add("a.dat", "a\n")
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0")
    for name in ("clean", "smudge", "process"):
        made.git("config", f"filter.own.{name}", f"touch {marker}; cat")
    made.write("a.dat", "b\n")

    subject = look(made.path)

    assert (marker.exists(), subject["unseen"]["is_compared"]["reason"]) == (False, "unsupported")
    assert outcomes(subject, "7.1.6") == {"7.1.6": "error"}


def test_other_ends_of_lines_are_no_change(made: Repository) -> None:
    made.write(".gitattributes", "*.txt text eol=crlf\n")
    made.add("a.txt", "a\nb\n")
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0")
    made.write("a.txt", "a\r\nb\r\n")
    assert outcomes(look(made.path)) == {}

    made.write("a.txt", "a\r\nc\r\n")
    assert [one["path"] for one in look(made.path)["changed"]] == ["a.txt"]


def test_names_links_and_large_files_of_all_kinds(made: Repository) -> None:
    made.write(b"new\nline", "a")
    made.write(b"not-\xff-text", "a")
    (made.path / "loop").symlink_to("loop")
    (made.path / "away").symlink_to("/etc/passwd")
    made.commit()
    made.git("tag", "--force", "--annotate", "--message=x", "v1.0.0")
    assert outcomes(look(made.path)) == {}

    (made.path / "away").unlink()
    (made.path / "away").symlink_to("/etc/group")
    with (made.path / "CHANGELOG.md").open("wb") as stream:
        stream.truncate(200 << 20)
    began = time.monotonic()
    subject = look(made.path)

    assert [one["path"] for one in subject["changed"]] == ["CHANGELOG.md", "away"]
    assert subject["unseen"]["changelog_entries"]["reason"] == "unsupported"
    assert time.monotonic() - began < 15


def test_a_folder_behind_a_link_is_not_followed(made: Repository, tmp_path: Path) -> None:
    (made.path / "configs").rename(tmp_path / "configs")
    (made.path / "configs").symlink_to(tmp_path / "configs")

    subject = look(made.path)

    assert {one["path"]: one["how"] for one in subject["changed"]} == {"configs/config.yaml": "stands below a link"}
    assert subject["unseen"]["versions_complete"]["reason"] == "unsupported"


def test_a_long_history_takes_a_moment(tmp_path: Path) -> None:
    long = Repository(tmp_path / "long")
    _import(long)
    long.git("reset", "--quiet", "--hard")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.monotonic()

    subject = look(long.path, tag="v0.5.0")

    assert len(subject["commits_after_release"]) == 20
    assert (subject["branch_has_release"], subject["head_is_release"]) == (True, False)
    assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, 300 * 1024)


def _import(made: Repository) -> None:
    """Write a history of commits that change documents, with a tag in the middle."""
    parts = [b"blob\nmark :1\ndata 2\na\n\n", b"blob\nmark :2\ndata 2\nb\n\n"]
    for number in range(COMMITS):
        text = b"Change %d" % number
        parts.append(
            b"commit refs/heads/main\nmark :%d\ncommitter N <n@example.com> %d +0000\ndata %d\n%s\nM 100644 :%d docs/%d.md\n"
            % (number + 10, 1_700_000_000 + number, len(text), text, number % 2 + 1, number % 50)
        )
    middle = COMMITS // 2
    parts.append(b"tag v0.5.0\nfrom :%d\ntagger N <n@example.com> 1700000000 +0000\ndata 1\nx\n" % middle)
    subprocess.run(
        ["git", "fast-import", "--quiet"],
        cwd=made.path,
        input=b"".join(parts),
        env={"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null"},
        check=True,
    )


def test_a_budget_that_is_used_up_is_a_timeout(made: Repository) -> None:
    assert look(made.path, timeout=0.0001)["error"]["reason"] == "timeout"

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents of real checkouts: what they name, how old they are, and what a hostile repository does to the look."""

from __future__ import annotations

import os
import subprocess
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _markdown

from ._documents import look
from ._git_repository import Repository

README = {"name": "readme", "places": [{"path": "README.md"}]}
TASKFILE = "version: '3'\ntasks:\n  build: go build ./...\n"
COMPOSE = "services: {api: {ports: ['8082:8080'], environment: {TRADING_MODE: paper}}}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "checkout")
    for name, text in {
        "README.md": "# Title\n\nWords.\n",
        "docs/API.md": "# API\n\n## Routes\n\n## Routes\n",
        "cmd/api/main.go": "package main\n",
        "scripts/run.sh": "#!/bin/sh\n",
        "Taskfile.yml": TASKFILE,
        "docker-compose.yml": COMPOSE,
        ".gitignore": "/bin/\n*.log\ndata/\n",
    }.items():
        made.write(name, text)
    made.commit("Begin")
    return made


def readme(checkout: Repository, **options: t.Any) -> dict[str, t.Any]:
    (subject,) = look(checkout.path, documents=[{**README, **options}])
    return subject


def said(checkout: Repository, text: str) -> list[tuple[int, str]]:
    """Return the lines and rules of what does not hold in a README with *text* from its third line on."""
    checkout.write("README.md", f"# Title\n\n{text}\n")
    subject = readme(checkout)
    assert subject["findings_complete"] is True
    return [(int(one["at"].rpartition(":")[2]), one["rule"]) for one in subject["findings"]]


HOLDS = {
    "links": "[a](docs/API.md) [b](docs/API.md#routes-1) [c](/docs) [d](#title) [e](https://example.com/x.md#y) [f](mailto:a@example.com)",
    "a link into the forge": "[issues](../../issues) [wiki](../../wiki/Home)",
    "a link with a query": "[a](docs/API.md?raw=true)",
    "a placeholder": "[a]({{ url }}) `docs/<name>.md` `docs/$NAME.md` `docs/*.md`",
    "what is there": "`docs/API.md` `cmd/api` `./scripts/run.sh` `scripts/run.sh:1` `task build`",
    "what git ignores": "`bin/api` `data/x.csv`\n\n```bash\n./bin/api --config cmd/api/debug.log\n```",
    "what the reader makes": "```bash\ntouch docs/NEW.md\ncat docs/NEW.md\nmkdir -p cmd/new\nls cmd/new/\necho x > docs/list.md\ncat docs/list.md\n```",
    "what is to come": "Create `docs/NEW.md`. Later `docs/OLD.md` is removed.",
    "what can be missing": "```bash\n./scripts/scan.sh  # If available\n```",
    "the system": "`/etc/docs/x.md` `/usr/bin/env`",
    "a program inside a container": "```bash\ndocker exec api cat cmd/inside.go\n```",
    "an address": "`docs/api/v1` `api/v1/health` `application/json`",
    "where the reader went": "```bash\ncd scripts\n./run.sh\ncd ..\nls docs/API.md\ncd /tmp\nls docs/nothing.md\n```",
    "after a clone": "```bash\ngit clone https://example.com/x.git\ncd x\nls docs/API.md\n```",
    "ports": "`http://localhost:8082` and\n\n```bash\nkubectl port-forward svc/x 9999:80\ncurl localhost:9999\n```",
    "variables": "```bash\nexport TRADING_MODE=live\nexport TOKEN_A=1\nexport PG_X=1\necho $TRADING_SECRET\n```",
    "make as a thing of others": "We use Task instead of Make.\n\n```bash\nmake build\n```",
    "code of another language": "```go\n// docs/nothing.md\n```\n\n```yaml\nfile: docs/nothing.yml\n```",
}


@pytest.mark.parametrize("text", HOLDS.values(), ids=HOLDS.keys())
def test_no_alarm_for(checkout: Repository, text: str) -> None:
    assert said(checkout, text) == []


WRONG = {
    "a link": ("[a](docs/GONE.md)", [(3, "link")]),
    "an anchor": ("See\n[a](#nothing).", [(4, "link")]),
    "an anchor elsewhere": ("[a](docs/API.md#routes-2)", [(3, "link")]),
    "a picture": ("![a](docs/x.png)", [(3, "link")]),
    "a link out": ("[a](../other/x.md)", [(3, "link")]),
    "html": ("<a href='docs/x.md'>x</a>", [(3, "link")]),
    "a link to an ignored file": ("[a](bin/api)", [(3, "link")]),
    "a path": ("Look at `cmd/server/`.", [(3, "path")]),
    "a path in a table": ("| a | b |\n|---|---|\n| c | `cmd/server/main.go` |", [(5, "path")]),
    "a path in a command": ("```bash\nls\ncat docs/GONE.md\n```", [(5, "path")]),
    "a path of an option": ("```bash\nx --config=cmd/api/x.yml\n```", [(4, "path")]),
    "a path on a later line of a command": ("```bash\nx -a \\\n  -b docs/GONE.md\n```", [(5, "path")]),
    "a script": ("```bash\n./install.sh\n```", [(4, "script")]),
    "a task": ("```bash\ntask build deploy\n```", [(4, "target")]),
    "make without a Makefile": ("```bash\nmake build\n```", [(4, "target")]),
    "a port": ("```bash\ncurl http://localhost:4711/x\n```", [(4, "port")]),
    "a variable": ("```env\nTRADING_PLAN=x\n```", [(4, "variable")]),
    "a variable in a comment": ("```bash\nnano .env\n#   TRADING_PLAN=x\n```", [(5, "variable")]),
    "a compose file": ("```bash\ndocker compose -f docker-compose.live.yml up\n```", [(4, "compose file")]),
    "a tree": ("```\n.\n├── cmd/\n│   └── api/\n├── docs/\n├── lib/\n└── scripts/\n```", [(8, "tree of files")]),
}


@pytest.mark.parametrize(("text", "found"), WRONG.values(), ids=WRONG.keys())
def test_alarm_for(checkout: Repository, text: str, found: list[tuple[int, str]]) -> None:
    assert said(checkout, text) == found


def later(checkout: Repository, days: int, name: str) -> None:
    """Change *name* in a commit that is *days* younger than the present."""
    checkout.write(name, f"// {days}\n")
    checkout.git("add", "--all")
    when = f"{int(time.time()) + days * 86400} +0000"
    env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    who = ("-c", "user.name=N", "-c", "user.email=n@example.com")
    subprocess.run(["git", *who, "commit", "-qm", "Later"], cwd=checkout.path, env=env, check=True)


@pytest.mark.parametrize(
    ("changed", "days"),
    [("cmd/api/main.go", 40), ("docs/API.md", 0), ("README.md", 0)],
    ids=["code", "other", "itself"],
)
def test_a_document_lags_behind_what_it_describes_alone(checkout: Repository, changed: str, days: int) -> None:
    later(checkout, 40, changed)

    subject = readme(checkout, describes=["cmd/**"])

    assert (subject["days_behind"], subject["later_commits"]) == (days, 1 if days else 0)


def test_a_pattern_that_stands_for_nothing_is_an_error(checkout: Repository) -> None:
    assert readme(checkout, describes=["cmd/**", "lib/**"])["unseen"]["days_behind"]["reason"] == "no_data"


def test_a_document_that_was_never_committed_has_no_age(checkout: Repository) -> None:
    checkout.write("NEW.md", "# New\n")
    (subject,) = look(
        checkout.path, documents=[{"name": "new", "places": [{"path": "NEW.md"}], "describes": ["cmd/**"]}]
    )

    assert subject["unseen"]["days_behind"]["reason"] == "no_data"


def test_a_shallow_clone_says_that_it_does_not_know(checkout: Repository, tmp_path: Path) -> None:
    later(checkout, 40, "cmd/api/main.go")
    clone = tmp_path / "clone"
    checkout.git("clone", "--quiet", "--depth=1", f"file://{checkout.path}", str(clone))
    (subject,) = look(clone, documents=[{**README, "describes": ["cmd/**"]}])

    assert subject["unseen"]["days_behind"]["reason"] == "too_little_data"
    assert subject["findings"] == []


def test_a_document_that_is_missing_is_seen_to_be_missing(checkout: Repository) -> None:
    (checkout.path / "README.md").unlink()
    subject = readme(checkout)

    assert subject["missing"] == ["There is no README.md"]
    assert subject["unseen"]["findings"]["reason"] == "no_data"


def test_an_ignored_file_is_no_document_of_the_release(checkout: Repository) -> None:
    checkout.write("data/README.md", "# Title\n")
    (subject,) = look(checkout.path, documents=[{"name": "data", "places": [{"path": "data/README.md"}]}])

    assert subject["missing"] == ["There is no data/README.md"]


def test_names_that_are_allowed_raise_no_alarm(checkout: Repository) -> None:
    checkout.write("README.md", "`docs/GONE.md` `cmd/gone/x.go`\n")
    (subject,) = look(checkout.path, documents=[README], allowed_paths=["docs/*.md", "cmd/gone/"])

    assert subject["findings"] == []


def test_a_folder_without_git_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# x\n")
    (subject,) = look(tmp_path, documents=[README])

    assert (subject["error"]["reason"], subject.get("name")) == ("no_data", None)


def test_a_library_that_is_missing_is_named(checkout: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_markdown, "HAS_MARKDOWN", False)
    error = readme(checkout)["error"]

    assert error["reason"] == "missing_library"
    assert "markdown-it-py" in error["message"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"# A\n\xff\n", "malformed"), (b"# A\n" + b"line\n" * 1_000_000, "unsupported")],
    ids=["invalid UTF-8", "too large"],
)
def test_a_document_that_cannot_be_read_is_an_error(checkout: Repository, content: bytes, reason: str) -> None:
    checkout.write("README.md", content)

    assert readme(checkout)["error"]["reason"] == reason


def test_a_document_of_fifty_thousand_lines_is_read(checkout: Repository) -> None:
    block = (
        "## Part\n\nWords with `docs/API.md` and [a link](docs/API.md#routes).\n\n```bash\ncat docs/API.md\n```\n\n\n"
    )
    checkout.write("README.md", block * 5_555 + "[gone](docs/GONE.md)\n")
    began = time.process_time()
    subject = readme(checkout)

    assert [one["at"] for one in subject["findings"]] == ["README.md:49996"]
    assert time.process_time() - began < 25


def test_a_hostile_repository_is_left_alone(checkout: Repository, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("# Outside\n\n[x](y.md)\n")
    (checkout.path / "loop").symlink_to("loop")
    (checkout.path / "LINK.md").symlink_to(tmp_path / "outside.md")
    (checkout.path / "docs" / "deep").symlink_to("..")
    checkout.write(b"a\nb.md", "# Newline\n")
    checkout.write(b"\xff\xfe.md", "# Bytes\n")
    checkout.write("huge.bin", b"")
    os.truncate(checkout.path / "huge.bin", 200 << 20)
    checkout.write(
        "README.md", "[a](docs/deep/README.md) [b](loop/x.md) `docs/deep/x.md`\n\n```bash\ncurl localhost:4711\n```\n"
    )
    checkout.git("add", "--all", ":!huge.bin")
    checkout.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},vendored")
    pages = [{"name": "all", "places": [{"path": "*.md"}], "each": True}]

    began = time.process_time()
    subjects = {one["subject"]: one for one in look(checkout.path, documents=[README, *pages])}

    assert time.process_time() - began < 10
    assert [one["rule"] for one in subjects["README.md"]["findings"]] == ["port"]
    assert subjects["LINK.md"]["error"]["reason"] == "unsupported"  # it leads out of the checkout
    assert "Outside" not in str(subjects)

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe.checklist import boxes, observe


def texts(text: str) -> list[str]:
    return [box["text"] for box in boxes(text)]


def test_a_box_has_line_heading_text_digest_and_mark() -> None:
    (box,) = boxes("# One\n\n### Two ###\n- [x] Ready `now`  \n")

    digest = hashlib.sha256(b"Ready `now`").hexdigest()[:16]
    assert box == {"line": 4, "heading": "Two", "text": "Ready `now`", "digest": digest, "checked": True}


@pytest.mark.parametrize("line", ["- [ ] A", "  - [ ] A", "* [ ] A", "+ [X] A", "- [ ] A\r"])
def test_boxes_are_found_however_they_are_written(line: str) -> None:
    assert texts(line) == ["A"]


@pytest.mark.parametrize("line", ["- A", "[ ] A", "- [] A", "- [-] A", "-[ ] A", "see - [ ] A"])
def test_other_lines_are_no_boxes(line: str) -> None:
    assert texts(line) == []


@pytest.mark.parametrize(
    "fence",
    [
        "```\n{}\n```\n",
        "```bash\n{}\n```\n",
        "~~~\n{}\n~~~\n",
        "````\n```\n{}\n````\n",
        "```\n~~~\n{}\n```\n",
        "```\n```bash\n{}\n```\n",
    ],
)
def test_code_in_fences_has_no_boxes(fence: str) -> None:
    assert texts(fence.format("- [ ] code") + "- [ ] A") == ["A"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "no_data"), (b"\xff", "malformed"), (b"x" * 200, "unsupported")],
    ids=["missing", "no text", "large"],
)
def test_a_document_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "list.md").write_bytes(content)

    (subject,) = observe({"path": str(tmp_path / "list.md"), "max_bytes": 100}, Deadline(5))

    assert subject["error"]["reason"] == reason


@given(st.text(alphabet="-[] x#`~\n", max_size=100))
def test_any_text_has_boxes_in_the_order_of_its_lines(text: str) -> None:
    lines = [box["line"] for box in boxes(text)]

    assert lines == sorted(set(lines))

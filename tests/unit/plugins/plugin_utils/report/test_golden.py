# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import html, junit, markdown, summary

from .sample import sample

GOLDEN = Path(__file__).parent / "golden"
_OWN = r"(?s)<(style|script)>.*?</\1>"
_BLOCK = r"(?=<(?:body|header|main|nav|section|div|h\d|p|ul|ol|li|dl|dt|tr|details|summary)\b)"
RENDERED = {
    "report.html": re.sub(_BLOCK, "\n", re.sub(_OWN, r"<\1></\1>", html.render(sample()))),
    "report.junit.xml": junit.render(sample()),
    "report.md": markdown.render(sample()),
    "summary.txt": summary.render(sample(), {"html": "/srv/run/report.html", "json": "/srv/run/report.json"}) + "\n",
}


@pytest.mark.parametrize("name", RENDERED)
def test_the_sample_is_written_as_it_was_reviewed(name: str) -> None:
    """Set READINESS_GOLDEN=write to write the files anew, and read the difference before it is committed."""
    path = GOLDEN / name
    rendered = re.sub(r"sha256-[\w+/=]+", "sha256-…", RENDERED[name])
    if os.environ.get("READINESS_GOLDEN") == "write":
        path.write_text(rendered, encoding="utf-8")
    assert rendered == path.read_text(encoding="utf-8")

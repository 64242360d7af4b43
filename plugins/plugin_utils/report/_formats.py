# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The formats of the report, by name. One model, one small file a format. This is a private part of the collection."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report.html import render as render_html
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report.json import render as render_json
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report.junit import render as render_junit
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report.markdown import render as render_markdown

WRITERS: dict[str, tuple[str, t.Callable[[Report], str]]] = {
    "json": ("report.json", render_json),
    "html": ("report.html", render_html),
    "junit": ("report.junit.xml", render_junit),
    "markdown": ("report.md", render_markdown),
}


def write_all(report: Report, run_path: Path, formats: t.Iterable[str]) -> dict[str, str]:
    """Write the *report* in each of the *formats* beside its ledger; return the path of each."""
    paths: dict[str, str] = {}
    for name in (known for known in WRITERS if known in set(formats)):
        file_name, render = WRITERS[name]
        paths[name] = str(_write(run_path / file_name, render(report)))
    return paths


def _write(path: Path, content: str) -> Path:
    """Write a file in one step, so that a reader never meets half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content.encode("utf-8", "backslashreplace"))
        part.replace(path)
    except OSError as exc:
        raise DataError(f"Cannot write {path}: {exc.strerror}") from exc
    return path

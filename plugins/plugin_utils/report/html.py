# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as one HTML file: it needs no network, works without its script, and prints like the paper checklist.

Nothing of the target is trusted: every value is escaped, and the page's policy allows no script and no style but its own.
This is a private part of the collection.
"""

from __future__ import annotations

import base64
import hashlib

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import Report
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import _html_overview as overview
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_items import section
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_markup import (
    Markup,
    document,
    embedded,
    tag,
    together,
    void,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_script import SCRIPT
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_style import PARTIAL_STYLE, STYLE
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import sections


def render(report: Report) -> str:
    """Return the *report* as HTML."""
    parts = sections(report)
    body = [
        tag("a", "To the items", href="#items", class_="skip"),
        overview.top(report),
        tag(
            "main",
            overview.holding(report),
            overview.drift(report),
            overview.contents(parts),
            tag("h2", "All items", id="items", tabindex="-1"),
            overview.filters(parts),
            *map(section, parts),
        ),
        embedded("script", SCRIPT),
    ]
    return document(_head(report), together(body))


def _head(report: Report) -> Markup:
    run = report["run"]
    styles = [STYLE, PARTIAL_STYLE] if run["partial"] else [STYLE]
    policy = (
        f"default-src 'none'; style-src {' '.join(map(_hash, styles))}; script-src {_hash(SCRIPT)}; "
        "base-uri 'none'; form-action 'none'"
    )
    title = [
        report["conclusion"],
        "PARTIAL" * bool(run["partial"]),
        ", ".join(run["environments"]),
        run["release"],
        run["id"],
    ]
    return together(
        [
            void("meta", charset="utf-8"),
            void("meta", http_equiv="Content-Security-Policy", content=policy),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="referrer", content="no-referrer"),
            tag("title", " · ".join(part for part in title if part)),
            *(embedded("style", style) for style in styles),
        ]
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

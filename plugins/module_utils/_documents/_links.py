# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the links of a document lead. Pure, but for what it is given to ask. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t
from urllib.parse import unquote

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._slugs import Anchors
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._names import Names

Finding = t.Dict[str, str]
AnchorsOf = t.Callable[[str], t.Optional[Anchors]]

MARKDOWN = (".md", ".markdown")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+-]+:|//)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[{}<>$*|]|\.\.\.|%7B|%3C", re.IGNORECASE)
_FORGE = re.compile(  # pages of the forge beside the files, which a link reaches by climbing out of the tree
    r"(?:\.\./)+(?:[\w.-]+/)?(?:actions|blob|commits?|compare|discussions|issues|milestones?|projects|pulls?|raw|releases|security"
    r"|tags|tree|wiki)(?:/|$)"
)


def broken_links(page: Page, names: Names, anchors_of: AnchorsOf) -> list[Finding]:
    """Return the links and images within the checkout that do not arrive. Links to other hosts are not followed."""
    found: list[Finding] = []
    for link in page.links:
        says = _broken(link.target.strip(), page, names, anchors_of)
        if says:
            found.append(
                {"at": f"{page.name}:{link.line}", "says": f"{link.target or 'a link'} {says}", "rule": "link"}
            )
    return found


def _broken(target: str, page: Page, names: Names, anchors_of: AnchorsOf) -> str | None:
    if _ELSEWHERE.match(target) or _PLACEHOLDER.search(target) or _FORGE.match(target):
        return None
    if not target:
        return "leads nowhere"
    path, dummy, fragment = target.partition("#")
    path, fragment = unquote(path.partition("?")[0]), unquote(fragment)
    if not path:
        return None if page.anchors.has(fragment) else "is no heading and no anchor of this document"
    full = posixpath.normpath(
        posixpath.join("" if path.startswith("/") else posixpath.dirname(page.name), path.lstrip("/"))
    )
    if full.split("/", 1)[0] == "..":
        return "leads out of the checkout"
    full = "" if full == "." else full
    if not names.has(full):
        return "does not exist"
    if fragment and full.lower().endswith(MARKDOWN):
        anchors = anchors_of(full)
        if anchors is not None and not anchors.has(fragment):
            return f"names no heading and no anchor of {full}"
    return None

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documents of one checkout, each read once. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._links import MARKDOWN
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._markdown import read_page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._slugs import Anchors
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository, open_repository
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import as_regex
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._names import Names

_MOST_PAGES = 500


class Library:
    """Reads below the root of a checkout. What cannot be read is remembered with the reason."""

    def __init__(self, root: str, most: int, deadline: Deadline) -> None:
        self._folder = Folder(root)
        self._most = most
        self._deadline = deadline
        self._pages: dict[str, Page | LookError] = {}
        self.repository: Repository = open_repository(root, deadline)
        self.names = Names(self.repository)

    def read(self, name: str) -> bytes:
        return self._folder.read(name, self._most)

    def files(self, pattern: str) -> list[str]:
        """Return the files that *pattern* stands for, sorted; git's own are not among them."""
        return sorted(name for name in self.names.files if as_regex(pattern).fullmatch(name))

    def page(self, name: str) -> Page:
        """Return what stands in the document *name*."""
        if name not in self._pages:
            self._pages[name] = self._read_page(name)
        page = self._pages[name]
        if isinstance(page, LookError):
            raise page
        return page

    def anchors_of(self, name: str) -> Anchors | None:
        return None if self.names.is_opaque(name) else self.page(name).anchors

    def _read_page(self, name: str) -> Page | LookError:
        self._deadline.step()
        if len(self._pages) >= _MOST_PAGES:
            return LookError(
                Reason.UNSUPPORTED, f"The documents and those that they link to are more than {_MOST_PAGES}"
            )
        if not name.lower().endswith(MARKDOWN):
            return LookError(Reason.UNSUPPORTED, f"{name} is no Markdown")
        try:
            return read_page(self.read(name), name)
        except LookError as exc:
            return exc


class Found(t.NamedTuple):
    """Where a declared document is: the whole file or a section. Without a page: where it was looked for, or why it is unseen."""

    page: Page | None
    missing: t.List[str]
    places: t.List[str]
    error: LookError | None = None


def locate(library: Library, places: t.Sequence[t.Mapping[str, t.Any]], each: bool) -> list[Found]:
    """Return the first of the *places* that is there; with *each*, every file that one of them stands for."""
    missing: list[str] = []
    found: list[Found] = []
    for place in places:
        files = library.files(place["path"])
        if not files:
            missing.append(f"There is no {place['path']}")
        for name in files:
            one = _at(library, name, place["section"])
            if one is None:
                missing.append(f"{name} has no section that matches {place['section']}")
                continue
            found.append(one)
            if not each:
                return found
    return found or [Found(None, missing, list(dict.fromkeys(place["path"] for place in places)))]


def _at(library: Library, name: str, section: str | None) -> Found | None:
    """Return the document *name* or its *section*, or None when it has no such section."""
    try:
        page = library.page(name)
    except LookError as exc:
        return Found(None, [], [name], exc)
    if not section:
        return Found(page, [], [name])
    named = [one for one in page.headings if re.search(section, one.text, re.IGNORECASE)]
    if not named:
        return None
    heading = min(named, key=lambda one: (one.level, one.line))
    return Found(page.section(heading), [], [f"{name}:{heading.line}"])

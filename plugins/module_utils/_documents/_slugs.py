# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The anchors that GitHub gives to headings. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
import unicodedata

_KEPT = frozenset("- _")
_CATEGORIES = ("L", "M", "Nd", "Pc")
_INVISIBLE = str.maketrans("", "", "\ufe0f\u200d")  # what makes an emoji of a sign: some writers leave it out


def slug(text: str) -> str:
    """Return the anchor of a heading with the plain *text*: lower case, words joined by hyphens, no punctuation."""
    kept = (one for one in text.strip().lower() if one in _KEPT or unicodedata.category(one).startswith(_CATEGORIES))
    return "".join(kept).replace(" ", "-")


class Anchors:
    """The anchors of one document. A slug that is taken gets -1, -2 and so on, and these are taken, too."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}
        self._known: set[str] = set()

    def add_heading(self, text: str) -> str:
        """Take the anchor of a heading and return it."""
        base = anchor = slug(text)
        while anchor in self._taken:
            self._taken[base] += 1
            anchor = f"{base}-{self._taken[base]}"
        self._taken[anchor] = 0
        self.add(anchor)
        return anchor

    def add(self, name: str) -> None:
        """Take the id or name of an element."""
        self._known.add(_folded(name))

    def has(self, fragment: str) -> bool:
        """Tell whether a link to *fragment*, percent signs decoded, arrives. The case does not matter to browsers on GitHub."""
        wanted = _folded(fragment)
        return wanted in ("", "top") or wanted in self._known or wanted.replace("user-content-", "", 1) in self._known

    def __iter__(self) -> t.Iterator[str]:
        return iter(sorted(self._known))


def _folded(name: str) -> str:
    return name.lower().translate(_INVISIBLE)

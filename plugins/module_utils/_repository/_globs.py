# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patterns of paths as git and shells know them: ``**`` stands for any folders. Pure. This is a private part of the collection."""

from __future__ import annotations

import functools
import re

_PART = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_AS_REGEX = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@functools.lru_cache(maxsize=512)
def as_regex(pattern: str) -> re.Pattern[str]:
    """Return what matches the whole of each path that *pattern* stands for."""
    parts = _PART.findall(pattern)
    return re.compile("".join(_AS_REGEX.get(part, re.escape(part)) for part in parts), re.DOTALL)


def matches(pattern: str, path: str) -> bool:
    """Tell whether *pattern* stands for *path*; a folder stands for what is in it."""
    return bool(as_regex(pattern).fullmatch(path)) or path.startswith(pattern.rstrip("/") + "/")

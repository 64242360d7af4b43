# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text in GitHub-flavoured Markdown that is taken for nothing but text. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import one_line, spans

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_MENTION = re.compile(r"@(?=\w)|#(?=\d)")  # GitHub links these after it has rendered, so a backslash does not help
_LINK = re.compile(r"(?<=\w)(?=://)|(?<=\bwww)(?=\.)", re.IGNORECASE)


def plain(value: t.Any) -> str:
    """Return *value* as one line in which nothing is markup, a link or a mention, within a table and without."""
    escaped = _MARKUP.sub(r"\\\g<0>", one_line(value))
    return _LINK.sub(r"\\", _MENTION.sub(r"\g<0>&#8203;", escaped))


def code(value: t.Any) -> str:
    """Return *value* as code in one line."""
    text = one_line(value)
    if not text or "`" in text or "|" in text:  # a code span shows the backslash that a table needs before these
        return f"<code>{plain(text)}</code>"
    return f"`{text}`"


def prose(value: t.Any) -> str:
    """Return a text with what stands in backticks as code."""
    return "".join(code(part) if is_code else _spaced(part) for is_code, part in spans(one_line(value)))


def table(heads: t.Sequence[str], rows: t.Iterable[t.Sequence[str]]) -> list[str]:
    """Return the lines of a table; its cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _spaced(part: str) -> str:
    """Escape the text between two codes, with the blanks at its ends."""
    return f"{' ' * part.startswith(' ')}{plain(part)}{' ' * (part.endswith(' ') and part != ' ')}"

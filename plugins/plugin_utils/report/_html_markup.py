# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build HTML in which a text is always escaped: only what these functions made is taken as markup. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import html
import typing as t
from functools import lru_cache

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import spans, visible


class Markup(str):
    """Text that is HTML already. Nothing but this file makes it."""

    __slots__ = ()


def tag(element: str, /, *children: str, **attributes: str | bool) -> Markup:
    """Return an element. A child that is no Markup is escaped; ``data_x`` is the attribute data-x, ``class_`` is class."""
    return Markup(f"<{element}{_attributes(attributes)}>{together(children)}</{element}>")


def void(element: str, /, **attributes: str | bool) -> Markup:
    """Return an element that has no content and no end."""
    return Markup(f"<{element}{_attributes(attributes)}>")


def together(children: t.Iterable[str]) -> Markup:
    """Return *children* one after the other."""
    return Markup("".join(child if isinstance(child, Markup) else _escaped(child) for child in children))


def prose(text: t.Any) -> Markup:
    """Return a text of ours or of a probe, with what stands in backticks as code."""
    return together(tag("code", part) if is_code else part for is_code, part in spans(visible(text)))


def embedded(element: str, content: str) -> Markup:
    """Return one of our own scripts or style sheets as an element."""
    return Markup(f"<{element}>{content}</{element}>")


def document(head: Markup, body: Markup) -> str:
    """Return the whole file."""
    return f'<!DOCTYPE html>\n<html lang="en">\n{tag("head", head)}\n{tag("body", body)}\n</html>\n'


def _attributes(attributes: dict[str, str | bool]) -> str:
    shown = [(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{_escaped(value)}"' for name, value in shown)


@lru_cache(maxsize=2048)  # names, hosts, checks and times stand in a report again and again
def _escaped(text: str) -> str:
    return html.escape(visible(text))

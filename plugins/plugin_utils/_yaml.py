# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that is read strictly: every mapping keeps the file and line that it came from, and no key stands twice.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from pathlib import Path

import yaml

Loader: t.Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapping(dict):  # type: ignore[type-arg]  # plain data with an origin
    """A mapping and the place ``file:line`` where it begins."""

    origin: str = ""


class DataError(Exception):
    """A file that cannot be used; the message says what, where and what to do."""


class _StrictLoader(Loader):  # type: ignore[misc]  # the C loader has no types
    file = ""

    def construct_strictly(self, node: yaml.MappingNode) -> Mapping:
        mapping = Mapping()
        mapping.origin = f"{self.file}:{node.start_mark.line + 1}"
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise DataError(
                    f"{self.file}:{key_node.start_mark.line + 1}: the key {key!r} is not a text: put it in quotes"
                )
            if key in mapping:
                raise DataError(f"{self.file}:{key_node.start_mark.line + 1}: the key {key!r} stands twice: remove one")
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _StrictLoader.construct_strictly)


def load(path: Path, shown_as: str) -> t.Any:
    """Return the content of the YAML file at *path*; errors name it *shown_as*."""
    try:
        with path.open("rb") as stream:
            loader = _StrictLoader(stream)
            loader.file = shown_as
            try:
                return loader.get_single_data()
            finally:
                loader.dispose()
    except OSError as exc:
        raise DataError(f"Cannot read {shown_as}: {exc.strerror}") from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise DataError(
            f"{shown_as}{line}: not valid YAML: {getattr(exc, 'problem', None) or 'cannot be decoded'}"
        ) from exc

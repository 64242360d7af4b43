# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which of the things that documents name do not exist. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._library import Library
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._mentions import (
    Mention,
    Mentions,
    mentions,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._occurrences import Occurrences
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._paths import Shapes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._targets import Targets
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import matches

# Families of variables that programs of others read, and no file of a checkout has to name all of them.
_OF_OTHERS = frozenset(
    [
        "ANSIBLE",
        "AWS",
        "AZURE",
        "BUILDKIT",
        "CI",
        "COMPOSE",
        "CONTAINER",
        "DOCKER",
        "GCP",
        "GCS",
        "GF",
        "GIT",
        "GITHUB",
        "GITLAB",
        "GO",
        "GOOGLE",
        "GRAFANA",
        "HTTP",
        "HTTPS",
        "JAVA",
        "KAFKA",
        "KUBE",
        "LC",
        "MINIO",
        "MYSQL",
        "NATS",
        "NO",
        "NODE",
        "NPM",
        "OTEL",
        "PG",
        "PIP",
        "POSTGRES",
        "PROMETHEUS",
        "PYTHON",
        "REDIS",
        "S3",
        "SLACK",
        "SSH",
        "SSL",
        "TERRAFORM",
        "TF",
        "VAULT",
        "XDG",
    ]
)


class Named:
    """What the given pages name and the checkout lacks, found for all of them at once."""

    def __init__(self, library: Library, pages: t.Sequence[Page], allowed: t.Sequence[str], deadline: Deadline) -> None:
        self._names = library.names
        self._allowed = allowed
        shapes = Shapes(self._names.files, self._names.top_folders)
        targets = Targets(self._names.files, library.read)
        self._by_page = {page.name: mentions(page, self._names, shapes, targets) for page in pages}
        self._ignored = self._names.ignored(
            full
            for name, found in self._by_page.items()
            for one in found.found
            if one.kind == "path"
            for full in _asked(one, name)
        )
        everything = [one for found in self._by_page.values() for one in found.found]
        self._occurring = Occurrences(self._names.tracked, library.read, deadline).find(
            {one.name for one in everything if one.kind == "port"},
            {_family(one.name) for one in everything if one.kind == "variable"} - _OF_OTHERS,
        )

    def unknown(self, page: Page) -> list[dict[str, str]]:
        """Return what *page* names and is not there, each with its place, the words for it, and the rule."""
        whole = self._by_page[page.name]
        found: dict[str, dict[str, str]] = {}
        for one in whole.found:
            if page.first_line <= one.line <= page.last_line:
                says = self._says(one, whole, page.name)
                if says and says not in found:
                    found[says] = {"at": f"{page.name}:{one.line}", "says": says, "rule": one.rule}
        return list(found.values())

    def _says(self, one: Mention, whole: Mentions, page: str) -> str | None:
        if one.kind == "path":
            is_excused = any(full in self._ignored for full in _asked(one, page)) or any(
                matches(pattern, one.name) for pattern in self._allowed
            )
            return None if is_excused else f"{one.name} does not exist"
        if one.kind == "target":
            return f"{one.name} is not known"
        if one.kind == "port":
            return None if one.name in whole.own_ports | self._occurring else f"No other file names port {one.name}"
        if one.name in whole.own_variables | self._occurring:
            return None
        like = sorted(name for name in self._occurring if name.startswith(f"{_family(one.name)}_"))
        return f"{one.name} is in no other file, where there are {', '.join(like[:4])}" if like else None


def _asked(one: Mention, page: str) -> list[str]:
    bases = dict.fromkeys(["", posixpath.dirname(page)])
    full = [posixpath.join(base, one.name.rstrip("/")) for base in bases]
    return [*full, *(f"{path}/" for path in full)]


def _family(variable: str) -> str:
    return variable.split("_", 1)[0]

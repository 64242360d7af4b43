# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References to container images. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

IMPLICIT = "latest"


@dataclass(frozen=True)
class Image:
    """The parts of a reference; a tag that is not stated is ``latest``."""

    raw: str
    repository: str
    tag: str
    digest: str

    @property
    def version(self) -> str:
        """What tells one build from another: the digest, or else the tag."""
        return self.digest or self.tag

    def to_dict(self) -> dict[str, t.Any]:
        return {"raw": self.raw, "repository": self.repository, "tag": self.tag, "digest": self.digest}


def image(raw: str) -> Image:
    """Take a reference such as ``registry.example.com:5000/group/name:tag@sha256:…`` apart."""
    name, dummy, digest = raw.partition("@")
    slash = _last_outside_references(name, "/")
    colon = _last_outside_references(name, ":")
    if colon > slash:
        return Image(raw, name[:colon], name[colon + 1 :], digest)
    return Image(raw, name, "" if digest else IMPLICIT, digest)


def _last_outside_references(text: str, mark: str) -> int:
    depth, found = 0, -1
    for position, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if letter == mark and depth == 0:
            found = position
    return found

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the name of an image says: where it comes from, and whether it stays what it is. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAYS = re.compile(r"\d+[._-]\d+|\d{4,}|[0-9a-f]{7,}")  # a version of two numbers, a date, a commit
_DOCKER_HUB = ("docker.io", "index.docker.io", "registry-1.docker.io")
_LATEST = re.compile(r"(?:^|[-_.])latest(?:$|[-_.])")


@dataclass(frozen=True)
class Image:
    """``registry.example.com/group/name:tag@digest``, taken apart. The registry is empty where Docker Hub is meant."""

    registry: str
    repository: str
    tag: str
    digest: str

    @property
    def base(self) -> str:
        return self.repository.rsplit("/", 1)[-1]

    @property
    def home(self) -> tuple[str, str]:
        """The registry and the repository by their long names: engines write these out where files leave them out."""
        if self.registry and self.registry not in _DOCKER_HUB:
            return self.registry, self.repository
        return _DOCKER_HUB[0], self.repository if "/" in self.repository else f"library/{self.repository}"

    @property
    def is_latest(self) -> bool:
        """Tell whether it is, by its tag or by none, whatever was pushed last."""
        return not self.digest and (not self.tag or bool(_LATEST.search(self.tag)))

    @property
    def is_floating(self) -> bool:
        """Tell whether its tag moves on to other content with the next release: ``7-alpine``, ``stable``, ``latest``."""
        return not self.digest and (self.is_latest or not _STAYS.search(self.tag))


def parse(name: str) -> Image:
    rest, dummy, digest = name.strip().partition("@")
    first, slash, below = rest.partition("/")
    has_registry = bool(slash) and ("." in first or ":" in first or first == "localhost")
    path = below if has_registry else rest
    head, dummy, last = path.rpartition("/")
    base, dummy, tag = last.partition(":")
    return Image(first if has_registry else "", f"{head}/{base}" if head else base, tag, digest)


def is_of_registry(image: Image, patterns: list[str]) -> bool:
    """Tell whether one of the *patterns* (with ``*``) is the name of the image's registry."""
    return any(re.fullmatch(re.escape(one).replace(r"\*", ".*"), image.registry) for one in patterns)


def is_run_as(wanted: str, image: str, digest: str) -> bool:
    """Tell whether what runs, by the name and the digest that the engine tells, is the *wanted* image."""
    one, other = parse(wanted), parse(image)
    if one.home != other.home:
        return False
    return one.digest in (digest, other.digest) if one.digest else (one.tag or "latest") == (other.tag or "latest")

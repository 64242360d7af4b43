# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which images of a release should be in its registry, by what was seen of files and containers. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Subject, unseen_subject


def images_of(observed: t.Iterable[Subject], pattern: str) -> tuple[set[str], Observation]:
    """Return the names that *pattern* finds among the images of other probes' subjects, and what of these was not seen.

    A subject of ``compose_info`` is an image, one of ``manifest_info`` has containers, one of ``container_info`` has an image.
    """
    names: set[str] = set()
    unseen: Observation = []
    for one in observed:
        lost = one.get("error") or _lost(one, pattern)
        if lost:
            if lost["reason"] != Reason.NOT_CONFIGURED.value:
                unseen.append(unseen_subject(str(one["subject"]), LookError(Reason(lost["reason"]), lost["message"])))
            continue
        names |= {name for name in _names(one) if re.search(pattern, name)}
    return names, unseen


def _lost(one: Subject, pattern: str) -> dict[str, str] | None:
    """Return why the images of a subject are not known: they are not seen, or a variable decides on the version."""
    missing = one.get("unseen") or {}
    is_open = "version" in missing and re.search(pattern, str(one["subject"]))
    return missing.get("containers") or missing.get("image") or (missing["version"] if is_open else None)


def nameless_of(observed: t.Iterable[Subject]) -> list[str]:
    """Return the services whose images are only built and have no name."""
    return sorted(str(one["subject"]) for one in observed if one.get("kind") == "image" and one.get("raw") == "")


def _names(one: Subject) -> set[str]:
    if "kind" in one:  # that of compose_info; a base is pulled where images are built
        return {str(one["subject"])} if one["kind"] == "image" and one.get("raw") else set()
    if isinstance(one.get("image"), dict):
        return {str(one["image"]["name"])}
    return {str(container["image"]) for container in one.get("containers") or []}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which images a release has, by what was seen of files, containers and a cluster. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._image import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Subject, unseen_subject


def images_of(observed: t.Iterable[Subject], pattern: str, version: str | None = None) -> tuple[set[str], Observation]:
    """Return the names that *pattern* finds among the images of other probes' subjects, and what of these was not seen.

    A subject of ``compose_info`` is an image, one of a probe of Kubernetes has containers, one of ``container_info`` has an image. A
    *version* takes the place of the declared one, which then need not be known.
    """
    names: set[str] = set()
    unseen: Observation = []
    for one in observed:
        lost = one.get("error") or _lost(one, pattern if version is None else None)
        if lost:
            if lost["reason"] != Reason.NOT_CONFIGURED.value:
                unseen.append(unseen_subject(str(one["subject"]), LookError(Reason(lost["reason"]), lost["message"])))
            continue
        found = {name for name in _names(one) if re.search(pattern, name)}
        names |= {of_version(name, version) for name in found} if version else found
    return names, unseen


def of_version(name: str, version: str) -> str:
    """Return the name of the same image in another *version*, a tag or a digest."""
    image = parse(name)
    place = f"{image.registry}/{image.repository}" if image.registry else image.repository
    return f"{place}{'@' if ':' in version else ':'}{version}"


def _lost(one: Subject, pattern: str | None) -> dict[str, str] | None:
    """Return why the images of a subject are not known: they are not seen, or a variable decides on the version."""
    missing = one.get("unseen") or {}
    is_open = pattern is not None and "version" in missing and re.search(pattern, str(one["subject"]))
    return missing.get("containers") or missing.get("image") or (missing["version"] if is_open else None)


def nameless_of(observed: t.Iterable[Subject]) -> list[str]:
    """Return the services whose images are only built and have no name."""
    return sorted(str(one["subject"]) for one in observed if one.get("kind") == "image" and one.get("raw") == "")


def _names(one: Subject) -> set[str]:
    if isinstance(one.get("containers"), list):
        return {str(container["image"]) for container in one["containers"]}
    if isinstance(one.get("image"), dict):
        return {str(one["image"]["name"])}
    # What else has a kind is of compose_info; a base is pulled where images are built.
    return {str(one["subject"])} if one.get("kind") == "image" and one.get("raw") else set()

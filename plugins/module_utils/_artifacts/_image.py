# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a report is of the image that it was declared for. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_KEY = "of_declared_image"


def is_of(reading: Reading, declared: str | None) -> tuple[dict[str, t.Any], dict[str, LookError]]:
    """Return whether the scanned image is the *declared* one, and why not where it is unseen.

    A digest is compared with those that the report names. Without one, another name or tag is another image, and the same is
    not known to be the same: a tag may be built again.
    """
    image = reading.facts.get("image")
    if image is None:
        return {_KEY: None}, {_KEY: LookError(Reason.UNSUPPORTED, "The report is of no container image")}
    if not declared:
        return {_KEY: None}, {
            _KEY: LookError(Reason.NOT_CONFIGURED, "The image that the report should be of is not declared")
        }
    name, at, digest = declared.partition("@")
    if at:
        return {_KEY: digest in (*image["digests"], image["id"])}, {}
    if name not in (image["name"].partition("@")[0], *image["tags"]):
        return {_KEY: False}, {}
    return {_KEY: None}, {
        _KEY: LookError(Reason.TOO_LITTLE_DATA, f"{name} may be another build than the one scanned: declare its digest")
    }

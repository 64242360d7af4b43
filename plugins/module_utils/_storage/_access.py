# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is let into a bucket: we, somebody without a key, somebody with a wrong one. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws._faults import (
    code_of,
    fault,
    is_denied,
    seen,
    status_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

ACCEPTED, REFUSED, NOTHING_TO_ASK = "accepted", "refused", "nothing_to_ask"


def exists(client: t.Any, bucket: str) -> bool:
    """Tell whether the bucket is there. A HEAD has no body, so that a 404 is believed only when a listing says why."""
    try:
        client.head_bucket(Bucket=bucket)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if status_of(exc) != 404:
            raise fault(exc, f"look at the bucket {bucket}", "s3:ListBucket") from None
    else:
        return True
    try:
        client.list_objects_v2(Bucket=bucket, MaxKeys=1)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if code_of(exc) == "NoSuchBucket":
            return False
        raise fault(exc, f"look at the bucket {bucket}", "s3:ListBucket") from None
    raise LookError(Reason.MALFORMED, f"The store denies that the bucket {bucket} exists, and lists it")


def listed(client: t.Any, bucket: str, prefix: str) -> dict[str, t.Any]:
    """Return whether our own request was accepted, and the name of one object."""
    attempt = f"list the bucket {bucket}"
    answer = seen(lambda: client.list_objects_v2(Bucket=bucket, MaxKeys=1, Prefix=prefix), attempt, "s3:ListBucket")
    if answer.get("Name") != bucket and "IsTruncated" not in answer:
        raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is not that of an object store")
    objects = answer.get("Contents") or []
    return {"outcome": ACCEPTED, "object": str(objects[0]["Key"]) if objects else ""}


def forged(client: t.Any, bucket: str) -> str:
    """Return what becomes of a request whose signature is wrong."""
    try:
        client.list_objects_v2(Bucket=bucket, MaxKeys=1)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        return _refusal(exc, f"send a wrongly signed request to the bucket {bucket}")
    return ACCEPTED


def anonymous(client: t.Any, bucket: str, key: str) -> dict[str, t.Any]:
    """Return what becomes of requests that are not signed. Of an object only the head is asked for."""
    found = {"list": _asked(lambda: client.list_objects_v2(Bucket=bucket, MaxKeys=1), bucket)}
    found["object"] = _asked(lambda: client.head_object(Bucket=bucket, Key=key), bucket) if key else NOTHING_TO_ASK
    return {**found, "accepted": sorted(name for name, outcome in found.items() if outcome == ACCEPTED)}


def _asked(call: t.Callable[[], t.Any], bucket: str) -> str:
    try:
        call()
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        return _refusal(exc, f"send an unsigned request to the bucket {bucket}")
    return ACCEPTED


def _refusal(exc: BaseException, attempt: str) -> str:
    if is_denied(exc):
        return REFUSED
    raise fault(exc, attempt, "none") from None

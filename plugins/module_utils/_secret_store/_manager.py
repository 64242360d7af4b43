# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names of secrets in AWS Secrets Manager. This is a private part of the collection; nothing outside it may import it.

A secret is read only where names in it are declared: the service gives no names without the values. The values end here.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws._faults import code_of, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_CURRENT = "AWSCURRENT"
_NOT_THERE = "ResourceNotFoundException"


def names(client: t.Any, path: str, wanted: t.Sequence[str]) -> list[str] | None:
    """Return the names of the values in the secret *path*, or that path where none is *wanted*; None when nothing is there."""
    attempt = f"describe the secret {path}"
    try:
        said = client.describe_secret(SecretId=path)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if code_of(exc) == _NOT_THERE:
            return None
        raise fault(exc, attempt, "secretsmanager:DescribeSecret") from None
    stages = said.get("VersionIdsToStages") or {}
    if said.get("DeletedDate") or not any(_CURRENT in one for one in stages.values()):
        return None
    return _read(client, path) if wanted else [path]


def _read(client: t.Any, path: str) -> list[str] | None:
    attempt = f"read the names in the secret {path}"
    try:
        text = client.get_secret_value(SecretId=path).get("SecretString")
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if code_of(exc) == _NOT_THERE:
            return None
        raise fault(exc, attempt, "secretsmanager:GetSecretValue") from None
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise LookError(
            Reason.UNSUPPORTED, f"Cannot {attempt}: it is no JSON object, so that it has no names"
        ) from None
    return sorted(str(name) for name, value in said.items() if value not in (None, ""))

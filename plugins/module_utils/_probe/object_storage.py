# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Buckets of an object store that speaks the API of S3: who is let in, and what is set.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws._client import Keys, Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws._faults import code_of, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._storage import _access, _settings

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "buckets": {"type": "list", "elements": "str", "required": True},
        "endpoint_url": {"type": "str"},
        "region": {"type": "str", "default": "us-east-1"},
        "addressing_style": {"type": "str", "choices": ["auto", "path", "virtual"], "default": "auto"},
        **_argspec.signing(),
        "ca_path": {"type": "path"},
        "prefixes": {"type": "list", "elements": "str", "default": [""]},
        **_argspec.timeout(15.0),
    },
    "required_together": [["access_key", "secret_key"]],
}

_SHARE = 0.9  # of the budget, so that what was seen is told when the store falls silent
_SIDE_BY_SIDE = 6
_FORGED = "made-up-and-wrong"

# key → (what it is called, the method of the client, the right that it takes, the code that says that nothing is set)
_SETTINGS: dict[str, tuple[str, str, str, str]] = {
    "versioning": ("the versioning", "get_bucket_versioning", "s3:GetBucketVersioning", ""),
    "lifecycle": (
        "the lifecycle rules",
        "get_bucket_lifecycle_configuration",
        "s3:GetLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
    ),
    "encryption": (
        "the default encryption",
        "get_bucket_encryption",
        "s3:GetEncryptionConfiguration",
        "ServerSideEncryptionConfigurationNotFoundError",
    ),
    "public_access_block": (
        "the block of public access",
        "get_public_access_block",
        "s3:GetBucketPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
    ),
    "acl": ("the access control list", "get_bucket_acl", "s3:GetBucketAcl", ""),
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject a bucket."""
    looks = [(bucket, functools.partial(_look, bucket, options, deadline)) for bucket in options["buckets"]]
    return look_at_all(looks, deadline)


def _look(bucket: str, options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    service = Service("s3", options["endpoint_url"], options["region"], options["ca_path"], options["addressing_style"])
    declared = Keys(options["access_key"], options["secret_key"], options["session_token"])
    client, keys = service.clients(declared, deadline)
    part = Part()
    part.look("exists", lambda: _access.exists(client, bucket), f"look at the bucket {bucket}")
    part.look("signed", lambda: _access.listed(client, bucket, _common(options["prefixes"])), f"list {bucket}")
    key = (part.seen["signed"] or {}).pop("object", "")
    nobody = service.unsigned(deadline)
    somebody = service.signing(Keys(keys.access_key, _FORGED, keys.session_token), deadline)
    jobs: dict[str, t.Callable[[], t.Any]] = {
        "anonymous": lambda: _access.anonymous(nobody, bucket, key),
        "forged": lambda: {"outcome": _access.forged(somebody, bucket)},
        "policy": lambda: _policy(client, bucket),
        **{name: functools.partial(_setting, client, bucket, name, options["prefixes"]) for name in _SETTINGS},
    }
    for name, found in zip(jobs, run_all(list(jobs.values()), _SIDE_BY_SIDE, deadline)):
        if isinstance(found, LookError):
            part.miss(name, found)
        else:
            part.seen[name] = found
    return part.to_dict()


def _common(prefixes: t.Sequence[str]) -> str:
    """Return the declared prefix where there is but one."""
    return prefixes[0] if len(prefixes) == 1 else ""


def _setting(client: t.Any, bucket: str, key: str, prefixes: t.Sequence[str]) -> t.Any:
    words, method, right, code_of_none = _SETTINGS[key]
    try:
        said = getattr(client, method)(Bucket=bucket)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if not code_of_none or code_of(exc) != code_of_none:
            raise fault(exc, f"read {words} of the bucket {bucket}", right) from None
        said = {}
    if key == "lifecycle":
        return _settings.lifecycle(said, prefixes)
    return getattr(_settings, key)(said)


def _policy(client: t.Any, bucket: str) -> dict[str, t.Any]:
    """Return whether a policy opens the bucket to everybody: by the store's own word, or else by the policy itself."""
    attempt = f"read the policy of the bucket {bucket}"
    try:
        said = client.get_bucket_policy_status(Bucket=bucket)
        return {"is_public": bool(said["PolicyStatus"]["IsPublic"])}
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if code_of(exc) == "NoSuchBucketPolicy":
            return {"is_public": False}
        why = fault(exc, attempt, "s3:GetBucketPolicyStatus")
        if why.reason is not Reason.UNSUPPORTED:
            raise why from None
    try:
        return {"is_public": _settings.policy_is_public(client.get_bucket_policy(Bucket=bucket)["Policy"])}
    except Exception as exc:  # pylint: disable=broad-exception-caught  # translated below
        if code_of(exc) == "NoSuchBucketPolicy":
            return {"is_public": False}
        raise fault(exc, attempt, "s3:GetBucketPolicy") from None

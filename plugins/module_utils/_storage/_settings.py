# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the settings of a bucket mean. Pure. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Said = t.Dict[str, t.Any]
_EVERYBODY = ("AllUsers", "AuthenticatedUsers")  # the second are the users of all accounts, not of this one
_SWITCHES = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}


def versioning(said: Said) -> Said:
    return {"status": str(said.get("Status") or "Off"), "mfa_delete": said.get("MFADelete") == "Enabled"}


def encryption(said: Said) -> Said:
    rules = (said.get("ServerSideEncryptionConfiguration") or {}).get("Rules") or []
    defaults = [rule.get("ApplyServerSideEncryptionByDefault") or {} for rule in rules]
    algorithms = sorted({str(one["SSEAlgorithm"]) for one in defaults if one.get("SSEAlgorithm")})
    return {"enabled": bool(algorithms), "algorithms": algorithms}


def public_access_block(said: Said) -> Said:
    switches = said.get("PublicAccessBlockConfiguration") or {}
    found = {name: bool(switches.get(key)) for name, key in _SWITCHES.items()}
    return {**found, "complete": all(found.values())}


def acl(said: Said) -> Said:
    """Return what the list of rights gives to everybody."""
    grants = []
    for grant in said.get("Grants") or []:
        group = str((grant.get("Grantee") or {}).get("URI", "")).rsplit("/", 1)[-1]
        if group in _EVERYBODY:
            grants.append(f"{grant.get('Permission')} to {group}")
    return {"public_grants": sorted(grants)}


def policy_is_public(document: str) -> bool:
    """Tell whether a policy gives something to everybody; raise LookError where that hangs on a condition."""
    try:
        statements = json.loads(document)["Statement"]
    except (ValueError, KeyError, TypeError) as exc:
        raise LookError(Reason.MALFORMED, "The policy of the bucket is no policy") from exc
    open_to_all = [
        one
        for one in (statements if isinstance(statements, list) else [statements])
        if isinstance(one, dict) and one.get("Effect") == "Allow" and _means_everybody(one)
    ]
    if any(not one.get("Condition") for one in open_to_all):
        return True
    if open_to_all:
        why = "The policy gives everybody rights under a condition, and the store does not say whether that is public"
        raise LookError(Reason.UNSUPPORTED, why)
    return False


def _means_everybody(statement: Said) -> bool:
    if "NotPrincipal" in statement:
        return True
    principal = statement.get("Principal")
    named = list(principal.values()) if isinstance(principal, dict) else [principal]
    return any("*" in one if isinstance(one, list) else one == "*" for one in named)


def lifecycle(said: Said, prefixes: t.Sequence[str]) -> Said:
    """Return the rules, and what becomes of the objects below each of *prefixes* by those that are enabled."""
    rules = [_rule(one) for one in said.get("Rules") or []]
    retention = [_retention(prefix, rules) for prefix in prefixes]
    return {
        "rules": rules,
        "expiry_days": [one["expiry_days"] for one in retention if one["expiry_days"]],
        "without_expiry": [one["prefix"] or "/" for one in retention if not one["expiry_days"]],
        "without_noncurrent_expiry": [one["prefix"] or "/" for one in retention if not one["noncurrent_days"]],
    }


def _rule(said: Said) -> Said:
    chosen = said.get("Filter") or {}
    together = chosen.get("And") or {}
    prefix = said.get("Prefix") or chosen.get("Prefix") or together.get("Prefix") or ""
    narrowed = [key for key in {**chosen, **together} if key not in ("And", "Prefix")]
    return {
        "name": str(said.get("ID", "")),
        "enabled": said.get("Status") == "Enabled",
        "prefix": str(prefix),
        "of_all_objects": not narrowed,
        "expiry_days": int((said.get("Expiration") or {}).get("Days") or 0),
        "noncurrent_days": int((said.get("NoncurrentVersionExpiration") or {}).get("NoncurrentDays") or 0),
        "abort_upload_days": int((said.get("AbortIncompleteMultipartUpload") or {}).get("DaysAfterInitiation") or 0),
    }


def _retention(prefix: str, rules: t.Sequence[Said]) -> Said:
    """Return the days after which what is below *prefix* goes; 0 when nothing makes it go. The shortest rule acts first."""
    applying = [
        rule for rule in rules if rule["enabled"] and rule["of_all_objects"] and prefix.startswith(rule["prefix"])
    ]
    shortest = {
        key: min((rule[key] for rule in applying if rule[key]), default=0) for key in ("expiry_days", "noncurrent_days")
    }
    return {"prefix": prefix, **shortest}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs, certificates and secrets of a secret store, as far as their own conditions tell. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import condition, condition_words
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._times import age_hours, seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import get, mapping, number, text

Data = t.Dict[str, t.Any]

_DAY = 86400.0


def job(one: Manifest, now: float) -> Data:
    status = mapping(one.data, "status")
    return {
        "namespace": one.namespace,
        "complete": condition(status, "Complete") == "True",
        "failed": condition(status, "Failed") == "True",
        "failed_reason": condition_words(status, "Failed"),
        "active": number(status, "active") or 0,
        "failures": number(status, "failed") or 0,
        "completed_hours_ago": age_hours(text(status, "completionTime"), now),
        "removed_after": number(one.data, "spec", "ttlSecondsAfterFinished"),
    }


def cron_job(one: Manifest, now: float) -> Data:
    status = mapping(one.data, "status")
    return {
        "namespace": one.namespace,
        "schedule": text(one.data, "spec", "schedule"),
        "suspended": get(one.data, "spec", "suspend") is True,
        "succeeded_hours_ago": age_hours(text(status, "lastSuccessfulTime"), now),
    }


def certificate(one: Manifest, now: float) -> Data:
    """Return whether cert-manager holds a certificate, how long it is good, and whether it is to be renewed before its end."""
    status = mapping(one.data, "status")
    end, renewal = seconds(text(status, "notAfter")), seconds(text(status, "renewalTime"))
    return {
        "namespace": one.namespace,
        "ready": condition(status, "Ready") == "True",
        "ready_reason": condition_words(status, "Ready"),
        "days_left": None if end is None else round((end - now) / _DAY, 1),
        "renews_in_days": None if renewal is None else round((renewal - now) / _DAY, 1),
        "renews_in_time": None if end is None or renewal is None else renewal < end,
    }


def external_secret(one: Manifest, now: float) -> Data:
    status = mapping(one.data, "status")
    return {
        "namespace": one.namespace,
        "ready": condition(status, "Ready") == "True",
        "ready_reason": condition_words(status, "Ready"),
        "target": text(one.data, "spec", "target", "name") or one.name,
        "refreshed_hours_ago": age_hours(text(status, "refreshTime"), now),
    }

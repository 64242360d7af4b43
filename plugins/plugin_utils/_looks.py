# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a registered result says: the looks in it, whatever became of them. Pure. This is a private part of the collection."""

from __future__ import annotations

import json
import typing as t
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._judge import Look
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError


@dataclass(frozen=True)
class Looked:
    """One look: its subjects, or the error for which there are none. *vantage* is the loop's host, if it looped over hosts."""

    look: Look
    subjects: list[dict[str, t.Any]]
    error: LookError | None
    vantage: str = ""


def registered(observed: t.Any, task_vars: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the result that *observed* is, or names; raise DataError when it does neither.

    A name costs less: Ansible renders no large result to hand it over.
    """
    result = task_vars.get(observed) if isinstance(observed, str) else observed
    if not isinstance(result, Mapping):
        raise DataError(f"observed must be a registered result or the name of one, and {observed!r} is neither")
    return dict(result)


def looks_of(result: t.Mapping[str, t.Any], host: str, needs: str | None, now: str) -> list[Looked]:
    """Return the looks in a registered *result*, loop or not. There is always at least one.

    *needs* names the variable whose absence explains a skipped look.
    """
    if "results" in result:
        looked = [_one(one, host, needs, now, _vantage(one)) for one in result["results"]]
        return looked or [_without(host, now, LookError(Reason.NOT_CONFIGURED, _missing(needs)))]
    return [_one(result, host, needs, now, "")]


def of_kind(looked: Looked, kind: str) -> Looked:
    """Return a look with those of its subjects that are of *kind*. A subject that states none is of every kind."""
    return _only(looked, [one for one in looked.subjects if one.get("kind", kind) == kind], f"of the kind {kind}")


def about(looked: Looked, name: str) -> Looked:
    """Return a look with those of its subjects that are called *name*.

    A subject without a name is about every thing when it is the error of the whole look, and about none when it is not.
    """
    own = [one for one in looked.subjects if (one["name"] == name if "name" in one else one.get("error"))]
    return _only(looked, own, f"about {name}")


def _only(looked: Looked, own: list[dict[str, t.Any]], what: str) -> Looked:
    if looked.error or own:
        return replace(looked, subjects=own)
    error = LookError(Reason.NO_DATA, f"{looked.look.probe} returned nothing {what}")
    return Looked(looked.look, [], error, looked.vantage)


def _one(result: t.Mapping[str, t.Any], host: str, needs: str | None, now: str, vantage: str) -> Looked:
    error = _task_error(result, needs)
    if error:
        return _without(host, now, error, vantage)
    # A JSON round trip, because JMESPath's functions fail on the tagged values of ansible-core.
    subjects = json.loads(json.dumps(result["observation"], allow_nan=False))
    look = Look(host, str(result["probe"]), str(result["time"]), int(result["duration_ms"]))
    if not subjects:
        return Looked(look, [], LookError(Reason.NO_DATA, f"{look.probe} was given nothing to look at"), vantage)
    if vantage:
        subjects = [{**one, "subject": f"{one['subject']} from {vantage}"} for one in subjects]
    return Looked(look, subjects, None, vantage)


def _task_error(result: t.Mapping[str, t.Any], needs: str | None) -> LookError | None:
    """Say why a task gave no observation, or None when it gave one."""
    if result.get("skipped"):
        return LookError(Reason.NOT_CONFIGURED, _missing(needs))
    if result.get("unreachable"):
        return LookError(
            Reason.UNREACHABLE, f"The host that was to look cannot be reached: {result.get('msg', 'no reason given')}"
        )
    if result.get("failed") or "observation" not in result:
        return LookError(Reason.NOT_OBSERVED, f"The probe did not run: {result.get('msg', 'no reason given')}")
    return None


def _missing(needs: str | None) -> str:
    return f"{needs} is not defined for this environment" if needs else "The look was skipped"


def _without(host: str, now: str, error: LookError, vantage: str = "") -> Looked:
    return Looked(Look(host, "", now, 0), [], error, vantage)


def _vantage(result: t.Mapping[str, t.Any]) -> str:
    item = result.get("item", result.get("ansible_loop_var") and result.get(result["ansible_loop_var"]))
    return item if isinstance(item, str) else ""

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judge: the checks of items over the subjects of one observation. Pure. This is a private part of the collection.

A verdict is a dictionary ``{item, verdict, reason, host, subject, at, static, check, expected, observed, message, probe, time,
duration_ms}``. ``at`` lists the places that decided it, each as file:line; ``static`` says that files were seen, not what runs.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._matchers import MATCHERS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._query import ask

Verdict = t.Dict[str, t.Any]
Explain = t.Callable[[str, t.List[t.Any]], t.List[str]]

_MOST_PLACES = 100
_LONGEST = 2000  # characters of an observed value that a verdict keeps; the whole stands in the stored observation


@dataclass(frozen=True)
class Check:
    """One expectation of an item over an observation, with its threshold already in place."""

    item: str
    label: str
    that: str
    matcher: str
    expected: t.Any
    because: str
    at: str | None = None
    static: bool = False


@dataclass(frozen=True)
class Look:
    """Where and when an observation was made."""

    host: str
    probe: str
    time: str
    duration_ms: int


def judge(check: Check, subjects: list[dict[str, t.Any]], look: Look, explain: Explain) -> list[Verdict]:
    """Return the verdicts of *check* on *subjects*; *explain* renders its ``because`` once for each of some observed values."""
    verdicts = [_judged(check, subject, look) for subject in subjects]
    failed = [index for index, verdict in enumerate(verdicts) if verdict["verdict"] == "fail"]
    observed = [_answer(check, subjects[index]) for index in failed]
    words = explain(check.because, observed) if check.because and failed else [""] * len(failed)
    for index, value, message in zip(failed, observed, words):
        verdicts[index]["message"] = message or (
            f"Expected {check.matcher} {_short(check.expected)}, observed {_short(value)}"
        )
    return verdicts


def _judged(check: Check, subject: dict[str, t.Any], look: Look) -> Verdict:
    try:
        if subject["error"]:
            raise LookError(Reason(subject["error"]["reason"]), subject["error"]["message"])
        observed = _answer(check, subject)
        holds = MATCHERS[check.matcher](observed, check.expected)
    except LookError as exc:
        return _verdict(check, look, subject, "error", reason=exc.reason.value, message=exc.message)
    return _verdict(check, look, subject, "pass" if holds else "fail", observed=observed)


def undecided(check: Check, look: Look, error: LookError, subject: str = "") -> Verdict:
    """Return the verdict of a *check* for which there is no observation."""
    return _verdict(check, look, {"subject": subject}, "error", reason=error.reason.value, message=error.message)


def _answer(check: Check, subject: dict[str, t.Any]) -> t.Any:
    answer = ask(check.that, subject)
    if check.matcher == "is_absent":
        if answer.gaps and not answer.only_last_key_missing:
            raise LookError(Reason.NO_DATA, f"The query {check.that!r} finds nothing: {answer.gaps[0]}")
    elif answer.gaps:
        raise LookError(Reason.NO_DATA, f"The query {check.that!r} finds nothing: {answer.gaps[0]}")
    elif answer.value is None:
        raise LookError(Reason.NO_DATA, f"The query {check.that!r} finds nothing")
    return answer.value


def _verdict(
    check: Check,
    look: Look,
    subject: dict[str, t.Any],
    verdict: str,
    observed: t.Any = None,
    reason: str | None = None,
    message: str = "",
) -> Verdict:
    return {
        "item": check.item,
        "verdict": verdict,
        "reason": reason,
        "host": look.host,
        "subject": subject["subject"],
        "at": _places(check, subject),
        "static": check.static,
        "check": check.label,
        "expected": {check.matcher: check.expected},
        "observed": _bounded(observed),
        "message": message,
        "probe": look.probe,
        "time": look.time,
        "duration_ms": look.duration_ms,
    }


def _places(check: Check, subject: dict[str, t.Any]) -> list[str]:
    """Return where it stands, as far as that was seen: what the check asks for, or else the places of the subject."""
    try:
        found = ask(check.at, subject).value if check.at else subject.get("at")
    except LookError:
        found = None
    flat = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(one for one in flat if isinstance(one, str)))[:_MOST_PLACES]


def _bounded(value: t.Any) -> t.Any:
    text = json.dumps(value, ensure_ascii=False)
    return value if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def _short(value: t.Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}…"

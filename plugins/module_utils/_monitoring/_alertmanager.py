# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an Alertmanager is configured to do: whom it tells of which alert. Pure. A private part of the collection.

No address and no key of a receiver leaves this module.
"""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import Fault, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._routes import (
    Matcher,
    Route,
    matchers,
    route,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Document
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload

_DEFAULT = "/etc/alertmanager/alertmanager.yml"
_KNOWN = frozenset(
    ["global", "route", "receivers", "inhibit_rules", "templates", "time_intervals", "mute_time_intervals", "tracing"]
)
_REFERENCE = re.compile(r"\$\{(?!\{)[^}]*\}|\$\([A-Za-z_][^)]*\)|^\$[A-Za-z_]\w*$")
_STAND_IN = re.compile(r"change.?me|replace|your[-_. ]|x{5}|<[\w -]+>|todo|placeholder|/T0+/", re.IGNORECASE)
# Of each kind of receiver: the keys of which one must say where to, and the keys of global that may say it instead.
_NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "email": (("to",), ()),
    "slack": (
        ("api_url", "api_url_file", "app_token", "app_token_file"),
        ("slack_api_url", "slack_api_url_file", "slack_app_token", "slack_app_token_file"),
    ),
    "discord": (("webhook_url", "webhook_url_file"), ()),
    "pagerduty": (("routing_key", "routing_key_file", "service_key", "service_key_file"), ()),
    "opsgenie": (("api_key", "api_key_file"), ("opsgenie_api_key", "opsgenie_api_key_file")),
    "victorops": (("api_key", "api_key_file"), ("victorops_api_key", "victorops_api_key_file")),
    "webhook": (("url", "url_file"), ()),
    "msteams": (("webhook_url", "webhook_url_file"), ()),
    "telegram": (("bot_token", "bot_token_file"), ("telegram_bot_token", "telegram_bot_token_file")),
}
_WORDS = re.compile(
    r"(?:^|_)(?:title|text|html|headers|description|summary|message|details|fields|color|footer|pretext|fallback)$"
)


@dataclass
class Integration:
    """One way in which a receiver tells somebody, and what is wrong with it."""

    kind: str
    at: str
    faults: list[str] = field(default_factory=list)


@dataclass
class Alertmanager:
    workload: Workload
    document: Document
    root: Route
    receivers: dict[str, list[Integration]]
    faults: list[Fault]
    placeholders: list[Fault]
    inhibitions: list[tuple[str, list[Matcher]]]


def read(workload: Workload) -> Alertmanager:
    """Return the Alertmanager that *workload* runs."""
    path = posixpath.normpath(workload.argument("config.file", _DEFAULT))
    own = workload.files.get(path)
    if own is None:
        raise LookError(
            Reason.NO_DATA,
            f"The configuration of {workload.name} is not known: nothing of the checkout is mounted at {path}",
        )
    document = own.document()
    data = document.data
    root = route(document, ("route",), mapping(data, "route"))
    receivers = {
        text(one, "name"): _integrations(document, ("receivers", number), one)
        for number, one in mappings(data, "receivers")
    }
    inhibitions = [
        (document.at("inhibit_rules", number), matchers(document, ("inhibit_rules", number), one, side))
        for number, one in mappings(data, "inhibit_rules")
        for side in ("source_", "target_")
    ]
    placeholders = [
        fault(f"{name} holds the reference {word}, which Alertmanager does not expand", at)
        for name, word, at in _references(document)
    ]
    return Alertmanager(
        workload, document, root, receivers, _faults(document, root, receivers), placeholders, inhibitions
    )


def _faults(document: Document, root: Route, receivers: t.Collection[str]) -> list[Fault]:
    """Return why Alertmanager refuses the file."""
    found = [
        fault(f"Alertmanager does not know {key}", document.at(key)) for key in sorted(set(document.data) - _KNOWN)
    ]
    if not root.receiver:
        found.append(fault("The route has no receiver", root.at))
    if root.matchers:
        found.append(fault("The first route must match every alert", root.at))
    for one in root.all():
        if one.receiver and one.receiver not in receivers:
            found.append(fault(f"The route leads to {one.receiver}, which is no receiver", one.at))
    return found


def _references(document: Document) -> t.Iterator[tuple[str, str, str]]:
    """Yield the key, the reference and the place of each value that is waiting to be filled in."""
    stack: list[tuple[tuple[str | int, ...], t.Any]] = [((), document.data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, (dict, list)):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            stack += [((*path, key), one) for key, one in reversed(list(pairs))]
        elif isinstance(value, str):
            match = _REFERENCE.search(value)
            if match:
                name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
                yield name, match.group(), document.at(*path)


def _integrations(document: Document, path: tuple[str | int, ...], raw: dict[str, t.Any]) -> list[Integration]:
    return [
        _integration(document, (*path, key, number), key[: -len("_configs")], one)
        for key in raw
        if key.endswith("_configs")
        for number, one in mappings(raw, key)
    ]


def _integration(document: Document, path: tuple[str | int, ...], kind: str, raw: dict[str, t.Any]) -> Integration:
    made = Integration(kind, document.at(*path))
    shared = mapping(document.data, "global")
    own, common = _NEEDS.get(kind, ((), ()))
    if own and not any(raw.get(key) for key in own) and not any(shared.get(key) for key in common):
        made.faults.append(f"it says nowhere where to ({', '.join(own)})")
    used = {key: value for key, value in raw.items() if not _WORDS.search(key)}
    used.update({key: shared[key] for key in common if key in shared and not any(raw.get(one) for one in own)})
    if kind == "email":
        used.update({key: value for key, value in shared.items() if key.startswith("smtp_") and key[5:] not in raw})
        if not (raw.get("smarthost") or shared.get("smtp_smarthost")):
            made.faults.append("no smarthost is set")
        if not (raw.get("from") or shared.get("smtp_from")):
            made.faults.append("no sender is set")
    for key, value in used.items():
        if isinstance(value, str) and (_REFERENCE.search(value) or _STAND_IN.search(value)):
            made.faults.append(f"{key} is a placeholder")
    return made


def channel_faults(made: Alertmanager, kinds: t.Sequence[str], what: str) -> tuple[list[Fault], list[str]]:
    """Return why no alert can be told by one of *kinds*: nothing when a receiver that a route leads to can."""
    used = {one.receiver for one in made.root.all()}
    own = [(name, one) for name, found in made.receivers.items() for one in found if one.kind in kinds]
    if any(name in used and not one.faults for name, one in own):
        return [], [one.at for name, one in own if name in used and not one.faults]
    if not own:
        at = made.document.at("receivers")
        return [fault(f"No receiver of {made.workload.name} tells by {what}", at)], [at]
    found = [
        fault(
            f"{name} tells by {one.kind}, but {'; '.join(one.faults) if one.faults else 'no route leads to it'}", one.at
        )
        for name, one in own
    ]
    return found, [one.at for dummy, one in own]


def pager_faults(made: Alertmanager, kinds: t.Sequence[str], rules: t.Iterable[Rule]) -> tuple[list[Fault], list[str]]:
    """Return which critical alerts end at no pager."""
    critical = [rule for rule in rules if rule.is_alert and rule.labels.get("severity") == "critical"]
    alerts = [("A critical alert", {"severity": "critical"}, made.root.at)]
    alerts += [(f"The critical alert {one.name}", {**one.labels, "alertname": one.name}, one.at) for one in critical]
    found: dict[tuple[str, ...], Fault] = {}
    places: list[str] = []
    for words, labels, at in alerts:
        ends = made.root.ends(labels)
        integrations = [one for name in ends for one in made.receivers.get(name, []) if one.kind in kinds]
        if not any(not one.faults for one in integrations):
            why = (
                "; ".join(problem for one in integrations for problem in one.faults) or f"without {' or '.join(kinds)}"
            )
            found.setdefault(tuple(ends), fault(f"{words} ends at {', '.join(ends)}: {why}", at))
        places += [one.at for one in integrations]
    return list(found.values()), list(dict.fromkeys([*(one["at"] for one in found.values()), *places]))


def silent_faults(made: Alertmanager, severities: t.Iterable[str]) -> list[Fault]:
    """Return which severities end where nobody is told."""
    found = []
    for severity in severities:
        ends = made.root.ends({"severity": severity})
        if not any(not one.faults for name in ends for one in made.receivers.get(name, [])):
            found.append(
                fault(
                    f"An alert of the severity {severity} ends at {', '.join(ends)}, where nobody is told", made.root.at
                )
            )
    return found


def unknown_alerts(made: Alertmanager, alerts: t.Collection[str]) -> list[Fault]:
    """Return which alerts routes and inhibitions name that no rule defines."""
    found = []
    places = [(one.at, one.matchers) for one in made.root.all()] + made.inhibitions
    for at, conditions in places:
        for one in conditions:
            if one.label != "alertname" or one.op not in ("=", "=~"):
                continue
            plain = re.fullmatch(r"\^?\(?([\w|]+)\)?\$?", one.value)
            if one.op == "=" or plain:
                names = plain.group(1).split("|") if plain and one.op == "=~" else [one.value]
                found += [fault(f"No rule defines the alert {name}", at) for name in names if name not in alerts]
            elif not any(re.fullmatch(one.value, name) for name in alerts):
                found.append(fault(f"No rule defines an alert like {one.value}", at))
    return found

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Grafana finds when it starts: its data sources, and the dashboards that its providers name. Pure. A private part."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, mappings, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import Fault, fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload

_PROVISIONING = "/etc/grafana/provisioning"
BUILT_IN = frozenset(("-- Grafana --", "-- Mixed --", "-- Dashboard --", "grafana"))


@dataclass(frozen=True)
class Source:
    """A provisioned data source. Grafana makes up the uid of one that states none."""

    name: str
    uid: str
    kind: str
    is_default: bool
    at: str


@dataclass
class Grafana:
    workload: Workload
    sources: list[Source] = field(default_factory=list)
    dashboards: list[Text] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(workload: Workload) -> Grafana:
    """Return the Grafana that *workload* runs."""
    made = Grafana(workload)
    for one in workload.missing:
        if one.path.startswith((_PROVISIONING, "/var/lib/grafana")):
            made.faults.append(
                fault(f"{workload.name} finds nothing at {one.path}: {one.source} is not in the checkout", one.at)
            )
    for path, content in workload.below(_PROVISIONING):
        if path.endswith((".yml", ".yaml")):
            _provision(made, content)
    return made


def _provision(made: Grafana, source: Text) -> None:
    document = source.document()
    made.sources += sources(source)
    for number, one in mappings(document.data, "providers"):
        folder = text(one, "options", "path") or text(one, "folder")
        at = document.at("providers", number, "options", "path")
        found = [content for path, content in made.workload.below(folder) if path.endswith(".json")]
        made.dashboards += found
        if not found and not any(folder.startswith(missing.path) for missing in made.workload.missing):
            made.faults.append(
                fault(
                    f"{made.workload.name} finds no dashboard at {folder}: nothing of the checkout is mounted there", at
                )
            )


def sources(source: Text) -> list[Source]:
    """Return the data sources that a file provisions."""
    document = source.document()
    return [
        Source(
            text(one, "name"),
            text(one, "uid"),
            text(one, "type"),
            one.get("isDefault") is True,
            document.at("datasources", number),
        )
        for number, one in mappings(document.data, "datasources")
    ]


def source_fault(wanted: t.Any, known: list[Source], variables: t.Collection[str]) -> str:
    """Say why a query does not find its data source, or nothing. A variable that is declared is the reader's choice."""
    uid = wanted if isinstance(wanted, str) else text(mapping({"own": wanted}, "own"), "uid")
    if not uid:
        return "" if any(one.is_default for one in known) or len(known) == 1 else "no data source is the default"
    if uid in BUILT_IN or uid.strip("${}[]") in variables or uid in {one.uid for one in known}:
        return ""
    if isinstance(wanted, str) and uid in {one.name for one in known}:
        return ""
    if uid.startswith(("$", "[[")):
        return ""  # told of the variable
    shown = ", ".join(one.uid or f"{one.name}, without a uid" for one in known)
    return f"no provisioned data source has the uid {uid}, only {shown}"


def is_of_prometheus(wanted: t.Any) -> bool:
    kind = text(mapping({"own": wanted}, "own"), "type")
    return kind in ("", "prometheus")

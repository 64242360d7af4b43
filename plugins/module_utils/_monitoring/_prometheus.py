# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Prometheus is configured to do: whom it scrapes, which rules it loads, and whom it tells. A private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    sequence,
    text,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._network import Network, Target
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule, rules
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Document, Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload

_DEFAULT = "/etc/prometheus/prometheus.yml"
Fault = t.Dict[str, str]


def fault(says: str, at: str) -> Fault:
    return {"says": says, "at": at}


@dataclass
class Job:
    """A job of the scrape configuration."""

    name: str
    at: str
    targets: list[Target]
    discovers: bool
    labels: set[str] = field(default_factory=set)
    maps_labels: bool = False


@dataclass
class Prometheus:
    """One Prometheus with its configuration."""

    workload: Workload
    document: Document
    jobs: list[Job]
    rules: list[Rule]
    unread: list[LookError]
    alertmanagers: list[Target]
    discovers_alertmanagers: bool
    rule_faults: list[Fault]

    @property
    def at(self) -> str:
        return self.document.at()


def read(workload: Workload, network: Network) -> Prometheus:
    """Return the Prometheus that *workload* runs."""
    path = workload.argument("config.file", _DEFAULT)
    own = workload.files.get(posixpath.normpath(path))
    if own is None:
        absent = next((one for one in workload.missing if path.startswith(one.path)), None)
        why = (
            f"{absent.at}: {absent.source} is not in the checkout"
            if absent
            else f"nothing of the checkout is mounted at {path}"
        )
        raise LookError(Reason.NO_DATA, f"The configuration of {workload.name} is not known: {why}")
    document = own.document()
    if not isinstance(document.data.get("scrape_configs", []), list):
        raise LookError(Reason.MALFORMED, f"{document.at('scrape_configs')}: scrape_configs is no list")
    made = Prometheus(workload, document, [], [], [], [], False, [])
    made.jobs = [
        _job(document, number, one, workload, network) for number, one in mappings(document.data, "scrape_configs")
    ]
    _load_rules(made, posixpath.dirname(path))
    for place, one in mappings(document.data, "alerting", "alertmanagers"):
        found, discovers = _targets(document, ("alerting", "alertmanagers", place), one, workload, network)
        made.alertmanagers += found
        made.discovers_alertmanagers = made.discovers_alertmanagers or discovers
    return made


def _job(document: Document, number: int, raw: dict[str, t.Any], workload: Workload, network: Network) -> Job:
    path = ("scrape_configs", number)
    targets, discovers = _targets(document, path, raw, workload, network)
    made = Job(text(raw, "job_name"), document.at(*path), targets, discovers)
    for dummy, one in mappings(raw, "static_configs"):
        made.labels.update(mapping(one, "labels"))
    for key in ("relabel_configs", "metric_relabel_configs"):
        for dummy, one in mappings(raw, key):
            made.labels.add(text(one, "target_label"))
            made.maps_labels = made.maps_labels or text(one, "action").lower() == "labelmap"
    return made


def _targets(
    document: Document, path: tuple[str | int, ...], raw: dict[str, t.Any], workload: Workload, network: Network
) -> tuple[list[Target], bool]:
    scheme = text(raw, "scheme") or "http"
    found = [
        network.reach(workload, address, scheme)
        for dummy, one in mappings(raw, "static_configs")
        for address in texts(one, "targets")
    ]
    return found, any(key.endswith("_sd_configs") and raw[key] for key in raw)


def _load_rules(made: Prometheus, folder: str) -> None:
    patterns = sequence(made.document.data, "rule_files")
    for number, pattern in enumerate(patterns):
        matched = made.workload.matching(posixpath.join(folder, str(pattern)))
        if not matched:
            at = made.document.at("rule_files", number)
            made.rule_faults.append(fault(f"{made.workload.name} finds no file {pattern}: no rule of it is loaded", at))
        for dummy, one in matched:
            try:
                made.rules += rules(one)
            except LookError as exc:
                made.unread.append(exc)
    if not patterns:
        made.rule_faults.append(
            fault(f"{made.workload.name} loads no rules: its configuration names no rule_files", made.at)
        )


def of_files(found: list[tuple[str, Text]]) -> Workload:
    """Return the Prometheus that a configuration in the checkout stands for: the files beside it are what it finds."""
    name, own = found[0]
    base = posixpath.dirname(name)
    made = Workload(name, "prometheus", f"{name}:1")
    made.files = {posixpath.join("/etc/prometheus", posixpath.relpath(path, base)): one for path, one in found}
    made.args = [f"--config.file=/etc/prometheus/{posixpath.basename(name)}"]
    return made


@dataclass(frozen=True)
class WantedJob:
    """A job that has to be there: the pattern of its name, the ports that must be among its targets, and whose they are."""

    name: str
    job: str
    ports: list[int]
    service: str


def job_faults(made: Prometheus, wanted: WantedJob) -> tuple[list[Fault], list[str]]:
    """Return what is wrong with the wanted job, and where it stands; raise LookError where that is not known."""
    jobs = [one for one in made.jobs if re.fullmatch(wanted.job, one.name)]
    at = [one.at for one in jobs] or [made.document.at("scrape_configs")]
    if not jobs:
        return [fault(f"{made.workload.name} has no job {wanted.name}", at[0])], at
    targets = [one for job in jobs for one in job.targets]
    if any(job.discovers for job in jobs):
        raise LookError(
            Reason.UNSUPPORTED, f"{at[0]}: the targets of the job {jobs[0].name} are only found when it runs"
        )
    if not targets:
        return [fault(f"The job {jobs[0].name} has no targets", at[0])], at
    found = [fault(one.fault, at[0]) for one in targets if one.fault]
    strangers = [one for one in targets if one.service and not one.fault and not re.search(wanted.service, one.service)]
    found += [fault(f"{one.address} is {one.service}, not {wanted.name}", at[0]) for one in strangers]
    seen = {one.port for one in targets if not one.fault and one not in strangers}
    missing = [port for port in wanted.ports if port not in seen]
    if missing:
        ports = ", ".join(map(str, missing))
        shown = ", ".join(sorted(f"{one.address} leads to {one.port}" for one in targets if not one.fault)[:3])
        says = f"The job {jobs[0].name} does not reach port {ports} of {wanted.name}"
        found.append(fault(f"{says}: {shown}" if shown else says, at[0]))
    return found, at

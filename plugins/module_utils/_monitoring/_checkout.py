# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything about monitoring that a checkout holds, each file read once. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import read_go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import compose
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import (
    _alertmanager,
    _grafana,
    _prometheus,
    _workloads,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import Registered, metrics
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._moves import note_still
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._network import Network
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule, rules
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._vocabulary import Vocabulary
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

T = t.TypeVar("T")


@dataclass
class Seen(t.Generic[T]):
    """What was read of one kind, and of which workloads it could not be, and why."""

    found: list[T] = field(default_factory=list)
    unread: list[tuple[str, LookError]] = field(default_factory=list)

    def add(self, name: str, read: t.Callable[[], T]) -> None:
        try:
            self.found.append(read())
        except LookError as exc:
            self.unread.append((name, exc))


class Checkout:
    """The monitoring of a checkout."""

    def __init__(self, options: dict[str, t.Any], deadline: Deadline) -> None:
        self._options = options
        self._deadline = deadline
        self._folder = Folder(options["path"])
        self._network = Network()
        self._blind: list[tuple[str, LookError]] = []
        self._workloads: list[Workload] = []
        self._read_compose()
        for folder in options["manifests"]:
            self._read_manifests(folder.rstrip("/"))
        self.prometheuses = self._prometheuses()
        self.alertmanagers = self._alertmanagers()
        self.grafanas = self._grafanas()
        self.rules = self._rules()
        self.vocabulary = self._vocabulary()

    def _read_compose(self) -> None:
        if not self._options["compose"]:
            return
        own = {**self._options, "files": self._options["compose_files"], "expected": False}
        try:
            self._network.composed = compose(self._folder, own, self._deadline)
            self._workloads += _workloads.of_compose(self._network.composed, self._folder, self._options["max_bytes"])
        except LookError as exc:
            if exc.reason is not Reason.NOT_CONFIGURED:
                self._blind.append(("the compose project", exc))

    def _read_manifests(self, path: str) -> None:
        if not self._folder.holds(path):
            return
        try:
            written = _release.read(self._folder, path, self._options["max_bytes"])
            found = written.manifests
            if written.is_kustomization:
                made = _release.rendered(self._folder, path, written, self._options["program"], self._deadline)
                found = found if made.error else made.manifests
            self._network.objects = Objects(found)
            self._workloads += _workloads.of_manifests(self._network.objects)
        except LookError as exc:
            self._blind.append((path, exc))

    def _of(self, program: str) -> list[Workload]:
        return [one for one in self._workloads if one.program == program]

    def _seen(self, kind: str) -> list[tuple[str, LookError]]:
        return [(f"{kind} in {name}", why) for name, why in self._blind]

    def texts(self, patterns: t.Iterable[str]) -> list[tuple[str, Text]]:
        """Return the files of the checkout that *patterns* match."""
        names = dict.fromkeys(name for pattern in patterns for name in self._folder.matches(pattern))
        return [(name, Text(self._folder.read(name, self._options["max_bytes"]), name)) for name in names]

    def _prometheuses(self) -> Seen[_prometheus.Prometheus]:
        seen: Seen[_prometheus.Prometheus] = Seen(unread=self._seen("prometheus"))
        workloads = self._of("prometheus")
        if not workloads:
            own = self.texts(self._options["prometheus"])
            workloads = [_prometheus.of_files([one, *self._beside(one[0])]) for one in own]
        for one in workloads:
            seen.add(one.name, lambda one=one: _prometheus.read(one, self._network))  # type: ignore[misc]
        return seen

    def _beside(self, name: str) -> list[tuple[str, Text]]:
        base = posixpath.dirname(name)
        return self.texts([posixpath.join(base, f"**/*{suffix}") for suffix in (".yml", ".yaml")])

    def _alertmanagers(self) -> Seen[_alertmanager.Alertmanager]:
        seen: Seen[_alertmanager.Alertmanager] = Seen(unread=self._seen("alertmanager"))
        workloads = self._of("alertmanager")
        for name, own in [] if workloads else self.texts(self._options["alertmanager"]):
            made = Workload(name, "alertmanager", f"{name}:1")
            made.files["/etc/alertmanager/alertmanager.yml"] = own
            workloads.append(made)
        for one in workloads:
            seen.add(one.name, lambda one=one: _alertmanager.read(one))  # type: ignore[misc]
        return seen

    def _grafanas(self) -> Seen[_grafana.Grafana]:
        seen: Seen[_grafana.Grafana] = Seen(unread=self._seen("grafana"))
        for one in self._of("grafana"):
            seen.add(one.name, lambda one=one: _grafana.read(one))  # type: ignore[misc]
        return seen

    def _rules(self) -> Seen[Rule]:
        """Return every rule once: those that are loaded, and those that only lie there."""
        seen: Seen[Rule] = Seen()
        own = {rule.at: rule for made in self.prometheuses.found for rule in made.rules}
        for name, text in self.texts(self._options["rules"]):
            try:
                own.update({rule.at: rule for rule in rules(text) if rule.at not in own})
            except LookError as exc:
                seen.unread.append((name, exc))
        seen.found = sorted(
            own.values(), key=lambda rule: (rule.at.rpartition(":")[0], int(rule.at.rpartition(":")[2]))
        )
        return seen

    def _vocabulary(self) -> Vocabulary:
        made = Vocabulary(self._options["known_metrics"], self._registered)
        made.recorded = {rule.name for rule in self.rules.found if not rule.is_alert}
        for prometheus in self.prometheuses.found:
            for job in prometheus.jobs:
                made.target_labels |= job.labels
                made.any_label = made.any_label or job.maps_labels
        return made

    def _registered(self) -> Registered:
        code = read_go(self._options["path"], self._deadline)
        code.need_whole()
        found = metrics(code)
        note_still(found.metrics, code)
        return found

    def sources(self) -> list[_grafana.Source]:
        """Return the data sources that are provisioned."""
        found = [one for grafana in self.grafanas.found for one in grafana.sources]
        if found:
            return found
        own = [one for dummy, text in self.texts(self._options["datasources"]) for one in _grafana.sources(text)]
        if not own:
            raise LookError(Reason.NO_DATA, "The checkout provisions no data source")
        return own

    def dashboards(self) -> list[Text]:
        """Return the files of dashboards, each once."""
        own = [one for grafana in self.grafanas.found for one in grafana.dashboards]
        own += [text for dummy, text in self.texts(self._options["dashboards"])]
        return list({(one.file, one.line): one for one in own}.values())

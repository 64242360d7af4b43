# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which metrics there are: those of the code, of exporters, and those that rules record. A private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import PARTS, Metric, Registered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._promql import Selector

_OF_TARGETS = frozenset(
    [
        "job",
        "instance",
        "le",
        "quantile",
        "namespace",
        "pod",
        "service",
        "container",
        "node",
        "endpoint",
        "cluster",
        "environment",
        "prometheus",
    ]
)


@dataclass
class Vocabulary:
    """What may be asked for. The code is read when the first name is asked for that nothing else explains."""

    known: list[str]
    read_code: t.Callable[[], Registered]
    recorded: set[str] = field(default_factory=set)
    target_labels: set[str] = field(default_factory=set)
    any_label: bool = False  # a relabelling copies labels of which only the running system knows the names
    _code: Registered | LookError | None = None

    def fault(self, wanted: Selector) -> str:
        """Say why a selector finds nothing, or nothing that ever changes; an empty text when it finds something.

        Raise LookError where that is not known.
        """
        name = wanted.name
        if not name or name in self.recorded or any(re.fullmatch(pattern, name) for pattern in self.known):
            return ""
        found = self._registered().named(name)
        if not found:
            if self._registered().unknown:
                raise LookError(
                    Reason.UNSUPPORTED,
                    f"Whether there is a metric {name} is not known: {self._registered().unknown[0]} makes one whose name is "
                    "only known when it runs",
                )
            whole = [one for one in self._registered().metrics if re.fullmatch(one.name, name)]
            parts = " or ".join(f"{name}{part}" for part in PARTS.get(whole[0].kind, ())) if whole else ""
            if parts:
                return f"{name} is a {whole[0].kind}, of which there are only {parts}: {whole[0].at}"
            return f"{name} is no metric of the code or of a known exporter"
        moving = [one for one in found if one.moves]
        if not moving:
            return f"{name} is never moved: no code that runs updates what {found[0].at} registers"
        return self._without_label(wanted, moving)

    def _without_label(self, wanted: Selector, found: list[Metric]) -> str:
        if self.any_label:
            return ""
        for matcher in wanted.matchers:
            if matcher.op not in ("=", "=~") or not matcher.value or matcher.label in _OF_TARGETS | self.target_labels:
                continue
            if matcher.op == "=~" and re.fullmatch(matcher.value, ""):
                continue
            if all(one.labels is not None and matcher.label not in one.labels for one in found):
                return f"{wanted.name} has no label {matcher.label}: {found[0].at}"
        return ""

    def _registered(self) -> Registered:
        if self._code is None:
            try:
                self._code = self.read_code()
            except LookError as exc:
                self._code = exc
        if isinstance(self._code, LookError):
            raise self._code
        return self._code

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the alerting rules of a checkout and their runbooks. This is a private part of the collection."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _runbooks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._library import Library
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Subject, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse

Declared = t.Dict[str, t.Any]


class Alerts:
    """The alerting rules, and the documents that say what to do about them."""

    def __init__(self, library: Library, declared: Declared | None) -> None:
        self._library = library
        self._files = [name for pattern in declared["rules"] for name in library.files(pattern)] if declared else []
        self._runbooks = (
            [name for pattern in declared["runbooks"] for name in library.files(pattern)] if declared else []
        )
        self._declared = declared
        self._alerts: list[_runbooks.Alert] = []
        self._errors: list[tuple[str, LookError]] = []
        for name in self._files:
            try:
                for tree in parse(library.read(name), name):
                    self._alerts += _runbooks.alerts(name, tree)
            except LookError as exc:
                self._errors.append((name, exc))

    def subjects(self) -> Observation:
        if self._declared is None:
            return []
        if not self._files:
            nothing = LookError(Reason.NO_DATA, f"No file matches {', '.join(self._declared['rules'])}")
            self._errors.append((self._declared["rules"][0], nothing))
        try:
            pages = [self._library.page(name) for name in self._runbooks]
        except LookError as exc:
            pages, self._alerts = [], []
            self._errors.append((self._runbooks[0], exc))
        names, page_of = self._library.names, self._library.page
        seen = [
            _one(alert.name, functools.partial(_runbooks.look_at_alert, alert, pages, names, page_of))
            for alert in self._alerts
        ]
        unseen = [{**unseen_subject(name, exc), "name": "alerts", "at": [name]} for name, exc in self._errors]
        return [*seen, *unseen]

    def foreign(self, page: Page) -> list[dict[str, str]]:
        """Return the sections of a runbook that belong to alerts which no rule has."""
        if page.name not in self._runbooks:
            return []
        if self._errors:
            raise self._errors[0][1]
        return [
            {"at": f"{page.name}:{one.line}", "says": f"{one.text} is the alert of no rule", "rule": "alert"}
            for one in _runbooks.foreign_sections(page, self._alerts)
        ]


def _one(name: str, look: t.Callable[[], Subject]) -> Subject:
    try:
        return look()
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return {**unseen_subject(name, look_error(exc, f"look at {name}")), "name": "alerts"}

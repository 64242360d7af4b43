# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at one document, or one section of it. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _ages
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._library import Found, Library
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._links import broken_links
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._look_alerts import Alerts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._named import Named
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part, Subject

Declared = t.Dict[str, t.Any]


class DocumentLook:
    """The look at one document, or one section of it."""

    def __init__(self, library: Library, declared: Declared, page: Page, places: list[str]) -> None:
        self._library = library
        self._declared = declared
        self._page = page
        self._places = places

    def subject(self, named: Named | LookError, age: _ages.Age, walked: LookError | None, alerts: Alerts) -> Subject:
        part = Part()
        part.look("lacks", self._lacks, "match the headings and the text")
        self._find(part, named, alerts)
        if self._declared["describes"]:
            part.look(
                "days_behind", lambda: self._days_behind(age, walked), f"find the last commit of {self._page.name}"
            )
        return {
            "subject": self._page.name,
            "name": self._declared["name"],
            "at": self._places,
            "missing": [],
            "words": self._page.count_words(),
            **part.to_dict(),
            "last_change": age.last and str(age.last),
            "newest_change": age.newest and str(age.newest),
            "later_commits": age.later,
            "error": None,
        }

    def _find(self, part: Part, named: Named | LookError, alerts: Alerts) -> None:
        """Collect what does not hold. What could not be looked for leaves the rest as it is."""
        name = self._page.name
        looks: list[t.Callable[[], list[dict[str, str]]]] = [
            self._wrong_statements,
            lambda: broken_links(self._page, self._library.names, self._library.anchors_of),
            lambda: alerts.foreign(self._page),
            lambda: self._unknown(named),
        ]
        found: list[dict[str, str]] = []
        part.seen["findings_complete"] = True
        for look in looks:
            try:
                found += look()
            except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
                part.miss("findings_complete", look_error(exc, f"look for what {name} names"))
        part.seen["findings"] = sorted(found, key=lambda one: int(one["at"].rpartition(":")[2]))

    def _patterns(self, key: str) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in self._declared[key].items()]

    def _lacks(self) -> list[str]:
        texts = [one.text for one in self._page.headings]
        headings = [name for name, one in self._patterns("headings") if not any(map(one.search, texts))]
        return headings + [name for name, one in self._patterns("says") if not self._page.lines_saying(one)]

    def _wrong_statements(self) -> list[dict[str, str]]:
        return [
            {"at": f"{self._page.name}:{line}", "says": name, "rule": "statement"}
            for name, one in self._patterns("never_says")
            for line in self._page.lines_saying(one)[:20]
        ]

    def _unknown(self, named: Named | LookError) -> list[dict[str, str]]:
        if isinstance(named, LookError):
            raise named
        return named.unknown(self._page)

    def _days_behind(self, age: _ages.Age, walked: LookError | None) -> int:
        error = walked or _ages.why_unknown(age, self._library.names.tracked)
        if error:
            raise error
        return age.days_behind()


def missing_document(declared: Declared, found: Found) -> Subject:
    error = LookError(Reason.NO_DATA, "; ".join(found.missing)).to_dict()
    keys = ("words", "lacks", "findings", "findings_complete", "days_behind")
    return {
        "subject": found.places[0],
        "name": declared["name"],
        "at": found.places,
        "missing": found.missing,
        **dict.fromkeys(keys),
        "unseen": dict.fromkeys(keys, error),
        "error": None,
    }

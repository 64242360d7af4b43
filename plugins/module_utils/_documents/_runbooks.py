# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether each alert has a runbook. Pure, but for what it is given to ask. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Heading, Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._names import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

PageOf = t.Callable[[str], Page]

_NAME = re.compile(r"(?:[A-Z]+[a-z0-9]+){2,}")


@dataclass(frozen=True)
class Alert:
    """An alerting rule: its name, where it stands, and where it says that its runbook is."""

    name: str
    at: str
    url: str


def alerts(file: str, tree: Tree) -> list[Alert]:
    """Return the alerting rules of a rule file; a file that is none is malformed."""
    groups = tree.data.get("groups") if isinstance(tree.data, dict) else None
    if not isinstance(groups, list):
        raise LookError(Reason.MALFORMED, f"{file} is no file of alerting rules: it has no list of groups")
    found: list[Alert] = []
    for number, group in enumerate(groups):
        rules = group.get("rules") if isinstance(group, dict) else None
        for place, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, dict) and "alert" in rule:
                line = tree.lines.get(("groups", number, "rules", place), 1)
                annotations = rule.get("annotations")
                url = annotations.get("runbook_url", "") if isinstance(annotations, dict) else ""
                found.append(Alert(str(rule["alert"]), f"{file}:{line}", str(url or "")))
    return found


def look_at_alert(alert: Alert, pages: t.Sequence[Page], names: Names, page_of: PageOf) -> Subject:
    """Return what is known of the runbook of one alert."""
    found = next(((page, one) for page in pages for one in page.headings if is_named(one.text, alert.name)), None)
    seen: dict[str, t.Any] = {
        "name": "alerts",
        "at": [alert.at],
        "runbook": "",
        "words": 0,
        "broken_urls": [],
        "unseen": {},
    }
    if found:
        page, heading = found
        seen["runbook"], seen["words"] = f"{page.name}:{heading.line}", page.section(heading).count_words()
    if alert.url:
        _follow(alert, names, page_of, pages, seen)
    return {**seen, "subject": alert.name, "error": None}


def _follow(alert: Alert, names: Names, page_of: PageOf, pages: t.Sequence[Page], seen: dict[str, t.Any]) -> None:
    """Note where the runbook_url of an alert leads, as far as the checkout has it."""
    url = urlsplit(alert.url)
    path = _file_of(unquote(url.path), bool(url.netloc), names, pages)
    if path is None:
        if not url.netloc:
            seen["broken_urls"] = [f"{alert.url} does not exist"]
        elif not seen["runbook"]:
            error = LookError(Reason.NOT_OBSERVED, f"{alert.url} leads to another host, which was not asked")
            seen.update(
                {"runbook": None, "words": None, "unseen": dict.fromkeys(("runbook", "words"), error.to_dict())}
            )
        return
    page = page_of(path)
    fragment = unquote(url.fragment)
    if fragment and not page.anchors.has(fragment):
        seen["broken_urls"] = [f"{alert.url} names no heading of {path}"]
        return
    heading = next((one for one in page.headings if one.anchor == fragment.lower()), None)
    if not seen["runbook"]:
        seen["runbook"] = f"{path}:{heading.line if heading else 1}"
        seen["words"] = (page.section(heading) if heading else page).count_words()


def _file_of(path: str, has_host: bool, names: Names, pages: t.Sequence[Page]) -> str | None:
    """Return the document of the checkout that a URL leads to: a file of the tree, or a runbook that is published under its name."""
    parts = [part for part in path.split("/") if part]
    for number in range(len(parts)):
        end = "/".join(parts[number:])
        if end in names.files and end.lower().endswith(".md"):
            return end
    base = posixpath.splitext(parts[-1])[0].lower() if parts else ""
    same = [page.name for page in pages if posixpath.splitext(posixpath.basename(page.name))[0].lower() == base]
    return same[0] if has_host and same else None


def is_named(heading: str, alert: str) -> bool:
    """Tell whether *heading* is that of *alert*: it holds its name as a word, or in words of their own."""
    if re.search(rf"(?<!\w){re.escape(alert)}(?!\w)", heading):
        return True
    return re.sub(r"[\W_]+", "", re.sub(r"^[\d.\s]+", "", heading)).lower() == alert.lower().replace("_", "")


def foreign_sections(page: Page, known: t.Sequence[Alert]) -> list[Heading]:
    """Return the headings that stand among those of alerts, are written like alerts, and are none."""
    named = [one for one in page.headings if any(is_named(one.text, alert.name) for alert in known)]
    levels = {one.level for one in named}
    return [
        one
        for one in page.headings
        if one.level in levels and one not in named and _NAME.fullmatch(one.text.strip("` "))
    ]

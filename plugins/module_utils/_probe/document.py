# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the documents of a checkout. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _ages
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._library import Library, locate
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._look_alerts import Alerts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._look_document import (
    DocumentLook,
    missing_document,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._look_examples import look_at_examples
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._named import Named
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, unseen_subject

_TEXTS: dict[str, t.Any] = {"type": "list", "elements": "str", "default": []}
_PATTERNS: dict[str, t.Any] = {"type": "dict", "default": {}}

OF_FILES = True
SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "documents": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "name": {"type": "str", "required": True},
                "places": {
                    "type": "list",
                    "elements": "dict",
                    "required": True,
                    "options": {"path": {"type": "str", "required": True}, "section": {"type": "str"}},
                },
                "each": {"type": "bool", "default": False},
                "headings": _PATTERNS,
                "says": _PATTERNS,
                "never_says": _PATTERNS,
                "describes": _TEXTS,
            },
        },
        "alerts": {
            "type": "dict",
            "options": {
                "rules": {"type": "list", "elements": "str", "required": True},
                "runbooks": {"type": "list", "elements": "str", "required": True},
            },
        },
        "examples": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"files": {"type": "str", "required": True}, "like": _TEXTS, "code": _TEXTS},
        },
        "allowed_paths": _TEXTS,
        "max_bytes": {"type": "int", "default": 4 << 20},
        **_argspec.timeout(30.0),
    }
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return a subject for each document, each alert and each example of a configuration."""
    try:
        library = Library(options["path"], options["max_bytes"], deadline)
    except LookError as exc:
        return [unseen_subject(options["path"], exc)]
    alerts = Alerts(library, options["alerts"])
    return [
        *_documents(library, options, alerts, deadline),
        *alerts.subjects(),
        *(subject for group in options["examples"] for subject in look_at_examples(library, group)),
    ]


def _documents(library: Library, options: dict[str, t.Any], alerts: Alerts, deadline: Deadline) -> Observation:
    found = [
        (declared, one)
        for declared in options["documents"]
        for one in locate(library, declared["places"], declared["each"])
    ]
    subjects: Observation = []
    pages = {one.page.name: library.page(one.page.name) for dummy, one in found if one.page}
    named: Named | LookError
    try:
        named = Named(library, list(pages.values()), options["allowed_paths"], deadline)
    except LookError as exc:
        named = exc
    ages = [_ages.Age(one.page.name, tuple(declared["describes"])) for declared, one in found if one.page]
    walked = _walk(library, ages)
    left = iter(ages)
    for declared, one in found:
        if one.error:
            subjects.append({**unseen_subject(one.places[0], one.error), "name": declared["name"], "at": one.places})
        elif one.page is None:
            subjects.append(missing_document(declared, one))
        else:
            subjects.append(
                DocumentLook(library, declared, one.page, one.places).subject(named, next(left), walked, alerts)
            )
    return subjects


def _walk(library: Library, ages: list[_ages.Age]) -> LookError | None:
    wanted = [age for age in ages if age.describes]
    if not wanted:
        return None
    try:
        _ages.walk(library.repository, wanted)
    except LookError as exc:
        return exc
    return None

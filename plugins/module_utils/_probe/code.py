# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what the code of a checkout has and whether its documents say it: routes, tables, settings, variables, comments.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _looks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._material import Material
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)

_TEXTS = {"type": "list", "elements": "str"}
_REQUIRED = {**_TEXTS, "required": True}
_LIST = {**_TEXTS, "default": []}

OF_FILES = True
SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "routes": {
            "type": "dict",
            "options": {
                "programs": _LIST,
                "documents": _REQUIRED,
                "base_path": {"type": "str", "default": ""},
                "prefixes": _LIST,
                "ignored": _LIST,
            },
        },
        "tables": {
            "type": "dict",
            "options": {"migrations": _REQUIRED, "excluded": _LIST, "documents": _REQUIRED, "ignored": _LIST},
        },
        "settings": {
            "type": "dict",
            "options": {"files": _REQUIRED, "documents": _LIST, "ignored": _LIST},
        },
        "variables": {
            "type": "dict",
            "options": {
                "examples": _REQUIRED,
                "compose": _LIST,
                "manifests": _LIST,
                "scripts": _LIST,
                "sources": _LIST,
                "ignored": _LIST,
            },
        },
        "comments": {"type": "dict", "options": {"excluded": _LIST}},
        "debug": {"type": "bool", "default": False},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(20.0),
    },
}

_KEYS = {
    "routes": ("api_documents", "routes", "undocumented_routes", "unknown_routes", "routes_complete"),
    "tables": ("schema_documents", "tables", "undocumented_tables", "unknown_tables", "tables_complete"),
    "settings": ("settings", "settings_files", "unexplained_settings"),
    "variables": (
        "environment_examples",
        "variables",
        "undeclared_variables",
        "unread_variables",
        "variables_complete",
    ),
    "comments": (
        "exported",
        "exported_files",
        "exported_share",
        "function_share",
        "uncommented",
        "uncommented_functions",
        "exported_complete",
    ),
    "debug": ("modules", "debug_features", "debug_complete"),
}
_LOOKS: dict[str, t.Callable[[dict[str, t.Any], Material, Part], None]] = {
    "routes": _looks.look_at_routes,
    "tables": _looks.look_at_tables,
    "settings": _looks.look_at_settings,
    "variables": _looks.look_at_variables,
    "comments": _looks.look_at_comments,
    "debug": _looks.look_at_debug,
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the checkout, with the keys of each look that is asked for."""
    try:
        material = Material(options["path"], deadline, options["max_bytes"])
    except LookError as exc:
        return [unseen_subject(options["path"], exc)]
    whole = Part()
    for name, look in _LOOKS.items():
        if options[name]:
            part = Part()
            try:
                look(options[name], material, part)
            except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
                part = Part()
                for key in _KEYS[name]:
                    part.miss(key, look_error(exc, f"look at the {name} of the code"))
            whole.seen.update(part.seen)
            whole.unseen.update(part.unseen)
    return [subject(options["path"], whole.to_dict())]

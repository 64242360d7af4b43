# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables of a task, as far as an action has to read them itself. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleError

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import is_template
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._redaction import secrets_in

_PREFIX = "readiness_"


def known_secrets(task_vars: t.Mapping[str, t.Any], templar: t.Any) -> set[str]:
    """Return the secrets of all targets. A target that cannot be rendered gave no probe a secret either.

    What is plain is not rendered: most variables are thresholds, and rendering them all is slow. The name of a target says nothing
    of what it has in it: not all of ``readiness_secret_store`` is a secret.
    """
    found: set[str] = set()
    for name in task_vars:
        if name.startswith(_PREFIX):
            try:
                value = task_vars[name]
                plain = value if _is_plain(value) else templar.template(value)
                found |= secrets_in(plain if isinstance(plain, dict) else {name: plain})
            except AnsibleError:
                continue
    return found


def _is_plain(value: t.Any) -> bool:
    """Tell whether *value* stands as it is: it is no template, and nothing that is decrypted when it is rendered."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    return not is_template(value) if isinstance(value, str) else isinstance(value, (int, float, type(None)))

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load what most tasks need once for a run. This is a private part of the collection.

Ansible loads the action of a task before it forks the worker that runs it, and what is loaded then is there in every later
worker. The loader of collections keeps no bytecode, so that each worker would compile its probe anew. An import that fails here
is no fault: the task that needs it says what is missing. What is loaded is kept out of garbage collection, because a worker that
searches it for garbage makes the kernel copy all of it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import pkgutil

from ansible.plugins.loader import action_loader, filter_loader, test_loader
from ansible.template import Templar, trust_as_template

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _probe

_NAMES = sorted(module.name for module in pkgutil.iter_modules(_probe.__path__))
_PLUGINS = (
    (action_loader, "cryptofunk.readiness.probe"),
    (action_loader, "ansible.legacy.normal"),  # Ansible reads the arguments of every module with it
    (filter_loader, "ansible.builtin.bool"),
    (test_loader, "ansible.builtin.match"),
)


def load_once() -> None:
    """Load every probe, what each of them imports, and of Ansible what most tasks use: plugins, and the lexer of templates."""
    for loader, name in _PLUGINS:
        loader.get(name, class_only=True)
    Templar().template(trust_as_template("{{ 1 | bool }}"))
    for name in _NAMES:
        with contextlib.suppress(ImportError):
            importlib.import_module(f"{_probe.__name__}.{name}")
    gc.freeze()

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at many checkouts in one run of the readiness playbook, each as an environment of its own."""

from __future__ import annotations

import json
import os
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import read
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import Scope, Statements, reduce
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import read_catalogue_of
from sandbox import _readiness

Outcomes = t.Dict[str, str]
_START, _A_HOST = 120.0, 60.0  # seconds that a run may take, in all and for each checkout


def look(folder: Path, hosts: dict[str, dict[str, t.Any]]) -> dict[str, Outcomes]:
    """Return the outcomes of the items by host, without those that only follow others."""
    folder.mkdir()
    inventory = folder / "hosts.json"
    common = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    inventory.write_text(json.dumps({"environments": {"hosts": hosts, "vars": common}}), encoding="utf-8")
    os.environ["ANSIBLE_STRATEGY"] = "ansible.builtin.host_pinned"
    os.environ["ANSIBLE_FORKS"] = str(os.cpu_count() or 2)
    _readiness.run(folder, inventory=inventory, timeout=_START + _A_HOST * len(hosts))
    run = folder / "latest"
    catalogue, ledger = read_catalogue_of(run), read(run)
    own = {item["id"] for item in catalogue if item["decided_by"] != "items" or item["checks"]}
    apart = [{**item, "decided_by": "probe", "items": None} if _has_own_checks(item) else item for item in catalogue]
    verdicts: dict[str, list[t.Any]] = {}
    for verdict in ledger.of_type("verdict"):
        verdicts.setdefault(verdict["host"], []).append(verdict)
    topics = frozenset(ledger.header["topics"])
    found = {host: reduce(apart, verdicts.get(host, []), Scope((host,), topics), Statements()) for host in hosts}
    return {host: {item: one.outcome for item, one in items.items() if item in own} for host, items in found.items()}


def _has_own_checks(item: dict[str, t.Any]) -> bool:
    """Tell whether a parent has checks of its own: these alone count here, not what its children came to."""
    return bool(item["decided_by"] == "items" and item["checks"])

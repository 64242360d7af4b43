# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction, run_of, utc_now
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import append
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import not_applicable, read_catalogue_of


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "run_path": {"type": "path", "required": True},
            "not_applicable": {"type": "dict", "default": {}},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path, run_id = run_of(args)
        ruled_out = not_applicable(read_catalogue_of(run_path), args["not_applicable"])
        record = {
            "type": "environment",
            "host": task_vars["inventory_hostname"],
            "not_applicable": ruled_out,
            "time": utc_now(),
        }
        append(run_path, run_id, [record])
        return {"not_applicable": ruled_out}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction, run_of, utc_now
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import PLATFORMS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import append
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import BOTH_PLATFORMS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import (
    not_applicable,
    of_other_platform,
    read_catalogue_of,
)


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "run_path": {"type": "path", "required": True},
            "not_applicable": {"type": "dict", "default": {}},
            "platform": {"type": "str", "default": BOTH_PLATFORMS, "choices": [*PLATFORMS, BOTH_PLATFORMS]},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path, run_id = run_of(args)
        catalogue = read_catalogue_of(run_path)
        declared = not_applicable(catalogue, args["not_applicable"])
        ruled_out = {**of_other_platform(catalogue, args["platform"]), **declared}
        record = {
            "type": "environment",
            "host": task_vars["inventory_hostname"],
            "not_applicable": ruled_out,
            "platform": args["platform"],
            "time": utc_now(),
        }
        append(run_path, run_id, [record])
        return {"not_applicable": ruled_out}

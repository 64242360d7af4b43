# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction, run_of, utc_now
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._checklist import drift
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import append
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._looks import looks_of
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import read_catalogue_of


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "run_path": {"type": "path", "required": True},
            "observed": {"type": "dict", "required": True},
            "needs": {"type": "str"},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path, run_id = run_of(args)
        host, now = task_vars["inventory_hostname"], utc_now()
        catalogue = read_catalogue_of(run_path)
        records = []
        for looked in looks_of(json.loads(json.dumps(args["observed"])), host, args["needs"], now):
            if looked.error:
                records.append(_record(host, now, "", looked.error.message, {}))
            for subject in looked.subjects:
                why = subject["error"]["message"] if subject["error"] else None
                found = {} if why else drift(subject["boxes"], catalogue)
                records.append(_record(host, now, subject["subject"], why, found))
        append(run_path, run_id, records)
        return {"compared": records}


def _record(host: str, now: str, subject: str, why: str | None, found: dict[str, t.Any]) -> dict[str, t.Any]:
    nothing: dict[str, t.Any] = {"added": [], "removed": [], "changed": []}
    return {"type": "checklist", "host": host, "time": now, "subject": subject, "unseen": why, **nothing, **found}

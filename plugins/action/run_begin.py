# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import UTC, ReadinessAction
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import (
    ROOT,
    collection_version,
    read_catalogue,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import begin, new_run_id, selected_topics
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._warm import load_once
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

load_once()


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "output_dir": {"type": "path", "required": True},
            "release": {"type": "str", "default": ""},
            "items_files": {"type": "list", "elements": "path", "default": []},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        environments = [
            host for host in task_vars["groups"].get("environments", []) if host in task_vars["ansible_play_hosts_all"]
        ]
        if not environments:
            raise DataError(
                "There is no environment to look at: the inventory (or what --limit leaves of it) has no host in the group "
                "'environments'. Copy inventories/example from the collection and name one host for each environment"
            )
        catalogue = read_catalogue(ROOT, [Path(path) for path in args["items_files"]])
        topics = selected_topics(catalogue, task_vars["ansible_run_tags"], task_vars["ansible_skip_tags"])
        now = time.time()
        header = {
            "id": new_run_id(now),
            "started": time.strftime(UTC, time.gmtime(now)),
            "environments": environments,
            "release": args["release"] or None,
            "topics": topics,
            "collection_version": collection_version(),
            "ansible_version": task_vars["ansible_version"]["full"],
        }
        run_path = begin(Path(args["output_dir"]).expanduser().resolve(), catalogue, header)
        return {"run_id": header["id"], "run_path": str(run_path), "topics": topics}

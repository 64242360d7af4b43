# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible.utils.display import Display

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import read
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import blocking, build
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import (
    checked_run_path,
    read_catalogue_of,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._formats import WRITERS, write_all
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report.summary import render

display = Display()


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "run_path": {"type": "path", "required": True},
            "formats": {"type": "list", "elements": "str", "choices": sorted(WRITERS), "default": sorted(WRITERS)},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path = checked_run_path(args["run_path"])
        report = build(read(run_path), read_catalogue_of(run_path))
        paths = write_all(report, run_path, args["formats"])
        display.display(render(report, paths))
        return {
            "conclusion": report["conclusion"],
            "counts": report["counts"],
            "partial": report["run"]["partial"],
            "run_id": report["run"]["id"],
            "blocking": [item["id"] for item in blocking(report)],
            "paths": paths,
        }

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import CANNOT_TELL, NOT_READY, READY


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "conclusion": {"type": "str", "required": True, "choices": [READY, NOT_READY, CANNOT_TELL]},
            "blocking": {"type": "list", "elements": "str", "default": []},
            "mode": {"type": "str", "choices": ["enforce", "report_only"], "default": "enforce"},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        held = args["conclusion"] != READY
        message = f"{args['conclusion']}: {len(args['blocking'])} blocking items are open" if held else READY
        return {"failed": held and args["mode"] == "enforce", "msg": message, "conclusion": args["conclusion"]}

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction, run_of, utc_now
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import append
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._seen import forget_looks


class ActionModule(ReadinessAction):
    SPEC = {"argument_spec": {"run_path": {"type": "path", "required": True}}}

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path, run_id = run_of(args)
        append(run_path, run_id, [{"type": "end", "time": utc_now()}])
        forget_looks(run_path)
        return {}

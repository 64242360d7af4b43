# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection's own actions share: options, errors and the run's folder. This is a private part of the collection."""

from __future__ import annotations

import time
import typing as t
from pathlib import Path

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

UTC = "%Y-%m-%dT%H:%M:%SZ"


def utc_now() -> str:
    """Return the present time in UTC, to the second."""
    return time.strftime(UTC, time.gmtime())


class ReadinessAction(ActionBase):
    """An action that works on the control node, and turns bad data into one sentence."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    SPEC: t.ClassVar[dict[str, t.Any]]

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        super().run(tmp, task_vars)
        dummy, args = self.validate_argument_spec(**self.SPEC)
        try:
            return {"changed": False, **self.act(args, task_vars or {})}
        except DataError as exc:
            raise AnsibleActionFail(str(exc)) from exc

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        """Do the work; return the result."""
        raise AnsibleActionFail(f"{type(self).__module__} has no act()")


def run_of(args: dict[str, t.Any]) -> tuple[Path, str]:
    """Return the folder and the id of the run that an action works on."""
    path = Path(args["run_path"]).expanduser().resolve()
    return path, path.name

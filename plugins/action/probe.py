# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a probe where it has to look from.

Every ``*_info`` module is routed here by ``meta/runtime.yml``. A look from the control node runs in this process, which
costs a twelfth of a shipped module; a look from another host ships the module there. A probe with ``OF_FILES`` looks at nothing
but files of the release, which stay as they are while a run lasts: the same look is made once in a run. A task of a run with
``async`` and ``poll: 0`` lets the run go on while its look from the control node lasts, and ``assess`` waits for the result.
"""

from __future__ import annotations

import importlib
import typing as t

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase

from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._background import begin
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._seen import look_once, place_apart, place_of

_PROBES = "ansible_collections.cryptofunk.readiness.plugins.module_utils._probe"
_OWN = "cryptofunk.readiness.probe"


class ActionModule(ActionBase):
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        seconds = 0 if self._task.poll else self._task.async_val
        self._task.async_val = 0  # Ansible is to do nothing about it: a look in check mode is the same look
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        fqcn, args = self._target()
        if self._is_elsewhere(task_vars):
            shipped: dict[str, t.Any] = self._execute_module(module_name=fqcn, module_args=args, task_vars=task_vars)
            return shipped
        name = fqcn.rpartition(".")[2]
        probe = importlib.import_module(f"{_PROBES}.{name[: -len('_info')]}")
        options, hidden = _validate(name, probe.SPEC, args)

        def look() -> dict[str, t.Any]:
            seen: dict[str, t.Any] = remove_values(run_probe(name, probe.observe, options), hidden)
            return seen

        run_path = (task_vars.get("readiness_run") or {}).get("run_path")
        shared = getattr(probe, "OF_FILES", False)
        if not run_path or not (shared or seconds):
            return look()
        kept = place_of(run_path, name, options) if shared else place_apart(run_path)
        return begin(kept, look, seconds) if seconds else look_once(kept, look)

    def _target(self) -> tuple[str, dict[str, t.Any]]:
        """Return the probe's full name and its options."""
        if self._task.resolved_action != _OWN:
            return self._task.resolved_action, dict(self._task.args)
        dummy, args = self.validate_argument_spec(
            argument_spec={"name": {"type": "str", "required": True}, "options": {"type": "dict", "default": {}}}
        )
        fqcn = f"cryptofunk.readiness.{args['name']}_info"
        if not self._shared_loader_obj.module_loader.has_plugin(fqcn):
            raise AnsibleActionFail(
                f"There is no probe {args['name']!r}: 'ansible-doc -l cryptofunk.readiness' lists them"
            )
        return fqcn, args["options"]

    def _is_elsewhere(self, task_vars: dict[str, t.Any]) -> bool:
        """Tell whether the look has to be shipped to another host.

        An environment is the system as seen from the control node, whatever its connection says.
        """
        if task_vars.get("readiness_ship_probes"):
            return True
        if self._task.delegate_to is None and "environments" in task_vars.get("group_names", ()):
            return False
        return bool(self._connection.transport != "local")


def _validate(name: str, spec: dict[str, t.Any], args: dict[str, t.Any]) -> tuple[dict[str, t.Any], set[str]]:
    """Return the validated options of a probe, and the secret values among them."""
    result = ArgumentSpecValidator(**spec).validate(args)
    if result.error_messages:
        raise AnsibleActionFail(f"Wrong options for {name}: {'; '.join(result.error_messages)}")
    return result.validated_parameters, set(result._no_log_values)  # pylint: disable=protected-access

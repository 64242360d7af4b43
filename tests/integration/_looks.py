# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a probe in this process, with the options of a declared target of the sandbox."""

from __future__ import annotations

import importlib
import json
import time
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox._sandbox import Sandbox

PROBES = "ansible_collections.cryptofunk.readiness.plugins.module_utils._probe"


class Look(t.NamedTuple):
    """The one subject of an observation, and how long it took to look."""

    seen: dict[str, t.Any]
    seconds: float

    def why(self, key: str) -> str:
        """Return the reason for which *key* was not seen."""
        return str(self.seen["unseen"][key]["reason"])


def look(sandbox: Sandbox, probe: str, target: str, **changes: t.Any) -> Look:
    """Look at *target* as it is declared, with *changes* to the options of the *probe*."""
    module = importlib.import_module(f"{PROBES}.{probe}")
    known = module.SPEC["argument_spec"]
    declared = {name: value for name, value in sandbox.targets.read()[target].items() if name in known}
    checked = ArgumentSpecValidator(**module.SPEC).validate({**declared, **changes})
    assert not checked.error_messages
    began = time.monotonic()
    result = run_probe(f"{probe}_info", module.observe, checked.validated_parameters)
    text = json.dumps(result, allow_nan=False)
    for secret in (declared.get("login_password"), changes.get("login_password")):
        assert secret is None or secret not in text
    (seen,) = result["observation"]
    return Look(seen, time.monotonic() - began)

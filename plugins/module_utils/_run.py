# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a probe to its result: the one path for a shipped module and for the control node.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import threading
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Observe, unseen_subject

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule

GRACE = 1.0  # seconds beyond its deadline after which a probe is abandoned


def run_probe(name: str, observe: Observe, options: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the result of the probe *name*: ``observation``, ``probe``, ``time`` (UTC) and ``duration_ms``.

    The probe runs in a daemon thread, so that a library that blocks for ever costs its budget and no more.
    """
    deadline = Deadline(float(options["timeout"]))
    started, clock = time.gmtime(), time.monotonic()
    came_back: list[Observation] = []

    def body() -> None:
        try:
            came_back.append(observe(options, deadline))
        except Exception as exc:  # pylint: disable=broad-exception-caught  # a crash is data, too
            came_back.append([unseen_subject(name, look_error(exc, f"run the probe {name}"))])

    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    thread.join(deadline.seconds + GRACE)
    late = LookError(Reason.TIMEOUT, f"The probe {name} did not return within its budget of {deadline.seconds:g} s")
    return {
        "changed": False,
        "observation": came_back[0] if came_back else [unseen_subject(name, late)],
        "probe": name,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", started),
        "duration_ms": int((time.monotonic() - clock) * 1000),
    }


def run_module(module: AnsibleModule, name: str, observe: Observe) -> None:
    """Run a probe as a module on the host that it was shipped to."""
    module.exit_json(**run_probe(name, observe, module.params))

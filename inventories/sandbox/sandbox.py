#!/usr/bin/env python
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sandbox as an inventory: the environment as its components declare it, and a vantage outside of it.

READINESS_PROFILE chooses between profiles that run at the same time.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox._profile import BOTH, Profile  # noqa: E402  # after the path to the package
from sandbox._sandbox import open_sandbox  # noqa: E402


def main() -> None:
    wanted = os.environ.get("READINESS_PROFILE")
    for profile in [Profile(wanted)] if wanted else BOTH:
        sandbox = open_sandbox(profile)
        if sandbox.is_running:
            print(json.dumps(inventory(sandbox.targets.read())))
            return
    sys.exit("The sandbox does not run: start it with 'python -m sandbox up'")


def inventory(targets: dict[str, object]) -> dict[str, object]:
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    return {
        "environments": {"hosts": ["sandbox"]},
        "vantage": {"hosts": ["outside"]},
        "_meta": {"hostvars": {"sandbox": {**local, **targets}, "outside": local}},
    }


if __name__ == "__main__":
    main()

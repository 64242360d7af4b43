# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand in for the script by which ansible-test gets pip: take it from Python itself, then install from the package index.

ansible-test looks for it in its cache under a name that ends in the version of pip, and otherwise downloads it from a host that a
closed network does not reach.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

name = globals().get("__file__") or os.environ["GET_PIP"]
match = re.search(r"get_pip_([0-9_]+)", name)
version = match.group(1).replace("_", ".") if match else ""
environment = {key: value for key, value in os.environ.items() if key != "GET_PIP"}
options = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
tools = [tool for tool in ("setuptools", "wheel") if f"--no-{tool}" not in sys.argv]

subprocess.check_call([sys.executable, "-m", "ensurepip", "--default-pip"], env=environment, stdout=subprocess.DEVNULL)
subprocess.check_call([sys.executable, "-m", "pip", "install", *options, f"pip=={version}", *tools], env=environment)

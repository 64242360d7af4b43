# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one error of the sandbox: a sentence for the person who called it."""

from __future__ import annotations


class SandboxError(Exception):
    """Something that could not be started, stopped, broken or repaired, and why."""

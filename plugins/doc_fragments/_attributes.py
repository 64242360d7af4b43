# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation that every module of the collection shares. This is a private part of the collection."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and tell what it would do without changing anything.
    support: full
  diff_mode:
    description: Tells in diff format what it has changed or would change.
    support: N/A
    details:
      - Nothing is changed on the target.
  idempotent:
    description: A second run with the same options on an unchanged target changes nothing.
    support: full
"""

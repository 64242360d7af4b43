# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same sandbox as the integration tests have."""

from __future__ import annotations

from tests.integration.conftest import hardened, started_sandbox

__all__ = ["hardened", "started_sandbox"]

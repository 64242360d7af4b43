# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two conditions in which the same system can be started."""

from __future__ import annotations

from enum import Enum


class Profile(str, Enum):
    """``hardened`` is how CryptoFunk should run, ``as_shipped`` how its repository runs it."""

    HARDENED = "hardened"
    AS_SHIPPED = "as_shipped"


BOTH: tuple[Profile, ...] = (Profile.HARDENED, Profile.AS_SHIPPED)

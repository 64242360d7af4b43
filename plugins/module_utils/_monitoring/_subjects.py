# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How what is read becomes subjects. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._checkout import Seen
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import Fault


def unread(seen: Seen[t.Any]) -> Observation:
    return [unseen_subject(name, why) for name, why in seen.unread]


def note_faults(part: Part, key: str, look: t.Callable[[], tuple[list[Fault], list[str]]], attempt: str) -> None:
    """Fill *key* with the faults and the places that a look gives."""

    def see() -> dict[str, t.Any]:
        faults, at = look()
        return {"faults": faults, "at": list(dict.fromkeys([*(one["at"] for one in faults), *at]))}

    part.look(key, see, attempt)

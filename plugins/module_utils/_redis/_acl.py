# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what in Redis. No password, and no hash of one, leaves this file.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._client import Client


def acl(client: Client) -> dict[str, t.Any]:
    """Return who we are, and what everybody may do who does not say who he is."""
    who = str(client.call("ACL", "WHOAMI", needs="+acl|whoami"))
    default = client.call("ACL", "GETUSER", "default", needs="+acl|getuser")
    return {"user": who, "default_user": user(default)}


def user(found: t.Any) -> dict[str, t.Any]:
    """Return what ACL GETUSER says of a user, without the hashes of the passwords."""
    fields = found if isinstance(found, dict) else dict(zip(found[::2], found[1::2]))
    flags = [str(flag) for flag in fields.get("flags", ())]
    return {
        "is_on": "on" in flags or bool(fields.get("enabled")),
        "needs_password": "nopass" not in flags,
        "commands": _text(fields.get("commands")),
    }


def _text(commands: t.Any) -> str:
    return commands if isinstance(commands, str) else " ".join(map(str, commands or ()))

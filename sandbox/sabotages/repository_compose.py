# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the compose project of the repository can be wrong: known defects, for each item that it decides one.

They are all in the same two files, so that each sabotage does several of them at once.
"""

from __future__ import annotations

from sandbox._contract import Sabotage
from sandbox._edits import Edit
from sandbox.defects import compose
from sandbox.sabotages._release import changed

_DEFECTS = {defect.name: defect for defect in compose.DEFECTS}


def _all(name: str, says: str, *defects: str, seen_through: tuple[str, ...] = ()) -> Sabotage:
    chosen = [_DEFECTS[defect] for defect in defects]
    items = tuple(dict.fromkeys(item for defect in chosen for item in defect.items))
    return changed(name, items, says, tuple(edit for defect in chosen for edit in defect.edits), seen_through)


SABOTAGES = [
    _all(
        "compose_secrets",
        "The compose project runs a Vault in dev mode, an open Grafana, and gives JWT_SECRET a fallback",
        "vault_in_dev_mode",
        "jwt_secret_with_a_fallback",
        "grafana_for_everybody",
    ),
    _all(
        "compose_published",
        "The compose project publishes the database and an open Redis, and turns ssl off",
        "redis_open_to_everybody",
        "database_published",
        "database_without_tls",
        seen_through=("postgres", "replica", "pgbouncer", "app_sessions", "redis"),
    ),
    _all(
        "compose_redis",
        "The Redis of the compose project keeps nothing and refuses to write when it is full",
        "redis_refuses_when_full",
        "redis_without_a_volume",
        seen_through=("redis",),
    ),
    changed(
        "compose_api",
        ("2.3.1", "2.3.2", "5.4.2", "7.4.2", "7.4.4"),
        "The API of the compose project has no limits and a log without bounds, is killed at once, and never restarted",
        (Edit("docker-compose.yml", compose.TAIL, "    stop_grace_period: 1s\nnetworks:\n"),),
    ),
    _all(
        "compose_services",
        "The compose project has an old database, NATS without JetStream, a dead port and a wrong health check",
        "old_postgresql",
        "jetstream_is_off",
        "jetstream_is_ephemeral",
        "samples_for_a_week",
        "dead_port",
        "health_check_of_another_port",
        "mount_that_is_not_there",
        seen_through=("postgres", "nginx", "api"),
    ),
    _all(
        "compose_images",
        "A service of the compose project has no image, one NATS server knows no other, and the lines of the API go nowhere",
        "service_only_built",
        "nats_server_alone",
        "logs_thrown_away",
    ),
]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the databases can be behind the migrations of the release."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import postgres, repository, staging

_BY_FILES = (repository.NAME,)


def _runs(statement: str, database: str = postgres.DATABASE) -> Act:
    def act(sandbox: Sandbox) -> None:
        with postgres.admin(sandbox, database) as session:
            session.run(statement)

    return act


def _lacks(name: str, number: int, items: tuple[str, ...], says: str) -> Sabotage:
    """Return the sabotage after which the database knows nothing of the migration *number*."""
    return Sabotage(
        name,
        postgres.NAME,
        items,
        says,
        _runs(f"delete from schema_version where version = {number}"),
        _runs(f"insert into schema_version values ({number}, now(), 'migration {number}') on conflict do nothing"),
        seen_through=_BY_FILES,
    )


def _point_to_production(sandbox: Sandbox) -> None:
    change = {"readiness_staging_postgresql": {"login_db": postgres.DATABASE}}
    sandbox.targets.patch("staging_is_production", change)


SABOTAGES = [
    _lacks("migration_pending", 13, ("7.2.4", "7.2.5"), "The last migration was not applied"),
    _lacks("migration_skipped", 7, ("7.2.5", "7.2.4"), "A migration was left out between others"),
    Sabotage(
        "migration_unknown",
        postgres.NAME,
        ("7.2.4",),
        "The database has a migration that the release does not",
        _runs("insert into schema_version values (14, now(), 'of a later release')"),
        _runs("delete from schema_version where version = 14"),
        seen_through=_BY_FILES,
    ),
    Sabotage(
        "migration_table_missing",
        postgres.NAME,
        ("7.2.5",),
        "A table of the release is not there, although its migration counts as applied",
        _runs("alter table user_devices rename to sabotage_devices"),
        _runs("alter table if exists sabotage_devices rename to user_devices"),
        seen_through=_BY_FILES,
    ),
    Sabotage(
        "migration_no_right",
        postgres.NAME,
        ("7.2.4", "7.2.5"),
        "The probe may not read the table schema_version",
        _runs("revoke select on schema_version from readiness_probe"),
        _runs("grant select on schema_version to readiness_probe"),
        becomes="error",
        seen_through=_BY_FILES,
    ),
    Sabotage(
        "staging_behind",
        staging.NAME,
        ("7.2.3",),
        "Staging lacks the last migration",
        _runs("delete from schema_version where version = 13", postgres.STAGING),
        _runs("insert into schema_version values (13, now(), 'migration 13') on conflict do nothing", postgres.STAGING),
        seen_through=_BY_FILES,
    ),
    Sabotage(
        "staging_is_production",
        staging.NAME,
        ("7.2.3",),
        "What is declared as staging is production",
        _point_to_production,
        lambda sandbox: sandbox.targets.unpatch("staging_is_production"),
        seen_through=_BY_FILES,
    ),
]

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sabotages of the sandbox: one module a family, each with a list ``SABOTAGES`` of ``_contract.Sabotage``.

``FAMILIES`` names the lists, ``ALL`` is all of them. A sabotage is a real change of a running service, a file or a declared target, and its repair:

``name``       what ``break`` takes, e.g. ``redis_noeviction``;
``component``  the name of the component that it hurts (it has to be up);
``items``      the ids of the items that must turn red by it;
``says``       what is wrong then, as a sentence for the list;
``do``, ``undo``   functions of the sandbox. ``undo`` restores what the profile says, also after half of ``do``;
``becomes``    the outcome that the items must get: ``failed``, or ``error`` when the sabotage blinds the probe;
``parts``, ``seen_through``   what else may be broken at the same time, as ``_contract.Sabotage`` says;
``profiles``   where it makes sense; ``hardened`` alone mostly, as ``as_shipped`` is broken already.

``sandbox.targets.patch(name, change)`` and ``unpatch(name)`` change what is declared. Processes that a sabotage starts
are named ``<something>`` of its own and are ended by ``undo``, or by ``down`` at the latest.
"""

from __future__ import annotations

from sandbox._contract import Sabotage
from sandbox.sabotages import (
    application,
    artifacts,
    backups,
    docker,
    http,
    kubernetes,
    kubernetes_release,
    migrations,
    nats,
    object_storage,
    postgres,
    redis,
    registry,
    repository,
    repository_code,
    repository_compose,
    repository_config,
    repository_documents,
    repository_manifests,
    repository_monitoring,
    repository_release,
    secret_store,
    timescale,
    tls,
)

FAMILIES: tuple[list[Sabotage], ...] = (
    postgres.SABOTAGES,
    migrations.SABOTAGES,
    application.SABOTAGES,
    timescale.SABOTAGES,
    redis.SABOTAGES,
    nats.SABOTAGES,
    docker.SABOTAGES,
    registry.SABOTAGES,
    object_storage.SABOTAGES,
    secret_store.SABOTAGES,
    kubernetes.SABOTAGES,
    kubernetes_release.SABOTAGES,
    tls.SABOTAGES,
    http.SABOTAGES,
    repository.SABOTAGES,
    repository_manifests.SABOTAGES,
    repository_monitoring.SABOTAGES,
    repository_release.SABOTAGES,
    artifacts.SABOTAGES,
    backups.SABOTAGES,
    repository_documents.SABOTAGES,
    repository_compose.SABOTAGES,
    repository_code.SABOTAGES,
    repository_config.SABOTAGES,
)
ALL: tuple[Sabotage, ...] = tuple(sabotage for family in FAMILIES for sabotage in family)

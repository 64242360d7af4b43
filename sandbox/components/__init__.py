# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The components of the sandbox: one module each, in ``ALL``.

A component is a module with

``NAME``      its name: what ``--only`` takes, its folder, and the prefix of its processes' names;
``NEEDS``     tuple of the names of the components that have to be up before it (those of them that the profile has);
``PROFILES``  tuple of the profiles that have it: ``sandbox._profile.BOTH`` mostly;
``PORTS``     dictionary of a word to an offset; ``sandbox.port(PORTS["tls"])`` is the port. Offsets are unique over all
              components (a test says so). Others import the dictionary instead of repeating a number;
``start(sandbox)``    brings it up and returns when it is ready; raises ``SandboxError`` with a sentence when it cannot.
              Called only when ``is_up`` says no. It finds what an earlier run left behind in its home (databases are
              kept from one run to the next) or nothing at all. Components are started side by side in threads;
``stop(sandbox)``     ends it; fine when it is not up;
``is_up(sandbox)``    tells cheaply whether it is there and answers;
``targets(sandbox)``  its share of targets.yml as a dictionary, after ``start``. Shares are merged deeply and lists are
              joined, so that several components can add to ``readiness_tls: {endpoints: [...]}``. ``{}`` when none.

What ``sandbox`` (``sandbox._sandbox.Sandbox``) gives: ``hardened``, ``port(offset)``, ``home(NAME, user)``,
``secret(name)``, ``authority`` (``_certificates.py``), ``processes`` (``_processes.py``: start, stop, alive, wait by
name, user and pid file), ``targets`` (patches of sabotages), and the addresses ``INTERNAL`` and ``PUBLIC``.
``_users.program`` finds a binary, ``_waiting.wait_until`` and ``answers`` wait with a bound. A home is removed, and
built anew at the next ``up``, when one of the files that ``sources()`` of ``_lifecycle.py`` lists has changed, or when a
sabotage was never repaired.

A component that is much for a small machine, or takes minutes to be built, has ``ON_REQUEST = True``: ``up`` starts it by its
name, or where ``COMPONENTS=all`` is in the environment.

A component that only is files (the repository) has no ``PORTS``, and is up when the files are there.
"""

from __future__ import annotations

from sandbox._contract import Component
from sandbox.components import (
    api,
    app_sessions,
    artifacts,
    backups,
    docker,
    kubernetes,
    nats,
    nginx,
    object_storage,
    pgbouncer,
    postgres,
    redis,
    registry,
    replica,
    repository,
    secret_store,
    staging,
    timescale,
)

ALL: tuple[Component, ...] = (
    postgres,
    replica,
    staging,
    app_sessions,
    timescale,
    pgbouncer,
    redis,
    nats,
    repository,
    artifacts,
    backups,
    api,
    nginx,
    kubernetes,
    registry,
    docker,
    object_storage,
    secret_store,
)

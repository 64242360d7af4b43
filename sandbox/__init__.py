# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Real services on loopback that a demo or a test looks at, and how to break each of them.

``python -m sandbox up`` starts the components of a profile, ``break`` and ``repair`` hurt and heal one of them, ``down``
ends exactly the processes that ``up`` and ``break`` started. ``sandbox.components`` says what a component is,
``sandbox.sabotages`` what a sabotage is.
"""

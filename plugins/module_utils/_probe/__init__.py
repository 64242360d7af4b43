# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bodies of the probes, one module a subject.

Being a package makes ``http`` in it ``_probe.http`` to every checker: alone it would be taken for that of the standard library.
"""

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in of CryptoFunk's HTTP surface: API, orchestrator, seven agents and the market-data server in one process.

It keeps the contracts that a probe can see (bodies, authentication, limits, CORS, metrics) and trades nothing. Every reply
says ``Server: CryptoFunk-stand-in``. ``python -m sandbox.standin <settings.json>`` runs it; ``_settings.py`` says what the
file holds, and ``_live.py`` what the switches that it reads at every request can do.
"""

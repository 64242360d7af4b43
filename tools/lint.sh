#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# ruff on the Python, ansible-lint's production profile on the collection. ansible-lint finds the collection by its link in the
# virtual environment; --offline keeps it from asking a Galaxy server.

set -euo pipefail
cd "$(dirname "$0")/.."

echo "==> ruff"
ruff check .
ruff format --check .
echo "==> ansible-lint, profile production"
ansible-lint --offline --profile production --strict -q

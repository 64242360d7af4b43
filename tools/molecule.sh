#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the Molecule scenarios, all or those that are named. Molecule remembers that it prepared a scenario, even when the sandbox was
# stopped since: it is made to forget that first.

set -euo pipefail
cd "$(dirname "$0")/../extensions"

scenarios=("$@")
if [ ${#scenarios[@]} -eq 0 ]; then
  for folder in molecule/*/molecule.yml; do scenarios+=("$(basename "$(dirname "$folder")")"); done
fi
for scenario in "${scenarios[@]}"; do
  echo "==> Molecule scenario $scenario"
  molecule -c molecule/config.yml reset --scenario-name "$scenario"
  molecule -c molecule/config.yml test --scenario-name "$scenario"
done

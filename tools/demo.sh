#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the readiness playbook on the sandbox twice: on CryptoFunk as it is shipped, and hardened. COMPONENTS=all adds those that are
# built first, which takes minutes, once.

set -euo pipefail
cd "$(dirname "$0")/.."

stop() { python -m sandbox down; }
trap stop EXIT

for profile in as_shipped hardened; do
  echo "==> Starting the sandbox, profile $profile"
  python -m sandbox up --profile "$profile"
  echo "==> Running the playbook cryptofunk.readiness.readiness on it"
  READINESS_PROFILE=$profile ansible-playbook -i inventories/sandbox cryptofunk.readiness.readiness \
    -e "readiness_output_dir=$PWD/readiness/$profile" -e readiness_release=v1.0.0 -e readiness_gate=report_only
  python -m sandbox down --profile "$profile"
done
trap - EXIT

cat <<EOF
==> Two reports, made by looking at real services:
    as shipped  $PWD/readiness/as_shipped/latest/report.html
    hardened    $PWD/readiness/hardened/latest/report.html
    Play on: . .venv/bin/activate; python -m sandbox up; python -m sandbox sabotages; python -m sandbox break <one>;
    ansible-playbook -i inventories/sandbox cryptofunk.readiness.readiness
EOF

#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the named parts of the test suite one after the other, stop at the first that fails, and say what each took. The sandbox
# is stopped at the end, whatever happens.

set -euo pipefail
cd "$(dirname "$0")/.."

times=()
finish() {
  local code=$?
  python -m sandbox down || true
  printf '==> %s\n' "${times[@]}"
  if [ $code -eq 0 ]; then echo "==> make test passed in $SECONDS s"; else echo "==> make test FAILED after $SECONDS s in the last part"; fi
  exit $code
}
trap finish EXIT

for part in "$@"; do
  began=$SECONDS
  times+=("$part: not finished")
  make --no-print-directory "$part"
  times[${#times[@]}-1]="$part: $((SECONDS - began)) s"
done

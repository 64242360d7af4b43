#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the named parts of the test suite one after the other, stop at the first that fails, and say what each took. Of parts that are
# joined by commas all but the last run one after the other beside the last, and their output follows then: "sanity,molecule". The
# sandbox is stopped at the end, whatever happens.

set -euo pipefail
cd "$(dirname "$0")/.."

times=()
beside=
finish() {
  local code=$?
  [ -z "$beside" ] || kill -- "-$beside" 2>/dev/null || true
  python -m sandbox down || true
  printf '==> %s\n' "${times[@]}"
  if [ $code -eq 0 ]; then echo "==> make test passed in $SECONDS s"; else echo "==> make test FAILED after $SECONDS s in the last part"; fi
  exit $code
}
trap finish EXIT

for parts in "$@"; do
  began=$SECONDS
  times+=("$parts: not finished")
  last=${parts##*,} others=${parts%"$last"}
  if [ -n "$others" ]; then
    mkdir -p .build
    # shellcheck disable=SC2086  # the parts are words
    setsid make --no-print-directory ${others//,/ } >.build/beside.log 2>&1 </dev/null &
    beside=$! # and the group of all that it starts
  fi
  make --no-print-directory "$last"
  if [ -n "$beside" ]; then
    code=0
    wait "$beside" || code=$?
    beside=
    cat .build/beside.log
    [ $code -eq 0 ] || exit $code
  fi
  times[${#times[@]}-1]="$parts: $((SECONDS - began)) s"
done

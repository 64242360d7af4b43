#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the unit tests and the playbook's tests with the other supported ansible-core as well: 2.21 where .venv has 2.19 (Python
# 3.11), 2.19 where .venv has 2.21. It needs a second Python; where the machine has none, this says so and checks nothing. The word
# "unit" or "playbook" asks for the one without the other.

set -euo pipefail
cd "$(dirname "$0")/.."

part=${1:-both}
here=$(.venv/bin/python -c 'import sys; print(sys.version_info[1])')
if [ "$here" -le 11 ]; then wanted="13 12"; else wanted="11"; fi

find_other() {
  local minor candidate
  for minor in $wanted; do
    for candidate in "python3.$minor" "$HOME"/.pyenv/versions/3."$minor".*/bin/python; do
      if "$candidate" -c "import sys, ensurepip; sys.exit(sys.version_info[1] != $minor)" 2>/dev/null; then
        echo "$candidate"
        return
      fi
    done
  done
}

python=$(find_other)
if [ -z "$python" ]; then
  echo "==> NOT CHECKED with the other ansible-core: no Python 3.${wanted// / or 3.} on this machine"
  exit 0
fi

venv=$PWD/.build/other-core
stamp=$venv/requirements.sha256
digest=$(cat requirements.txt requirements-test.txt | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
  echo "==> Installing the other ansible-core with $("$python" --version)"
  "$python" -m venv --clear "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-test.txt
  echo "$digest" >"$stamp"
fi
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/ansible_collections/cryptofunk
mkdir -p "$site"
ln -sfn "$PWD" "$site/readiness"

export PATH=$venv/bin:$PATH
echo "==> With $(ansible --version | head -1)"
if [ "$part" != playbook ]; then python -m pytest tests/unit; fi
if [ "$part" != unit ]; then
  # What a service that is broken looks like does not depend on Ansible.
  python -m pytest -n 2 --dist loadgroup -k "not cannot_be_seen" tests/integration/test_playbook.py tests/integration/test_checkout.py
fi

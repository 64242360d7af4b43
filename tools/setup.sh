#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Make the machine able to run the collection and its sandbox: system packages, virtual environment, and the link by which
# Ansible finds the collection. Idempotent; a second run returns at once.

set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }

die() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  die "Python 3.11 or newer is needed, none was found; install it, or set PYTHON to its path"
}

# command or file that must be there, and the Debian package that brings it
needed() {
  cat <<'EOF'
git git
make make
openssl openssl
gpg gpg
gpgv gpgv
ssh-keygen openssh-client
rsync rsync
node nodejs
npm npm
nginx nginx
redis-server redis-server
pgbouncer pgbouncer
initdb postgresql
dockerd docker.io
/bin/busybox busybox-static
EOF
}

has() { PATH="$PATH:/usr/sbin:/sbin:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':')" command -v "$1" >/dev/null 2>&1; }

install_packages() {
  local command package missing=()
  while read -r command package; do
    has "$command" || missing+=("$package")
  done < <(needed)
  has initdb || missing+=(postgresql-contrib)
  "$1" -m ensurepip --version >/dev/null 2>&1 || missing+=(python3-venv)
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "these programs are missing, and there is no apt-get to install them: ${missing[*]}"
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  say "Installing the Debian packages ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

make_environment() {
  local python=$1 stamp=.venv/requirements.sha256 wanted
  wanted=$(cat requirements.txt requirements-test.txt | sha256sum)
  [ -x .venv/bin/ansible-playbook ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  say "Installing Ansible and the test tools into .venv, with $("$python" --version)"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-test.txt
  echo "$wanted" >"$stamp"
}

link_collection() {
  local site
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/ansible_collections/cryptofunk
  mkdir -p "$site"
  ln -sfn "$PWD" "$site/readiness"
}

python=$(find_python)
install_packages "$python"
make_environment "$python"
link_collection

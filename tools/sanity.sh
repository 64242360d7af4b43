#!/usr/bin/env bash
# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Run ansible-test sanity, without ignore files, on a copy of the tree: ansible-test wants to stand in
# ansible_collections/<namespace>/<name> of a git repository.

set -euo pipefail
cd "$(dirname "$0")/.."

build=$PWD/.build
tree=$build/ansible_collections/cryptofunk/readiness
cache=$build/home/.ansible/test/cache
version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

mkdir -p "$tree" "$cache"
cp tests/sanity/get_pip.py "$cache/get_pip_24_2.py"
cp tests/sanity/get_pip.py "$cache/get_pip_25_2.py"
# What other programs write is kept to the byte, by its rules and not by ours: the sandbox's repository, and the tests' fixtures.
git ls-files -z --cached --others --exclude-standard -- ':!sandbox/repo_template' ':(exclude,glob)tests/**/fixtures/**' |
  while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file"; done |
  rsync -a --delete --from0 --files-from=- --exclude .git ./ "$tree.new/"
rsync -a --delete --exclude .git --exclude tests/output "$tree.new/" "$tree/"
rm -rf "$tree.new"

cd "$tree"
[ -d .git ] || git init -q
git add -A
PIP_CACHE_DIR=${PIP_CACHE_DIR:-$HOME/.cache/pip} PATH=$OLDPWD/.venv/bin:$PATH HOME=$build/home ansible-test sanity --venv --python "$version" --color no "$@"

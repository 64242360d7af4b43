# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The least that cryptofunk.readiness needs to look at Vault or OpenBao: what its own token is, and the names of the secrets below
# one path. No value can be read by it. Load it with "bao policy write readiness secret_store.hcl", and make a token by
# "bao token create -policy=readiness -no-default-policy -period=768h".

path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "secret/subkeys/cryptofunk/production/*" {
  capabilities = ["read"]
}

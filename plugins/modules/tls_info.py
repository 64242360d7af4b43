#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: tls_info
short_description: Look at what TLS servers accept, and at their certificates
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Offers each protocol version alone and each class of cipher suites alone, and notes what the server accepts and refuses.
    The offers are made byte by byte, so that they do not depend on what the OpenSSL of the machine that looks can do.
  - Reads the certificates as the server sends them, and lets OpenSSL verify them as a strict client does.
  - An offer that was not answered is neither accepted nor refused. The keys that it leaves incomplete are listed in
    RV(observation[].unseen), with the reason.
  - Suites by pre-shared key, SRP, Kerberos and GOST are not offered, nor is SSLv2. A server that has certificates of several
    types shows one of them.
  - A look at an endpoint makes 17 connections, and a few more when the certificate does not hold or the server hangs up.
    No handshake is finished but that of the verification, and no data of an application is sent. A server may log each offer that
    it refuses.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  endpoints:
    description:
      - The servers to look at.
    type: list
    elements: dict
    required: true
    suboptions:
      host:
        description:
          - The host name or address to connect to.
        type: str
        required: true
      port:
        description:
          - The port to connect to.
        type: int
        default: 443
      server_name:
        description:
          - The name to ask for, with which the certificate has to agree. Without it this is O(endpoints[].host).
        type: str
      protocol:
        description:
          - How the server is brought to speak TLS. V(tls) begins with it at once, V(postgresql) asks for it first.
        type: str
        choices:
          - tls
          - postgresql
        default: tls
  ca_path:
    description:
      - A PEM file with the certificates of the authorities to trust. Without it those of the system are trusted.
    type: path
  timeout:
    description:
      - The budget of the whole look, in seconds. A server that does not answer costs this and no more.
    type: float
    default: 10.0
"""

EXAMPLES = r"""
- name: Look at the public endpoints
  cryptofunk.readiness.tls_info:
    endpoints:
      - host: api.example.com
      - host: 10.0.3.5
        port: 5432
        server_name: db.example.com
        protocol: postgresql
    ca_path: /etc/ssl/certs/internal-ca.pem

- name: Look at the endpoints that the inventory declares
  cryptofunk.readiness.tls_info:
    endpoints: "{{ readiness_tls.endpoints }}"
  register: endpoints
  when: readiness_tls is defined

- name: Judge them
  cryptofunk.readiness.assess:
    topic: security.tls
    looks:
      - {of: tls, observed: endpoints, needs: readiness_tls}
"""

RETURN = r"""
observation:
  description: What was seen, one element an endpoint.
  returned: success
  type: list
  elements: dict
  contains:
    subject:
      description: The endpoint.
      type: str
      returned: success
      sample: api.example.com:443
    error:
      description: Why nothing of the endpoint was seen, as V(reason) and V(message); null when something was.
      type: dict
      returned: success
      sample: null
    unseen:
      description: The keys that could not be filled, each with its reason.
      type: dict
      returned: success
      sample: {}
    host:
      description: The host that was connected to.
      type: str
      returned: when the endpoint answered
      sample: api.example.com
    port:
      description: The port that was connected to.
      type: int
      returned: when the endpoint answered
      sample: 443
    server_name:
      description: The name that was asked for.
      type: str
      returned: when the endpoint answered
      sample: api.example.com
    protocol:
      description: How the server was brought to speak TLS.
      type: str
      returned: when the endpoint answered
      sample: tls
    speaks_tls:
      description: Whether the server speaks TLS. V(false) when it answered in another protocol.
      type: bool
      returned: when the endpoint answered
      sample: true
    plain_protocol:
      description: The protocol that it speaks instead, empty when it speaks TLS.
      type: str
      returned: when the endpoint answered
      sample: ""
    offers:
      description: Every offer and its answer. It is complete in what was asked, also where answers are missing.
      type: list
      elements: dict
      returned: when the endpoint answered
      contains:
        kind:
          description: What was offered alone, one of V(version), V(ciphers), V(exchange).
          type: str
          sample: version
        offered:
          description: The version, the class of suites, or the key exchange that was offered.
          type: str
          sample: TLSv1
        answer:
          description: One of V(accepted), V(refused), V(unknown).
          type: str
          sample: refused
        detail:
          description: How the server refused, or why the answer is not known.
          type: str
          sample: alert protocol_version
        version:
          description: The version that was agreed on, empty when none was.
          type: str
          sample: ""
        suite:
          description: The suite that was agreed on, empty when none was.
          type: str
          sample: ""
    accepted_versions:
      description: The versions that were accepted, of SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3. Known only when all were answered.
      type: list
      elements: str
      returned: when the endpoint answered
      sample: [TLSv1.3, TLSv1.2]
    refused_versions:
      description: The versions that were refused. Known only when all were answered.
      type: list
      elements: str
      returned: when the endpoint answered
      sample: [TLSv1.1, TLSv1, SSLv3]
    accepted_ciphers:
      description:
        - The classes of suites of which at least one was accepted. V(TLS13) are the suites of TLS 1.3; V(AEAD) and V(CBC) have
          forward secrecy; V(NO_FORWARD_SECRECY) has strong ciphers without it; V(3DES), V(RC4), V(OBSOLETE) (DES, RC2, IDEA, SEED),
          V(EXPORT), V(ANONYMOUS) and V(NULL) are broken. Known only when all were answered and one was accepted.
      type: list
      elements: str
      returned: when the endpoint answered
      sample: [TLS13, AEAD]
    refused_ciphers:
      description: The classes of suites that were refused as a whole. Known only when all were answered and one was accepted.
      type: list
      elements: str
      returned: when the endpoint answered
      sample: [CBC, NO_FORWARD_SECRECY, 3DES, RC4, OBSOLETE, EXPORT, ANONYMOUS, "NULL"]
    forward_secrecy:
      description: Whether every suite without forward secrecy was refused.
      type: bool
      returned: when the endpoint answered
      sample: true
    dh_bits:
      description: The size of the Diffie-Hellman group over a prime field that the server uses, 0 when it uses none.
      type: int
      returned: when the endpoint answered
      sample: 0
    compression:
      description: Whether the server agreed to compress, which gives secrets away.
      type: bool
      returned: when the endpoint answered
      sample: false
    certificate:
      description: The server's own certificate.
      type: dict
      returned: when the endpoint answered
      contains:
        subject:
          description: Whom it names.
          type: str
          sample: CN=api.example.com
        issuer:
          description: Who issued it.
          type: str
          sample: C=US, O=Let's Encrypt, CN=E7
        not_before:
          description: When it begins to be valid, in UTC.
          type: str
          sample: "2026-10-02T08:00:00Z"
        not_after:
          description: When it ceases to be valid, in UTC.
          type: str
          sample: "2026-12-31T08:00:00Z"
        key_type:
          description: The type of its key, one of V(RSA), V(RSA-PSS), V(EC), V(Ed25519), V(Ed448), V(DSA), or an object identifier.
          type: str
          sample: EC
        key_bits:
          description: The size of its key.
          type: int
          sample: 256
        security_bits:
          description: The strength of its key, comparable over all types. RSA with 2048 bits gives 112, EC with 256 bits 128.
          type: int
          sample: 128
        signature_hash:
          description: The hash under its signature, or an object identifier.
          type: str
          sample: sha256
        self_signed:
          description: Whether it is its own issuer.
          type: bool
          sample: false
        fingerprint:
          description: The SHA-256 of the certificate.
          type: str
          sample: 4c7a0f6c9a4e7e0b3c4f6a3f0f1d2c5b8e9a7d6c5b4a39281706f5e4d3c2b1a0
        names:
          description: The host names and addresses for which it is valid.
          type: list
          elements: str
          sample: [api.example.com]
        days_left:
          description: Whole days until it ceases to be valid, negative when it has.
          type: int
          sample: 36
        lifetime_left_ratio:
          description: The part of its lifetime that is left.
          type: float
          sample: 0.4021
        expired:
          description: Whether it has ceased to be valid.
          type: bool
          sample: false
        not_yet_valid:
          description: Whether it is yet to become valid.
          type: bool
          sample: false
    chain:
      description: The certificates as they were sent, the server's own first.
      type: list
      elements: dict
      returned: when the endpoint answered
      contains:
        subject:
          description: Whom it names.
          type: str
          sample: C=US, O=Let's Encrypt, CN=E7
        issuer:
          description: Who issued it.
          type: str
          sample: C=US, O=Internet Security Research Group, CN=ISRG Root X1
        not_before:
          description: When it begins to be valid, in UTC.
          type: str
          sample: "2024-03-13T00:00:00Z"
        not_after:
          description: When it ceases to be valid, in UTC.
          type: str
          sample: "2027-03-12T23:59:59Z"
        key_type:
          description: The type of its key.
          type: str
          sample: EC
        key_bits:
          description: The size of its key.
          type: int
          sample: 384
        security_bits:
          description: The strength of its key.
          type: int
          sample: 192
        signature_hash:
          description: The hash under its signature.
          type: str
          sample: sha256
        self_signed:
          description: Whether it is its own issuer.
          type: bool
          sample: false
        fingerprint:
          description: The SHA-256 of the certificate.
          type: str
          sample: 885bf0572252c6741dc9a52f5044487fef2a93b811cdedfad7624cc283b7cdd5
    chain_complete:
      description:
        - Whether the certificates as sent lead to an authority, without any that only the machine that looks happens to have.
      type: bool
      returned: when the endpoint answered
      sample: true
    host_name_matches:
      description: Whether the certificate is valid for the name that was asked for. A common name does not count.
      type: bool
      returned: when the endpoint answered
      sample: true
    trusted:
      description: Whether the chain leads to a trusted authority, whatever the dates and the name of the certificate.
      type: bool
      returned: when the endpoint answered
      sample: true
    verify_error:
      description: The first fault that a strict client meets, in the words of OpenSSL; empty when it accepts the certificate.
      type: str
      returned: when the endpoint answered
      sample: ""
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import tls
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**tls.SPEC, supports_check_mode=True)
    run_module(module, "tls_info", tls.observe)


if __name__ == "__main__":
    main()

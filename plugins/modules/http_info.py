#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: http_info
short_description: Look at what HTTP services answer
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Looks at HTTP services in one of five ways. O(requests) sends plain requests, O(transport) looks whether TLS is the only way in,
    O(cors) which origins are let in, O(auth) whether a route asks for a key, and O(burst) whether a rate limit stops whoever
    asks too often. Each call looks in exactly one way, so that all elements of an observation have the same keys.
  - Redirects are not followed, proxies are not used, and cookies are not kept. Of a body 64 KiB are read.
  - An answer with the status 429 says nothing about what was asked. Everywhere but in O(burst) it is an error with the reason V(refused).
  - It never judges. Statuses, headers and bodies are returned as they came, without what may be secret in them; the values of headers for
    cookies, keys and tokens are hidden, so are the texts of a body under names like C(password), and the queries of URLs.
  - O(requests) sends one request for each element, or one for each path of O(paths) and element. O(transport) sends two requests for each
    element, O(auth) three, O(cors) two for each origin of which it makes up to five itself, and O(burst) up to
    O(burst.count) and never more than 200. Nothing is sent twice.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  requests:
    description:
      - The requests to send.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - How the result calls the request. Without it this is its method and URL.
        type: str
      url:
        description:
          - The URL to ask.
        type: str
        required: true
      method:
        description:
          - The method.
        type: str
        default: GET
      headers:
        description:
          - Headers to send. Give a key as O(requests[].api_key) and not here, since headers are not hidden.
        type: dict
      data:
        description:
          - What to send as the body of the request.
        type: str
      body:
        description:
          - Fields which the JSON body of the answer is declared to have, with their values. RV(observation[].differing_fields) lists
            those that it does not have.
        type: dict
      api_key:
        description:
          - A key to send. It is hidden, and not sent in plain text to another machine.
        type: str
      api_key_header:
        description:
          - The header that carries the key.
        type: str
        default: X-API-Key
  paths:
    description:
      - Paths, or other references to URLs, to ask for instead of the path of each of O(requests). They are resolved as in a page.
    type: list
    elements: str
    default: []
  keep_body:
    description:
      - Return the JSON bodies of O(requests).
    type: bool
    default: false
  transport:
    description:
      - The services that shall be reached by TLS alone. Their certificates are not verified here; see
        M(cryptofunk.readiness.tls_info).
    type: list
    elements: dict
    suboptions:
      url:
        description:
          - The URL of the service.
        type: str
        required: true
      http_url:
        description:
          - The same service by plain HTTP. Without it this is port 80 of the same host.
        type: str
  cors:
    description:
      - The services whose cross-origin rules are looked at, by a request and a preflight for each origin.
      - A stranger, the origin V(null), plain HTTP and two names that resemble the first allowed one are hostile. So is every
        allowed origin that begins with V(http://).
    type: list
    elements: dict
    suboptions:
      url:
        description:
          - The URL to ask.
        type: str
        required: true
      allowed_origins:
        description:
          - The origins that have to be allowed.
        type: list
        elements: str
        default: []
      hostile_origins:
        description:
          - More origins that must not be allowed.
        type: list
        elements: str
        default: []
  auth:
    description:
      - The routes that need a key. Each is asked without a key, with one that nobody has, and with O(auth[].api_key).
      - Choose a route and O(auth[].data) which change nothing even with a good key.
    type: list
    elements: dict
    suboptions:
      url:
        description:
          - The URL to ask.
        type: str
        required: true
      method:
        description:
          - The method.
        type: str
        default: POST
      data:
        description:
          - What to send as the body of the request.
        type: str
        default: "{}"
      api_key:
        description:
          - A good key. It is hidden, and not sent in plain text to another machine.
        type: str
      api_key_header:
        description:
          - The header that carries the key.
        type: str
        default: X-API-Key
  burst:
    description:
      - A burst of equal requests, eight at a time. It ends at the first answer with the status 429.
      - The service limits whoever shares the address of the machine that looks, for as long as its window lasts.
    type: dict
    suboptions:
      url:
        description:
          - The URL to ask.
        type: str
        required: true
      method:
        description:
          - The method.
        type: str
        default: GET
      count:
        description:
          - How many requests to send at most. More than 200 are never sent.
        type: int
        default: 120
  allow_burst:
    description:
      - Confirm that O(burst) may be sent to this service. Without it no request is sent, and the result is an error with the
        reason V(not_configured).
    type: bool
    default: false
  forwarded_for:
    description:
      - An address for the header C(X-Forwarded-For), best one that is reserved for documentation like V(192.0.2.10). A service that
        believes the header counts the requests under it, so that the look does not use up the limit of anybody else.
    type: str
  validate_certs:
    description:
      - Verify the certificates of the services.
    type: bool
    default: true
  ca_path:
    description:
      - A PEM file with the certificates of the authorities to trust. Without it those of the system are trusted.
    type: path
  timeout:
    description:
      - The budget of the whole look, in seconds. A service that does not answer, or without an end, costs this and no more.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at the health of the API and the orchestrator
  cryptofunk.readiness.http_info:
    requests:
      - name: api
        url: https://api.example.com/api/v1/health
        body:
          status: healthy
      - name: orchestrator
        url: http://10.0.3.8:8081/health
        body:
          status: healthy
  register: health

- name: Judge it
  cryptofunk.readiness.assess:
    topic: monitoring.health_checks
    looks:
      - {of: health, observed: health, needs: readiness_health}

- name: Look whether the API limits whoever asks too often
  cryptofunk.readiness.http_info:
    burst:
      url: https://api.example.com/api/v1/status
      count: 120
    allow_burst: true
    forwarded_for: 192.0.2.10
"""

RETURN = r"""
observation:
  description: What was seen, one element a request, service, route or burst.
  returned: success
  type: list
  elements: dict
  contains:
    subject:
      description: What was looked at.
      type: str
      returned: success
      sample: GET https://api.example.com/api/v1/health
    error:
      description: Why nothing was seen, as V(reason) and V(message); null when something was.
      type: dict
      returned: success
      sample: null
    unseen:
      description: The keys that could not be filled, each with its reason.
      type: dict
      returned: success
      sample: {}
    url:
      description: The URL that was asked, without its query.
      type: str
      returned: when there was an answer
      sample: https://api.example.com/api/v1/health
    method:
      description: The method.
      type: str
      returned: with O(requests), O(auth) and O(burst)
      sample: GET
    status:
      description: The status of the answer.
      type: int
      returned: with O(requests) and O(transport)
      sample: 200
    headers:
      description: The headers of the answer by their names in lower case.
      type: dict
      returned: with O(requests)
      sample: {content-type: application/json}
    location:
      description: Where the answer leads to, without a query; empty when it leads nowhere.
      type: str
      returned: with O(requests)
      sample: ""
    content_encoding:
      description: How the body is encoded, empty when it is not.
      type: str
      returned: with O(requests)
      sample: gzip
    tls_version:
      description: The version of TLS that carried the answer, empty for plain HTTP.
      type: str
      returned: with O(requests) and O(transport)
      sample: TLSv1.3
    body:
      description: The JSON of the body.
      type: raw
      returned: with O(requests) and O(keep_body)
      sample: {status: healthy}
    body_bytes:
      description: How many bytes of the body were read, before any decoding.
      type: int
      returned: with O(requests)
      sample: 63
    differing_fields:
      description: The declared fields that the body does not have, or has with another value.
      type: list
      elements: dict
      returned: with O(requests), when fields are declared
      contains:
        field:
          description: The field, with dots where it is nested.
          type: str
          sample: status
        declared:
          description: The declared value.
          type: raw
          sample: healthy
        seen:
          description: The value in the body, null when it has none.
          type: raw
          sample: unhealthy
    duration_ms:
      description: How long the answer took, from connecting on, in milliseconds.
      type: int
      returned: with O(requests)
      sample: 12
    http_url:
      description: The URL by plain HTTP.
      type: str
      returned: with O(transport)
      sample: http://api.example.com/
    hsts_max_age:
      description: For how many seconds browsers are told to use TLS alone, 0 when they are not told.
      type: int
      returned: with O(transport)
      sample: 31536000
    plain_http:
      description:
        - What becomes of a request by plain HTTP. V(redirected) leads to HTTPS, V(served) is any other answer, and V(closed),
          V(filtered) and V(unreachable) are the states of the port.
      type: str
      returned: with O(transport)
      sample: redirected
    hostile_allowed:
      description: The hostile origins that a browser would let read an answer.
      type: list
      elements: str
      returned: with O(cors)
      sample: []
    allowed_refused:
      description: The allowed origins that a browser would keep out.
      type: list
      elements: str
      returned: with O(cors), when allowed origins are declared
      sample: []
    wildcard_with_credentials:
      description: The origins whose answers allow every origin together with credentials.
      type: list
      elements: str
      returned: with O(cors)
      sample: []
    origins:
      description: Every origin that was tried, and the answer.
      type: list
      elements: dict
      returned: with O(cors)
      contains:
        origin:
          description: The origin.
          type: str
          sample: https://app.example.com
        method:
          description: V(GET) for a request, V(OPTIONS) for a preflight.
          type: str
          sample: OPTIONS
        hostile:
          description: Whether the origin must not be allowed.
          type: bool
          sample: false
        status:
          description: The status of the answer.
          type: int
          sample: 204
        allow_origin:
          description: The origin that the answer allows, empty when it allows none.
          type: str
          sample: https://app.example.com
        allow_credentials:
          description: Whether the answer allows credentials.
          type: bool
          sample: true
        allowed:
          description: Whether a browser would let the origin in.
          type: bool
          sample: true
    status_without_key:
      description: The status of the answer to a request without a key.
      type: int
      returned: with O(auth)
      sample: 401
    status_bad_key:
      description: The status of the answer to a key that nobody has.
      type: int
      returned: with O(auth)
      sample: 401
    status_good_key:
      description: The status of the answer to the declared key.
      type: int
      returned: with O(auth), when a key is declared
      sample: 400
    planned:
      description: How many requests the burst was to have.
      type: int
      returned: with O(burst)
      sample: 120
    sent:
      description: How many requests were sent.
      type: int
      returned: with O(burst)
      sample: 104
    codes:
      description: How many answers had each status.
      type: dict
      returned: with O(burst)
      sample: {"200": 100, "429": 4}
    limited:
      description: Whether an answer said that the limit was reached.
      type: bool
      returned: with O(burst)
      sample: true
    retry_after:
      description: The header C(Retry-After) of such an answer, empty when it had none.
      type: str
      returned: with O(burst), when the limit was reached
      sample: "41"
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import http
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**http.SPEC, supports_check_mode=True)
    run_module(module, "http_info", http.observe)


if __name__ == "__main__":
    main()

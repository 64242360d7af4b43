# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What HTTP services answer. There are five ways to look, one a call: each has a file of its own.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Look, Observation, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import (
    _http_auth,
    _http_burst,
    _http_cors,
    _http_requests,
    _http_transport,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client

_URL: dict[str, t.Any] = {"url": {"type": "str", "required": True}}
_KEY: dict[str, t.Any] = {
    "api_key": {"type": "str", "no_log": True},
    "api_key_header": {"type": "str", "default": "X-API-Key", "no_log": False},
}
_SHARE = 0.9  # of the budget for the network: what was heard until then is still put together
_WAYS = ("requests", "transport", "cors", "auth", "burst")

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "requests": {
            "type": "list",
            "elements": "dict",
            "options": {
                "name": {"type": "str"},
                **_URL,
                "method": {"type": "str", "default": "GET"},
                "headers": {"type": "dict"},
                "data": {"type": "str"},
                "body": {"type": "dict"},
                **_KEY,
            },
        },
        "paths": {"type": "list", "elements": "str", "default": []},
        "keep_body": {"type": "bool", "default": False},
        "transport": {"type": "list", "elements": "dict", "options": {**_URL, "http_url": {"type": "str"}}},
        "cors": {
            "type": "list",
            "elements": "dict",
            "options": {
                **_URL,
                "allowed_origins": {"type": "list", "elements": "str", "default": []},
                "hostile_origins": {"type": "list", "elements": "str", "default": []},
            },
        },
        "auth": {
            "type": "list",
            "elements": "dict",
            "options": {
                **_URL,
                "method": {"type": "str", "default": "POST"},
                "data": {"type": "str", "default": "{}"},
                **_KEY,
            },
        },
        "burst": {
            "type": "dict",
            "options": {
                **_URL,
                "method": {"type": "str", "default": "GET"},
                "count": {"type": "int", "default": 120},
            },
        },
        "allow_burst": {"type": "bool", "default": False},
        "forwarded_for": {"type": "str"},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        **_argspec.timeout(15.0),
    },
    "mutually_exclusive": [_WAYS],
    "required_one_of": [_WAYS],
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Look in the one way that the options ask for."""
    return look_at_all(_looks(options, Deadline(deadline.left() * _SHARE)), deadline)


def _looks(options: dict[str, t.Any], deadline: Deadline) -> list[tuple[str, Look]]:
    client = Client(options["validate_certs"], options["ca_path"], options["forwarded_for"])
    if options["requests"] is not None:
        return _http_requests.looks(options, client, deadline)
    if options["transport"] is not None:
        return _http_transport.looks(options["transport"], client, deadline)
    if options["cors"] is not None:
        return _http_cors.looks(options["cors"], client, deadline)
    if options["auth"] is not None:
        return _http_auth.looks(options["auth"], client, deadline)
    return _http_burst.looks(options["burst"], options["allow_burst"], client, deadline)

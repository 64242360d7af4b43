# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks of the HTTP probe, as a task asks for them."""

from __future__ import annotations

import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import http
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from . import servers

KEY = "a-good-key-that-nobody-may-see"


def look(**options: t.Any) -> list[dict[str, t.Any]]:
    result = ArgumentSpecValidator(**http.SPEC).validate({"timeout": 3, **options})
    assert not result.error_messages
    return list(run_probe("http_info", http.observe, result.validated_parameters)["observation"])


def url(port: int, path: str = "/") -> str:
    return f"http://{servers.HOST}:{port}{path}"

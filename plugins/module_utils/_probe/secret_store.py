# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A secret store: whether it is ready, what it lets in, and whether the declared secrets are there. Values are never shown.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws._client import Keys, Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client, checked_url, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secret_store import _manager
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secret_store._declared import compared
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secret_store._vault import Vault

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "kind": {"type": "str", "choices": ["vault", "aws"], "default": "vault"},
        "entries": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "path": {"type": "str", "required": True},
                "names": {"type": "list", "elements": "str", "default": []},
            },
        },
        "url": {"type": "str"},
        "token": {"type": "str", "no_log": True},
        "namespace": {"type": "str"},
        "mount": {"type": "str", "default": "secret"},
        "default_tokens": {"type": "list", "elements": "str", "no_log": False, "default": []},
        "region": {"type": "str", "default": "us-east-1"},
        **_argspec.signing(),
        "ca_path": {"type": "path"},
        **_argspec.timeout(15.0),
    },
    "required_if": [["kind", "vault", ["url"]]],
    "required_together": [["access_key", "secret_key"]],
}

_SHARE = 0.9  # of the budget, so that what was seen is told when the store falls silent
_SIDE_BY_SIDE = 4
_TRIES_MOST = 10


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the store."""
    look = {"vault": _look_at_vault, "aws": _look_at_aws}[options["kind"]]
    name = shown(options["url"]) if options["url"] else f"AWS Secrets Manager in {options['region']}"
    return look_at_all([(name, functools.partial(look, options, deadline))], deadline)


def _look_at_vault(options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    checked_url(options["url"])
    mount = options["mount"].strip("/")
    client = Client(ca_path=options["ca_path"])
    vault = Vault(options["url"], mount, client, deadline, options["namespace"], options["token"])
    part = Part()
    part.look("state", vault.state, "read the seal of the secret store")
    part.look("login", vault.login, "look up the declared token")
    entries = options["entries"]
    part.look("secrets", lambda: _secrets_of(vault, entries, deadline), "look for the declared secrets")
    part.look("default_tokens", lambda: _defaults(vault, options["default_tokens"], deadline), "try known tokens")
    return part.to_dict()


def _secrets_of(vault: Vault, declared: list[dict[str, t.Any]], deadline: Deadline) -> dict[str, t.Any]:
    if not vault.token:
        raise LookError(Reason.NOT_CONFIGURED, "No token of the secret store is declared")
    vault.check_mount()
    paths = [one["path"].strip("/") for one in declared]
    found = _all([functools.partial(vault.names, path) for path in paths], deadline)
    return compared(declared, {one["path"]: names for one, names in zip(declared, found)})


def _defaults(vault: Vault, tokens: list[str], deadline: Deadline) -> dict[str, t.Any]:
    """Return how many of the *tokens* that anybody knows are accepted; which ones is told by their place."""
    if not tokens:
        raise LookError(Reason.NOT_CONFIGURED, "No default_tokens are declared, so that none was tried")
    tried = tokens[:_TRIES_MOST]
    answers = _all([functools.partial(vault.accepts, token) for token in tried], deadline)
    return {"tried": len(tried), "accepted": sum(answers)}


def _all(jobs: t.Sequence[t.Callable[[], t.Any]], deadline: Deadline) -> list[t.Any]:
    """Return what each job gave; the first fault stands for all, because half an answer is none."""
    answers = run_all(jobs, _SIDE_BY_SIDE, deadline)
    for one in answers:
        if isinstance(one, LookError):
            raise one
    return answers


def _look_at_aws(options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    service = Service("secretsmanager", options["url"], options["region"], options["ca_path"])
    declared = Keys(options["access_key"], options["secret_key"], options["session_token"])
    client, dummy = service.clients(declared, deadline)
    entries = options["entries"]

    def found() -> dict[str, t.Any]:
        jobs = [functools.partial(_manager.names, client, one["path"], one["names"]) for one in entries]
        return compared(entries, {one["path"]: names for one, names in zip(entries, _all(jobs, deadline))})

    part = Part()
    part.look("secrets", found, "look for the declared secrets")
    if part.seen["secrets"]:
        part.seen["state"] = {
            "ready": True,
            "initialized": True,
            "sealed": False,
            "storage": "aws",
            "in_memory": False,
            "version": "",
        }
    else:
        part.miss("state", LookError(Reason.NOT_OBSERVED, "AWS Secrets Manager gave no answer that tells its state"))
    part.seen["default_tokens"] = {"tried": 0, "accepted": 0}
    part.seen["login"] = {"policies": [], "is_root": False, "expires": bool(options["session_token"])}
    return part.to_dict()

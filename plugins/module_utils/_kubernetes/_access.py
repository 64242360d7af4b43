# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the API server is, and as whom to ask it. This is a private part of the collection.

A kubeconfig may hold certificates and keys in itself. They are written to a private folder for as long as it takes to read them
into a TLS context, as that is all that the ``ssl`` module offers, and are gone before the first request.
"""

from __future__ import annotations

import base64
import binascii
import ssl
import tempfile
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

MISSING = "The Python library kubernetes is missing where the probe runs: install the package kubernetes"
_FILES = ("certificate-authority", "client-certificate", "client-key")
_PATHS = (*_FILES, "tokenFile")
_CONNECTIONS = 8

OPTIONS: dict[str, t.Any] = {
    "argument_spec": {
        "kubeconfig": {"type": "path"},
        "kubeconfig_content": {"type": "str", "no_log": True},
        "context": {"type": "str"},
        "in_cluster": {"type": "bool", "default": False},
        "url": {"type": "str"},
        "token": {"type": "str", "no_log": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path"},
        "validate_certs": {"type": "bool", "default": True},
    },
    "mutually_exclusive": [["kubeconfig", "kubeconfig_content", "url"]],
    "required_together": [["client_cert", "client_key"]],
}


@dataclass(frozen=True)
class Access:
    """The root of the API, the library's pool of connections to it, and what tells it who asks."""

    base: str
    pool: t.Any
    headers: t.Callable[[], dict[str, str]]


def access(options: dict[str, t.Any]) -> Access:
    """Return the way to the API server that the options describe; raise LookError when they do not."""
    try:
        import urllib3  # noqa: PLC0415  # an optional library is looked for when it is needed
        from kubernetes import client, config  # noqa: PLC0415
    except ImportError as exc:
        raise LookError(Reason.MISSING_LIBRARY, MISSING) from exc
    settings = client.Configuration()
    settings.verify_ssl = True
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        _load(settings, options, config, folder)
        context = _context(settings)
    words: dict[str, t.Any] = {"retries": False, "maxsize": _CONNECTIONS}
    if settings.host.startswith("https://"):
        words["ssl_context"] = context
        if settings.tls_server_name:
            words.update(server_hostname=settings.tls_server_name, assert_hostname=settings.tls_server_name)
    pool = urllib3.ProxyManager(settings.proxy, **words) if settings.proxy else urllib3.PoolManager(**words)
    return Access(settings.host.rstrip("/"), pool, lambda: _headers(settings))


def _load(settings: t.Any, options: dict[str, t.Any], config: t.Any, folder: str) -> None:
    if options["url"]:
        settings.host = options["url"]
        settings.ssl_ca_cert = options["ca_path"]
        settings.cert_file, settings.key_file = options["client_cert"], options["client_key"]
        if options["token"]:
            settings.api_key["BearerToken"] = f"Bearer {options['token']}"
    elif options["in_cluster"]:
        try:
            config.load_incluster_config(client_configuration=settings)
        except config.ConfigException as exc:
            words = "The probe runs in no pod of a cluster, or its pod carries no token of a service account"
            raise LookError(Reason.NOT_CONFIGURED, words) from exc
    else:
        _load_file(settings, options, config, folder)
    if not options["validate_certs"]:
        settings.verify_ssl = False


def _load_file(settings: t.Any, options: dict[str, t.Any], config: t.Any, folder: str) -> None:
    name = "the kubeconfig" if options["kubeconfig_content"] else options["kubeconfig"] or "~/.kube/config"
    data, base = _read(options["kubeconfig"], options["kubeconfig_content"], name)
    context = options["context"] or data.get("current-context")
    if context not in [one.get("name") for one in _named(data, "contexts")]:
        raise LookError(Reason.NOT_CONFIGURED, f"There is no context {context} in {name}")
    for kind, key in (("clusters", "cluster"), ("users", "user")):
        for number, one in enumerate(_named(data, kind)):
            one[key] = _with_files(one.get(key) or {}, base, f"{folder}/{kind}{number}", name)
    fails = LookError(Reason.MALFORMED, f"The context {context} in {name} is incomplete, or its login fails")
    try:
        config.load_kube_config_from_dict(data, context=context, client_configuration=settings, persist_config=False)
    except Exception as exc:  # pylint: disable=broad-exception-caught  # its text may quote what a login program printed
        raise fails from exc
    if _logs_in_by_a_program(data, context) and not (settings.api_key or settings.cert_file):
        raise fails  # the library goes on as nobody


def _logs_in_by_a_program(data: dict[str, t.Any], context: t.Any) -> bool:
    chosen = next(one.get("context") or {} for one in _named(data, "contexts") if one.get("name") == context)
    return any("exec" in one["user"] for one in _named(data, "users") if one.get("name") == chosen.get("user"))


def _read(path: str | None, content: str | None, name: str) -> tuple[dict[str, t.Any], Path]:
    """Return the data of a kubeconfig, and the folder that its paths start from."""
    import yaml  # noqa: PLC0415  # a library of the client's own

    file = Path(path or "~/.kube/config").expanduser()
    if content is None:
        try:
            content = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as exc:
            raise LookError(Reason.NOT_CONFIGURED, f"Cannot read the kubeconfig {name}") from exc
    try:
        data = yaml.safe_load(content)
    except yaml.YAMLError as exc:
        raise LookError(Reason.MALFORMED, f"Cannot read {name}: it is no YAML") from exc
    if not isinstance(data, dict):
        raise LookError(Reason.MALFORMED, f"Cannot read {name}: it is no kubeconfig")
    return data, file.absolute().parent


def _named(data: dict[str, t.Any], key: str) -> list[dict[str, t.Any]]:
    found = data.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _with_files(given: dict[str, t.Any], base: Path, place: str, name: str) -> dict[str, t.Any]:
    """Return a cluster or user of a kubeconfig with paths that hold from anywhere, and files in place of data in base64."""
    found = dict(given)
    for key in _PATHS:
        if isinstance(found.get(key), str) and found[key]:
            found[key] = str(base / found[key])
    for key in _FILES:
        data = found.pop(f"{key}-data", None)
        if data:
            found[key] = f"{place}-{key}"
            try:
                plain = base64.b64decode(str(data), validate=True)
            except (binascii.Error, ValueError) as exc:
                raise LookError(Reason.MALFORMED, f"The {key}-data in {name} is no base64") from exc
            Path(found[key]).write_bytes(plain)  # the folder is readable by nobody else
    return found


def _context(settings: t.Any) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ssl_ca_cert or None)
        if settings.cert_file:
            context.load_cert_chain(settings.cert_file, settings.key_file)
    except (OSError, ssl.SSLError) as exc:
        raise LookError(Reason.NOT_CONFIGURED, "The certificates for the API server cannot be read") from exc
    if not settings.verify_ssl:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _headers(settings: t.Any) -> dict[str, str]:
    """Return who asks; the library renews a token that has run out."""
    token = settings.get_api_key_with_prefix("BearerToken", alias="authorization")
    headers = {"Accept": "application/json", "User-Agent": "cryptofunk-readiness"}
    if token:
        headers["Authorization"] = token
    elif settings.username:
        headers["Authorization"] = settings.get_basic_auth_token()
    return headers

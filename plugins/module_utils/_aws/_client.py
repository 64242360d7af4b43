# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that botocore signs and understands, sent by the client of the probes: bounded in time and size, and tried once.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import io
import typing as t
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import (
    Client,
    Request,
    checked_url,
)

_SECRET_HEADERS = ("x-amz-security-token",)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Keys:
    """With what requests are signed; without a key, with what botocore finds where the probe runs. No part is shown."""

    access_key: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Service:
    """An AWS service, or one that speaks like it."""

    name: str
    endpoint_url: str | None
    region: str
    ca_path: str | None = None
    addressing_style: str = "auto"

    def clients(self, keys: Keys, deadline: Deadline) -> tuple[t.Any, Keys]:
        """Return a client that signs, and the keys by which it does."""
        if self.endpoint_url:
            checked_url(self.endpoint_url)
        if not keys.access_key:
            keys = _found(self._session)
        return self.signing(keys, deadline), keys

    def unsigned(self, deadline: Deadline) -> t.Any:
        """Return a client that signs nothing. The key that it is given keeps botocore from looking for one."""
        return self._client(Keys("nobody", "nothing"), deadline, signature_version=_botocore().UNSIGNED)

    def signing(self, keys: Keys, deadline: Deadline) -> t.Any:
        """Return a client that signs with *keys*."""
        return self._client(keys, deadline)

    @functools.cached_property
    def _session(self) -> t.Any:
        session = _botocore().session.Session()
        session.set_config_variable("metadata_service_timeout", 1)
        session.set_config_variable("metadata_service_num_attempts", 1)
        return session

    def _client(self, keys: Keys, deadline: Deadline, **words: t.Any) -> t.Any:
        from botocore.config import Config  # noqa: PLC0415  # an optional library is looked for when it is needed

        config = Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            s3={"addressing_style": self.addressing_style},
            **words,
        )
        try:
            client = self._session.create_client(
                self.name,
                region_name=self.region,
                endpoint_url=self.endpoint_url,
                aws_access_key_id=keys.access_key,
                aws_secret_access_key=keys.secret_key,
                aws_session_token=keys.session_token,
                config=config,
            )
        except ValueError as exc:
            raise LookError(Reason.NOT_CONFIGURED, f"The endpoint or region of {self.name} cannot be used") from exc
        send = functools.partial(_send, Client(ca_path=self.ca_path), deadline)
        client.meta.events.register("before-send", send)
        return client


def _botocore() -> t.Any:
    try:
        import botocore  # noqa: PLC0415  # an optional library is looked for when it is needed
        import botocore.session  # noqa: PLC0415
    except ImportError as exc:
        words = "The Python library botocore is missing where the probe runs: install the package botocore"
        raise LookError(Reason.MISSING_LIBRARY, words) from exc
    return botocore


def _found(session: t.Any) -> Keys:
    """Return the keys that are in the environment, the files or the machine where the probe runs."""
    found = session.get_credentials()
    if found is None:
        raise LookError(Reason.NOT_CONFIGURED, "No access key is declared, and none is found where the probe runs")
    frozen = found.get_frozen_credentials()
    return Keys(frozen.access_key, frozen.secret_key, frozen.token)


def _send(client: Client, deadline: Deadline, request: t.Any, **dummy: t.Any) -> t.Any:
    """Send what botocore has prepared, in place of botocore."""
    from botocore.awsrequest import AWSResponse  # noqa: PLC0415  # an optional library

    headers, secret = _split({name: _text(value) for name, value in request.headers.items()})
    body = request.body
    response = client.fetch(
        Request(
            url=request.url,
            method=request.method,
            headers={"Host": _host(request.url), **headers},
            secret_headers=secret,
            body=body if isinstance(body, bytes) or body is None else _text(body).encode(),
        ),
        deadline,
    )
    if response.is_cut:
        raise LookError(Reason.MALFORMED, "The answer of the service is longer than any that is expected")
    return AWSResponse(request.url, response.status, _Headers(response.headers), _Raw(response.body))


def _split(headers: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    secret = {name: value for name, value in headers.items() if name.lower() in _SECRET_HEADERS}
    return {name: value for name, value in headers.items() if name not in secret}, secret


def _text(value: t.Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _host(url: str) -> str:
    """Return the host as it was signed: with a port only where it is not the scheme's own."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else str(parts.hostname)
    return host if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


class _Headers(t.Dict[str, str]):
    """Headers by their names in lower case, found by names in any case, as botocore asks for them."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, default: t.Any = None) -> t.Any:
        return super().get(name.lower(), default)


class _Raw(io.BytesIO):
    """A body that was read already."""

    def stream(self, *dummy: t.Any, **more: t.Any) -> t.Iterator[bytes]:
        del dummy, more
        while True:
            part = self.read(65536)
            if not part:
                return
            yield part

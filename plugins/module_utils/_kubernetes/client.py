# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask the API server of Kubernetes: raw JSON, page by page, each request within the deadline.

This is a private part of the collection.

LookError
├── Absent        the server has no such resource, or no such object
├── Refused       the server will not have what it was asked to accept
└── (others)      unauthorised with the right that is missing, unreachable, timeout, malformed
"""

from __future__ import annotations

import email.utils
import json
import time
import typing as t
import urllib.parse
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._access import Access, access
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mappings, text

Data = t.Dict[str, t.Any]

PAGE = 500  # objects; a list of 3,000 pods takes 90 MiB by this, and three times that as the library's own types
_LARGEST = 67108864  # bytes of one answer
_STEP = 10.0  # seconds for one request
_CHUNK = 65536


class Absent(LookError):
    """The server has no such resource, or no such object."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.NO_DATA, message)


class Refused(LookError):
    """The server will not have what it was asked to accept. *fields* are those that it names, without their values."""

    def __init__(self, message: str, fields: t.Sequence[str]) -> None:
        super().__init__(Reason.NOT_OBSERVED, message)
        self.fields = list(fields)


class _Expired(LookError):
    """The server has forgotten where a list was to go on."""


@dataclass(frozen=True)
class Resource:
    """A kind of objects: ``apps``, ``v1``, ``deployments``, ``Deployment``. The group of the core is empty."""

    group: str
    version: str
    name: str
    kind: str
    namespaced: bool = True

    def path(self, namespace: str | None = None, name: str | None = None) -> str:
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        place = f"/namespaces/{_quoted(namespace)}" if self.namespaced and namespace else ""
        return f"{root}{place}/{self.name}" + (f"/{_quoted(name)}" if name else "")

    def right(self, verb: str, namespace: str | None = None) -> str:
        """Return the right to do *verb* in words: what a 403 is explained with."""
        where = f" in the namespace {namespace}" if self.namespaced and namespace else ""
        return f"{verb} {self.name}{f' of the group {self.group}' if self.group else ''}{where}"

    @property
    def api_version(self) -> str:
        return f"{self.group}/{self.version}" if self.group else self.version


def _quoted(name: str | None) -> str:
    return urllib.parse.quote(name or "", safe="")


def connect(options: Data, deadline: Deadline) -> Client:
    """Return a client for the API server that the options of a probe describe."""
    return Client(access(options), deadline)


class Client:
    """Asks one API server. Its methods may be called from several threads."""

    def __init__(self, way: Access, deadline: Deadline) -> None:
        self._way = way
        self._deadline = deadline
        self.clock_offset = 0.0  # seconds that the server's clock is ahead of ours, by its last answer

    @property
    def name(self) -> str:
        return urllib.parse.urlsplit(self._way.base).netloc

    def now(self) -> float:
        """Return the time by the server's clock, which the times in its objects are of."""
        return time.time() + self.clock_offset

    def get(self, path: str, right: str = "", query: dict[str, str] | None = None) -> Data:
        """Return what is at *path*; *right* names, for the reader, what a user needs for it."""
        words = f"?{urllib.parse.urlencode(query)}" if query else ""
        return self._ask("GET", f"{path}{words}", right or f"get {path}", None)

    def post(self, path: str, body: Data, right: str) -> Data:
        """Return the answer to a question that is put as an object, such as an access review. Nothing is stored by these."""
        return self._ask("POST", path, right, body)

    def tried(self, resource: Resource, namespace: str, name: str, change: Data | list[Data]) -> Data:
        """Return what an object would be after a *change*, by a dry run: a merge patch, or the operations of a JSON patch."""
        path = f"{resource.path(namespace, name)}?dryRun=All&fieldManager=cryptofunk-readiness"
        kind = "json-patch" if isinstance(change, list) else "merge-patch"
        right = f"{resource.right('patch', namespace)}, in a dry run"
        return self._ask("PATCH", path, right, change, f"application/{kind}+json")

    def one(self, resource: Resource, namespace: str, name: str) -> Data:
        return self.get(resource.path(namespace, name), resource.right("get", namespace))

    def pages(self, resource: Resource, namespace: str | None = None) -> t.Iterator[list[Data]]:
        """Yield the objects of *resource* page by page. A list that expires meanwhile begins anew, once: see ``listed``."""
        query = {"limit": str(PAGE)}
        while True:
            page = self.get(resource.path(namespace), resource.right("list", namespace), query)
            found = page.get("items")
            yield [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
            following = (page.get("metadata") or {}).get("continue")
            if not following:
                return
            query = {"limit": str(PAGE), "continue": str(following)}

    def listed(self, resource: Resource, namespace: str | None, kept: t.Callable[[Data], t.Any]) -> list[t.Any]:
        """Return what *kept* makes of each object; nothing else of a page outlives it."""
        for is_last_try in (False, True):
            try:
                return [kept(one) for page in self.pages(resource, namespace) for one in page]
            except _Expired:
                if is_last_try:
                    raise
        return []

    def _ask(
        self, method: str, path: str, right: str, body: Data | list[Data] | None, kind: str = "application/json"
    ) -> Data:
        attempt = f"{right} at {self.name}"
        try:
            status, content = self._exchange(method, path, body, kind)
        except LookError:
            raise
        except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
            raise _why(exc, attempt) from exc
        if status == 422:
            raise Refused(f"Cannot {attempt}: the cluster does not accept it", _named_fields(content))
        if status >= 300:
            raise _refusal(status, attempt, right, self.name)
        try:
            found = json.loads(content)
        except ValueError as exc:
            raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is no JSON") from exc
        if not isinstance(found, dict):
            raise LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is no object")
        return found

    def _exchange(self, method: str, path: str, body: Data | list[Data] | None, kind: str) -> tuple[int, bytes]:
        headers = self._way.headers()
        if body is not None:
            headers["Content-Type"] = kind
        response = self._way.pool.request(
            method,
            f"{self._way.base}{path}",
            body=None if body is None else json.dumps(body).encode(),
            headers=headers,
            timeout=self._deadline.step(_STEP),
            preload_content=False,
            redirect=False,
        )
        try:
            content = self._read(response)
        except BaseException:
            response.close()
            raise
        response.release_conn()
        self._note_time(response.headers.get("Date", ""))
        return int(response.status), content

    def _read(self, response: t.Any) -> bytes:
        found = bytearray()
        for chunk in response.stream(_CHUNK, decode_content=True):
            found += chunk
            if len(found) > _LARGEST:
                raise LookError(Reason.MALFORMED, f"An answer of {self.name} has more than {_LARGEST} bytes")
            self._deadline.step()
        return bytes(found)

    def _note_time(self, date: str) -> None:
        try:
            self.clock_offset = email.utils.parsedate_to_datetime(date).timestamp() - time.time()
        except (TypeError, ValueError):
            return


def _named_fields(content: bytes) -> list[str]:
    """Return the fields that a refusal is about. Its words may quote values, and are left out."""
    try:
        causes = mappings(json.loads(content), "details", "causes")
    except ValueError:
        return []
    return sorted({text(one, "field") for dummy, one in causes} - {""})


def _refusal(status: int, attempt: str, right: str, server: str) -> LookError:
    """Explain a status. The words of the server are left out: they quote what was asked for, and admission plugins say anything."""
    if status == 401:
        return LookError(Reason.UNAUTHORISED, f"The API server at {server} does not accept the credentials")
    if status == 403:
        return LookError(Reason.UNAUTHORISED, f"The user lacks the right to {right}")
    if status == 404:
        return Absent(f"Cannot {attempt}: there is no such thing")
    if status == 410:
        return _Expired(Reason.NOT_OBSERVED, f"Cannot {attempt}: the list changes faster than it can be read")
    if status in (429, 500, 502, 503, 504):
        return LookError(Reason.UNREACHABLE, f"Cannot {attempt}: the API is not available (status {status})")
    return LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: status {status}")


def _why(exc: BaseException, attempt: str) -> LookError:
    """Translate what the HTTP library raises: the error of the system stands behind its own as cause or first argument."""
    seen: list[BaseException] = []
    one: BaseException | None = exc
    while one is not None and one not in seen:
        seen.append(one)
        inner = next((arg for arg in one.args if isinstance(arg, BaseException)), None)
        one = one.__cause__ or inner or one.__context__
    for cause in reversed(seen):
        if isinstance(cause, (OSError, LookError)):
            return look_error(cause, attempt)
    if any("Timeout" in type(one).__name__ for one in seen):
        return LookError(Reason.TIMEOUT, f"Cannot {attempt}: no answer in time")
    return look_error(exc, attempt)

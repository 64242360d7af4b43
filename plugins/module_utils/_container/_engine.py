# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask a Docker engine, and turn what goes wrong into data. This is a private part of the collection."""

from __future__ import annotations

import io
import re
import tarfile
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import shown

try:
    import docker
    import docker.tls
except ImportError:
    docker = None  # type: ignore[assignment]

Said = t.Dict[str, t.Any]
_STEP = 5.0  # seconds for one question
_LARGEST_FILE = 1_048_576
_LARGEST_LOG = 1_048_576
RIGHT = "the right to read the engine's API (GET on containers and images)"


class Engine:
    """An engine that is only asked, never told."""

    def __init__(self, options: t.Mapping[str, t.Any], deadline: Deadline) -> None:
        self._deadline = deadline
        self.name = _name(options["docker_host"])
        if docker is None:
            raise LookError(Reason.MISSING_LIBRARY, "The Python library docker is needed where the probe runs")
        self._client = self._asked(f"reach the engine {self.name}", lambda: _client(options, deadline))

    def containers(self, project: str) -> list[str]:
        """Return the ids of the containers of a compose project, those that have ended, too."""
        chosen = {"label": [f"com.docker.compose.project={project}"]}
        attempt = f"list the containers of {project}"
        return [one["Id"] for one in self._asked(attempt, lambda: self._client.containers(all=True, filters=chosen))]

    def container(self, number: str) -> Said:
        return t.cast(Said, self._asked("read a container", lambda: self._client.inspect_container(number)))

    def image(self, number: str) -> Said:
        return t.cast(Said, self._asked("read an image", lambda: self._client.inspect_image(number)))

    def has_image(self, name: str) -> bool:
        """Tell whether the engine has an image of that name, so that nothing has to be pulled."""
        try:
            self.image(name)
        except LookError as exc:
            if exc.reason is Reason.NO_DATA:
                return False
            raise
        return True

    def file(self, number: str, path: str) -> tuple[bytes, int]:
        """Return what is in a file of a container, and when it was changed, in seconds since 1970."""
        attempt = f"read {path} in the container"
        return t.cast("tuple[bytes, int]", self._asked(attempt, lambda: self._file(number, path)))

    def log(self, number: str, since: int) -> tuple[str, bool]:
        """Return the first megabyte that a container wrote since a moment, each line with its time, and whether there is more."""
        attempt = "read the log of the container"
        return t.cast("tuple[str, bool]", self._asked(attempt, lambda: self._log(number, since)))

    def _file(self, number: str, path: str) -> tuple[bytes, int]:
        stream, stat = self._client.get_archive(number, path)
        if int(stat.get("size", 0)) > _LARGEST_FILE:
            raise LookError(Reason.UNSUPPORTED, f"{path} in the container is larger than {_LARGEST_FILE} bytes")
        packed = _bounded(stream, _LARGEST_FILE + 65536)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            member = archive.next()
            content = archive.extractfile(member) if member is not None and member.isfile() else None
            if member is None or content is None:
                raise LookError(Reason.MALFORMED, f"{path} in the container is no file")
            return content.read(), int(member.mtime)

    def _log(self, number: str, since: int) -> tuple[str, bool]:
        chosen: dict[str, t.Any] = {"stdout": True, "stderr": True, "timestamps": True, "since": since}
        found = bytearray()
        for piece in self._client.logs(number, follow=False, stream=True, **chosen):
            found += piece
            if len(found) > _LARGEST_LOG:
                return found[:_LARGEST_LOG].decode("utf-8", "replace"), True
        return found.decode("utf-8", "replace"), False

    def _asked(self, attempt: str, ask: t.Callable[[], t.Any]) -> t.Any:
        self._deadline.step()
        try:
            return ask()
        except LookError:
            raise
        except Exception as exc:  # every failure must become data
            raise engine_error(exc, attempt) from None


def _client(options: t.Mapping[str, t.Any], deadline: Deadline) -> t.Any:
    tls: t.Any = False
    if options["tls"] or options["ca_path"] or options["client_cert"]:
        pair = (options["client_cert"], options["client_key"]) if options["client_cert"] else None
        tls = docker.tls.TLSConfig(client_cert=pair, ca_cert=options["ca_path"], verify=options["validate_certs"])
    return docker.APIClient(options["docker_host"], version="auto", tls=tls, timeout=t.cast(int, deadline.step(_STEP)))


def _bounded(stream: t.Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for piece in stream:
        found += piece
        if len(found) > most:
            raise LookError(Reason.UNSUPPORTED, "What the engine sends is longer than it said")
    return bytes(found)


# What the texts of the library's exceptions say; their types say less, and the texts are not repeated, as they may hold anything.
_WORDS = (
    ("TLSParameterError", Reason.NOT_CONFIGURED, "the files for TLS are not there"),
    ("Permission denied", Reason.UNAUTHORISED, f"{RIGHT} is missing: the user may not open the engine's socket"),
    ("timed out|Timeout", Reason.TIMEOUT, "no answer in time"),
    ("SSL|certificate verify", Reason.MALFORMED, "no TLS that both sides accept"),
    ("Connection refused|No such file|FileNotFound", Reason.REFUSED, "nothing answers there"),
    ("Connection reset|Remote end closed|Broken pipe", Reason.REFUSED, "the engine ends the connection"),
    ("Name or service|resolve|unreachable|No route", Reason.UNREACHABLE, "no way leads there"),
    ("BadStatusLine|ApiVersion|JSON|Expecting value", Reason.MALFORMED, "what answers is no engine"),
)


def engine_error(exc: BaseException, attempt: str) -> LookError:
    """Translate what the library docker raises."""
    status = _status(exc) or _status(exc.__cause__)
    if status in (401, 403):
        return LookError(Reason.UNAUTHORISED, f"Cannot {attempt}: {RIGHT} is missing")
    if status == 404:
        return LookError(Reason.NO_DATA, f"Cannot {attempt}: it is not there")
    if status is not None:
        return LookError(Reason.REFUSED, f"Cannot {attempt}: the engine answers {status}")
    words = f"{type(exc).__name__} {exc}"
    for pattern, reason, why in _WORDS:
        if re.search(pattern, words):
            return LookError(reason, f"Cannot {attempt}: {why}")
    return look_error(exc, attempt)


def _status(exc: BaseException | None) -> int | None:
    found = getattr(exc, "status_code", None) or getattr(getattr(exc, "response", None), "status_code", None)
    return found if isinstance(found, int) else None


def _name(docker_host: str) -> str:
    return shown(docker_host) if "://" in docker_host else docker_host

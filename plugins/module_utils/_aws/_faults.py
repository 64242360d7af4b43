# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What botocore raises, said as why a look did not see. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

_UNSUPPORTED = frozenset(
    {"NotImplemented", "MethodNotAllowed", "UnsupportedOperation", "NotSupported", "UnknownOperation"}
)
_DENIED = frozenset({"AccessDenied", "AllAccessDisabled", "AccessDeniedException", "UnauthorizedOperation"})
_NOT_ACCEPTED = frozenset(
    {
        "SignatureDoesNotMatch",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "InvalidSignatureException",
        "IncompleteSignature",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidToken",
        "TokenRefreshRequired",
        "AuthorizationHeaderMalformed",
        "RequestTimeTooSkewed",
    }
)
_BUSY = frozenset({"SlowDown", "Throttling", "ThrottlingException", "ServiceUnavailable", "TooManyRequestsException"})


def code_of(exc: BaseException) -> str:
    """Return the code of the error that the service answered, nothing when it answered none."""
    response = getattr(exc, "response", None)
    return str((response.get("Error") or {}).get("Code", "")) if isinstance(response, dict) else ""


def status_of(exc: BaseException) -> int:
    """Return the HTTP status of the error that the service answered, 0 when it answered none."""
    response = getattr(exc, "response", None)
    return int((response.get("ResponseMetadata") or {}).get("HTTPStatusCode", 0)) if isinstance(response, dict) else 0


def is_denied(exc: BaseException) -> bool:
    """Tell whether the service answered that it does not want to, or does not know the caller."""
    return code_of(exc) in _DENIED | _NOT_ACCEPTED or status_of(exc) in (401, 403)


def fault(exc: BaseException, attempt: str, right: str) -> LookError:
    """Return why *attempt* failed; *right* is the one that it takes."""
    if isinstance(exc, LookError):
        return exc
    code, status = code_of(exc), status_of(exc)
    if not status:
        return _without_answer(exc, attempt)
    words = f"Cannot {attempt}: "
    if code in _UNSUPPORTED or status in (405, 501):
        return LookError(Reason.UNSUPPORTED, f"{words}the service does not know this request ({code or status})")
    if code in _NOT_ACCEPTED:
        return LookError(Reason.UNAUTHORISED, f"{words}the declared credentials are not accepted ({code})")
    if code in _DENIED or status in (401, 403):
        return LookError(
            Reason.UNAUTHORISED, f"{words}the right {right} is missing, or the credentials are not accepted"
        )
    if code in _BUSY or status in (429, 503):
        return LookError(Reason.REFUSED, f"{words}the service is too busy ({code or status})")
    if status in (301, 307, 308):
        return LookError(Reason.NOT_CONFIGURED, f"{words}the region or the endpoint is another one ({code or status})")
    if status == 404:
        return LookError(Reason.NO_DATA, f"{words}it does not exist ({code})")
    return LookError(Reason.NOT_OBSERVED, f"{words}the service answered {status} {code}".rstrip())


def _without_answer(exc: BaseException, attempt: str) -> LookError:
    kind = type(exc).__name__
    if kind in ("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"):
        return LookError(Reason.NOT_CONFIGURED, f"Cannot {attempt}: no complete access key is declared")
    if kind == "ResponseParserError":
        return LookError(Reason.MALFORMED, f"Cannot {attempt}: the answer is not that of such a service")
    if kind == "ParamValidationError":
        return LookError(Reason.NOT_CONFIGURED, f"Cannot {attempt}: the declared name cannot be one")
    return look_error(exc, attempt)


def seen(call: t.Callable[[], t.Any], attempt: str, right: str) -> t.Any:
    """Return what *call* does; raise LookError for what goes wrong."""
    try:
        return call()
    except Exception as exc:
        raise fault(exc, attempt, right) from None

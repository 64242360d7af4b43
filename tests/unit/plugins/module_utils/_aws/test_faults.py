# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._aws import _faults
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason


class Answered(Exception):
    """An error like those of botocore, with an answer of the service."""

    def __init__(self, status: int, code: str = "") -> None:
        super().__init__("Secret-4711")
        self.response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        pytest.param(501, "NotImplemented", "unsupported", id="not implemented"),
        pytest.param(405, "", "unsupported", id="a method that nobody knows"),
        pytest.param(400, "UnknownOperation", "unsupported", id="an operation that nobody knows"),
        pytest.param(403, "AccessDenied", "unauthorised", id="a right that is missing"),
        pytest.param(400, "AccessDeniedException", "unauthorised", id="the same in JSON"),
        pytest.param(403, "", "unauthorised", id="a HEAD, which says no code"),
        pytest.param(403, "SignatureDoesNotMatch", "unauthorised", id="a wrong secret"),
        pytest.param(400, "ExpiredToken", "unauthorised", id="a token that is too old"),
        pytest.param(503, "SlowDown", "refused", id="too busy"),
        pytest.param(301, "PermanentRedirect", "not_configured", id="another region"),
        pytest.param(404, "NoSuchBucket", "no_data", id="not there"),
        pytest.param(500, "InternalError", "not_observed", id="broken"),
    ],
)
def test_what_a_service_answers_has_its_reason(status: int, code: str, reason: str) -> None:
    error = _faults.fault(Answered(status, code), "read the versioning", "s3:GetBucketVersioning")
    assert error.reason.value == reason
    assert error.message.startswith("Cannot read the versioning: ")
    assert "Secret-4711" not in error.message


def test_the_missing_right_is_named() -> None:
    error = _faults.fault(Answered(403, "AccessDenied"), "read", "s3:GetBucketAcl")
    assert "the right s3:GetBucketAcl is missing" in error.message


def test_a_wrong_secret_is_no_missing_right() -> None:
    assert "the right" not in _faults.fault(Answered(403, "SignatureDoesNotMatch"), "read", "s3:GetBucketAcl").message


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("NoCredentialsError", "not_configured"),
        ("ResponseParserError", "malformed"),
        ("ParamValidationError", "not_configured"),
        ("SomethingElse", "not_observed"),
    ],
)
def test_what_botocore_raises_without_an_answer_has_its_reason(name: str, reason: str) -> None:
    error = _faults.fault(t.cast("type[Exception]", type(name, (Exception,), {}))("Secret-4711"), "read", "none")
    assert (error.reason.value, "Secret-4711" in error.message) == (reason, False)


@pytest.mark.parametrize(
    ("status", "code", "is_denied"),
    [(403, "AccessDenied", True), (401, "", True), (400, "InvalidAccessKeyId", True), (404, "NoSuchBucket", False)],
)
def test_who_is_denied(status: int, code: str, is_denied: bool) -> None:
    assert _faults.is_denied(Answered(status, code)) is is_denied


def test_a_look_that_failed_already_keeps_its_reason() -> None:
    late = LookError(Reason.TIMEOUT, "late")

    def call() -> None:
        raise late

    with pytest.raises(LookError) as caught:
        _faults.seen(call, "read", "none")
    assert caught.value is late

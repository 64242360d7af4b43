# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import types
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._storage import _access


class Answered(Exception):
    def __init__(self, status: int, code: str = "") -> None:
        super().__init__()
        self.response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


def store(**answers: t.Any) -> t.Any:
    """Return a client that gives, or raises, what is told for each method."""

    def method(answer: t.Any) -> t.Callable[..., t.Any]:
        def call(**dummy: t.Any) -> t.Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call

    return types.SimpleNamespace(**{name: method(answer) for name, answer in answers.items()})


def test_a_bucket_is_missing_only_when_a_listing_says_so() -> None:
    gone = store(head_bucket=Answered(404), list_objects_v2=Answered(404, "NoSuchBucket"))
    assert _access.exists(gone, "b") is False
    with pytest.raises(LookError) as caught:
        _access.exists(store(head_bucket=Answered(404), list_objects_v2=Answered(404, "NotFound")), "b")
    assert caught.value.reason is Reason.NO_DATA
    with pytest.raises(LookError, match="denies that the bucket b exists"):
        _access.exists(store(head_bucket=Answered(404), list_objects_v2={}), "b")


def test_a_bucket_that_one_may_not_see_is_not_missing() -> None:
    with pytest.raises(LookError, match=r"s3:ListBucket"):
        _access.exists(store(head_bucket=Answered(403)), "b")


def test_of_an_empty_bucket_no_object_can_be_asked_for() -> None:
    found = _access.anonymous(store(list_objects_v2=Answered(403, "AccessDenied")), "b", "")
    assert found == {"list": "refused", "object": "nothing_to_ask", "accepted": []}


def test_an_object_that_is_open_in_a_closed_list_is_seen() -> None:
    found = _access.anonymous(store(list_objects_v2=Answered(403), head_object={}), "b", "a")
    assert found["accepted"] == ["object"]


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_fault_is_no_refusal(status: int) -> None:
    with pytest.raises(LookError):
        _access.forged(store(list_objects_v2=Answered(status)), "b")


def test_an_answer_that_is_no_listing_accepts_nothing() -> None:
    with pytest.raises(LookError, match="not that of an object store"):
        _access.listed(store(list_objects_v2={}), "b", "")

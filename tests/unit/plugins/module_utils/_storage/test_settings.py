# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._storage import _settings

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"


def rule(**changes: t.Any) -> dict[str, t.Any]:
    return {
        "ID": "backups",
        "Status": "Enabled",
        "Filter": {"Prefix": "database/"},
        "Expiration": {"Days": 90},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
        **changes,
    }


@pytest.mark.parametrize(
    ("said", "status"), [({"Status": "Enabled"}, "Enabled"), ({"Status": "Suspended"}, "Suspended"), ({}, "Off")]
)
def test_a_bucket_that_was_never_versioned_says_nothing(said: dict[str, t.Any], status: str) -> None:
    assert _settings.versioning(said)["status"] == status


@pytest.mark.parametrize(
    ("rules", "algorithms"),
    [
        ([], []),
        ([{"BucketKeyEnabled": True}], []),
        ([{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}], ["aws:kms"]),
    ],
)
def test_only_a_rule_with_an_algorithm_encrypts(rules: list[t.Any], algorithms: list[str]) -> None:
    found = _settings.encryption({"ServerSideEncryptionConfiguration": {"Rules": rules}})
    assert found == {"enabled": bool(algorithms), "algorithms": algorithms}


@pytest.mark.parametrize("missing", ["BlockPublicAcls", "RestrictPublicBuckets"])
def test_a_block_without_one_of_its_switches_is_not_complete(missing: str) -> None:
    switches = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
    whole = {"PublicAccessBlockConfiguration": switches}
    assert _settings.public_access_block(whole)["complete"] is True
    assert (
        _settings.public_access_block({"PublicAccessBlockConfiguration": {**switches, missing: False}})["complete"]
        is False
    )
    assert _settings.public_access_block({})["complete"] is False


@pytest.mark.parametrize(
    ("grantee", "found"),
    [
        ({"ID": "owner"}, []),
        ({"URI": ALL_USERS}, ["READ to AllUsers"]),
        ({"URI": AUTHENTICATED}, ["READ to AuthenticatedUsers"]),
        ({"URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}, []),
    ],
)
def test_who_is_everybody_in_an_access_control_list(grantee: dict[str, str], found: list[str]) -> None:
    assert _settings.acl({"Grants": [{"Grantee": grantee, "Permission": "READ"}]})["public_grants"] == found


@pytest.mark.parametrize(
    ("statement", "is_public"),
    [
        pytest.param({"Effect": "Allow", "Principal": "*"}, True, id="everybody"),
        pytest.param({"Effect": "Allow", "Principal": {"AWS": "*"}}, True, id="all accounts"),
        pytest.param({"Effect": "Allow", "Principal": {"AWS": ["a", "*"]}}, True, id="all accounts in a list"),
        pytest.param({"Effect": "Allow", "NotPrincipal": {"AWS": "a"}}, True, id="all but one"),
        pytest.param({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}, False, id="one account"),
        pytest.param({"Effect": "Deny", "Principal": "*"}, False, id="everybody is denied"),
    ],
)
def test_whom_a_policy_lets_in(statement: dict[str, t.Any], is_public: bool) -> None:
    assert _settings.policy_is_public(json.dumps({"Statement": statement})) is is_public
    assert _settings.policy_is_public(json.dumps({"Statement": [statement]})) is is_public


def test_a_condition_is_left_to_the_store_to_judge() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}
    with pytest.raises(LookError, match="under a condition"):
        _settings.policy_is_public(json.dumps({"Statement": [statement]}))


@pytest.mark.parametrize("document", ["", "[]", "{}", "null"])
def test_what_is_no_policy_is_malformed(document: str) -> None:
    with pytest.raises(LookError, match="no policy"):
        _settings.policy_is_public(document)


@pytest.mark.parametrize(
    ("one", "days"),
    [
        pytest.param(rule(), 90, id="of a folder above"),
        pytest.param(rule(Filter={}), 90, id="of the whole bucket"),
        pytest.param({**rule(Prefix="database/daily/"), "Filter": {}}, 90, id="in the old form"),
        pytest.param(rule(Filter={"And": {"Prefix": "database/"}}), 90, id="of one word in an And"),
        pytest.param(rule(Status="Disabled"), 0, id="that is off"),
        pytest.param(rule(Filter={"Prefix": "logs/"}), 0, id="of another folder"),
        pytest.param(rule(Filter={"Prefix": "database/daily/2026"}), 0, id="of a part of the folder"),
        pytest.param(rule(Filter={"Tag": {"Key": "a", "Value": "b"}}), 0, id="of objects with a tag"),
        pytest.param(rule(Filter={"And": {"Prefix": "database/", "ObjectSizeLessThan": 5}}), 0, id="of small objects"),
        pytest.param(rule(Expiration={"Date": "2027-01-01"}), 0, id="of one day"),
    ],
)
def test_a_rule(one: dict[str, t.Any], days: int) -> None:
    found = _settings.lifecycle({"Rules": [one]}, ["database/daily/"])
    assert found["expiry_days"] == ([days] if days else [])
    assert found["without_expiry"] == ([] if days else ["database/daily/"])


def test_the_shortest_rule_acts_first() -> None:
    rules = {"Rules": [rule(), rule(Expiration={"Days": 3})]}
    assert _settings.lifecycle(rules, ["database/"])["expiry_days"] == [3]


def test_a_bucket_without_rules_keeps_all_for_ever() -> None:
    found = _settings.lifecycle({}, [""])
    assert (found["without_expiry"], found["without_noncurrent_expiry"], found["rules"]) == (["/"], ["/"], [])

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An object store with the API of S3: SeaweedFS, all of it in one process.

hardened: TLS, identities of which the probe's has the rights of ``docs/grants/object_storage.json`` and no others, and a bucket
for backups that is versioned, encrypted, and cleaned by a rule. as_shipped: a store without any identity, so that everybody may
do everything, and a bucket as it is after its creation; CryptoFunk's backup script asks for nothing better.
"""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._waiting import wait_until

NAME = "object_storage"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
ON_REQUEST = True
PORTS = {
    "master": 500,
    "master_grpc": 501,
    "volume": 502,
    "volume_grpc": 503,
    "filer": 504,
    "filer_grpc": 505,
    "s3": 506,
    "s3_grpc": 507,
    "metrics": 508,
}
BUCKET = "cryptofunk-backups"
PREFIX = "database/"
OBJECT = f"{PREFIX}daily/20261125/cryptofunk_daily_20261125_030000.sql.gz"
PROBE, ADMINISTRATOR = "READINESSPROBE", "SANDBOXADMIN"
EXPIRY_DAYS, NONCURRENT_DAYS = 365, 30
_IDENTITIES = "s3.json"
_GRANT = Path(__file__).resolve().parents[2] / "docs" / "grants" / "object_storage.json"
_OPEN = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["s3:GetObject", "s3:ListBucket"],
            "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
        }
    ],
}


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME)
    if sandbox.hardened:
        sandbox.authority.issue(home)
        configure(sandbox)
    run(sandbox)
    make_bucket(sandbox)
    if sandbox.hardened:
        settle(sandbox)


def stop(sandbox: Sandbox) -> None:
    """End the server. It would wait 25 s for clients that are gone; what was written is on the disk already."""
    sandbox.processes.stop(NAME, within=2)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and answers(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    target: dict[str, t.Any] = {"endpoint_url": url(sandbox), "buckets": [BUCKET], "addressing_style": "path"}
    target.update(prefixes=[PREFIX], access_key=PROBE, secret_key=sandbox.secret("object_storage_probe"))
    if sandbox.hardened:
        target.update(ca_path=str(sandbox.authority.path))
    return {"readiness_object_storage": target}


def url(sandbox: Sandbox) -> str:
    return f"{'https' if sandbox.hardened else 'http'}://{INTERNAL}:{sandbox.port(PORTS['s3'])}"


def configure(sandbox: Sandbox, without: str = "") -> None:
    """Write who may do what; *without* is a right that the probe lacks then."""
    grant = json.loads(_GRANT.read_text(encoding="utf-8"))
    for statement in grant["Statement"]:
        statement["Action"] = [right for right in statement["Action"] if right != without]
    identities = [
        {
            "name": "administrator",
            "credentials": [_pair(sandbox, ADMINISTRATOR, "administrator")],
            "actions": ["Admin"],
        },
        {"name": "probe", "credentials": [_pair(sandbox, PROBE, "probe")], "policyNames": ["readiness"]},
    ]
    policies = [{"name": "readiness", "content": json.dumps(grant)}]
    write_lines(
        sandbox.home(NAME) / _IDENTITIES, [json.dumps({"identities": identities, "policies": policies}, indent=1)]
    )


def forget_identities(sandbox: Sandbox) -> None:
    """Let the store ask nobody who they are, after its next start."""
    (sandbox.home(NAME) / _IDENTITIES).unlink(missing_ok=True)


def _pair(sandbox: Sandbox, access_key: str, name: str) -> dict[str, str]:
    return {"accessKey": access_key, "secretKey": sandbox.secret(f"object_storage_{name}")}


def run(sandbox: Sandbox) -> None:
    """Start the server on the files that are there, and wait until it answers."""
    home = sandbox.home(NAME)
    (home / "data").mkdir(exist_ok=True)
    ports = {name: sandbox.port(offset) for name, offset in PORTS.items()}
    command: list[str | Path] = [
        Path(sys.executable).with_name("weed"),
        "server",
        f"-ip={INTERNAL}",
        f"-ip.bind={INTERNAL}",
        f"-dir={home / 'data'}",
        "-master.telemetry=false",
        f"-master.port={ports['master']}",
        f"-master.port.grpc={ports['master_grpc']}",
        "-master.volumeSizeLimitMB=16",
        f"-volume.port={ports['volume']}",
        f"-volume.port.grpc={ports['volume_grpc']}",
        "-volume.max=100",
        "-filer",
        f"-filer.port={ports['filer']}",
        f"-filer.port.grpc={ports['filer_grpc']}",
        "-s3",
        f"-s3.port={ports['s3']}",
        f"-s3.port.grpc={ports['s3_grpc']}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.iam=false",
        f"-metricsPort={ports['metrics']}",
    ]
    if sandbox.hardened:
        command += [f"-s3.cert.file={home / 'server.crt'}", f"-s3.key.file={home / 'server.key'}"]
    if (home / _IDENTITIES).exists():
        command += [f"-s3.config={home / _IDENTITIES}"]
    sealing = {"WEED_S3_SSE_KEY": sandbox.secret("object_storage_encryption"), "HOME": str(home)}
    sandbox.processes.start(NAME, command, env=sealing, folder=home)
    sandbox.processes.wait(NAME, lambda: answers(sandbox))


def restart(sandbox: Sandbox) -> None:
    stop(sandbox)
    run(sandbox)


def client(sandbox: Sandbox) -> t.Any:
    """Return a client of the administrator."""
    config = Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"total_max_attempts": 1},
        s3={"addressing_style": "path"},
        proxies={},
    )
    return botocore.session.Session().create_client(
        "s3",
        region_name="us-east-1",
        endpoint_url=url(sandbox),
        verify=str(sandbox.authority.path),
        aws_access_key_id=ADMINISTRATOR,
        aws_secret_access_key=sandbox.secret("object_storage_administrator"),
        config=config,
    )


def answers(sandbox: Sandbox) -> bool:
    try:
        client(sandbox).list_buckets()
    except (BotoCoreError, ClientError):
        return False
    return True


def make_bucket(sandbox: Sandbox) -> None:
    """Make the bucket and one object in it, as soon as the store can: it is some seconds later than it answers."""
    storing = client(sandbox)

    def made() -> bool:
        try:
            storing.create_bucket(Bucket=BUCKET)
        except (BotoCoreError, ClientError) as exc:
            if "BucketAlready" not in str(exc):
                return False
        try:
            storing.put_object(Bucket=BUCKET, Key=OBJECT, Body=b"no dump")
        except (BotoCoreError, ClientError):
            return False
        return True

    wait_until(made, "The first object")


def settle(sandbox: Sandbox) -> None:
    """Set the bucket up as it should be, whatever it was like."""
    storing = client(sandbox)
    try:
        storing.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        storing.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule()]})
        storing.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration=_ENCRYPTION)
        storing.put_bucket_acl(Bucket=BUCKET, ACL="private")
        storing.delete_bucket_policy(Bucket=BUCKET)
    except (BotoCoreError, ClientError) as exc:
        if "NoSuchBucketPolicy" not in str(exc):
            raise SandboxError(f"Cannot set up the bucket: {exc}") from exc


_ENCRYPTION = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}


def rule(enabled: bool = True, days: int = EXPIRY_DAYS, prefix: str = PREFIX) -> dict[str, t.Any]:
    """Return the rule by which backups go."""
    return {
        "ID": "backups",
        "Status": "Enabled" if enabled else "Disabled",
        "Filter": {"Prefix": prefix},
        "Expiration": {"Days": days},
        "NoncurrentVersionExpiration": {"NoncurrentDays": NONCURRENT_DAYS},
    }


def remove_bucket(sandbox: Sandbox) -> None:
    storing = client(sandbox)
    versions = storing.list_object_versions(Bucket=BUCKET)
    for one in [*versions.get("Versions", []), *versions.get("DeleteMarkers", [])]:
        storing.delete_object(Bucket=BUCKET, Key=one["Key"], VersionId=one["VersionId"])
    storing.delete_bucket(Bucket=BUCKET)


def open_to_all(sandbox: Sandbox) -> None:
    client(sandbox).put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(_OPEN))

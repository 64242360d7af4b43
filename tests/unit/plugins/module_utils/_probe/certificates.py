# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates of a small authority, made for a test with the library that the probe does without."""

from __future__ import annotations

import datetime as dt
import ipaddress
import typing as t
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)
Key = t.Union[rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey, ed25519.Ed25519PrivateKey]


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: t.Any

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def issue(
    name: str,
    issuer: Issued | None,
    key: t.Any = None,
    *,
    authority: bool = False,
    since: float = -1,
    until: float = 90,
    dns: t.Sequence[str] = ("localhost",),
    addresses: t.Sequence[str] = ("127.0.0.1",),
    algorithm: t.Any = hashes.SHA256(),
    padding: t.Any = None,
) -> Issued:
    """Issue a certificate that is valid from *since* to *until* days from now; without an *issuer* it signs itself."""
    key = key or rsa_key()
    signer = issuer.key if issuer else key
    now = dt.datetime.now(dt.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + since * DAY)
        .not_valid_after(now + until * DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    names: list[x509.GeneralName] = [x509.DNSName(one) for one in dns]
    names += [x509.IPAddress(ipaddress.ip_address(one)) for one in addresses]
    if names and not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else algorithm
    return Issued(builder.sign(signer, digest, rsa_padding=padding), key)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tests"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


class Authority:
    """A root, an intermediate authority below it, and files for servers and clients."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = issue("root", None, authority=True, until=3650)
        self.intermediate = issue("intermediate", self.root, authority=True, until=1000)
        self.key = rsa_key()
        self.ca_path = self.write("root.pem", self.root.pem)

    def write(self, name: str, content: bytes) -> str:
        path = self._folder / name
        path.write_bytes(content)
        return str(path)

    def server(self, name: str, leaf: Issued, *others: Issued) -> tuple[str, str]:
        """Return the files of a chain and of its key."""
        key = leaf.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain = b"".join(one.pem for one in (leaf, *others))
        return self.write(f"{name}.pem", chain), self.write(f"{name}.key", key)

    def leaf(self, **changes: t.Any) -> Issued:
        return issue("server", self.intermediate, changes.pop("key", self.key), **changes)

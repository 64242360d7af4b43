# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A certificate authority for the sandbox, and every kind of bad certificate that a probe has to recognise."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox._files import write_bytes
from sandbox._sha1 import resigned_with_sha1

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
DAY = dt.timedelta(days=1)
HOSTS = ("localhost", "127.0.0.1", "127.0.0.2")


@dataclass(frozen=True)
class Pair:
    """The two files of a server: its certificate (with intermediates behind it) and its key."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Wanted:
    """What a server's certificate should be like. The defaults are good ones."""

    hosts: tuple[str, ...] = HOSTS
    begins: dt.timedelta = -DAY  # from now
    ends: dt.timedelta = 90 * DAY  # from now
    key: str = "ec"  # ec, or rsa and the number of bits: "rsa2048", "rsa1024"
    digest: str = "sha256"  # sha256, or sha1 (by the root authority only)
    self_signed: bool = False
    intermediate: bool = False  # signed by an intermediate authority, which the file carries
    leave_out_intermediate: bool = False  # the same, but the file does not carry it
    organization: str = ""  # of the subject; where Kubernetes looks for a client's group


EXPIRED = Wanted(begins=-30 * DAY, ends=-2 * DAY)
NOT_YET_VALID = Wanted(begins=2 * DAY)
EXPIRES_SOON = Wanted(ends=6 * DAY)
WRONG_HOST = Wanted(hosts=("somebody-else.example.test",))
SELF_SIGNED = Wanted(self_signed=True)
SHORT_KEY = Wanted(key="rsa1024")
SHA1 = Wanted(key="rsa2048", digest="sha1")
INCOMPLETE_CHAIN = Wanted(intermediate=True, leave_out_intermediate=True)


class Authority:
    """A root authority in *folder*, made at the first use and read again afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / "ca.crt"
        if not (folder / "ca.key").exists():
            self._make()
        self._key = _load_key(folder / "ca.key")
        self._certificate = x509.load_pem_x509_certificate(self.path.read_bytes())

    def issue(self, folder: Path, wanted: Wanted = Wanted(), name: str = "server", user: str | None = None) -> Pair:
        """Write ``<name>.crt`` and ``<name>.key`` (0600, of *user*) to *folder*."""
        key = _new_key(wanted.key)
        signer, signer_key, chain = self._certificate, self._key, b""
        if wanted.intermediate:
            signer_key = _new_key("ec")
            signer = _sign(
                _name("Sandbox intermediate CA"), signer_key, Wanted(), self._certificate, self._key, ca=True
            )
            chain = b"" if wanted.leave_out_intermediate else _pem(signer)
        if wanted.self_signed:
            certificate = _sign(_name(wanted.hosts[0], wanted.organization), key, wanted, None, key)
        else:
            certificate = _sign(_name(wanted.hosts[0], wanted.organization), key, wanted, signer, signer_key)
        pair = Pair(folder / f"{name}.crt", folder / f"{name}.key")
        write_bytes(pair.key, _key_pem(key), 0o600, user)
        write_bytes(pair.certificate, _pem(certificate) + chain, 0o644, user)
        return pair

    def context(self) -> ssl.SSLContext:
        """Return what a client needs to trust the servers of this authority."""
        return ssl.create_default_context(cafile=str(self.path))

    def _make(self) -> None:
        key = _new_key("rsa2048")  # RSA, as SHA-1 is signed with nothing else
        wanted = Wanted(ends=3650 * DAY)
        certificate = _sign(_name("Sandbox root CA"), key, wanted, None, key, ca=True)
        write_bytes(self.path, _pem(certificate), 0o644, None)
        write_bytes(self._folder / "ca.key", _key_pem(key), 0o600, None)


def _sign(
    subject: x509.Name, key: Key, wanted: Wanted, issuer: x509.Certificate | None, issuer_key: Key, ca: bool = False
) -> x509.Certificate:
    now = dt.datetime.now(dt.timezone.utc)
    usage = {"key_cert_sign": ca, "crl_sign": ca, "digital_signature": True, "key_encipherment": not ca}
    rest = ("content_commitment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + wanted.begins)
        .not_valid_after(now + wanted.ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(rest, False)), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not ca:
        purposes = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName(list(map(_alternative, wanted.hosts))), False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    if wanted.digest == "sha1" and isinstance(issuer_key, rsa.RSAPrivateKey):
        return resigned_with_sha1(certificate, issuer_key)
    return certificate


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(common: str, organization: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(parts)


def _new_key(kind: str) -> Key:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=int(kind[len("rsa") :]))


def _load_key(file: Path) -> Key:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise TypeError(f"{file} holds another kind of key")
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )

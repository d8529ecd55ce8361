"""Certificates with something wrong, made in the test; each paper gives a server's TLS and the client's CA file."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Tls:
    """The TLS of a server, and the file of authorities that the user gave ("" for none)."""

    context: ssl.SSLContext
    ca_file: str


Paper = Callable[[Path], Tls]


def good(folder: Path, *, not_after: datetime | None = None) -> Tls:
    """A right certificate of an authority that the user trusts, until this moment or for long."""
    authority = trustme.CA()
    return _tls(folder, authority, authority.issue_cert(_HOST, not_after=not_after))


def expired(folder: Path) -> Tls:
    """The certificate ended a day ago."""
    now = datetime.now(UTC)
    authority = trustme.CA()
    leaf = authority.issue_cert(_HOST, not_before=now - timedelta(days=90), not_after=now - timedelta(days=1))
    return _tls(folder, authority, leaf)


def not_yet_valid(folder: Path) -> Tls:
    """The certificate begins in a week, or this computer's clock is behind."""
    now = datetime.now(UTC)
    authority = trustme.CA()
    leaf = authority.issue_cert(_HOST, not_before=now + timedelta(days=7), not_after=now + timedelta(days=90))
    return _tls(folder, authority, leaf)


def for_another_name(folder: Path) -> Tls:
    """The certificate is for another host's name."""
    authority = trustme.CA()
    return _tls(folder, authority, authority.issue_cert("sis.elm.example"))


def for_another_address(folder: Path) -> Tls:
    """The certificate is for another address, as behind a balancer that was moved."""
    authority = trustme.CA()
    return _tls(folder, authority, authority.issue_cert("10.20.30.40", "*.elm.example"))


def unknown_issuer(folder: Path) -> Tls:
    """Issued by an authority that nobody but the school knows."""
    authority = trustme.CA()
    return _tls(folder, None, authority.issue_cert(_HOST))


def intermediate_missing(folder: Path) -> Tls:
    """The root is trusted, and the server forgets to send the certificate between."""
    root = trustme.CA()
    leaf = root.create_child_ca().issue_cert(_HOST)
    return _tls(folder, root, leaf, chain=leaf.cert_chain_pems[:1])


def self_signed(folder: Path) -> Tls:
    """The certificate vouches for itself."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sis")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(_HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "self-signed.pem"
    file.write_bytes(private + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return Tls(context, "")


def only_old_tls(folder: Path) -> Tls:
    """The server speaks nothing newer than TLS 1.1."""
    tls = good(folder)
    with warnings.catch_warnings():
        # That these versions are old is the point of this server.
        warnings.simplefilter("ignore", DeprecationWarning)
        tls.context.minimum_version = ssl.TLSVersion.TLSv1
        tls.context.maximum_version = ssl.TLSVersion.TLSv1_1
    tls.context.set_ciphers("ALL:@SECLEVEL=0")
    return tls


def only_strange_ciphers(folder: Path) -> Tls:
    """The server offers only ciphers that no client takes."""
    tls = good(folder)
    tls.context.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.context.set_ciphers("ADH-AES128-SHA256:@SECLEVEL=0")
    return tls


def _tls(
    folder: Path,
    authority: trustme.CA | None,
    leaf: trustme.LeafCert,
    *,
    chain: list[trustme.Blob] | None = None,
) -> Tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    file = folder / "server.pem"
    blobs = [leaf.private_key_pem, *(leaf.cert_chain_pems if chain is None else chain)]
    file.write_bytes(b"".join(blob.bytes() for blob in blobs))
    context.load_cert_chain(file)
    if authority is None:
        return Tls(context, "")
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Tls(context, str(ca_file))

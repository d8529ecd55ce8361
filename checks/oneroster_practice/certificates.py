"""Certificates with something wrong, made when a district starts: the package holds no private key."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .fault import BadCertificate

# A host name that nobody can register (RFC 2606), for a certificate that belongs to another server.
_ELSEWHERE = "elsewhere.example"
_NAME_BYTES = 8


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """A private folder with a server's certificate and key; `ca_file` is "" when no authority is handed out."""

    folder: Path
    chain: Path
    key: Path
    ca_file: str

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def certificate_files(bad: BadCertificate) -> CertificateFiles:
    """The files of a bad certificate by their names, none of which is there yet.

    Whoever keeps them before they are made can remove what was made when something breaks in.
    """
    folder = Path(tempfile.gettempdir()) / f"practice-district-{secrets.token_hex(_NAME_BYTES)}"
    return CertificateFiles(
        folder,
        folder / "server.pem",
        folder / "server.key",
        "" if bad is BadCertificate.UNTRUSTED else str(folder / "authority.pem"),
    )


def make_certificate(files: CertificateFiles, bad: BadCertificate, host: str) -> None:
    """Make the files of a bad certificate for a server at `host` (an address); OSError when that fails."""
    import trustme

    authority = trustme.CA()
    now = datetime.now(UTC)
    if bad is BadCertificate.EXPIRED:
        shown = authority.issue_cert(
            host, not_before=now - timedelta(days=90), not_after=now - timedelta(days=1)
        )
    else:
        shown = authority.issue_cert(_ELSEWHERE if bad is BadCertificate.WRONG_HOST else host)
    files.folder.mkdir(mode=0o700)
    files.chain.write_bytes(b"".join(blob.bytes() for blob in shown.cert_chain_pems))
    files.key.write_bytes(shown.private_key_pem.bytes())
    if files.ca_file:
        Path(files.ca_file).write_bytes(authority.cert_pem.bytes())

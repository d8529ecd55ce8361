"""Certificates with something wrong, made when a district starts: the package holds no private key."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .fault import BadCertificate

# A host name that nobody can register (RFC 2606), for a certificate that belongs to another server.
_ELSEWHERE = "elsewhere.example"


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


def make_certificate(bad: BadCertificate, host: str) -> CertificateFiles:
    """Make a bad certificate for a server at `host` (an address), in a new folder; OSError without one."""
    import trustme

    authority = trustme.CA()
    now = datetime.now(UTC)
    if bad is BadCertificate.EXPIRED:
        shown = authority.issue_cert(
            host, not_before=now - timedelta(days=90), not_after=now - timedelta(days=1)
        )
    else:
        shown = authority.issue_cert(_ELSEWHERE if bad is BadCertificate.WRONG_HOST else host)
    folder = Path(tempfile.mkdtemp(prefix="practice-district-"))
    files = CertificateFiles(
        folder,
        folder / "server.pem",
        folder / "server.key",
        "" if bad is BadCertificate.UNTRUSTED else str(folder / "authority.pem"),
    )
    files.chain.write_bytes(b"".join(blob.bytes() for blob in shown.cert_chain_pems))
    files.key.write_bytes(shown.private_key_pem.bytes())
    if files.ca_file:
        Path(files.ca_file).write_bytes(authority.cert_pem.bytes())
    return files

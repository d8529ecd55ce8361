"""The CA file: one that cannot be used is refused before the run, and verification is always on."""

from __future__ import annotations

import shutil
import ssl
from pathlib import Path

import pytest

from oneroster_checks.errors import CAFileError
from oneroster_checks.http.failure import FailureKind
from oneroster_checks.http.tls import trust
from oneroster_checks.limits import CA_FILE_BYTES

from ...bad_files import NO_REGULAR_FILES, TOO_LARGE, sparse
from ...servers import LoopServer, reply
from ...servers import certificates as paper
from ..engine import campus, outcome, secrets
from .sessions import session


@pytest.mark.parametrize(
    "text", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"]
)
async def test_a_ca_file_that_is_none_is_refused_before_the_run(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.pem"
    path.write_text(text)
    with pytest.raises(CAFileError) as caught:
        await outcome(campus("https://127.0.0.1:1", ca_file=str(path)), secrets())
    assert caught.value.reason == "it has no certificate in PEM format"
    assert str(path) in str(caught.value)


def test_a_ca_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    reasons = {}
    for name in (str(tmp_path), str(tmp_path / "none.pem"), str(tmp_path / "x" / "none.pem"), "a\0b"):
        with pytest.raises(CAFileError) as caught:
            trust(name)
        reasons[name] = caught.value.reason
    assert list(reasons.values()) == [
        "it is a folder",
        "there is no such file",
        "there is no such file",
        "this is not a file name",
    ]


def test_verification_is_on_with_and_without_a_ca_file(ca_file: str) -> None:
    for context in (trust(), trust(ca_file)):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


@pytest.mark.parametrize("name", [*NO_REGULAR_FILES, *TOO_LARGE, "zeros"])
def test_a_ca_file_that_is_none_says_why_at_once(name: str, tmp_path: Path) -> None:
    makers = {**NO_REGULAR_FILES, **TOO_LARGE, "zeros": sparse(CA_FILE_BYTES)}
    path = tmp_path / "ca.pem"
    makers[name](path)
    with pytest.raises(CAFileError) as caught:
        trust(str(path))
    reason = caught.value.reason
    if name in TOO_LARGE:
        assert reason == "it is too large (more than 4,000,000 bytes)"
    else:
        assert reason in {
            "it is a pipe", "it is a socket", "it is a device", "it is a folder", "there is no such file",
            "too many levels of symbolic links", "it has no certificate in PEM format",
        }  # fmt: skip


def test_words_in_any_language_may_stand_around_a_certificate(ca_file: str, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes("# Bezirksschülerverzeichnis 湖\n".encode() + Path(ca_file).read_bytes() + b"\xff\n")
    assert trust(str(path)).check_hostname


async def test_the_authorities_of_this_computer_are_read_once(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = (paper.good(tmp_path_factory.mktemp(name)) for name in ("own", "other"))
    authorities = tmp_path / "authorities.pem"
    shutil.copyfile(own.ca_file, authorities)
    monkeypatch.setenv("SSL_CERT_FILE", str(authorities))
    async with (
        LoopServer(lambda heard: reply(200, b"{}", ("Connection", "close")), tls=own.context) as server,
        LoopServer(lambda heard: reply(200, b"{}"), tls=other.context) as stranger,
        session() as over,
    ):
        assert (await over.send("GET", f"{server.origin}/orgs")).status == 200
        # Whoever reads it again trusts another authority, and no longer this one.
        shutil.copyfile(other.ca_file, authorities)
        assert (await over.send("GET", f"{server.origin}/orgs")).status == 200
        assert server.connections == 2
        assert (await over.send("GET", f"{stranger.origin}/orgs")).failure is not None


async def test_another_authority_than_those_of_this_computer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = paper.good(tmp_path), paper.unknown_issuer(tmp_path)
    for file in (own.ca_file, str(tmp_path / "none.pem")):
        monkeypatch.setenv("SSL_CERT_FILE", file)
        async with LoopServer(lambda heard: reply(200), tls=other.context) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.failure is not None
        assert answer.failure.kind is FailureKind.TLS_UNTRUSTED
        assert not server.heard

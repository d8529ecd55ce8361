"""The CA file: one that cannot be used is refused before the run, and verification is always on."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from oneroster_checks.errors import CAFileError
from oneroster_checks.http.tls import trust
from oneroster_checks.limits import CA_FILE_BYTES

from ...bad_files import NO_REGULAR_FILES, TOO_LARGE, sparse
from ..engine import campus, outcome, secrets


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

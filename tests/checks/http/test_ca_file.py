"""The CA file: one that cannot be used is refused before the run, and verification is always on."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from oneroster_checks.errors import CAFileError
from oneroster_checks.http.tls import trust

from ..engine import campus, outcome, secrets


@pytest.mark.parametrize(
    "text", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"]
)
async def test_a_ca_file_that_is_none_is_refused_before_the_run(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.pem"
    path.write_text(text)
    with pytest.raises(CAFileError) as caught:
        await outcome(campus("https://127.0.0.1:1", ca_file=str(path)), secrets())
    assert caught.value.reason == "it holds no certificate in PEM form"
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
        "this is not the name of a file",
    ]


def test_verification_is_on_with_and_without_a_ca_file(ca_file: str) -> None:
    for context in (trust(), trust(ca_file)):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname

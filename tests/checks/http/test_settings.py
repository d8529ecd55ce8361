"""A CA file and a proxy that cannot be used: said before the first request, in one sentence."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from oneroster_checks.errors import CAFileError, ProxyError
from oneroster_checks.http.tls import trust

from ..running import campus, outcome, secrets
from .sessions import session


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


def test_verification_is_on_with_and_without_a_ca_file(tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(authority)
    for context in (trust(), trust(str(authority))):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        ("socks5://user:pa55word@127.0.0.1:1080", "socksio"),
        ("ftp://user:pa55word@127.0.0.1", "must begin with"),
        ("127.0.0.1:3128", "must begin with"),
        ("http://", "name a host"),
        ("http://user:pa55word@[::1", "cannot be read"),
        ("http://user:pa55word@127.0.0.1:port", "cannot be read"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_one_clear_sentence(proxy: str, words: str) -> None:
    with pytest.raises(ProxyError, match=words) as caught:
        async with session(https_proxy=proxy):
            pass
    assert "pa55word" not in str(caught.value)
    assert str(caught.value).count(".") == 1

"""The proxy of this computer: one that cannot be used is said before the first request, and only it is looked up."""

from __future__ import annotations

import pytest

from oneroster_checks.errors import ProxyError
from oneroster_checks.http.failure import FailureKind

from ...servers import LoopServer, reply
from .addresses import LIVING, Table
from .sessions import session

ELSEWHERE = "https://d.test/orgs"


@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        (f"socks5://user:{'pa55word' * 32}@127.0.0.1:1080", "SOCKS cannot carry"),
        ("socks4://user:pa55word@127.0.0.1:1080", "must begin with"),
        ("socks://user:pa55word@127.0.0.1:1080", "must begin with"),
        ("http://user:pa55word@127.0.0.1:99999", "host or port"),
        ("http://user:pa55word@127.0.0.1\x1b[31m:80", "cannot be read"),
        ("http://user:pa55word@127.0.0.1\n:80", "cannot be read"),
        ("http://user:pa55word@\u202e.test:80", "cannot be read|host or port"),
        ("http://user:pa55word@:3128", "name a host"),
        ("socks5://", "name a host"),
        ("//user:pa55word@127.0.0.1", "must begin with"),
        ("ftp://user:pa55word@127.0.0.1", "must begin with"),
        ("127.0.0.1:3128", "must begin with"),
        ("http://", "name a host"),
        ("http://user:pa55word@[::1", "cannot be read"),
        ("http://user:pa55word@127.0.0.1:port", "cannot be read"),
        ("http://[", "host or port"),
        ("http://user:pa55word@pro xy", "host or port"),
        ("http://user:pa55word@[fe80::1%25eth0]:3128", "host or port"),
        ("http://user:pa55word@proxy..test", "host or port"),
        (f"http://user:pa55word@{'p' * 64}.test", "host or port"),
        ("http://user:pa55word@127.0.0.1:99999999", "host or port"),
        ("http://user:pa55word@127.0.0.1:0", "host or port"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_one_clear_sentence(proxy: str, words: str) -> None:
    with pytest.raises(ProxyError, match=words) as caught:
        async with session(https_proxy=proxy):
            pass
    assert "pa55word" not in str(caught.value)
    assert str(caught.value).count(".") == 1


async def test_behind_a_proxy_only_the_proxy_is_looked_up() -> None:
    table = Table(LIVING)
    async with (
        LoopServer(lambda heard: reply(502)) as proxy,
        session(resolver=table, https_proxy=f"http://localhost:{proxy.port}") as over,
    ):
        answer = await over.send("GET", "https://d.test/orgs")
        assert over.proxied
    assert table.asked == ["localhost"]
    assert [heard.method for heard in proxy.heard] == ["CONNECT"]
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.REFUSED


@pytest.mark.parametrize("status", [403, 407])
async def test_what_a_proxy_refuses_is_the_proxys(status: int) -> None:
    async with (
        LoopServer(lambda heard: reply(status)) as proxy,
        session(https_proxy=f"http://127.0.0.1:{proxy.port}") as over,
    ):
        answer = await over.send("GET", ELSEWHERE)
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.PROXY
    assert answer.failure.detail == f"the proxy refused to connect (HTTP {status})"


async def test_a_proxy_that_is_down_is_not_the_host() -> None:
    async with LoopServer(lambda heard: None) as proxy:
        port = proxy.port
    async with session(https_proxy=f"http://127.0.0.1:{port}") as over:
        answer = await over.send("GET", ELSEWHERE)
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.detail) == (
        FailureKind.PROXY,
        "the proxy refuses connections",
    )

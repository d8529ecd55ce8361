"""SOCKS proxies: what works, what each way of failing is called, and that nothing stays open."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from oneroster_checks.http.failure import Failure, FailureKind

from ...servers import LoopServer, json_reply
from ...servers.proxies import SocksProxy
from .addresses import LIVING, Table
from .sessions import session

NAME = "sis.elm.example"
LIMIT_S = 20.0


def tls_of(folder: Path) -> tuple[ssl.SSLContext, str]:
    """The TLS of a server with the name above, and the file of its authority."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)
    file = folder / "authority.pem"
    file.write_bytes(authority.cert_pem.bytes())
    return context, str(file)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize(
    "login", [None, (b"user", b"pa55 w\xc3\xb6rd")], ids=["without a login", "with a login"]
)
async def test_https_goes_through_socks(
    login: tuple[bytes, bytes] | None, scheme: str, tmp_path: Path
) -> None:
    tls, ca_file = tls_of(tmp_path)
    before = "" if login is None else "user:pa55%20w%C3%B6rd@"
    table = Table(LIVING)
    async with (
        LoopServer(lambda heard: json_reply(200, {"orgs": []}), tls=tls) as server,
        SocksProxy(behind=server.port, login=login) as proxy,
        session(
            https_proxy=f"{scheme}://{before}localhost:{proxy.port}", ca_file=ca_file, resolver=table
        ) as over,
    ):
        answer = await over.send(
            "GET", f"https://{NAME}/orgs", headers={"Authorization": "Bearer the-token-itself"}
        )
        assert (answer.status, answer.failure) == (200, None)
        assert [heard.headers["authorization"] for heard in server.heard] == ["Bearer the-token-itself"]
        assert proxy.asked == [(NAME, 443)]
        # The name of the district is the proxy's to look up.
        assert table.asked == ["localhost"]
        assert b"the-token-itself" not in proxy.in_clear + proxy.through
        assert b"HTTP/" not in proxy.in_clear + proxy.through


@pytest.mark.parametrize(
    ("proxy", "kind", "words"),
    [
        (SocksProxy(login=(b"a", b"b")), FailureKind.PROXY, "the login"),
        (SocksProxy(reply=1), FailureKind.REFUSED, "General SOCKS server failure"),
        (SocksProxy(reply=2), FailureKind.PROXY, "refused to connect"),
        (SocksProxy(reply=3), FailureKind.REFUSED, "Network unreachable"),
        (SocksProxy(reply=4), FailureKind.REFUSED, "Host unreachable"),
        (SocksProxy(reply=5), FailureKind.REFUSED, "Connection refused"),
        (SocksProxy(reply=6), FailureKind.REFUSED, "TTL expired"),
        (SocksProxy(reply=7), FailureKind.PROXY, "refused to connect"),
        (SocksProxy(reply=8), FailureKind.PROXY, "refused to connect"),
        (SocksProxy(reply=200), FailureKind.PROXY, "as a SOCKS proxy does"),
        (SocksProxy(says=b""), FailureKind.PROXY, "as a SOCKS proxy does"),
        (SocksProxy(says=b"\x05"), FailureKind.PROXY, "as a SOCKS proxy does"),
        (SocksProxy(says=b"\x04\x5a"), FailureKind.PROXY, ""),
        (SocksProxy(says=b"\x05\x07"), FailureKind.PROXY, ""),
        (SocksProxy(says=b"HTTP/1.1 400 Bad Request\r\n\r\n"), FailureKind.PROXY, ""),
        (SocksProxy(says=b"\xff" * 5000), FailureKind.PROXY, ""),
        (SocksProxy(mute=True), FailureKind.PROXY, "does not answer in time"),
    ],
    ids=lambda given: repr(given)[:60] if isinstance(given, SocksProxy) else "",
)
async def test_what_a_socks_proxy_does_is_told_as_its_own(
    proxy: SocksProxy, kind: FailureKind, words: str
) -> None:
    async with (
        proxy,
        session(https_proxy=f"socks5://127.0.0.1:{proxy.port}", timeout=0.5 if proxy.mute else 10.0) as over,
    ):
        answer = await over.send(
            "GET", f"https://{NAME}/orgs", headers={"Authorization": "Bearer the-token-itself"}
        )
        assert isinstance(answer.failure, Failure)
        assert answer.failure.kind is kind
        assert words in answer.failure.detail
        assert b"the-token-itself" not in proxy.in_clear
        # At once, and not when something is collected.
        await asyncio.wait_for(proxy.closed(), LIMIT_S)


@pytest.mark.parametrize("login", [(b"user", b"another"), (b"another", b"pa55word")])
async def test_a_login_that_is_refused(login: tuple[bytes, bytes]) -> None:
    async with (
        SocksProxy(login=login) as proxy,
        session(https_proxy=f"socks5://user:pa55word@127.0.0.1:{proxy.port}") as over,
    ):
        answer = await over.send("GET", f"https://{NAME}/orgs")
        assert answer.failure is not None
        assert answer.failure.detail == "the proxy refused the login, or needs one"
        assert "pa55word" not in repr(answer) + repr(over.trace)


async def test_a_request_that_is_given_up_closes_the_connection_to_the_proxy() -> None:
    async with (
        SocksProxy(mute=True) as proxy,
        session(https_proxy=f"socks5://127.0.0.1:{proxy.port}") as over,
    ):
        asking = asyncio.create_task(over.send("GET", f"https://{NAME}/orgs"))
        await asyncio.wait_for(proxy.spoken_to.wait(), LIMIT_S)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await asyncio.wait_for(proxy.closed(), LIMIT_S)


async def test_socks_from_run_to_cause() -> None:
    from oneroster_checks.connection import Connection, Credentials, Secret
    from oneroster_checks.diagnosis.runner import run

    connection = Connection(
        base_url=f"https://{NAME}/ims/oneroster",
        token_url=f"https://{NAME}/token",
        client_id="a",
        provider="generic",
    )
    causes = {}
    for what, proxy in {
        "rubbish": SocksProxy(says=b"rubbish"),
        "login": SocksProxy(login=(b"a", b"b")),
        "not allowed": SocksProxy(reply=2),
        "refused": SocksProxy(reply=5),
    }.items():
        async with proxy:
            result = await run(
                connection,
                Credentials(Secret("the-secret-itself")),
                https_proxy=f"socks5://127.0.0.1:{proxy.port}",
            )
        causes[what] = result.verdict.cause
        assert b"the-secret-itself" not in proxy.in_clear
    assert causes == {
        "rubbish": "network.proxy",
        "login": "network.proxy",
        "not allowed": "network.proxy",
        "refused": "network.refused",
    }

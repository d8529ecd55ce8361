"""The session: its limits, its trace, one request at a time, and no redirect followed."""

from __future__ import annotations

import asyncio
import gzip
import struct
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from oneroster_checks.client.authorization import Bearer
from oneroster_checks.connection import Secret
from oneroster_checks.errors import ProxyError
from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.http.session import UnsendableHeader
from oneroster_checks.limits import ANSWER_BYTES

from ...servers import LoopServer, Pieces, Reply, Request, json_reply, reply, token_reply
from ..running import campus, outcome, secrets
from .sessions import data_client, session

MEGABYTE = 1024 * 1024


def saying(*pieces: bytes) -> Pieces:
    """An answer in pieces, after which the connection closes."""

    async def reported() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return reported()


class TestLimits:
    async def test_an_endless_answer_is_cut_off(self) -> None:
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[" + b"1," * 10
            while True:
                sent += 1
                yield b"0," * (MEGABYTE // 2)

        async with LoopServer(lambda heard: endless()) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.truncated
        assert len(answer.body) == ANSWER_BYTES
        assert answer.status == 200
        assert answer.document is None
        assert "MiB" in answer.evidence.outline
        assert sent < ANSWER_BYTES // MEGABYTE + 20

    async def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off_too(self) -> None:
        bomb = gzip.compress(b"0" * (ANSWER_BYTES + MEGABYTE), compresslevel=1)
        assert len(bomb) < MEGABYTE
        async with (
            LoopServer(lambda heard: reply(200, bomb, ("Content-Encoding", "gzip"))) as server,
            session() as over,
        ):
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.truncated
        assert len(answer.body) == ANSWER_BYTES

    async def test_an_answer_that_drips_ends_with_the_limit_of_the_whole_request(self) -> None:
        async def drip() -> AsyncIterator[bytes]:
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
            while True:
                # Each byte comes well within the time that a single read may take.
                await asyncio.sleep(0.05)
                yield b"x"

        async with LoopServer(lambda heard: drip()) as server, session(timeout=0.4) as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.status is None
        assert answer.failure is not None
        assert (answer.failure.kind, answer.failure.phase) == (FailureKind.TIMEOUT, Phase.READING)
        assert 350 <= answer.evidence.elapsed_ms < 2000

    async def test_a_server_that_never_answers_is_told_from_one_that_never_ends(self) -> None:
        forever = asyncio.Event()

        async def silent() -> AsyncIterator[bytes]:
            await forever.wait()
            yield b""

        async with LoopServer(lambda heard: silent()) as server, session(timeout=0.3) as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.failure is not None
        assert (answer.failure.kind, answer.failure.phase) == (FailureKind.TIMEOUT, Phase.WAITING)
        assert "nothing came back" in answer.evidence.note


BROKEN_OFF = {
    "closed at once": b"",
    "closed in the status line": b"HTTP/1.1 20",
    "closed in the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "closed in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
    "closed in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{",
    "no HTTP at all": b"220 mail.example.test ESMTP ready\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 200_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("reported", BROKEN_OFF.values(), ids=list(BROKEN_OFF))
async def test_an_answer_that_breaks_off_is_no_answer(reported: bytes) -> None:
    async with LoopServer(lambda heard: saying(reported)) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.failure is not None
    assert answer.failure.kind in (FailureKind.CLOSED, FailureKind.NOT_HTTP)
    assert answer.status is None
    assert answer.document is None


async def test_a_reset_connection_is_closed_without_an_answer() -> None:
    def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw = writer.get_extra_info("socket")
        # Linger of no seconds: closing sends a reset.
        raw.setsockopt(1, 13, struct.pack("ii", 1, 0))
        writer.close()

    server = await asyncio.start_server(reset, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with session() as over:
        answer = await over.send("GET", f"http://127.0.0.1:{port}/orgs")
    server.close()
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.CLOSED


async def test_a_port_where_nobody_listens_refuses() -> None:
    async with LoopServer(lambda heard: None) as server:
        origin = server.origin
    async with session() as over:
        answer = await over.send("GET", f"{origin}/orgs")
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.REFUSED


@pytest.mark.parametrize(
    "url",
    ["http://", "ftp://127.0.0.1/x", "orgs", "http://a b.invalid/", "http://exa\nmple/", "http://ü\u200b/",
     "http://a..localhost/", f"http://{'a' * 70}.localhost/", "http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://[::1",
     "http://\ud800.test/", ""],
)  # fmt: skip
async def test_an_address_that_cannot_be_sent_is_told_and_never_raised(url: str) -> None:
    async with session() as over:
        answer = await over.send("GET", url)
    assert answer.failure is not None
    assert answer.status is None
    assert (answer.failure.kind, answer.failure.phase) == (FailureKind.UNSENDABLE, Phase.BUILDING)


@pytest.mark.parametrize("error", [ValueError("a fault of ours"), KeyError("a fault of ours")])
async def test_a_fault_of_this_tool_is_no_fault_of_the_address(error: Exception) -> None:
    def broken(url: str) -> dict[str, str]:
        raise error

    async with session() as over:
        with pytest.raises(type(error)):
            await over.send("GET", "http://127.0.0.1:1/", authorize=broken)


async def test_a_header_that_cannot_be_sent_is_refused_without_its_value() -> None:
    async with LoopServer(lambda heard: reply(200, "")) as server, session() as over:
        with pytest.raises(UnsendableHeader) as caught:
            await over.send("GET", f"{server.origin}/", headers={"x-key": "a-secret\nin two lines"})
    assert "a-secret" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert server.heard == []


async def test_a_header_is_sent_as_utf_8() -> None:
    async with LoopServer(lambda heard: reply(200, "")) as server, session() as over:
        await over.send("GET", f"{server.origin}/", headers={"x-key": "geheim-ü\udcff"})
    assert server.heard[0].headers["x-key"].encode("latin-1") == b"geheim-\xc3\xbc\xff"


async def test_the_repr_of_an_answer_shows_nothing_of_the_server() -> None:
    reported = json_reply(200, {"access_token": "tok-1"}, ("X-Echo", "tok-1"))
    async with LoopServer(lambda heard: reported) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/?key=tok-1", secrets_in=lambda document: ("tok-1",))
    assert answer.document == {"access_token": "tok-1"}
    assert "tok-1" not in repr(answer)


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


async def test_one_request_at_a_time() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        await asyncio.sleep(0.02)
        yield reply(200, "{}").to_bytes()

    async with LoopServer(lambda heard: slowly()) as server, session() as over:
        answers = await asyncio.gather(
            *(over.send("GET", f"{server.origin}/{number}") for number in range(6))
        )
    assert [answer.status for answer in answers] == [200] * 6
    assert len(server.heard) == 6
    assert server.most_at_once == 1
    assert over.requests == 6


async def test_a_cookie_is_never_sent_back() -> None:
    async with (
        LoopServer(lambda heard: reply(200, "{}", ("Set-Cookie", "session=1; Path=/"))) as server,
        session() as over,
    ):
        for _ in range(3):
            await over.send("GET", f"{server.origin}/orgs")
    assert ["cookie" in heard.headers for heard in server.heard] == [False] * 3


async def test_the_proxies_of_the_environment_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with LoopServer(lambda heard: reply(200, "{}")) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.status == 200


class TestTrace:
    async def test_it_holds_what_a_support_case_needs(self) -> None:
        date = "Mon, 03 Aug 2026 10:00:00 GMT"
        reported = json_reply(200, {"orgs": []}, ("Date", date), ("X-Request-Id", "abc-123"))
        async with (
            LoopServer(lambda heard: reported) as server,
            session(secrets=("a-secret-in-the-url",)) as over,
        ):
            url = f"{server.origin}/orgs?limit=1&filter=name%3D%27a%27&key=a-secret-in-the-url"
            await over.send("GET", url, note="a note")
        (seen,) = over.trace
        assert seen.method == "GET"
        assert seen.url == f"{server.origin}/orgs?limit=1&filter=name%3D%27a%27&key=[hidden]"
        assert seen.status == 200
        assert 0 <= seen.elapsed_ms < 5000
        assert (seen.server_date, seen.request_id, seen.note) == (date, "abc-123", "a note")
        assert server.heard[0].target.endswith("key=a-secret-in-the-url")

    @pytest.mark.parametrize(
        "header",
        ["X-Request-ID", "x-correlation-id", "Request-Id", "X-Amzn-RequestId", "X-Trace-Id", "CF-Ray"],
    )
    async def test_a_request_id_is_found_under_its_usual_names(self, header: str) -> None:
        async with LoopServer(lambda heard: reply(200, "", (header, "id-7"))) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/")
        assert answer.evidence.request_id == "id-7"

    async def test_a_request_without_an_answer_is_traced_too(self) -> None:
        async with LoopServer(lambda heard: None) as server, session() as over:
            await over.send("POST", f"{server.origin}/token", note="secret in the body")
        (seen,) = over.trace
        assert seen.status is None
        assert seen.note.startswith("secret in the body; no answer: ")


REDIRECTS = [301, 302, 303, 307, 308]


@pytest.mark.parametrize("status", REDIRECTS)
async def test_a_data_call_is_not_redirected(status: int) -> None:
    async with LoopServer(lambda heard: token_reply()) as elsewhere:
        there = ("Location", f"{elsewhere.origin}/ims/oneroster/v1p1/orgs")
        async with LoopServer(lambda heard: reply(status, "", there)) as server, session() as over:
            client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
            client.authorizer = Bearer(Secret("the-token"))
            page = await client.list("/orgs")
    assert not page.good
    assert page.answer.location == there[1]
    assert len(server.heard) == 1
    assert elsewhere.connections == 0


@pytest.mark.parametrize("status", REDIRECTS)
async def test_no_credential_reaches_the_host_that_a_redirect_names(status: int) -> None:
    async with LoopServer(lambda heard: token_reply()) as elsewhere:
        # Another host by its name, though it is this machine.
        target = f"http://localhost:{elsewhere.port}/campus/oauth2/token"
        async with LoopServer(lambda heard: reply(status, "", ("Location", target))) as server:
            result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "token.redirected"
    assert elsewhere.heard == []
    assert elsewhere.connections == 0
    assert len(server.heard) == 1
    issue = result.finding("token.issue")
    assert issue is not None
    assert str(issue.facts["location"]).startswith(f"http://localhost:{elsewhere.port}/")


async def test_data_that_moved_elsewhere_is_named_and_not_followed() -> None:
    async with LoopServer(lambda heard: json_reply(200, {"orgs": [{"sourcedId": "1"}]})) as elsewhere:

        def answers(heard: Request) -> Reply:
            if heard.method == "POST":
                return token_reply()
            return reply(302, "", ("Location", f"http://localhost:{elsewhere.port}{heard.target}"))

        async with LoopServer(answers) as server:
            result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause in ("access.base-url-wrong", "access.login-page")
    assert elsewhere.connections == 0


async def test_a_session_that_is_closed_twice_stays_closed() -> None:
    async with LoopServer(lambda heard: reply(200, "")) as server, session() as over:
        await over.send("GET", f"{server.origin}/")
        await over.aclose()
        with suppress(RuntimeError):
            await over.send("GET", f"{server.origin}/")
    assert len(server.heard) == 1

"""What cannot be sent, what is sent byte by byte, and that a fault of this tool is no fault of the address."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest

from oneroster_checks.http.address import Places
from oneroster_checks.http.exchange import Exchange, Outgoing, UnsendableHeader
from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.http.messages import HttpAnswer
from oneroster_checks.limits import BANNER_S

from ...servers import LoopServer, json_reply, reply
from .sessions import session


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


async def test_a_port_that_answered_is_not_listened_to_first() -> None:
    async with LoopServer(lambda heard: json_reply(400, {})) as server, session() as over:
        began = time.monotonic()
        answer = await over.send("GET", f"{server.origin}/orgs")
        took = time.monotonic() - began
    assert (answer.status, answer.failure) == (400, None)
    assert took < BANNER_S


def test_no_repr_of_a_request_or_an_answer_shows_what_it_holds() -> None:
    # A traceback may show the variables of where it happened.
    secret = "an-unseen-secret"
    destination = Places().destination(f"http://127.0.0.1/token?key={secret}")
    outgoing = Outgoing(
        "POST",
        destination.text,
        {"x-key": secret},
        lambda url: {"authorization": secret},
        secret.encode(),
        None,
    )
    request = outgoing.built(destination)
    answer = HttpAnswer(200, [(b"set-cookie", secret.encode())], _Nothing())
    came = Exchange(destination.text, 1, answer, None, None, None)
    assert secret.encode() in b"".join(value for _, value in request.headers)
    assert secret not in repr((destination, outgoing, request, answer, came))


class _Nothing:
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b""

    async def aclose(self) -> None:
        return None

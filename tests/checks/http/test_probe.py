"""Reaching a host: with several addresses, dead and living, and with none."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from oneroster_checks import limits
from oneroster_checks.evidence import EvidenceKind
from oneroster_checks.finding import Status
from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.http.probe import reach
from oneroster_checks.http.session import Session

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ..engine import campus, outcome, secrets
from .addresses import DEAD, LIVING, SilentResolver, Table, dead_port
from .sessions import session

NAME = "several.localhost"


async def accepted(over: Session, server: LoopServer) -> None:
    """Let the server have its side of the connections so far, which it could not close otherwise.

    Connections are accepted in order, so a request that is answered comes behind them all.
    """
    assert (await over.send("GET", f"{server.origin}/")).status == 200


@pytest.mark.parametrize("addresses", [(DEAD, LIVING), (LIVING, DEAD), ("127.0.0.3", DEAD, LIVING)])
async def test_a_dead_address_does_not_hide_a_living_one(addresses: tuple[str, ...]) -> None:
    async with (
        LoopServer(lambda heard: reply(200)) as server,
        session(timeout=5.0, resolver=Table(*addresses)) as over,
    ):
        with dead_port(server.port):
            reached = await reach(over, NAME, server.port, secure=False)
        assert reached.failure is None
        # The next address is tried after a quarter of a second, far from the limit of a connection.
        assert reached.evidence.elapsed_ms < limits.NEXT_ADDRESS_S * 1000 + 700
        assert over.trace == [reached.evidence]
        await accepted(over, server)
    assert reached.evidence.kind is EvidenceKind.CONNECTION
    assert not reached.evidence.failed
    assert server.connections == 2


async def test_a_refusal_goes_on_to_the_next_address_at_once() -> None:
    async with (
        LoopServer(lambda heard: reply(200)) as server,
        session(resolver=Table("127.0.0.3", LIVING)) as over,
    ):
        reached = await reach(over, NAME, server.port, secure=False)
        await accepted(over, server)
    assert reached.failure is None
    assert reached.evidence.elapsed_ms < limits.NEXT_ADDRESS_S * 1000


async def test_only_a_host_whose_every_address_is_dead_times_out() -> None:
    async with LoopServer(lambda heard: reply(200)) as server:
        port = server.port
    with dead_port(port), dead_port(port, "127.0.0.4"):
        async with session(timeout=0.6, resolver=Table(DEAD, "127.0.0.4")) as over:
            reached = await reach(over, NAME, port, secure=False)
    assert reached.failure is not None
    assert (reached.failure.kind, reached.failure.phase) == (FailureKind.TIMEOUT, Phase.CONNECTING)
    assert reached.evidence.failed
    assert 500 <= reached.evidence.elapsed_ms < 2000


@pytest.mark.parametrize("addresses", [("127.0.0.3",), ("127.0.0.3", "127.0.0.4"), ()])
async def test_a_host_that_refuses_at_every_address_refuses(addresses: tuple[str, ...]) -> None:
    async with LoopServer(lambda heard: reply(200)) as server:
        port = server.port
    async with session(resolver=Table(*addresses)) as over:
        reached = await reach(over, NAME, port, secure=False)
    assert reached.failure is not None
    assert reached.failure.kind is FailureKind.REFUSED


async def test_a_run_reaches_a_host_through_its_second_address(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def both(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host not in (NAME, NAME.encode()):
            return look_up(host, port, *rest, **named)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, int(port))) for address in (DEAD, LIVING)
        ]

    def answers(heard: Request) -> Reply:
        return token_reply() if heard.method == "POST" else json_reply(200, {"orgs": [{"sourcedId": "1"}]})

    monkeypatch.setattr(socket, "getaddrinfo", both)
    async with LoopServer(answers) as server:
        with dead_port(server.port):
            result = await outcome(campus(f"http://{NAME}:{server.port}"), secrets(), only=("access.data",))
    assert result.verdict.status is Status.PASS


async def test_a_name_service_without_an_answer_is_no_fault_of_the_host() -> None:
    async with session(timeout=0.3, resolver=SilentResolver()) as over:
        reached = await reach(over, "d.test", 443, secure=True)
        answer = await over.send("GET", "https://d.test/orgs")
    for failure in (reached.failure, answer.failure):
        assert failure is not None
        assert (failure.kind, failure.phase) == (FailureKind.NAME_NOT_FOUND, Phase.LOOKING_UP)
        assert "name service" in failure.detail


async def test_a_name_is_looked_up_once_a_run() -> None:
    table = Table(LIVING)
    async with LoopServer(lambda heard: reply(200)) as server, session(resolver=table) as over:
        await reach(over, "localhost", server.port, secure=False)
        for _ in range(3):
            await over.send("GET", f"http://localhost:{server.port}/")
    assert table.asked == ["localhost"]
    assert len(server.heard) == 3


async def test_a_probe_that_is_cancelled_leaves_nothing_open() -> None:
    async with LoopServer(lambda heard: reply(200)) as server:
        port = server.port
    with dead_port(port):
        async with session(resolver=Table(DEAD)) as over:
            task = asyncio.create_task(reach(over, NAME, port, secure=False))
            await asyncio.wait([task], timeout=0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
    # A socket that is left open would be a ResourceWarning, and so an error.

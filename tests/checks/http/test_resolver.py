"""The name service of this computer: what it finds, and that it never holds the end of the program."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from oneroster_checks import limits
from oneroster_checks.http.address import UnsendableURL
from oneroster_checks.http.resolver import Address, Resolver

# The lookup hangs far longer than a test waits; the run, or one request, is cancelled in the middle of it.
HANGING = """
import asyncio, socket, threading
looking_up = threading.Event()
def hang(*args, **named):
    looking_up.set()
    threading.Event().wait(60)
socket.getaddrinfo = hang

async def begun():
    await asyncio.to_thread(looking_up.wait)
"""
A_RUN = """
from contextlib import aclosing
from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.runner import stream as diagnose
from oneroster_checks.events import CheckStarted
connection = Connection(
    provider="generic", base_url="https://d.test/ims/oneroster", token_url="https://d.test/token", client_id="key"
)
async def main():
    async with aclosing(diagnose(connection, Credentials(Secret("secret")))) as stream:
        async for event in stream:
            if isinstance(event, CheckStarted) and event.check.startswith("network"):
                await begun()
                return
asyncio.run(main())
"""
A_REQUEST = """
from oneroster_checks.redaction import Redactor
from oneroster_checks.http.session import Session
async def main():
    redaction = Redactor()
    session = Session(timeout=30, redaction=redaction, listener=print, user_agent="a-test")
    task = asyncio.create_task(session.send("GET", "https://d.test/"))
    await begun()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await session.aclose()
asyncio.run(main())
"""


@pytest.mark.parametrize("code", [A_RUN, A_REQUEST], ids=["a run", "a request"])
def test_a_hanging_name_service_does_not_hold_the_end_of_the_program(code: str) -> None:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", HANGING + code], check=True, timeout=50)
    assert time.monotonic() - started < 3


async def test_a_lookup_has_the_limit_of_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: ended.wait(30))
    monkeypatch.setattr(limits, "CONNECT_S", 0.1)
    with pytest.raises(TimeoutError):
        await Resolver().look_up("d.test", 443)
    ended.set()


async def test_an_address_needs_no_name_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "getaddrinfo")
    assert await Resolver().look_up("127.0.0.1", 80) == (Address(socket.AF_INET, ("127.0.0.1", 80)),)
    assert await Resolver().look_up("::1", 80) == (Address(socket.AF_INET6, ("::1", 80, 0, 0)),)


async def test_the_families_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    six, four = socket.AF_INET6, socket.AF_INET
    found = [(six, "::1"), (six, "::2"), (six, "::1"), (four, "127.0.0.1"), (six, "::3")]
    infos = [(family, socket.SOCK_STREAM, 6, "", (address, 80)) for family, address in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: infos)
    addresses = await Resolver().look_up("d.test", 80)
    assert [address.sockaddr[0] for address in addresses] == ["::1", "127.0.0.1", "::2", "::3"]


@pytest.mark.parametrize(
    ("host", "error"),
    [
        ("d.invalid", socket.gaierror),
        ("a..localhost", UnsendableURL),
        ("a b", UnsendableURL),
        ("", UnsendableURL),
    ],
)
async def test_what_is_no_name(host: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await Resolver().look_up(host, 80)


async def test_a_name_outside_ascii_is_looked_up_as_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(host: Any, *rest: Any, **named: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", note)
    with pytest.raises(socket.gaierror):
        await Resolver().look_up("Schüler.test", 80)
    assert asked == ["xn--schler-5ya.test"]

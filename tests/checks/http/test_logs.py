"""The log of the program: no secret gets into it, and its own settings stay as they are."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx
import pytest
from oauthlib.oauth1 import Client

from oneroster_checks.client.authorization import Authorizer, Bearer, Signed
from oneroster_checks.client.oauth1 import METHODS, SignatureMethod, authorization
from oneroster_checks.connection import Secret
from oneroster_checks.http.logs import unlogged

from ...canaries import SECRET, TOKEN, found_in
from ...servers import LoopServer, Reply, Request, json_reply
from ..engine import secrets
from .sessions import data_client, session

LIBRARIES = ("httpx", "httpcore", "oauthlib")


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log of a program that wants to know everything."""
    names = ("", *LIBRARIES, "httpcore.http11", "httpcore.connection", "oauthlib.oauth1.rfc5849")
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.handler.setLevel(logging.DEBUG)
    yield caplog
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def messages(log: pytest.LogCaptureFixture) -> list[str]:
    """What the libraries below wrote."""
    return [entry.getMessage() for entry in log.records if entry.name.startswith(LIBRARIES)]


def _echo(heard: Request) -> Reply:
    """A server that repeats in its headers what it was sent."""
    return json_reply(200, {"orgs": [], "lineItems": []}, ("X-Echo", heard.headers["authorization"]))


async def test_no_secret_is_logged_at_the_level_debug(log: pytest.LogCaptureFixture) -> None:
    sent: list[str] = []

    def answers(heard: Request) -> Reply:
        sent.append(heard.headers["authorization"])
        return _echo(heard)

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, server.origin, credentials=secrets(SECRET, "vendor-key", "vendor-secret"))
        authorizers: list[Authorizer] = [Bearer(Secret(TOKEN))]
        authorizers += [Signed("key", Secret(SECRET), method) for method in METHODS]
        for authorizer in authorizers:
            client.authorizer = authorizer
            await client.list("/orgs")
            await client.list("/lineItems")
    assert len(sent) == 6
    text = "\n".join(f"{entry.name} {entry.getMessage()}" for entry in log.records)
    assert found_in(text, more=("vendor-secret", "oauth_signature", *sent)) == []
    assert messages(log) == []


@pytest.mark.parametrize("method", METHODS)
def test_a_signature_is_not_logged(log: pytest.LogCaptureFixture, method: SignatureMethod) -> None:
    authorization("http://127.0.0.1/orgs?limit=1", "key", Secret(SECRET), method)
    assert messages(log) == []


async def test_the_settings_of_the_program_stay(log: pytest.LogCaptureFixture) -> None:
    def settings() -> list[object]:
        loggers = [logging.getLogger(name) for name in ("", *LIBRARIES)]
        return [(each.level, list(each.handlers), each.propagate, each.disabled) for each in loggers]

    logging.getLogger("httpx").setLevel(logging.INFO)
    before = settings()
    async with LoopServer(_echo) as server, session() as over:
        client = data_client(over, server.origin)
        client.authorizer = Signed("key", Secret(SECRET), "HMAC-SHA1")
        await client.list("/orgs")
    assert settings() == before


async def test_the_program_still_logs_its_own_requests(log: pytest.LogCaptureFixture) -> None:
    async with LoopServer(lambda heard: json_reply(200, {})) as server, session() as over:
        await over.send("GET", f"{server.origin}/", headers={"authorization": "x"})
        assert messages(log) == []
        async with httpx.AsyncClient(trust_env=False) as own:
            await own.get(f"{server.origin}/its-own")
    Client("its-own", client_secret="s").sign("http://127.0.0.1/")
    written = "\n".join(messages(log))
    assert "/its-own" in written
    assert "receive_response_headers" in written
    assert "base string" in written


def test_the_quiet_ends_with_an_error_too(log: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="a fault"), unlogged(), unlogged():
        raise ValueError("a fault")
    logging.getLogger("httpx").debug("heard again")
    assert messages(log) == ["heard again"]

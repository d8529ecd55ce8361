"""`get` against servers that break it: the document stays JSON, the memory flat, and what ends it is said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import pytest

from oneroster_checks import limits
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.getting import Fetched, Get, get
from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..checks.engine import campus, secrets
from ..hostile_collections import FIRST_NAME, LAST_NAME, PAGES, person, serves
from ..peak import run_alone
from ..servers import LoopServer, Request, token_reply
from ..servers.reply import JSON, Reply
from .command import COMMAND, environment, secrets_of

SECRET = "s3cret-of-the-test"


async def fetched(connection: Connection, path: str, **more: bool) -> tuple[str, Fetched]:
    pieces: list[str] = []
    _, found = await get(connection, secrets(SECRET), Get(path, **more), pieces.append)  # type: ignore[arg-type]
    return "".join(pieces), found


@pytest.mark.parametrize("name", PAGES)
async def test_a_hostile_collection_is_a_document_or_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITS_FOR_A_PAGE_S", (0.01,))
    monkeypatch.setattr(limits, "POOR_PAGES", 5)
    async with LoopServer(serves(name, PAGES[name])) as server:
        connection = campus(server.origin).but(timeout=5.0)
        for every in (False, True):
            written, found = await fetched(connection, "/users", every=every)
            assert server.most_at_once == 1
            if written:
                json.loads(written)
            for word in (FIRST_NAME, LAST_NAME):
                assert word.lower() not in written.lower()
            assert found.is_authorized
            assert found.complete or found.stopped or found.kind is not None


@asynccontextmanager
async def answering(answers: Mapping[str, Reply]) -> AsyncGenerator[Connection]:
    """A server that answers the ends of paths."""

    def answer(request: Request) -> Reply:
        if request.method == "POST":
            return token_reply()
        return next((reply for end, reply in answers.items() if request.target.endswith(end)), Reply(404))

    async with LoopServer(answer) as server:
        yield campus(server.origin)


def json_reply(document: object, *headers: tuple[str, str], status: int = 200) -> Reply:
    return Reply(status, json.dumps(document).encode(), (JSON, *headers))


async def test_a_link_to_another_host_is_not_followed() -> None:
    page = json_reply(
        {"users": [person(number) for number in range(3)]}, ("Link", '<http://127.0.0.1:1/x>; rel="next"')
    )
    empty = json_reply({"users": []})
    async with answering({"&offset=0": page, "&offset=3": empty}) as connection:
        written, found = await fetched(connection, "/users", every=True)
    assert found.complete
    assert json.loads(written)["count"] == 3


async def test_an_end_in_the_middle_closes_the_document() -> None:
    page = json_reply({"users": [person(number) for number in range(3)]})
    async with answering({"&offset=0": page, "&offset=3": Reply(403, b"no more")}) as connection:
        written, found = await fetched(connection, "/users", every=True)
    closed = json.loads(written)
    assert (closed["count"], closed["complete"], len(closed["users"])) == (3, False, 3)
    assert found.evidence is not None
    assert found.evidence.status == 403
    assert not found.complete


async def test_long_texts_are_whole_and_secrets_hidden() -> None:
    long = "Ä" * 5000
    record = {"sourcedId": "1", "title": long, "comment": f"the secret is {SECRET}", "password": "hunter2"}
    async with answering({"/classes/1": json_reply({"class": record})}) as connection:
        written, found = await fetched(connection, "/classes/1", shows_people=True)
        masked, _ = await fetched(connection, "/classes/1")
    shown = json.loads(written)["class"]
    assert found.complete
    assert shown == {
        "sourcedId": "1", "title": long, "comment": "the secret is [hidden]", "password": "[hidden]",
    }  # fmt: skip
    assert json.loads(masked)["class"]["title"] == "[hidden]"


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"error": "invalid_token", "error_description": "gone"}),
        json_reply({"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "no"}),
        Reply(200, b"<html><body>Log in</body></html>", (("Content-Type", "text/html"),)),
        Reply(200, b"not json"),
        Reply(200, b""),
        Reply(302, b"", (("Location", "https://evil.example/login"),)),
        Reply(200, b"[" * 200 + b"]" * 200, (JSON,)),
        Reply(closes=True),
    ],
    ids=repr,
)
async def test_what_is_no_data_is_not_printed(reply: Reply) -> None:
    async with answering({"/users": reply}) as connection:
        written, found = await fetched(connection.but(timeout=5.0), "/users")
    assert written == ""
    assert not found.complete
    assert found.kind is not None


async def test_an_answer_without_a_body_is_null() -> None:
    async with answering({"/users": Reply(204)}) as connection:
        written, found = await fetched(connection, "/users")
    assert (written, found.complete) == ("null\n", True)


async def test_credentials_do_not_go_over_plain_http() -> None:
    written, found = await fetched(campus("http://192.0.2.1"), "/users")
    assert (written, found.is_authorized) == ("", False)


@pytest.mark.parametrize("size", ["medium"])
async def test_the_memory_stays_flat(size: str) -> None:
    with PracticeDistrict(size=size) as served:
        ready = served.ready_line()
        ProfileStore().save(Profile("large", served.connection))
        one = await run_alone(
            "get", "large", "/enrollments", "--param", "limit=1", environment=secrets_of(ready)
        )
        every = await run_alone("get", "large", "/enrollments", "--all", environment=secrets_of(ready))
    assert (one.code, every.code) == (0, 0), every.errors
    assert json.loads(every.output)["count"] > 5000
    assert every.peak < one.peak + 40


def test_ctrl_c_ends_it_with_130() -> None:
    with PracticeDistrict(size="medium") as served:
        ProfileStore().save(Profile("large", served.connection))
        with subprocess.Popen(
            [*COMMAND, "get", "large", "/enrollments", "--all", "--param", "limit=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(secrets_of(served.ready_line())),
        ) as process:
            assert process.stdout is not None
            os.read(process.stdout.fileno(), 100)
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (130, b"Interrupted.\n")

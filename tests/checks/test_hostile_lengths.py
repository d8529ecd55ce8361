"""Long texts in every place that a server fills: a run ends in the time that its requests take, and is no fault."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count

import pytest

from oneroster_checks.finding import Status
from oneroster_checks.report import FORMATS, render
from oneroster_checks.result import Result
from oneroster_checks.standard.fields import ENTITY

from ..servers import Answers, LoopServer, Reply, Request, json_reply, reply, token_reply
from .engine import campus, outcome, secrets
from .http.sessions import SwiftClock

# Some thousand characters are what one header may have; 90,000 are the most that the HTTP library takes.
MODEST, LARGE, HUGE = 8_000, 90_000, 1_000_000
# A run and its reports take about one second; where one header is read in the square of its length, minutes.
BOUND_S = 30.0
PIECES = (
    "a", "9", " ", "a.", ",", '";', "<", "<a>;", '<a>; x="', '="', '\\"', "eyJ-", "token=abcd", "/..", "a@b.c+",
    "&#9", "%2525", "<!--", "<h1>", "\u738b", "expires=Mon", "[::",
)  # fmt: skip
HEADERS = (
    "Location", "Link", "WWW-Authenticate", "Set-Cookie", "Date", "Retry-After", "X-Total-Count", "X-Request-Id",
    "Content-Type", "Server", "Content-Location", "X-Amzn-ErrorType", "Content-Encoding",
)  # fmt: skip


def _long(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _header(name: str, piece: str, length: int) -> tuple[str, str]:
    """A header whose value begins as such a one does, so that it is read at all."""
    begins = {
        "Link": "<", "WWW-Authenticate": "Bearer ", "Set-Cookie": "a=", "Location": "/", "Content-Type": "text/",
        "Date": "Mon, 03 Aug 2026 ",
    }  # fmt: skip
    text = begins.get(name, "") + _long(piece, length)
    return name, "".join(char for char in text if char.isprintable() and ord(char) < 256) or "x"


def _bodies(piece: str, length: int) -> list[Callable[[Request], Reply]]:
    text = _long(piece, length)
    kinds = [
        json.dumps({"error": text, "error_description": text, "message": text}),
        json.dumps({"imsx_codeMajor": "failure", "imsx_description": text, "imsx_codeMinor": text}),
        json.dumps({text: [{"sourcedId": text, text: text}]}),
        f"<!doctype html><html><title>{text}</title><h1>{text}</h1>",
        f"<!doctype html><html><title>x</title>{text}",
        f"<?xml version='1.0'?><error><message>{text}</message></error>",
        f"<?xml version='1.0'?><error>{text}",
        text,
    ]
    return [
        lambda heard, status=status, body=body: reply(status, body)  # type: ignore[misc]
        for body in kinds
        for status in (400, 401, 403, 404, 200)
    ]


def _rows(heard: Request, text: str) -> Reply:
    name = heard.path.rstrip("/").rpartition("/")[2]
    entity = ENTITY.get(f"/{name}")
    if entity is None:
        return json_reply(404, {"sourcedId": text})
    key = {"org": "orgs", "user": "users", "academicSession": "academicSessions"}.get(entity, name)
    fields = (
        "name",
        "title",
        "givenName",
        "email",
        "type",
        "role",
        "status",
        "schoolYear",
        "dateLastModified",
    )
    record = dict.fromkeys(fields, text) | {"org": {"sourcedId": text}, "metadata": {text: text}}
    return json_reply(200, {key: [record | {"sourcedId": f"{text}{place}"} for place in range(3)]})


async def _run(answers: Answers) -> Result:
    began = time.perf_counter()
    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin, timeout=5.0), secrets(), clock=SwiftClock())
    for form in FORMATS:
        render([result], form)
    assert time.perf_counter() - began < BOUND_S
    faults = [dict(each.finding.facts) for each in result.findings if each.finding.status is Status.ERROR]
    assert faults == []
    return result


@pytest.mark.parametrize("piece", PIECES, ids=repr)
async def test_every_header_is_long(piece: str) -> None:
    headers = [_header(name, piece, MODEST) for name in HEADERS[:-1]]
    turn = count()

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply(scope=_long(piece, MODEST), note=_long(piece, MODEST)).but(*headers[2:])
        status = (200, 302, 401, 404)[next(turn) % 4]
        return json_reply(status, {}, *headers) if status != 200 else _rows(heard, "id").but(*headers)

    await _run(answers)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
async def test_one_header_is_as_long_as_one_can_be(piece: str) -> None:
    turn = count()

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply(scope=_long(piece, HUGE))
        number = next(turn)
        header = _header(HEADERS[number % len(HEADERS)], piece, LARGE)
        return _rows(heard, "id").but(header, status=(200, 200, 302, 401, 503)[number % 5])

    await _run(answers)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
async def test_a_body_is_long(piece: str) -> None:
    turn = count()
    bodies = _bodies(piece, HUGE)

    def answers(heard: Request) -> Reply:
        number = next(turn)
        if heard.method == "POST":
            return token_reply(scope=_long(piece, HUGE))
        return bodies[number % len(bodies)](heard)

    await _run(answers)
    await _run(lambda heard: bodies[next(turn) % len(bodies)](heard))


@pytest.mark.parametrize("piece", PIECES, ids=repr)
async def test_ids_and_values_are_long(piece: str) -> None:
    def answers(heard: Request) -> Reply:
        text = _long(piece, LARGE if "/orgs" in heard.path else MODEST)
        return token_reply() if heard.method == "POST" else _rows(heard, text)

    await _run(answers)


async def test_many_tokens_that_begin_alike() -> None:
    """Each answer brings tokens of its own, longer than any, and all that is said has their beginning."""
    turn = count()
    said = {"error": "invalid_token", "message": _long("headx", MODEST)}

    def answers(heard: Request) -> Reply:
        tokens = {f"{name}_token": f"head{'x' * 100_000}{next(turn)}" for name in ("access", "refresh", "id")}
        return json_reply(200 if heard.method == "POST" else 401, {"token_type": "bearer", **tokens, **said})

    await _run(answers)


async def test_many_names_that_begin_alike() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        if not heard.path.endswith(("/users", "/orgs", "/students")):
            return json_reply(403, {"message": _long("Same ", MODEST)})
        people = [
            {"sourcedId": f"{place}", "givenName": f"Same {place}", "familyName": "Same " * 50}
            for place in range(30_000)
        ]
        return json_reply(200, {heard.path.rpartition("/")[2]: people})

    await _run(answers)

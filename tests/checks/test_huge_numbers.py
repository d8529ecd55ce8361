"""Numbers that no server means: a finding about the district at most, never a fault of this tool."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest

from oneroster_checks.connection import OAuthVersion, OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.http.dates import moment
from oneroster_checks.paste import read_block
from oneroster_checks.report import FORMATS, render
from oneroster_checks.stages.address import address_findings
from oneroster_checks.stages.model import Depth
from oneroster_checks.target import make_target

from ..servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from .engine import campus, outcome, secrets
from .http.sessions import SwiftClock

DIGITS = "9" * 5000


def _org(number: str) -> dict[str, object]:
    return {
        "sourcedId": number, "status": "active", "dateLastModified": "2026-01-01T00:00:00Z", "name": "Elm",
        "type": "school", "identifier": "1",
    }  # fmt: skip


def _rows(*headers: tuple[str, str]) -> Reply:
    return json_reply(200, {"orgs": [_org(f"{DIGITS}{place}") for place in (1, 2, 3)]}, *headers)


def _page(text: str, status: int = 403) -> Reply:
    return reply(
        status, f"<!doctype html><html><title>{text}</title><h1>{text}</h1></html>", kind="text/html"
    )


def _raw(number: str, status: int = 200) -> Reply:
    """JSON with a number that the standard library's writer would not write."""
    org = json.dumps(_org("o1"))[:-1] + f', "schoolYear": {number}, "{number}": {number}}}'
    head = f'"total": {number}, "status": {number}, "code": {number}, "error": {number}'
    return reply(status, f'{{{head}, "orgs": [{org}]}}', kind="application/json")


def _at_date(text: str) -> Callable[[Request], Reply]:
    return lambda heard: _rows(("Date", text))


def _busy(text: str) -> Callable[[Request], Reply]:
    return lambda heard: json_reply(429, {}, ("Retry-After", text))


# What is no number of anybody's, or of no one here.
ODD = (
    "1e999",
    "-1",
    "0x10",
    "\uff11\uff12",
    ".5",
    ".",
    "1_000",
    "+7",
    "inf",
    "nan",
    "",
    DIGITS,
    f"{DIGITS}.5",
    f"-{DIGITS}",
)
MOMENTS = (
    f"Thu, 26 Nov {DIGITS[:30]} 10:00:00 GMT", "Thu, 26 Nov 99999 10:00:00 GMT",
    f"Thu, 26 Nov 2026 {DIGITS[:30]}:00:00 GMT",
    f"Thu, 26 Nov 2026 10:00:00 +{DIGITS[:30]}", "Thu, 26 Nov 2026 10:00:00 +2400", "Thu, 26 Nov 2026 10:00:00 -9959",
    "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359",
    f"Thu, {DIGITS} Nov 2026 10:00:00 GMT", DIGITS,
    "Thu, 26 Nov -1 10:00:00 GMT", "Thu, 0 Nov 2026 10:00:00 GMT", "Thu, 26 Nov 2026 10:00:61 GMT",
)  # fmt: skip
ANSWERS: dict[str, Callable[[Request], Reply]] = {
    "a status inside a 200": lambda heard: json_reply(200, {"status": DIGITS, "message": "no"}),
    "a code inside a 200": lambda heard: json_reply(200, {"code": DIGITS}),
    "sourcedIds and a total": lambda heard: _rows(("X-Total-Count", DIGITS)),
    "an offset in Link": lambda heard: _rows(("Link", f'<{heard.path}?offset={DIGITS}>; rel="next"')),
    "a part of a parameter in Link": lambda heard: _rows(("Link", f"<{heard.path}>; rel*{DIGITS}=next")),
    "a port in Link": lambda heard: _rows(("Link", f'<http://127.0.0.1:{DIGITS}/orgs?offset=3>; rel="next"')),
    "a port in Location": lambda heard: json_reply(302, {}, ("Location", f"http://127.0.0.1:{DIGITS}/x")),
    "an address in Location": lambda heard: json_reply(302, {}, ("Location", f"http://[::{DIGITS}]/x")),
    "a path in Location": lambda heard: json_reply(307, {}, ("Location", f"/{DIGITS}")),
    "an entity in a page": lambda heard: _page(f"&#{DIGITS};"),
    "a hexadecimal entity in a page": lambda heard: _page(f"&#x{DIGITS};"),
    "an entity in an error page": lambda heard: _page(f"&#{DIGITS}", 500),
    "an entity in XML": lambda heard: reply(400, f"<error><message>&#{DIGITS};</message></error>", kind="text/xml"),
    "an entity in an attribute": lambda heard: reply(400, f'<html><a b="&#{DIGITS};"><h1>x</h1>', kind="text/html"),
    "an entity in JSON": lambda heard: json_reply(400, {"message": f"&#{DIGITS};", "error": f"&#x{DIGITS};"}),
    "a school year": lambda heard: json_reply(200, {"orgs": [_org("o1") | {"schoolYear": DIGITS}]}),
    "times of a signature": lambda heard: json_reply(
        401, {"oauth_problem": "timestamp_refused", "oauth_acceptable_timestamps": f"{DIGITS}-{DIGITS}"}
    ),
    **{f"{number[:6]!r} in JSON, {status}": partial(lambda number, status, heard: _raw(number, status), number, status)
       for number in (DIGITS, "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "1E-400", "9" * 4300)
       for status in (200, 400)},
    **{f"Retry-After {text[:9]!r}": _busy(text) for text in (*ODD, *MOMENTS)},
    **{f"X-Total-Count {text[:9]!r}": partial(lambda text, heard: _rows(("X-Total-Count", text)), text)
       for text in ODD},
    **{f"Date {text[-24:]!r} {place}": _at_date(text) for place, text in enumerate(MOMENTS)},
}  # fmt: skip
LIFETIMES: dict[str, object] = {
    **{f"the text {text[:9]!r}": text for text in ODD},
    "true": True, "a list": [DIGITS], "a large number": int(DIGITS[:400]), "a negative one": -1e300, "null": None,
}  # fmt: skip


def _strictly(constant: str) -> object:
    raise AssertionError(f"{constant} is no JSON")


async def _run(
    answers: Callable[[Request], Reply], *, oauth: OAuthVersion = 2, depth: Depth = Depth.QUICK
) -> None:
    """A run, none of whose findings is a fault of the tool, and whose reports can be read by a strict reader."""
    async with LoopServer(answers) as server:
        version: OneRosterVersion = "1.2" if oauth == 2 else "1.1"
        connection = campus(server.origin, oauth=oauth, oneroster=version)
        result = await outcome(connection, secrets(), clock=SwiftClock(), depth=depth)
    faults = [dict(each.finding.facts) for each in result.findings if each.finding.status is Status.ERROR]
    assert faults == []
    assert result.finding("access.orgs") is None or result.verdict.cause != "tool.fault"
    for form in FORMATS:
        text = render([result], form)
        if form.startswith("json"):
            json.loads(text, parse_constant=_strictly)


@pytest.mark.parametrize("oauth", [1, 2])
@pytest.mark.parametrize("name", ANSWERS)
async def test_a_huge_number_in_an_answer_is_no_fault_of_the_tool(name: str, oauth: OAuthVersion) -> None:
    def answers(heard: Request) -> Reply:
        return token_reply(expires_in=DIGITS[:400]) if heard.method == "POST" else ANSWERS[name](heard)

    await _run(answers, oauth=oauth, depth=Depth.FULL if oauth == 2 else Depth.QUICK)


@pytest.mark.parametrize("lifetime", LIFETIMES.values(), ids=list(LIFETIMES))
async def test_an_odd_lifetime_of_a_token_is_no_fault_of_the_tool(lifetime: object) -> None:
    await _run(lambda heard: token_reply(expires_in=lifetime) if heard.method == "POST" else _rows())


@pytest.mark.parametrize("number", [DIGITS, "1e400", "NaN"])
async def test_a_token_answer_with_a_number_that_is_none(number: str) -> None:
    body = f'{{"access_token": "abcdefgh", "token_type": "bearer", "expires_in": {number}}}'
    await _run(lambda heard: reply(200, body, kind="application/json") if heard.method == "POST" else _rows())


@pytest.mark.parametrize(
    "headers", ["max-age={0}", "expires=Thu, 26 Nov {0} 10:00:00 GMT", "version={0}", "port={0}"]
)
async def test_a_cookie_with_a_huge_number(headers: str) -> None:
    cookie = ("Set-Cookie", f"a={DIGITS}; {headers.format(DIGITS)}")
    await _run(lambda heard: token_reply().but(cookie) if heard.method == "POST" else _rows(cookie))


@pytest.mark.parametrize("text", [f"created: {DIGITS}/{DIGITS}/2026", f"<td>&#{DIGITS};</td>", f'{{"a": {DIGITS}}}', f"https://h:{DIGITS}/token",
                                  f"created: {DIGITS}-01-01", "created: \uff11\uff12/01/2026",
                                  "created on 0/0/0000"])  # fmt: skip
def test_a_pasted_number_is_none(text: str) -> None:
    assert read_block(f"{text}\nBase URL: https://d.example/ims/oneroster").fields["base_url"]


@pytest.mark.parametrize("port", [DIGITS, "99999", "-1", "0", "\uff11\uff12", "1e3", "0x10"])
def test_an_odd_port_is_a_finding(port: str) -> None:
    connection = campus(f"https://d.example:{port}")
    assert [
        each for each in address_findings(make_target(connection, secrets())) if each.status is Status.FAIL
    ]


@pytest.mark.parametrize("part", ["year", "hour", "zone", "day"])
def test_a_moment_with_a_huge_number_is_none(part: str) -> None:
    parts = {"day": "26", "year": "2026", "hour": "10", "zone": "0000"} | {part: DIGITS[:40]}
    text = "Thu, {day} Nov {year} {hour}:00:00 +{zone}".format(**parts)
    assert moment(text) is None

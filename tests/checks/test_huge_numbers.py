"""Numbers that no server means: a finding about the district at most, never a fault of this tool."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oneroster_checks.finding import Status
from oneroster_checks.http.dates import moment

from ..servers import LoopServer, Reply, Request, json_reply, token_reply
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


ANSWERS: dict[str, Callable[[Request], Reply]] = {
    "a status inside a 200": lambda heard: json_reply(200, {"status": DIGITS, "message": "no"}),
    "a code inside a 200": lambda heard: json_reply(200, {"code": DIGITS}),
    "a year in Date": lambda heard: _rows(("Date", f"Thu, 26 Nov {DIGITS[:30]} 10:00:00 GMT")),
    "an hour in Date": lambda heard: _rows(("Date", f"Thu, 26 Nov 2026 {DIGITS[:30]}:00:00 GMT")),
    "a zone in Date": lambda heard: _rows(("Date", f"Thu, 26 Nov 2026 10:00:00 +{DIGITS[:30]}")),
    "Retry-After": lambda heard: json_reply(429, {}, ("Retry-After", DIGITS)),
    "a date in Retry-After": lambda heard: json_reply(
        503, {}, ("Retry-After", f"Thu, 26 Nov {DIGITS[:30]} 10:00:00 GMT")
    ),
    "sourcedIds and a total": lambda heard: _rows(("X-Total-Count", DIGITS)),
    "an offset in Link": lambda heard: _rows(("Link", f'<{heard.path}?offset={DIGITS}>; rel="next"')),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_huge_number_in_an_answer_is_no_fault_of_the_tool(name: str) -> None:
    def answers(heard: Request) -> Reply:
        return token_reply(expires_in=DIGITS[:400]) if heard.method == "POST" else ANSWERS[name](heard)

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), clock=SwiftClock())
    faults = [each.finding.check for each in result.findings if each.finding.status is Status.ERROR]
    assert faults == []


@pytest.mark.parametrize("part", ["year", "hour", "zone", "day"])
def test_a_moment_with_a_huge_number_is_none(part: str) -> None:
    parts = {"day": "26", "year": "2026", "hour": "10", "zone": "0000"} | {part: DIGITS[:40]}
    text = "Thu, {day} Nov {year} {hour}:00:00 +{zone}".format(**parts)
    assert moment(text) is None

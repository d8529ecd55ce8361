"""Whatever a server answers, the run ends with a finding about the district, never with a fault of this tool."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.connection import SHARES, OAuthVersion, OneRosterVersion, Share
from oneroster_checks.finding import Status
from oneroster_checks.report import FORMATS, render
from oneroster_checks.result import Result
from oneroster_checks.standard.fields import ENTITY, fields

from ..servers import Answers, LoopServer, Reply, Request, json_reply, reply, token_reply
from .engine import campus, outcome, secrets

PAIR = secrets("the-secret", "vendor", "pair")
SHARED_IN_1P1: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "resources")
VERSIONS: list[tuple[OAuthVersion, OneRosterVersion, tuple[Share, ...]]] = [
    (1, "1.1", SHARED_IN_1P1),
    (2, "1.1", SHARED_IN_1P1),
    (2, "1.2", SHARES),
]
DEEP = "[" * 100_000 + "]" * 100_000
ODD: dict[str, Reply | bytes] = {
    "nothing": reply(200),
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "reset content": reply(205),
    "not modified": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "status 999": reply(999, "{}"),
    "status 600": reply(600, "{}"),
    "a redirect without a place": reply(302),
    "a redirect to nowhere": reply(302, "", ("Location", "http://[::1")),
    "a redirect to an odd port": reply(302, "", ("Location", "https://d.test:port/login")),
    "a redirect to itself": reply(301, "", ("Location", "")),
    "a redirect to a script": reply(302, "", ("Location", "javascript:alert(1)")),
    "a redirect in Latin-1": reply(302, "", ("Location", "/schüler/login")),
    "null": reply(200, "null"),
    "a number": reply(200, "7"),
    "a text": reply(200, '"text"'),
    "true": reply(200, "true"),
    "an empty list": reply(200, "[]"),
    "an empty object": reply(200, "{}"),
    "lists in lists": reply(200, "[[[]]]"),
    "numbers in a list": reply(200, "[1, 2, 3]"),
    "nested beyond reason": reply(200, DEEP),
    "a number beyond reason": reply(200, '{"orgs": [' + "9" * 10_000 + "]}"),
    "NaN": reply(200, '{"orgs": [{"sourcedId": NaN}]}'),
    "half of JSON": reply(200, '{"orgs": [{"sourcedId": "1"'),
    "JSON with a mark in front": reply(200, "\ufeff{}"),
    "bytes that are no text": reply(200, b"\xff\xfe\x00{\x80}"),
    "zero bytes": reply(200, b"\x00" * 1000),
    "an unknown charset": reply(200, "{}", kind="application/json; charset=nowhere-42"),
    "gzip that is none": reply(200, "{}", ("Content-Encoding", "gzip")),
    "an unknown encoding": reply(200, "{}", ("Content-Encoding", "rot13")),
    "a page": reply(200, "<html><body>Welcome</body></html>", kind="text/html"),
    "a login page": reply(200, "<html><form action='/login'></form></html>", kind="text/html"),
    "XML": reply(200, "<?xml version='1.0'?><orgs/>", kind="application/xml"),
    "an OAuth error inside a 200": reply(200, '{"error": "invalid_token"}'),
    "an error list": reply(200, '{"error": ["a", {"b": 1}]}'),
    "a status inside": reply(200, '{"statusCode": 403}'),
    "an odd status inside": reply(200, '{"status": "٤٠٣"}'),
    "an odd error": reply(400, '{"imsx_codeMajor": ["failure"], "imsx_CodeMinor": "x", "imsx_severity": {}}'),
    "an odd set of errors": reply(400, '{"statusInfoSet": [null, 7, {"imsx_codeMajor": null}]}'),
    "odd headers": reply(
        401, "{}", ("Date", "yesterday"), ("X-Total-Count", "-1"), ("Link", '<http://[>; rel="next"'),
        ("Retry-After", "later"), ("WWW-Authenticate", ",,,"), ("X-Request-Id", "\x80" * 50),
    ),
    "a date without a zone": reply(200, "{}", ("Date", "Mon, 03 Aug 2026 10:00:00")),
    "a date that cannot be": reply(200, "{}", ("Date", "Mon, 99 Aug 99999 99:99:99 GMT")),
    "a date long ago": reply(200, "{}", ("Date", "Mon, 01 Jan 0001 00:00:00 +2359")),
    "too many requests": reply(429, "", ("Retry-After", "86400")),
    "too many requests, for ever": reply(429, "", ("Retry-After", "9" * 400)),
    "payment wanted": reply(402, "{}"),
    "a teapot": reply(418, "short and stout"),
    "an empty 500": reply(500),
    "a trace": reply(500, "<html><pre>java.lang.NullPointerException</pre></html>", kind="text/html"),
    "a 404 of one space": reply(404, " "),
}  # fmt: skip


def faults(result: Result) -> list[object]:
    """What crashed in this tool: the check and the kind of error."""
    return [
        dict(reported.finding.facts)
        for reported in result.findings
        if reported.finding.status is Status.ERROR or reported.finding.cause == "tool.fault"
    ]


@pytest.mark.parametrize("reported", ODD.values(), ids=list(ODD))
async def test_an_odd_answer_of_the_token_url(reported: Reply | bytes) -> None:
    async with LoopServer(lambda heard: reported) as server:
        result = await outcome(campus(server.origin, timeout=3.0), PAIR)
    assert faults(result) == []
    assert result.verdict.status is Status.FAIL
    # Only what came back over the line itself may be put down to the line.
    not_of_the_token = ("network.closed", "access.not-json", "access.answer-too-large")
    assert str(result.verdict.cause).startswith(("token.", *not_of_the_token))
    assert len(server.heard) <= 8
    assert all(heard.method == "POST" for heard in server.heard)


@pytest.mark.parametrize(("oauth", "oneroster", "share"), VERSIONS)
@pytest.mark.parametrize("reported", ODD.values(), ids=list(ODD))
async def test_an_odd_answer_of_every_data_call(
    reported: Reply | bytes, oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...]
) -> None:
    def answers(heard: Request) -> Reply | bytes:
        return token_reply() if heard.method == "POST" else reported

    result = await _run(answers, oauth, oneroster, share)
    assert faults(result) == []
    assert result.verdict.status in (Status.FAIL, Status.WARN)
    assert result.requests <= 30


WEIRD: dict[str, object] = {
    "null": None, "zero": 0, "a number": 7.5, "a large number": 1e308, "true": True, "empty": "",
    "a space": " ", "a text": "odd", "a long text": "x" * 5000, "an empty list": [], "an empty object": {},
    "a list of null": [None], "a list of numbers": [1, 2], "a list of texts": ["a", "b"],
    "a list of empty objects": [{}], "a reference to null": {"sourcedId": None},
    "a reference to a list": {"sourcedId": []}, "a reference to an object": {"sourcedId": {"a": 1}},
    "a list of odd references": [{"sourcedId": 7}, {"sourcedId": None}, "x", None],
    "a role": [{"role": None, "roleType": 7, "org": []}], "a date": "2026-13-45",
    "a date and time": "2026-08-03T25:61:61Z", "a moment in no calendar": "0000-00-00",
}  # fmt: skip


@pytest.mark.parametrize(("oauth", "oneroster", "share"), VERSIONS)
@pytest.mark.parametrize("weird", WEIRD.values(), ids=list(WEIRD))
@pytest.mark.parametrize("keeps_ids", [True, False], ids=["ids kept", "ids odd too"])
async def test_records_whose_every_field_is_odd(
    weird: object,
    keeps_ids: bool,
    oauth: OAuthVersion,
    oneroster: OneRosterVersion,
    share: tuple[Share, ...],
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rstrip("/").rpartition("/")[2]
        entity = ENTITY.get(f"/{name}")
        if entity is None:
            return json_reply(404, {})
        key = {"org": "orgs", "user": "users", "academicSession": "academicSessions"}.get(entity, name)
        names = [field.name for field in fields(oneroster, entity)]
        rows = [dict.fromkeys([*names, "agents", "role", "roles"], weird) for _ in range(3)]
        if keeps_ids:
            rows = [{**row, "sourcedId": f"{name}-{place}"} for place, row in enumerate(rows)]
        return json_reply(200, {key: rows}, ("X-Total-Count", "3"))

    result = await _run(answers, oauth, oneroster, share)
    assert faults(result) == []
    assert result.requests <= 30
    assert len(result.findings) > 20


HALF_A_PAIR = "c\\ud800"


@pytest.mark.parametrize(("oauth", "oneroster", "share"), VERSIONS)
async def test_half_a_surrogate_pair_in_every_id(
    oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...]
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rstrip("/").rpartition("/")[2]
        rows = ", ".join(f'{{"sourcedId": "{HALF_A_PAIR}{place}", "name": "\\udc00"}}' for place in range(3))
        return reply(200, f'{{"{name}": [{rows}]}}', kind="application/json")

    result = await _run(answers, oauth, oneroster, share)
    assert faults(result) == []
    for name in FORMATS:
        render([result], name).encode()


async def test_half_a_surrogate_pair_in_a_token_answer() -> None:
    answer = f'{{"access_token": "abcdefgh", "token_type": "bearer", "refresh_token": "{HALF_A_PAIR}efgh"}}'
    async with LoopServer(lambda heard: reply(200, answer, kind="application/json")) as server:
        result = await outcome(campus(server.origin, timeout=3.0), PAIR)
    assert faults(result) == []


@pytest.mark.parametrize("kept", [0, 1])
async def test_one_of_two_records_without_an_id(kept: int) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        rows: list[dict[str, str]] = [{"name": "x"}, {"name": "y"}]
        rows[kept]["sourcedId"] = "o1"
        offset = int(heard.asks("offset") or 0)
        orgs = {"orgs": rows[offset : offset + int(heard.asks("limit") or 100)]}
        document = orgs if heard.path.endswith("/orgs") else {}
        return json_reply(200, document, ("X-Total-Count", "2"))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin, timeout=3.0), PAIR)
    assert faults(result) == []


HEADERS: dict[str, tuple[tuple[str, str], ...]] = {
    "a total of zero": (("X-Total-Count", "0"),),
    "a total beyond reason": (("X-Total-Count", "9" * 30),),
    "a total in other digits": (("X-Total-Count", "٣"),),
    "a negative total": (("X-Total-Count", "-3"),),
    "two totals": (("X-Total-Count", "3"), ("X-Total-Count", "4")),
    "a next page on another host": (("Link", '<http://district.invalid/orgs?offset=2>; rel="next"'),),
    "a next page that cannot be": (("Link", '<http://[::1/orgs>; rel="next"'),),
    "a next page with odd signs": (("Link", '</orgs?filter=a|b[c]{d}^`\\"é&offset=100>; rel="next"'),),
    "a next page at an odd port": (("Link", '<http://127.0.0.1:99999/orgs>; rel="next"'),),
    "a next page with a password": (("Link", '<http://user:password@127.0.0.1/orgs>; rel="next"'),),
    "a next page of a script": (("Link", '<javascript:alert(1)>; rel="next"'),),
    "a link without brackets": (("Link", "next"),),
    "an odd date": (("Date", "Mon, 01 Jan 0001 00:00:00 +2359"),),
}


@pytest.mark.parametrize(("oauth", "oneroster", "share"), VERSIONS)
@pytest.mark.parametrize("headers", HEADERS.values(), ids=list(HEADERS))
async def test_odd_headers_beside_whole_pages(
    headers: tuple[tuple[str, str], ...],
    oauth: OAuthVersion,
    oneroster: OneRosterVersion,
    share: tuple[Share, ...],
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rstrip("/").rpartition("/")[2]
        entity = ENTITY.get(f"/{name}")
        key = {"org": "orgs", "user": "users", "academicSession": "academicSessions"}.get(entity or "", name)
        return json_reply(200, {key: [{"sourcedId": f"{name}-{place}"} for place in range(100)]}, *headers)

    result = await _run(answers, oauth, oneroster, share)
    assert faults(result) == []
    assert result.requests <= 30
    json.dumps(dict(result.counts))


async def _run(
    answers: Answers, oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...]
) -> Result:
    async with LoopServer(answers) as server:
        connection = campus(server.origin, oauth=oauth, oneroster=oneroster, share=share, timeout=5.0)
        if oneroster == "1.1":
            connection = connection.but(
                base_url=f"{server.origin}/campus/api/oneroster/v1p1/school/ims/oneroster/v1p1"
            )
        return await outcome(connection, PAIR)

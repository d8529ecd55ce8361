"""Whatever bytes a server sends at whatever stage: the run ends in a verdict, in time, and keeps its secrets."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oneroster_checks.finding import Status

from ...servers import Reply, Request
from .district import VENDOR_KEY, VENDOR_SECRET, Change, District, data_says, token_says
from .row import Port, Row, Typed, healthy, run
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC_OAUTH_1, Shape
from .told import outline

# One request may take this long; a run makes at most this many, and each may be tried again.
REQUEST_S = 0.15
MOST_REQUESTS = 30
RUN_S = REQUEST_S * MOST_REQUESTS * 2

quick = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
odd_texts = st.text(max_size=12) | st.sampled_from(
    ["\x00", "\u202e", "\ud7ff", "undefined", "' OR 1=1", "%s{0}"]
)
odd_numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**30), 1e308])
leaves = st.none() | st.booleans() | odd_numbers | odd_texts
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(odd_texts, inner, max_size=4),
    max_leaves=12,
)
FIELDS = """sourcedId status dateLastModified type role roles user class school orgs primaryOrg agents terms startDate
    endDate metadata title username lineItem student""".split()
records = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8)
KEYS = """orgs users classes enrollments academicSessions demographics categories lineItems results org user
    students access_token token_type expires_in scope error imsx_codeMajor imsx_CodeMinor statusInfoSet
    status""".split()
documents = (
    st.dictionaries(st.sampled_from(KEYS), st.lists(records, max_size=5) | values, max_size=4)
    | st.lists(records | values, max_size=5)
    | values
)


def written(document: object) -> bytes:
    """JSON as Python writes it, NaN and Infinity included."""
    return json.dumps(document).encode("utf-8", "surrogatepass")


def deep(depth: int) -> bytes:
    """JSON of this many levels."""
    return b'{"orgs": ' + b"[" * depth + b"]" * depth + b"}"


bodies = (
    documents.map(written)
    | documents.map(lambda document: json.dumps(document).encode("utf-16"))
    | documents.map(lambda document: written(document)[:-3])
    | documents.map(lambda document: gzip.compress(written(document))[:-9])
    | st.integers(1, 20_000).map(deep)
    | st.integers(4_000, 9_000).map(
        lambda digits: b'{"expires_in": ' + b"9" * digits + b', "access_token": "aaaabbbb"}'
    )
    | st.binary(max_size=60)
    | st.sampled_from(
        [
            b"",
            b" ",
            b"\xef\xbb\xbf",
            b"<html>",
            b"[NaN]",
            b'{"orgs": [null, 7, "x"]}',
            b'"',
            b"null",
            b"\x00" * 40,
        ]
    )
)
names = st.sampled_from(
    """content-type content-encoding link x-total-count date location retry-after www-authenticate set-cookie
    x-request-id transfer-encoding content-length connection x-odd""".split()
)
header_texts = st.text(
    st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30
) | st.sampled_from(
    """application/json text/html gzip deflate br identity chunked 0 -1 99999999999999999999 1e400 NaN close
    //[ http://[::1 https://other.example/login <//[>;rel=next <?offset=1>;rel="next" Thu,99 /login %zz""".split()
)
headers = st.lists(st.tuples(names, header_texts), max_size=5)
statuses = st.sampled_from(
    [100, 101, 199, 200, 200, 200, 201, 204, 206, 300, 301, 302, 304, 307, 400, 401, 403]
) | st.sampled_from(
    [404, 405, 408, 409, 410, 418, 422, 429, 451, 500, 501, 502, 503, 504, 511, 599, 600, 999]
)


def framed(status: int, extra: list[tuple[str, str]], body: bytes) -> Reply:
    """An answer whose frame is HTTP, with any headers and any body."""
    # No wait is asked for, else a run would wait as long as a server may ask.
    kept = [pair for pair in extra if pair[0] != "retry-after"]
    return Reply(status, body, (("Retry-After", "0"), *kept))


replies = (
    st.builds(framed, statuses, headers, bodies)
    | st.builds(framed, statuses, st.just([("content-type", "application/json")]), bodies)
    | st.binary(max_size=80).map(lambda raw: Reply(raw=raw))
    | st.binary(max_size=80).map(lambda raw: Reply(raw=b"HTTP/1.1 200 OK\r\n" + raw + b"\r\n\r\n{}"))
    | st.sampled_from([Reply(closes=True), Reply(resets=True)])
)
SHAPES = {
    shape.provider + shape.oneroster + str(shape.oauth): shape
    for shape in (CAMPUS, CAMPUS_1_1, GENERIC_OAUTH_1)
}
shapes = st.sampled_from(sorted(SHAPES)).map(SHAPES.__getitem__)
COLLECTIONS = (
    "orgs",
    "academicSessions",
    "classes",
    "enrollments",
    "students",
    "teachers",
    "users",
    "lineItems",
    "demographics",
)
EVERYTHING = Typed(
    vendor=(VENDOR_KEY, VENDOR_SECRET),
    share=("rostering", "demographics", "gradebook", "assessments", "resources"),
    timeout=REQUEST_S,
)


def survives(district: District, folder: Path, typed: Typed | None = None, port: Port | None = None) -> None:
    """Run the checks of a district; `run` itself looks for secrets in every output."""
    started = time.monotonic()
    result, served = asyncio.run(
        run(Row("arbitrary answers", district, healthy(), typed or EVERYTHING, port or Port()), folder)
    )
    assert time.monotonic() - started < RUN_S
    faults = [reported.finding for reported in result.findings if reported.finding.status is Status.ERROR]
    assert not faults, outline(result)
    assert result.verdict.cause or result.verdict.status is Status.PASS
    assert len(served.server.heard) <= 2 * MOST_REQUESTS


@quick
@given(shapes, replies)
def test_the_token_url_may_say_anything(tmp_path: Path, shape: Shape, reply: Reply) -> None:
    survives(District(shape).where(token_says(reply)), tmp_path)


@quick
@given(shapes, replies)
def test_every_data_call_may_say_anything(tmp_path: Path, shape: Shape, reply: Reply) -> None:
    survives(District(shape).where(data_says(reply)), tmp_path)


@quick
@given(st.dictionaries(st.sampled_from(COLLECTIONS), replies, min_size=1, max_size=3), shapes)
def test_a_few_collections_may_say_anything(tmp_path: Path, reported: dict[str, Reply], shape: Shape) -> None:
    faults = [data_says(reply, collection) for collection, reply in reported.items()]
    survives(District(shape).where(*faults), tmp_path)


@quick
@given(st.sampled_from(COLLECTIONS), st.lists(records, min_size=1, max_size=6), shapes)
def test_records_may_hold_anything(tmp_path: Path, collection: str, rows: list[object], shape: Shape) -> None:
    envelope = "users" if collection in ("students", "teachers") else collection
    reply = Reply(200, written({envelope: rows}), (("Content-Type", "application/json"),))
    survives(District(shape).where(data_says(reply, collection)), tmp_path)


def echoes(status: int, place: str) -> Change:
    """The server repeats everything that it was sent: the credentials, the token, the vendor's pair."""

    def change(request: Request, reply: Reply) -> Reply:
        heard = " ".join([*request.headers.values(), request.target, request.body.decode("latin-1")])
        if place == "header":
            return Reply(
                status, b"{}", (("X-Request-Id", heard), ("Location", f"/login?{heard}"), ("Date", heard))
            )
        if place == "error":
            return Reply(
                status, json.dumps({"error": heard, "error_description": heard, "scope": heard}).encode()
            )
        if place == "description":
            return Reply(
                status, json.dumps({"imsx_codeMajor": "failure", "imsx_description": heard}).encode()
            )
        return Reply(status, heard.encode("latin-1"))

    return change


@quick
@given(
    st.sampled_from([200, 302, 400, 401, 403, 404, 500]),
    st.sampled_from(["header", "error", "description", "body"]),
    st.sampled_from(["token", "data"]),
    shapes,
)
def test_a_server_that_repeats_what_it_hears_makes_no_secret_public(
    tmp_path: Path, status: int, place: str, stage: str, shape: Shape
) -> None:
    change = echoes(status, place)
    survives(District(shape).where(token_says(change) if stage == "token" else data_says(change)), tmp_path)


@quick
@given(st.binary(max_size=120), st.booleans(), shapes)
def test_a_port_may_say_anything_before_it_is_asked(
    tmp_path: Path, reported: bytes, secure: bool, shape: Shape
) -> None:
    origin = "https://127.0.0.1:{port}" if secure else "{origin}"
    typed = replace(
        EVERYTHING, base=f"{origin}{shape.base}", token=f"{origin}{shape.token}" if shape.token else ""
    )
    survives(District(shape), tmp_path, typed, Port(first_bytes=reported))

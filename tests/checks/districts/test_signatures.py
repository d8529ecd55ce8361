"""Signatures that are refused for what they are made of: the address, the time, the OAuth version, or nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from time import time

import pytest

from oneroster_checks.finding import Finding, Status
from oneroster_checks.limits import SIGNED_REQUESTS

from ...servers import LoopServer, Reply, Request, html_reply, json_reply
from ...servers import certificates as paper
from .district import Change, District, data_says
from .replies import bare, error_1_1
from .row import Port, Row, Typed, fails, healthy, holds, ids, run
from .shapes import CAMPUS_OAUTH_1, CLASSLINK, GENERIC_OAUTH_1
from .test_oauth1 import ONLY_1, ONLY_256, WRONG, signed_with

campus, generic, classlink = District(CAMPUS_OAUTH_1), District(GENERIC_OAUTH_1), District(CLASSLINK)
INSIDE = "http://sis-7.elm.internal:8080"


def refusing_with(*headers: tuple[str, str], body: object = None, status: int = 401) -> Change:
    """Every refusal says this."""

    def change(request: Request, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        return bare(status, *headers) if body is None else json_reply(status, body, *headers)

    return change


def problem(code: str, **more: str) -> tuple[str, str]:
    """The challenge of a server that reports problems as the OAuth 1 extension has it."""
    rest = "".join(f', {name}="{value}"' for name, value in more.items())
    return ("WWW-Authenticate", f'OAuth realm="sis", oauth_problem="{code}"{rest}')


def as_form(code: str) -> Change:
    """The same in the body."""
    refusal = Reply(401, f"oauth_problem={code}&oauth_problem_advice=Look+again".encode())
    return lambda request, reply: refusal if reply.status == 401 else reply


BASE_STRING = (
    Row("TLS ends before the server, which signs https", generic.where(signed_for="https://{name}:{port}"),
        fails("oauth1.base-string", then=())),
    Row("TLS ends at the proxy, and the server behind it signs http", generic.where(
        signed_for="http://{name}:{port}"), fails("oauth1.base-string", then=()), port=Port(paper.good)),
    Row("the port is not signed", campus.where(signed_for="http://{name}"), fails("oauth1.base-string", then=())),
    Row("the port is not signed, with HMAC-SHA256 alone", generic.shaped(signatures=ONLY_256).where(
        signed_for="http://{name}"), fails("oauth1.base-string")),
    Row("another scheme, with HMAC-SHA1 alone", classlink.where(signed_for="https://{name}:{port}"),
        fails("oauth1.base-string")),
    Row("another scheme without the port, and the other method is a bad request", generic.shaped(
        signatures=ONLY_1).where(signed_with("HMAC-SHA256", bare(400)), signed_for="https://{name}"),
        fails("oauth1.base-string")),
    Row("another scheme without the port, and the server rejects the other method by its code", generic.shaped(
        signatures=ONLY_256).where(signed_with("HMAC-SHA1", bare(401, problem("signature_method_rejected"))),
        signed_for="https://{name}"), fails("oauth1.base-string")),
    Row("another scheme, and the connection is two years old: the key is right", campus.where(
        signed_for="https://{name}:{port}"), fails("oauth1.base-string", then=()), Typed(created=730)),
    Row("another scheme, and 401 is a web page", campus.where(signed_for="https://{name}:{port}",
        error=lambda status: html_reply(status, "no")), fails("oauth1.base-string")),
    Row("another scheme, and refusals are 403", generic.where(data_says(refusing_with(status=403)),
        signed_for="https://{name}:{port}"), fails("oauth1.base-string")),
    Row("the server's own name is the realm", generic.where(data_says(refusing_with(("WWW-Authenticate",
        f'OAuth realm="{INSIDE}/ims"'))), signed_for=INSIDE), fails("oauth1.base-string", then=())),
    Row("the server's own name is the realm, as a name alone", classlink.where(data_says(refusing_with((
        "WWW-Authenticate", 'OAuth realm="sis.elm.internal"'))), signed_for="http://sis.elm.internal"),
        fails("oauth1.base-string")),
    Row("the server's own name is in a link", campus.where(data_says(refusing_with(("Link",
        f'<{INSIDE}/docs>; rel="help"'))), signed_for=INSIDE), fails("oauth1.base-string")),
    Row("the server's own name is in its error", generic.where(data_says(refusing_with(body={"error": {
        "href": f"{INSIDE}/errors/12", "message": "no"}})), signed_for=INSIDE), fails("oauth1.base-string")),
)  # fmt: skip

TIME = (
    Row("90 seconds, and the server allows one minute", generic.ahead(90).where(window_s=60), fails("clock.skew")),
    Row("90 seconds the other way", campus.ahead(-95).where(window_s=60), fails("clock.skew", then=()),
        Typed(created=30)),
    Row("four minutes, and the server allows two", classlink.ahead(240).where(window_s=120), fails("clock.skew")),
    Row("the server refuses the time by its code, and would refuse the secret next", generic.ahead(130).where(
        data_says(refusing_with(problem("timestamp_refused")))), fails("clock.skew"), Typed(secret=WRONG)),
    Row("the server refuses the time by its code in a form", generic.ahead(200).where(data_says(as_form(
        "timestamp_refused")), window_s=100), fails("clock.skew")),
    Row("the server refuses the time by its code in JSON, and its Date does not differ", generic.where(data_says(
        refusing_with(body={"error": "timestamp_refused"}))), fails("clock.skew"), Typed(secret=WRONG)),
    Row("45 seconds and a wrong secret: no clock is blamed", generic.ahead(45), fails("oauth1.rejected"),
        Typed(secret=WRONG)),
    Row("two minutes and a wrong secret: the server's own time helps nothing", generic.ahead(120),
        fails("oauth1.rejected"), Typed(secret=WRONG)),
    Row("two minutes, within what the server allows", generic.ahead(120), healthy()),
    Row("eight minutes, and another scheme is signed: both are said", generic.ahead(480).where(
        signed_for="https://{name}:{port}"), fails("oauth1.base-string", then=("clock.skew",))),
)  # fmt: skip

BEARER = (
    Row("a token is asked for", generic.where(data_says(bare(401, ("WWW-Authenticate", 'Bearer realm="sis"')))),
        fails("address.unsupported-combination", suggestion="2", most=4)),
    Row("a token is asked for, at Campus, after two years", campus.where(data_says(error_1_1(401, "unauthorized").but(
        ("WWW-Authenticate", "Bearer")))), fails("address.unsupported-combination", suggestion="2", most=4),
        Typed(created=730)),
    Row("a token is asked for in several challenges, and no signature", classlink.where(data_says(html_reply(401,
        "no", ("WWW-Authenticate", 'Basic realm="a, b", Bearer error="invalid_token"')))),
        fails("address.unsupported-combination", most=4)),
    Row("a token or a signature is asked for", generic.where(data_says(refusing_with(("WWW-Authenticate",
        'Bearer realm="sis", OAuth realm="sis"')))), fails("oauth1.rejected"), Typed(secret=WRONG)),
    Row("OAuth is asked for", generic.where(data_says(refusing_with(("WWW-Authenticate", 'OAuth realm="Bearer"')))),
        fails("oauth1.rejected"), Typed(secret=WRONG)),
)  # fmt: skip


def but_good(answer: Reply) -> Change:
    """Said to whoever is let in."""
    return lambda request, reply: answer if reply.status == 200 else reply


JUDGED = (
    Row("429 whoever asks", generic.where(data_says(bare(429, ("Retry-After", "900")))), fails("access.throttled")),
    Row("503 whoever asks", generic.where(data_says(bare(503))), fails("access.server-error")),
    Row("404 for one method and 401 for the other, whatever the secret", generic.where(data_says(bare(401)),
        signed_with("HMAC-SHA256", bare(404))), fails("access.base-url-wrong"), Typed(secret=WRONG)),
    Row("one method is met by a busy server, the other works", generic.where(signed_with("HMAC-SHA1", bare(503))),
        healthy()),
    Row("one method is met by 404, the other works", generic.where(signed_with("HMAC-SHA1", bare(404))), healthy()),
    Row("one method is refused and the other met by 429", generic.where(signed_with("HMAC-SHA1",
        bare(429, ("Retry-After", "900")))), fails("oauth1.rejected"), Typed(secret=WRONG)),
)  # fmt: skip


@pytest.mark.parametrize("row", [*BASE_STRING, *TIME, *BEARER, *JUDGED], ids=ids)
async def test_signatures(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


async def _finding(row: Row, folder: Path, check: str = "oauth1.signature") -> Finding:
    result, _ = await run(row, folder)
    found = result.finding(check)
    assert found is not None
    return found


async def test_both_addresses_are_shown_and_the_run_goes_on(tmp_path: Path) -> None:
    result, served = await run(BASE_STRING[0], tmp_path)
    found = result.finding("oauth1.signature")
    assert found is not None
    asked = f"127.0.0.1:{served.server.port}/ims/oneroster/v1p1/orgs"
    assert (found.facts["asked"], found.facts["signed"]) == (f"http://{asked}", f"https://{asked}")
    assert f"http://{asked}" in result.verdict.summary
    assert f"https://{asked}" in result.verdict.summary
    assert [each.status for each in found.evidence] == [401, 401, 401, 401, 200]
    assert found.evidence[-1].note == f"signed with HMAC-SHA1 for https://127.0.0.1:{served.server.port}"
    # What comes behind is judged, and strangers are strangers with this kind of signature, too.
    for check in ("access.data", "sharing.orgs", "paging.pages", "error.unsafe"):
        later = result.finding(check)
        assert later is not None
        assert later.status is Status.PASS, check
    row = next(each for each in result.checklist if each.item == "credentials-correct")
    assert row.status is Status.PASS


async def test_nothing_is_sent_to_a_host_that_a_server_names(tmp_path: Path) -> None:
    async with LoopServer(lambda heard: bare(200)) as elsewhere:
        named = ("WWW-Authenticate", f'OAuth realm="{elsewhere.origin}"')
        link = ("Link", f'<{elsewhere.origin}/orgs>; rel="next"')
        district = generic.where(data_says(refusing_with(named, link)), signed_for=elsewhere.origin)
        result, served = await run(Row("", district, fails("oauth1.base-string")), tmp_path)
    assert result.verdict.cause == "oauth1.base-string"
    assert elsewhere.connections == 0
    assert {heard.headers["host"] for heard in served.server.heard} == {f"127.0.0.1:{served.server.port}"}


@pytest.mark.parametrize("days", [None, 730])
async def test_a_refused_signature_takes_few_requests(days: int | None, tmp_path: Path) -> None:
    for ahead in (0, 400):
        row = Row("", generic.ahead(ahead), fails("oauth1.rejected"), Typed(secret=WRONG, created=days))
        result, _ = await run(row, tmp_path)
        assert result.requests <= SIGNED_REQUESTS


async def test_an_answer_that_only_an_accepted_signature_gets_proves_it(tmp_path: Path) -> None:
    """No /orgs here: 404 for who is let in, 401 for everybody else."""
    nothing = data_says(but_good(error_1_1(404, "unknown object")), "orgs")
    found = await _finding(Row("", generic.shaped(signatures=ONLY_1).where(nothing), healthy()), tmp_path)
    assert (found.status, found.cause) == (Status.WARN, "oauth1.signature-method")
    assert [each.status for each in found.evidence] == [401, 404, 401]


async def test_a_limit_that_is_too_large_is_no_refused_signature(tmp_path: Path) -> None:
    too_large = data_says(
        but_good(error_1_1(400, "invalid data")), when=lambda heard: heard.asks("limit") == "100"
    )
    found = await _finding(Row("", generic.where(too_large), healthy()), tmp_path)
    assert (found.status, found.cause) == (Status.PASS, None)


@pytest.mark.parametrize(
    ("code", "field"),
    [("consumer_key_unknown", "client_id"), ("consumer_key_rejected", "client_id"),
     ("signature_invalid", "client_secret"), ("nonce_used", None)],
)  # fmt: skip
async def test_a_published_code_tips_the_choice_of_the_field(
    code: str, field: str | None, tmp_path: Path
) -> None:
    for says in (refusing_with(problem(code)), as_form(code)):
        row = Row("", generic.where(data_says(says)), fails("oauth1.rejected"), Typed(secret=WRONG))
        result, _ = await run(row, tmp_path)
        found = result.finding("oauth1.signature")
        assert found is not None
        assert found.facts.get("field") == field
        assert f"the server names {code} as the problem" in result.verdict.summary


async def test_the_time_that_a_server_accepts_is_taken_from_its_words(tmp_path: Path) -> None:
    """A proxy writes the Date, which is right; the clock behind it is three minutes ahead."""

    def dated(request: Request, reply: Reply) -> Reply:
        now = time()
        told = ("Date", format_datetime(datetime.fromtimestamp(now, UTC), usegmt=True))
        if reply.status != 401:
            return reply.but(told)
        span = f"{int(now) + 120}-{int(now) + 240}"
        return bare(401, told, problem("timestamp_refused", oauth_acceptable_timestamps=span))

    district = generic.where(data_says(dated), window_s=60).ahead(180)
    result, _ = await run(Row("", district, fails("clock.skew")), tmp_path)
    clock = result.finding("network.clock")
    assert clock is not None
    assert (clock.status, clock.facts["minutes"], clock.facts["direction"]) == (Status.FAIL, 3, "behind")
    assert "a signature with the server's own time was accepted" in result.verdict.summary
    signature = result.finding("oauth1.signature")
    assert signature is not None
    assert signature.status is Status.PASS


async def test_a_refused_time_without_a_difference_names_none(tmp_path: Path) -> None:
    says = refusing_with(problem("timestamp_refused"))
    row = Row("", generic.where(data_says(says)), fails("clock.skew"), Typed(secret=WRONG))
    result, _ = await run(row, tmp_path)
    assert result.verdict.summary == "The server refuses the time in signatures (timestamp_refused)."


async def test_a_challenge_for_a_token_does_not_speak_against_the_key(tmp_path: Path) -> None:
    result, _ = await run(BEARER[0], tmp_path)
    row = next(each for each in result.checklist if each.item == "credentials-correct")
    assert row.status is not Status.FAIL
    assert result.verdict.summary == "127.0.0.1 uses OAuth 2, but the connection is set to OAuth 1."
    assert result.verdict.fix[0].text == "Choose OAuth 2 as the OAuth version."
    assert not any("v1p1" in step.text for step in result.verdict.fix)

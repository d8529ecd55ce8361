"""A finding never says more than was seen: not of answers that judge nothing, of single requests, of samples."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks import limits
from oneroster_checks.connection import Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_checks.result import ReportedFinding, Result
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ...servers import LoopServer, Reply, Request, html_reply, json_reply
from ..engine import outcome, wrong_facts
from .district import District, Living, data_says, token_says, with_document
from .records import lacking, many, nothing_in
from .replies import CLOSED, bare, error_1_1, leads_to
from .row import AS_GIVEN, Expected, Row, Served, Typed, connection_of, credentials_of, run
from .shapes import CAMPUS, CAMPUS_OAUTH_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, SYNERGY

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
ANYTHING = Expected("healthy")
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))


async def result_of(district: District, folder: Path, typed: Typed = AS_GIVEN) -> Result:
    """The result of a run against a district."""
    result, _ = await run(Row("a district", district, ANYTHING, typed), folder)
    assert wrong_facts(result) == []
    return result


def found(result: Result, check: str) -> ReportedFinding:
    """What one check found, with its sentence."""
    return next(each for each in result.findings if each.finding.check == check)


def state(result: Result, item: str) -> Status:
    """The state of one row of the checklist."""
    return next(row.status for row in result.checklist if row.item == item)


JUDGES_NOTHING: dict[str, Reply] = {
    "500": bare(500), "404": bare(404), "a web page": html_reply(200, "<h1>Welcome</h1>"), "closed": CLOSED,
    "a redirect": leads_to(302, "/elsewhere"), "another list": json_reply(200, {"name": "SIS"}),
}  # fmt: skip


@pytest.mark.parametrize("answer", JUDGES_NOTHING.values(), ids=list(JUDGES_NOTHING))
async def test_an_answer_that_judges_no_signature_proves_none(answer: Reply, tmp_path: Path) -> None:
    district = District(CAMPUS_OAUTH_1).where(data_says(answer))
    result = await result_of(district, tmp_path, Typed(created=900))
    assert found(result, "oauth1.signature").finding.status is Status.SKIP
    assert found(result, "oauth1.age").finding.status is Status.SKIP
    assert state(result, "credentials-current") is not Status.PASS
    assert found(result, "access.data").finding.failed


async def test_a_clock_is_not_proved_good_by_a_server_that_judges_nothing(tmp_path: Path) -> None:
    district = District(GENERIC_OAUTH_1).where(data_says(bare(404))).ahead(3600)
    result = await result_of(district, tmp_path)
    assert found(result, "network.clock").finding.status is Status.FAIL


async def test_a_signature_is_proved_by_data_that_came_later(tmp_path: Path) -> None:
    district = District(CAMPUS_OAUTH_1).where(data_says(bare(500), "orgs"))
    result = await result_of(district, tmp_path, Typed(created=900))
    assert found(result, "access.data").finding.status is Status.PASS
    assert found(result, "oauth1.age").finding.status is Status.PASS


async def test_one_refusal_among_others_is_not_every_request(tmp_path: Path) -> None:
    result = await result_of(
        campus.where(data_says(bare(404)), data_says(bare(403), "academicSessions")), tmp_path
    )
    data = found(result, "access.data")
    assert data.finding.cause == "access.base-url-wrong"
    assert "HTTP 404, 2 of 3 requests" in data.summary
    assert state(result, "connection-active") is not Status.FAIL


async def test_most_requests_are_named_with_their_number(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(403)), data_says(bare(404), "classes")), tmp_path)
    assert result.verdict.cause == "access.forbidden"
    assert "forbade 2 of 3 data requests (HTTP 403)" in result.verdict.summary


async def test_a_signed_request_has_no_token(tmp_path: Path) -> None:
    result = await result_of(
        District(GENERIC_OAUTH_1).where(data_says(bare(404), "orgs"), data_says(bare(401), "academicSessions",
            "classes")), tmp_path)  # fmt: skip
    assert result.verdict.cause == "access.token-rejected"
    assert "token" not in result.verdict.summary
    assert "2 of 3" in result.verdict.summary


async def test_a_new_token_is_named(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(401))), tmp_path)
    assert "all 3 data requests" in result.verdict.summary
    assert "new token" in result.verdict.summary


async def test_a_stranger_comes_without_the_cookie_of_the_session(tmp_path: Path) -> None:
    """A server that lives on its cookie alone lets in who has it, and a stranger has none."""

    def with_cookie(request: Request, reply: Reply) -> Reply:
        return reply if "SIS=1" in request.headers.get("cookie", "") else error_1_1(401, "unauthorized")

    district = District(SYNERGY).where(
        token_says(lambda request, reply: reply.but(("Set-Cookie", "SIS=1; Path=/"))),
        data_says(with_cookie),
        open_doors=True,
    )
    result = await result_of(district, tmp_path)
    unsafe = found(result, "error.unsafe").finding
    assert unsafe.status is Status.PASS
    assert [each.status for each in unsafe.evidence] == [401, 401]
    assert found(result, "sharing.orgs").finding.status is Status.PASS


async def test_a_skip_names_the_role(tmp_path: Path) -> None:
    def without_teachers(document: dict[str, object]) -> object:
        rows = document.get("enrollments")
        kept = [row for row in rows if row["role"] != "teacher"] if isinstance(rows, list) else rows
        return {**document, "enrollments": kept}

    result = await result_of(older.where(data_says(with_document(without_teachers), "enrollments")), tmp_path)
    reason = found(result, "accounts.staff").finding.reason or ""
    assert reason.startswith("none of the first ")
    assert reason.endswith(" enrollments is a teacher's")


async def test_guardians_are_counted_once(tmp_path: Path) -> None:
    result = await result_of(older, tmp_path)
    assert found(result, "accounts.guardians").summary == "The district shares 3 guardians."


async def test_looked_up_guardians_are_no_total(tmp_path: Path) -> None:
    result = await result_of(older.where(many("users", 400)), tmp_path)
    summary = found(result, "accounts.guardians").summary
    assert "Guardians compared: " in summary or "At least" in summary, summary


async def test_a_filter_for_guardians_is_no_total(tmp_path: Path) -> None:
    def no_agents(document: dict[str, object]) -> object:
        rows = document.get("users")
        return (
            {**document, "users": [lacking("agents")(row) for row in rows]} if isinstance(rows, list) else {}
        )

    def guardians_last(request: Request, reply: Reply) -> Reply:
        if request.asks("filter"):
            return reply
        return with_document(_without_guardians)(request, reply).but(("X-Total-Count", "4000"))

    result = await result_of(
        older.where(
            data_says(with_document(no_agents), "users", "students"),
            data_says(guardians_last, "users"),
            total="none",
        ),
        tmp_path,
    )
    assert found(result, "accounts.guardians").summary == "The district shares at least 3 guardians."


def _without_guardians(document: dict[str, object]) -> object:
    rows = document.get("users")
    kept = [row for row in rows if row.get("role") != "guardian"] if isinstance(rows, list) else rows
    return {**document, "users": kept}


async def test_the_limit_of_this_tool_is_no_fault_of_the_district(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORDS_OF_A_COLLECTION", 60)
    district = generic.where(many("users", 400), cap=50)
    living = Living(district, time.time)
    async with LoopServer(living) as server:
        served = Served(server, 0, False, living, district)
        connection, credentials = connection_of(AS_GIVEN, served), credentials_of(AS_GIVEN, served)
        result = await outcome(connection, credentials, depth=Depth.FULL, only=("paging.whole",))
    whole = found(result, "paging.whole").finding
    assert (whole.status, whole.cause) == (Status.WARN, "tool.read-limit")
    assert result.verdict.status is Status.WARN
    assert result.verdict.summary.endswith(
        "by a limit of its own: it reads at most 60 records of one collection."
    )


async def test_a_wait_that_is_too_long_is_said_as_this_tools_limit(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(429, ("Retry-After", "30")))), tmp_path)
    assert result.verdict.cause == "access.throttled"
    assert "keeps" not in result.verdict.summary
    assert "asks to wait 30 seconds; this tool waits at most 20 seconds" in result.verdict.summary


async def test_the_waiting_of_a_whole_run_is_said_as_this_tools_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITING_IN_A_RUN_S", 2.0)
    result = await result_of(generic.where(data_says(bare(429, ("Retry-After", "5")))), tmp_path)
    assert "asks to wait 5 seconds; this tool waits at most 2 seconds in one run" in result.verdict.summary


async def test_waits_in_vain_are_counted(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(429, ("Retry-After", "0")))), tmp_path)
    assert "3 times in a row" in result.verdict.summary
    assert "this tool" not in result.verdict.summary


async def test_a_token_url_that_asks_for_a_long_wait(tmp_path: Path) -> None:
    result = await result_of(generic.where(token_says(bare(429, ("Retry-After", "45")))), tmp_path)
    assert result.verdict.cause == "token.throttled"
    assert "asks to wait 45 seconds; this tool waits at most 20 seconds" in result.verdict.summary


async def test_a_wait_beyond_reason_stays_a_number(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(429, ("Retry-After", "9" * 400)))), tmp_path)
    assert "asks to wait" not in result.verdict.summary
    assert "this tool waits at most 20 seconds" in result.verdict.summary
    json.dumps([dict(each.finding.facts) for each in result.findings], allow_nan=False)


async def test_a_400_on_one_part_is_no_server_error(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(400), "demographics")), tmp_path, DEMOGRAPHICS)
    part = found(result, "sharing.demographics")
    assert part.finding.cause == "access.part-broken"
    assert "/demographics fail (HTTP 400), while /" in part.summary


async def test_a_redirect_of_one_part_is_no_login_page(tmp_path: Path) -> None:
    result = await result_of(
        generic.where(data_says(leads_to(302, "/moved/here"), "demographics")), tmp_path, DEMOGRAPHICS
    )
    part = found(result, "sharing.demographics")
    assert part.finding.cause == "access.part-broken"
    assert "it redirects to" in part.summary
    assert "login" not in part.summary


async def test_a_header_without_encoding_is_not_as_the_standard_asks(tmp_path: Path) -> None:
    result = await result_of(generic.where(basic="as it is").shaped(takes=("header",)), tmp_path)
    method = found(result, "token.method")
    assert method.finding.status is Status.PASS
    assert "without form-encoding" in method.summary


async def test_an_encoded_header_needs_no_sentence(tmp_path: Path) -> None:
    result = await result_of(generic, tmp_path)
    assert not found(result, "token.method").says_more


async def test_an_unknown_app_is_spoken_of_at_campus_only(tmp_path: Path) -> None:
    words = html_reply(200, "<p>No Campus Application selected</p>")
    result = await result_of(generic.where(token_says(words)), tmp_path)
    assert result.verdict.cause == "token.not-an-endpoint"


async def test_no_class_is_never_a_pass(tmp_path: Path) -> None:
    result = await result_of(generic.where(nothing_in("classes", "enrollments")), tmp_path)
    rostering = found(result, "sharing.rostering")
    assert (rostering.finding.status, rostering.finding.cause) == (Status.FAIL, "sharing.rostering-off")
    assert "0 classes" in rostering.summary


@pytest.mark.parametrize("empty", ["client_id", "client_secret"])
async def test_an_empty_key_sends_nothing(empty: str) -> None:
    with PracticeDistrict() as district:
        connection, credentials = district.connection, district.credentials
        if empty == "client_id":
            connection = connection.but(client_id=" ")
        else:
            credentials = replace(credentials, client_secret=Secret())
        result = await outcome(connection, credentials)
    assert (result.verdict.status, result.verdict.cause) == (Status.FAIL, "key.missing")
    assert result.requests == 0
    assert "is empty" in result.verdict.summary
    assert state(result, "credentials-correct") is Status.FAIL


async def test_both_keys_empty_are_named_together() -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection.but(client_id=""), Credentials())
    assert result.verdict.summary == "The client id (key) is empty, and so is the client secret."

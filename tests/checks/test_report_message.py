"""The message to the district: what it must do, each once, and nothing about what is not its matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.causes.steps import SCREEN
from oneroster_checks.connection import Answer, Connection
from oneroster_checks.diagnosis.unable import unable_to_run
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.report import district_message, message_to_district, render, ticket
from oneroster_checks.result import ReportedFinding, Result, Verdict
from oneroster_practice import PracticeDistrict

from .districts.district import District, data_says, gradebook_says
from .districts.replies import bare, error_1_2
from .districts.row import VENDOR_PAIR, Row, Typed, fails, run
from .districts.shapes import CAMPUS, V12
from .engine import outcome

ALL_PARTS = Typed(share=("rostering", "demographics", "gradebook"), vendor=VENDOR_PAIR)
NOTHING_TO_DO = "There is nothing for you to do."


async def _message(
    problem: str | None, *, answers: dict[str, Answer] | None = None, **changes: object
) -> str:
    with PracticeDistrict(problem) as district:
        connection = district.connection.but(**changes)
        result = await outcome(connection, district.credentials, answers=answers)
    # In June the school year of the practice district ends soon, which is another matter.
    return district_message(replace(result, endings=()))


async def test_two_parts_that_are_off_are_told_with_one_click_path(tmp_path: Path) -> None:
    off = District(CAMPUS).where(
        data_says(error_1_2(403, "forbidden"), "demographics"), gradebook_says(bare(404))
    )
    row = Row("two parts", off, fails("sharing.demographics-off", then=()), ALL_PARTS)
    result, _ = await run(row, tmp_path)
    message = district_message(result)
    assert message.count(SCREEN) == 1
    assert "Rostering works, but the connection does not share demographics or the grade book" in message
    assert "Under Data to Share, turn on Demographics and Grade Book, then click Save." in message


async def test_parts_that_lack_their_scope_are_told_in_one_sentence(tmp_path: Path) -> None:
    lacks = District(CAMPUS).where(
        data_says(error_1_2(403, "forbidden"), "demographics"),
        gradebook_says(bare(403)),
        grants=f"{V12}roster.readonly",
    )
    row = Row("two scopes", lacks, fails("sharing.scope-missing"), ALL_PARTS)
    result, _ = await run(row, tmp_path)
    sentence = (
        "The token's scope lacks roster-demographics.readonly and gradebook.readonly, so demographics and the grade "
        "book are not shared (HTTP 403)."
    )
    message = district_message(result)
    assert f"and found this: {sentence}\n" in message
    assert "turn on Demographics and Grade Book, then click Save." in message
    assert message.count("Data to Share") == 1
    for text in (ticket(result), render([result], "html"), " ".join(render([result], "text").split())):
        assert "Demographics and Grade Book are not shared" in text
        assert "After that, expect" not in text


def _plain_http(field: str) -> ReportedFinding:
    facts: Facts = {"field": field, "host": "sis.elm.example"}
    finding = Finding(f"address.{field}", "URL", Stage.ADDRESS, Status.FAIL, "address.plain-http", facts)
    return ReportedFinding(finding, f"The {field} begins with http://.")


async def test_two_findings_of_one_cause_are_both_told() -> None:
    with PracticeDistrict() as district:
        healthy = await outcome(district.connection, district.credentials)
    verdict = Verdict(Status.FAIL, "address.plain-http", "x", check="address.base_url")
    result = replace(healthy, verdict=verdict, findings=(_plain_http("base_url"), _plain_http("token_url")))
    message = district_message(result)
    assert "- The base URL that we have begins with http://" in message
    assert "- The token URL that we have begins with http://" in message
    assert message.count(SCREEN) == 1
    assert "After that, expect: Unencrypted address (http) (`address.plain-http`)" in ticket(result)


async def test_what_the_district_answered_with_no_is_asked_for() -> None:
    answers: dict[str, Answer] = {"schools-chosen": "no", "supported-connection": "yes"}
    message = await _message(None, answers=answers)
    assert NOTHING_TO_DO not in message
    assert "as far as we can see, it works." in message
    assert "Select the schools to share with us, then click Save." in message
    other = await _message(None, answers=answers, provider="generic")
    assert "Select all the schools to share with us." in other


async def test_an_answer_comes_behind_the_root_cause_with_no_second_click_path() -> None:
    message = await _message("sharing.demographics-off", answers={"schools-chosen": "no"})
    assert message.count(SCREEN) == 1
    assert "On the same connection, select the schools to share with us, then click Save." in message


async def test_stray_characters_that_did_no_harm_are_no_matter_of_the_district() -> None:
    message = await _message("key.stray-characters")
    assert "and it works. There is nothing for you to do." in message
    assert "key" not in message.partition("Our connection")[0]


async def test_a_connection_that_works_is_said_to_work() -> None:
    assert f"and everything that we can see works. {NOTHING_TO_DO}" in await _message(None)
    harmless = await _message("token.body-only")
    assert f"and it works. {NOTHING_TO_DO}" in harmless
    off = await _message("sharing.resources-off")
    assert "and found this: The connection does not share resources" in off


async def test_an_address_that_the_run_has_corrected_is_not_asked_for() -> None:
    with PracticeDistrict("address.legacy") as district:
        result = await outcome(district.connection, district.credentials)
    assert result.verdict.cause == "address.legacy"
    assert "it returned data in this run: http" in result.verdict.fix[0].text
    assert "we can fix ourselves" in district_message(result)


async def test_what_the_vendor_fixes_alone_is_not_explained_to_the_district() -> None:
    message = await _message("gradebook.vendor-credentials-missing")
    assert "and found something that we can fix ourselves, so there is nothing for you to do." in message
    assert "vendor key" not in message


@pytest.mark.parametrize(
    "code",
    [
        "tool.secret-missing",
        "tool.profile-broken",
        "tool.profile-changed",
        "tool.keyring",
        "tool.ca-file",
        "tool.proxy",
    ],
)
def test_a_run_that_never_began_is_no_matter_of_the_district(code: str) -> None:
    facts: Facts = {"profile": "elm", "reason": "it is locked"}
    result = unable_to_run(Connection(client_id="InfiniteCampus_x"), code, profile="elm", facts=facts)
    _nothing_is_sent(result)
    for form in ("text", "markdown", "html"):
        text = render([result], form)
        assert "The connection was not checked: something is missing or wrong on this computer." in text
        assert "crashed" not in text


def test_a_check_that_crashed_is_no_matter_of_the_district() -> None:
    result = unable_to_run(
        Connection(client_id="x"),
        "tool.fault",
        profile=None,
        facts={"check": "paging.pages", "error": "KeyError"},
    )
    _nothing_is_sent(result)
    assert "A check in this tool crashed. The district is not at fault." in render([result], "text")


def _nothing_is_sent(result: Result) -> None:
    """What went wrong on the vendor's computer is told to the vendor alone."""
    message = message_to_district(result)
    assert (message.subject, message.body, message.mailto) == ("", "", "")
    assert message.unneeded == (
        "There is no message to send: the problem is on this computer, not at the district."
    )
    assert district_message(result) == f"{message.unneeded}\n"


def test_a_verdict_without_its_finding_speaks_for_itself() -> None:
    result = unable_to_run(Connection(client_id="x"), "tool.proxy", profile=None, facts={})
    bare_result: Result = replace(result, findings=(), checklist=())
    assert "Root cause: Unusable proxy [tool.proxy]" in render([bare_result], "text")
    assert result.verdict.summary in " ".join(render([bare_result], "text").split())


async def test_what_is_the_users_own_is_whole_in_every_report() -> None:
    """A client id that looks like an email address, a path that looks like a token, and the catalogue's words."""
    connection = Connection(
        base_url="https://d.example/oauth/token=district1/ims/oneroster",
        token_url="https://d.example/token",
        client_id="vendor@district.org",
        provider="generic",
        oauth=1,
    )
    with PracticeDistrict() as district:
        result = await outcome(connection, district.credentials)
    for text in (
        render([result], "text"),
        render([result], "json"),
        ticket(result),
        district_message(result),
    ):
        assert "vendor@district.org" in text
        assert "https://d.example/oauth/token=district1/ims/oneroster" in text
        assert "[hidden]" not in text

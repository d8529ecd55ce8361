"""A server's own words beside the finding, in every form of a report, and inert in each."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from oneroster_checks.evidence import Evidence, all_said
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.report import FORMATS, checklist_text, district_message, render, ticket
from oneroster_checks.report.words import SAID, server_words
from oneroster_checks.result import ReportedFinding, Result, Verdict
from oneroster_practice import PracticeDistrict

from ..servers import Reply, html_reply, json_reply, reply
from .districts.district import District, Override, data_says, gradebook_says, token_says
from .districts.replies import error_1_1, error_1_2, problem_json
from .districts.row import WITH_GRADES, Row, fails, run
from .districts.shapes import CAMPUS, CAMPUS_1_1
from .engine import outcome

AZURE = json_reply(
    403,
    {
        "error": "unauthorized_client",
        "error_description": "AADSTS700016: Application was not found in the directory.",
    },
)
OKTA = json_reply(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission"})
SPRING = json_reply(403, {"status": 403, "error": "Forbidden", "message": "Access Denied", "path": "/orgs"})
SCOPE = json_reply(403, {"message": "Insufficient scope: your token must have roster.readonly"})
FIREWALL = html_reply(403, "<h1>Blocked by the web filter</h1>")
CHALLENGE = reply(401, b"", ("WWW-Authenticate", 'Bearer realm="campus", error="invalid_token"'))

# A fault whose fix is the district's, and the words of the server that every report shows.
SEEN: dict[str, tuple[District, str]] = {
    "Azure AD": (
        District(CAMPUS).where(token_says(AZURE)),
        "unauthorized_client; AADSTS700016: Application was not found in the directory.",
    ),
    "Okta": (District(CAMPUS).where(token_says(OKTA)), "E0000006; You do not have permission"),
    "Spring": (District(CAMPUS).where(data_says(SPRING)), "Forbidden; Access Denied"),
    "problem+json": (District(CAMPUS).where(data_says(problem_json(403, "No licence"))), "No licence"),
    "OneRoster 1.1": (
        District(CAMPUS_1_1).where(data_says(error_1_1(403, "forbidden"))),
        "forbidden; The request was not followed.",
    ),
    "OneRoster 1.2": (
        District(CAMPUS).where(data_says(error_1_2(403, "forbidden"))),
        "forbidden; The request was not followed.",
    ),
    "a scope": (
        District(CAMPUS).where(data_says(SCOPE)),
        "Insufficient scope: your token must have roster.readonly",
    ),
    "a firewall": (District(CAMPUS).where(data_says(FIREWALL)), "Page; Blocked by the web filter"),
    "a challenge": (
        District(CAMPUS).where(data_says(CHALLENGE)),
        'WWW-Authenticate: Bearer realm="campus" error="invalid_token"',
    ),
}


async def result_of(district: District, folder: Path) -> Result:
    """The result of a run against a district of the table."""
    result, _ = await run(Row("it speaks", district, fails("access.forbidden")), folder)
    return result


def plain(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("seen", SEEN.values(), ids=list(SEEN))
async def test_every_report_shows_what_the_server_said(seen: tuple[District, str], tmp_path: Path) -> None:
    district, words = seen
    result = await result_of(district, tmp_path)
    assert result.verdict.status is Status.FAIL
    shown = SAID.format(words)
    assert shown in plain(render([result], "text"))
    assert shown in html.unescape(render([result], "html"))
    assert shown in district_message(result)
    code = SAID.format(f"`{words}`")
    assert code in ticket(result)
    assert code in render([result], "markdown")
    assert words in str(ElementTree.fromstring(render([result], "junit")).findtext(".//failure"))
    # The copied checklist is for people who want to know what to do next.
    assert words not in plain(checklist_text(result))
    (document,) = json.loads(render([result], "json"))["runs"]
    told = [entry for finding in document["findings"] for entry in finding["evidence"]]
    assert words in {entry.get("said") for entry in told}
    assert all(entry.get("said", "x") for entry in told)
    assert all("said" not in entry for entry in told if entry["status"] in (200, None))


async def test_a_healthy_connection_quotes_nobody() -> None:
    with PracticeDistrict() as district:
        result = await outcome(district.connection, district.credentials)
    for form in FORMATS:
        assert "The server said" not in render([result], form)
    assert "The server said" not in district_message(result)
    # The checks of refusals ask for errors, and JSON has their words.
    assert '"said"' in render([result], "json")


async def test_words_of_what_the_vendor_fixes_are_no_matter_of_the_district(tmp_path: Path) -> None:
    no_pair = replace(WITH_GRADES, vendor=("", ""))
    district = District(CAMPUS.but(vendor=True)).where(gradebook_says(error_1_2(401, "unauthorisedrequest")))
    row = Row("no pair", district, fails("gradebook.vendor-credentials-missing"), no_pair)
    result, _ = await run(row, tmp_path)
    assert result.verdict.cause == "gradebook.vendor-credentials-missing"
    assert SAID.format("`unauthorisedrequest; The request was not followed.`") in ticket(result)
    assert "The server said" not in district_message(result)


async def test_only_the_root_cause_speaks_to_the_district(tmp_path: Path) -> None:
    other = json_reply(403, {"message": "Demographics were never bought"})
    faults: Iterable[Override] = (
        data_says(json_reply(500, {"message": "The index is gone"}), "enrollments"),
        data_says(other, "demographics"),
    )
    share = replace(WITH_GRADES, share=("rostering", "demographics"))
    district = District(CAMPUS).where(*faults)
    result, _ = await run(Row("two", district, fails("access.part-broken"), share), tmp_path)
    message = district_message(result)
    assert result.verdict.cause == "access.part-broken"
    assert message.count("The server said") == 1
    assert SAID.format("The index is gone") in message
    assert "Demographics were never bought" in ticket(result)


def _reported(*said: str, status: Status = Status.FAIL) -> ReportedFinding:
    evidence = tuple(Evidence("GET", "https://d.example/orgs", 403, 3, said=words) for words in said)
    finding = Finding(
        "access.data",
        "Data access",
        Stage.ACCESS,
        status,
        "access.forbidden",
        {"status": 403},
        evidence=evidence,
    )
    return ReportedFinding(finding, "Every request was refused.")


def test_a_finding_shows_the_first_few_words_that_differ() -> None:
    told = _reported("", "No. Id 0a5e", "No. Id 7f31", "Maybe", "Later")
    assert server_words(told) == ("No. Id 0a5e", "Maybe")
    assert server_words(_reported("No", status=Status.PASS)) == ()
    assert server_words(_reported("No", status=Status.WARN)) == ("No",)


def test_words_that_differ_in_numbers_only_are_the_same() -> None:
    several = ("", "Bad key. Trace ID: 0a5e", "Bad key. Trace ID: 7f31", "No")
    told = [Evidence("GET", "", 401, 1, said=words) for words in several]
    assert all_said(told) == ("Bad key. Trace ID: 0a5e", "No")


async def test_a_scope_that_was_tried_on_the_way_has_no_say() -> None:
    with PracticeDistrict("access.forbidden") as district:
        result = await outcome(district.connection, district.credentials)
    assert any("invalid_scope" in each.said for each in result.trace)
    for text in (render([result], "text"), ticket(result), district_message(result)):
        assert text.count("The server said") == 1
        assert "forbidden; This connection is not enabled." in plain(text)


HOSTILE = [
    "<script>alert(1)</script> &amp; <b>bold</b>",
    "**bold** _it_ [link](https://evil.example) ![x](y) | table | # no heading",
    "`code` and ``more`` and ```",
    "`",
    "[bold red]markup[/] [@click=app.quit]x[/] [link=https://evil.example]y[/link]",
    "]]> <!-- -->",
    "Root cause: nothing; Verdict: PASS.",
    "* 1. - > + ~~~",
    "{fact} {host} [[?x|y]] %s %(x)s $HOME",
]


async def _saying(words: str) -> Result:
    with PracticeDistrict() as district:
        healthy = await outcome(district.connection, district.credentials)
    reported = _reported(words)
    verdict = Verdict(Status.FAIL, "access.forbidden", "x", check="access.data")
    return replace(healthy, verdict=verdict, findings=(reported,))


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_are_inert_in_every_report(words: str) -> None:
    result = await _saying(words)
    page = render([result], "html")
    assert SAID.format(words) in html.unescape(page)
    assert words not in page or words == html.escape(words)
    assert "<script" not in page
    line = next(line for line in ticket(result).splitlines() if line.startswith("- The server said: "))
    code = line.removeprefix("- The server said: “").removesuffix("”")
    fence = code[: len(code) - len(code.lstrip("`"))]
    # What stands between the backticks holds none of the same length, so that Markdown shows it as it is.
    assert code.endswith(fence)
    inside = code[len(fence) : -len(fence)]
    assert inside.strip() == words
    assert fence not in inside
    assert SAID.format(words) in plain(render([result], "text"))
    assert words in str(ElementTree.fromstring(render([result], "junit")).findtext(".//failure"))
    (document,) = json.loads(render([result], "json"))["runs"]
    assert document["findings"][0]["evidence"][0]["said"] == words


async def test_words_pass_the_redaction_of_the_report() -> None:
    """The words of a result that was made without a run are hidden like every other value."""
    result = await _saying("ask someone@district.example with token=abcdefgh1234")
    for form in FORMATS:
        text = render([result], form)
        assert "someone@district.example" not in text
        assert "abcdefgh1234" not in text


@pytest.mark.parametrize("status", [400, 401, 403, 500])
async def test_words_in_a_record_are_in_no_report(status: int, tmp_path: Path) -> None:
    record = {"sourcedId": "u-1", "message": "the words of a record", "error": "the words of a record"}
    refused: Reply = json_reply(status, {"users": [record]})
    result = await result_of(District(CAMPUS).where(data_says(refused)), tmp_path)
    for form in FORMATS:
        assert "the words of a record" not in render([result], form)
    assert not any(each.said for each in result.trace)

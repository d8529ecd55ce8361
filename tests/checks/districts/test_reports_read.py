"""Reports read beside the traces that they are made of: what a sentence, a step or a row says was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.causes import cause, codes
from oneroster_checks.causes.template import Audience, fill
from oneroster_checks.finding import Status
from oneroster_checks.labels import Who
from oneroster_checks.providers import providers
from oneroster_checks.report import district_message, render
from oneroster_checks.result import ChecklistItem, Result

from .row import ids, run
from .test_table import ROWS

_WRONG_AFTER_US = " us sends | us was | us is | us has | us makes | us gives ".split("|")


async def result_of(name: str, folder: Path, cause: str = "") -> Result:
    """The result of the row of the table with this name, and this cause where the name stands twice."""
    row = next(
        row for row in ROWS if ids(row) == name and cause in ("", row.expected.cause, row.expected.noting)
    )
    return (await run(row, folder))[0]


def the_row(result: Result, item: str) -> ChecklistItem:
    """A row of the checklist."""
    return next(each for each in result.checklist if each.item == item)


def for_district(result: Result) -> list[str]:
    """The steps that the district takes."""
    return [step.text for step in result.verdict.fix if step.who is Who.DISTRICT]


@pytest.mark.parametrize("code", codes())
def test_a_district_reads_good_english(code: str) -> None:
    entry = cause(code)
    for known in providers():
        for template in (entry.summary, *(step.text for step in entry.steps(known.id))):
            plain = template.replace("[[", "").replace("]]", "")
            text = f"{fill(plain, {}, Audience.DISTRICT)} "
            assert not [wrong for wrong in _WRONG_AFTER_US if wrong in text], text


# What stands between.


async def test_a_page_with_a_good_status_is_not_called_a_refusal(tmp_path: Path) -> None:
    result = await result_of("data: Imperva, 200 and a frame", tmp_path)
    assert result.verdict.summary == (
        "Something in front of the student information system on 127.0.0.1 answered the data requests in its place "
        "(HTTP 200, with the marks of Imperva)."
    )
    row = the_row(result, "credentials-correct")
    assert (row.status, row.note) == (
        Status.SKIP,
        "Not known yet: no data shows that the base URL is correct.",
    )


async def test_who_gets_some_answers_needs_no_allowed_address(tmp_path: Path) -> None:
    result = await result_of("parameters: whatever has a limit is blocked", tmp_path)
    assert not any("IP address" in step.text for step in result.verdict.fix)
    assert "requests with parameters" in for_district(result)[0]
    # One request without parameters brought data.
    for item in ("connection-active", "connection-enabled", "credentials-correct"):
        assert the_row(result, item).status is Status.PASS, item


async def test_a_blocked_path_is_named_in_the_step(tmp_path: Path) -> None:
    name = "one path: /enrollments alone is denied by Akamai, the rest comes from Apache"
    result = await result_of(name, tmp_path)
    assert not any("IP address" in step.text for step in result.verdict.fix)
    assert "/enrollments" in for_district(result)[0]


async def test_a_gateway_is_not_known_to_look_at_its_key_first(tmp_path: Path) -> None:
    result = await result_of("Kong: 401 with a challenge for a key", tmp_path)
    assert "wants a key of its own besides OAuth (HTTP 401)" in result.verdict.summary
    assert any("These checks cannot send it" in step.text for step in result.verdict.fix)


async def test_words_that_are_the_sentence_are_not_told_twice(tmp_path: Path) -> None:
    result = await result_of("402: the license has expired", tmp_path)
    message = district_message(result)
    assert message.count("License expired") == 1
    assert "The server said" not in message + render([result], "html")


async def test_a_request_is_given_to_whoever_has_to_name_one(tmp_path: Path) -> None:
    message = district_message(await result_of("404 at /orgs alone", tmp_path))
    assert "give the full address and the time of one of them" in message
    cited = next(line for line in message.splitlines() if line.startswith("One of the requests: GET http"))
    assert "/orgs?limit=100 · HTTP 404" in cited
    assert "server's date" in cited
    # Where nothing has to be given, nothing is.
    other = district_message(await result_of("another token", tmp_path, "access.token-rejected"))
    assert "One of the requests" not in other


# Redirects.


async def test_where_a_redirect_leads_is_said_once(tmp_path: Path) -> None:
    summary = (await result_of("302 to the same path of another host", tmp_path)).verdict.summary
    assert summary.count("https://new.elm.example/") == 1
    assert summary.endswith("; the credentials were not sent there.")


@pytest.mark.parametrize(
    ("name", "said"), [("302 to itself, without end", ""), ("302 to the next of many addresses", "once")]
)
async def test_credentials_that_went_along_are_not_denied(name: str, said: str, tmp_path: Path) -> None:
    summary = (await result_of(name, tmp_path)).verdict.summary
    assert "credentials were not sent" not in summary
    assert ("this run followed the redirect once, and no data came" in summary) is bool(said)


async def test_a_base_url_that_redirects_is_not_called_correct(tmp_path: Path) -> None:
    row = the_row(
        await result_of("301 to another path, with the grade book", tmp_path), "credentials-correct"
    )
    assert row.status is Status.WARN
    assert "redirects data requests" in row.note


# Rows that fail only for what was shown.


@pytest.mark.parametrize(
    ("name", "cause", "note"),
    [
        ("200 without a body", "access.not-json", "The base URL may be wrong."),
        ("JSON only: 400 and the content type", "token.request-form", "The token URL may be wrong."),
        (
            "401 in the standard's form of 1.2",
            "access.token-rejected",
            "The base URL or the token URL may be wrong.",
        ),
        ("302 to the same path of another host", "access.redirected", "The base URL may be wrong."),
    ],
)
async def test_a_value_that_is_only_suspected_does_not_fail(
    name: str, cause: str, note: str, tmp_path: Path
) -> None:
    row = the_row(await result_of(name, tmp_path, cause), "credentials-correct")
    assert (row.status, row.note) == (Status.WARN, note)


async def test_an_empty_class_says_nothing_of_what_is_shared(tmp_path: Path) -> None:
    result = await result_of("students only, on many pages, 1.1", tmp_path)
    row = the_row(result, "data-to-share")
    assert (row.status, row.note) == (
        Status.ASK,
        "Not known yet: a part of what you expect was not returned.",
    )
    # The enrollments of students are shared.
    assert for_district(result) == [
        "Check that there are teachers in the shared classes of the current year."
    ]


async def test_the_forms_of_a_token_request_are_all_named(tmp_path: Path) -> None:
    result = await result_of("JSON only: 400 and the content type", tmp_path)
    assert result.verdict.summary.endswith(
        "client credentials were sent in the header, in the body, and in the header without form-encoding."
    )


# What was found at another address, or with another choice.


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("1.2 chosen, a server of 1.1: a stack trace for a path of 1.2", "1.1"),
        ("1.1 chosen, a server of 1.2: a description of the service", "1.2"),
        ("1.1 chosen, Campus serves 1.2 without the app in its base URL", "1.2"),
    ],
)
async def test_a_version_whose_data_came_is_not_asked_for(name: str, wanted: str, tmp_path: Path) -> None:
    result = await result_of(name, tmp_path)
    assert [step.text for step in result.verdict.fix] == [
        f"Choose OneRoster {wanted}.",
        "Run the checks again.",
    ]
    assert "there is nothing for you to do" in district_message(result)
    for item in ("connection-active", "connection-enabled"):
        assert the_row(result, item).status is Status.PASS, item


async def test_an_oauth_version_that_the_server_asks_for_is_not_asked_for(tmp_path: Path) -> None:
    result = await result_of("OAuth 1 chosen, the server takes Basic or Bearer", tmp_path)
    assert result.verdict.summary == "127.0.0.1 asks for OAuth 2, but the connection is set to OAuth 1."
    assert not any("OAuth version of the connection" in step for step in for_district(result))


async def test_a_scope_that_the_data_wants_is_shown_by_the_refusals(tmp_path: Path) -> None:
    result = await result_of("403 whose words name the scope, core opens", tmp_path)
    found = result.finding("access.scope")
    assert found is not None
    assert [each.status for each in found.evidence].count(403) == 3
    assert "The server said: “insufficient_scope; Insufficient scope" in render([result], "text")


# Numbers.


async def test_a_refused_list_has_no_number(tmp_path: Path) -> None:
    summary = (await result_of("classes are refused, people are there", tmp_path)).verdict.summary
    assert summary == (
        "Rostering data is missing: requests for /classes and /enrollments were refused (HTTP 403); the district "
        "shares 8 students and teachers."
    )


async def test_a_minute_and_a_half_is_not_a_minute(tmp_path: Path) -> None:
    summary = (await result_of("90 seconds, and the server allows one minute", tmp_path)).verdict.summary
    assert "clock is 1.5 minutes behind" in summary


@pytest.mark.parametrize(
    ("cause", "title"),
    [
        ("access.server-error", "Maintenance page instead of data"),
        ("token.server-error", "Maintenance page at the token URL"),
    ],
)
async def test_a_maintenance_page_is_not_called_a_server_error(
    cause: str, title: str, tmp_path: Path
) -> None:
    result = await result_of("maintenance as 200", tmp_path, cause)
    assert "answered with a maintenance page (HTTP 200" in result.verdict.summary
    assert "server error" not in result.verdict.summary
    assert title in render([result], "text")
    assert "Tell the vendor when the maintenance ends." in for_district(result)

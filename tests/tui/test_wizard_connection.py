"""Versions and Connection: what is explained, found wrong, suggested, and read from a pasted block."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Select, TextArea

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_checks.limits import is_request_limit
from oneroster_wizard.app import WizardApp
from oneroster_wizard.commands.connection_options import timeout_of
from oneroster_wizard.commands.errors import CommandLineError
from oneroster_wizard.draft import Draft
from oneroster_wizard.field_problems import clean_secret, empty_field, find_problems, read_day, read_seconds
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.storage.profile_file import read_profile

from .wizard_driver import Driver, driving

HOST = "https://springfield.infinitecampus.org"
BASE = f"{HOST}/campus/api/oneroster/v1p2/springfield/ims/oneroster"
TOKEN = f"{HOST}/campus/oauth2/token?appName=springfield"
SECRET = "canary-block-secret-91"
MAIL = f"""Hello,
here is what you asked for.

Key: InfiniteCampus_abc
Secret: {SECRET}
Base URL: {BASE}
Token URL: {TOKEN}

Kind regards
"""


async def at_connection(wizard: Driver) -> None:
    await wizard.press("ctrl+n")
    await wizard.step(WizardStep.VERSIONS)
    await wizard.next(WizardStep.CONNECTION)


@pytest.mark.parametrize(
    ("text", "day", "status", "suggestion"),
    [
        ("", None, None, ""),
        ("2026-02-03", date(2026, 2, 3), None, ""),
        ("2026-02-30", None, Status.FAIL, ""),
        ("2027-01-01", date(2027, 1, 1), Status.WARN, ""),
        ("2/3/2026", None, Status.FAIL, "2026-02-03"),
        ("2026/2/3", None, Status.FAIL, "2026-02-03"),
        ("13/13/2026", None, Status.FAIL, ""),
        ("last spring", None, Status.FAIL, ""),
    ],
)
def test_a_day_is_read_or_what_is_wrong_is_said(
    text: str, day: date | None, status: Status | None, suggestion: str
) -> None:
    read, problem = read_day(text, today=date(2026, 11, 23))
    assert read == day
    assert (problem.status if problem else None) == status
    assert (problem.suggestion if problem else "") == suggestion
    content = f'[connection]\ncreated = "{text}"'
    with pytest.raises(ProfileError) if status is Status.FAIL else nullcontext():
        assert read_profile(content, name="one").connection.created == day


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30.0),
        ("2.5", 2.5),
        ("0.5", 0.5),
        ("0.1", 0.1),
        ("0.01", None),
        ("0", None),
        ("soon", None),
        ("9999", None),
    ],
)
def test_a_time_limit_is_read(text: str, seconds: float | None) -> None:
    read, problem = read_seconds(text)
    assert read == seconds
    assert (problem is None) == (seconds is not None)


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.5, 600.0, 601.0])
def test_a_time_limit_is_right_in_a_profile_in_the_form_and_on_the_command_line_or_in_none(
    seconds: float,
) -> None:
    right = is_request_limit(seconds)
    assert (read_seconds(str(seconds))[0] == seconds) == right
    with nullcontext() if right else pytest.raises(ProfileError):
        assert read_profile(f"[connection]\ntimeout = {seconds}", name="one").connection.timeout == seconds
    with nullcontext() if right else pytest.raises(CommandLineError):
        assert timeout_of(seconds) == seconds


def test_a_secret_is_cleaned_and_what_was_taken_off_is_named() -> None:
    assert clean_secret("  \n'abc-def'\r\n")[0] == "abc-def"
    assert "quotes" in clean_secret("'abc-def'")[1]
    assert clean_secret("abc-def") == ("abc-def", "")


@pytest.mark.parametrize(
    ("provider", "client_id", "vendor_key"),
    [
        ("infinite-campus", " Infinite Campus calls it Key.", " Grade-book requests are refused without it."),
        ("generic", "", ""),
    ],
)
def test_an_empty_field_is_named_in_the_words_of_its_provider(
    provider: str, client_id: str, vendor_key: str
) -> None:
    draft = Draft(connection=Connection(provider=provider))
    assert empty_field(draft, "client_id") == f"The client id is empty.{client_id}"
    assert empty_field(draft, "vendor_key") == f"The vendor key is empty.{vendor_key}"
    assert empty_field(draft, "scope") == ""


def test_empty_fields_have_no_problem_and_swapped_ones_suggest_each_other() -> None:
    assert find_problems(Draft()) == {}
    problems = find_problems(Draft(connection=Connection(base_url=TOKEN, token_url=BASE)))
    assert problems["base_url"].status is Status.FAIL
    assert problems["base_url"].suggestion == BASE
    assert problems["base_url"].also == {"token_url": TOKEN}


def test_no_problem_holds_a_secret() -> None:
    draft = Draft(
        credentials=Credentials(Secret(f" {SECRET} "), Secret(f"“{SECRET}”"), Secret(f"{SECRET}\n"))
    )
    assert SECRET not in repr(find_problems(draft))


async def test_the_versions_explain_what_cannot_be(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.VERSIONS)
        words = wizard.words()
        assert "OneRoster 1.1 credentials expire one year after" in words
        assert "2023-12-18" in words
        assert "sourcedId" in words
        wizard.app.screen.query_one("#provider", Select).value = "aeries"
        await wizard.until(lambda: "Aeries is only known to use OneRoster 1.1" in wizard.words())
        await wizard.focus("oauth")
        await wizard.press("right", "enter")
        await wizard.press("ctrl+n")
        await wizard.until(lambda: "Next again goes on anyway" in wizard.words())
        await wizard.next(WizardStep.CONNECTION)


async def test_a_problem_is_shown_when_a_value_is_pasted_and_enter_uses_the_suggestion(
    tmp_path: Path,
) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        assert wizard.focused == "base_url"
        await wizard.paste(BASE.replace("/campus/", "/campus/campus/"))
        assert "Fail: " in wizard.words()
        assert f"Suggested (Enter): {BASE}" in wizard.words()
        await wizard.press("enter")
        await wizard.until(lambda: "The suggested base URL is filled in." in wizard.words())
        assert wizard.app.screen.query_one("#base_url", Input).value == BASE
        assert wizard.focused == "base_url"
        await wizard.press("enter")
        assert wizard.focused == "token_url"


async def test_a_typed_day_has_a_suggestion_too(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        await wizard.focus("created")
        await wizard.paste("8/21/2025")
        assert "Suggested (Enter): 2025-08-21" in wizard.words()
        await wizard.press("enter")
        await wizard.until(lambda: wizard.app.draft.connection.created == date(2025, 8, 21))


async def test_the_window_for_a_block_fills_the_fields_and_hides_the_secret(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        await wizard.press("f2")
        await wizard.until(lambda: wizard.focused == "block")
        await wizard.paste(MAIL)
        await wizard.until(lambda: "Found: " in wizard.words())
        assert wizard.app.screen.query_one(TextArea).text == MAIL
        await wizard.press("ctrl+n")
        await wizard.step(WizardStep.CONNECTION)
        connection = wizard.app.draft.connection
        assert (connection.base_url, connection.token_url) == (BASE, TOKEN)
        assert connection.client_id == "InfiniteCampus_abc"
        assert wizard.app.draft.credentials.client_secret.reveal() == SECRET
        assert wizard.app.screen.query_one("#base_url", Input).value == BASE
        assert "The secret is on the next screen, hidden." in wizard.words()
        assert SECRET not in wizard.picture()
        assert wizard.focused == "next"
        await wizard.next(WizardStep.SECRETS)
        assert SECRET not in wizard.picture()


async def test_a_block_pasted_into_a_field_does_the_same(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        await wizard.paste(MAIL)
        await wizard.until(lambda: "Filled in: " in wizard.words())
        assert wizard.app.draft.connection.base_url == BASE
        assert wizard.app.screen.query_one("#token_url", Input).value == TOKEN


async def test_a_block_of_the_other_version_changes_the_versions_and_says_so(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        await wizard.paste(
            f"Base URL: {HOST}/campus/oneroster/springfield/ims/oneroster/v1p1\nKey: InfiniteCampus_a\n"
        )
        await wizard.until(lambda: "so that is chosen now" in wizard.words())
        assert wizard.app.draft.connection.oneroster == "1.1"


async def test_going_on_with_an_empty_field_says_what_it_is_for(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_connection(wizard)
        await wizard.press("ctrl+n")
        await wizard.until(lambda: "The base URL is empty." in wizard.words())
        assert wizard.focused == "base_url"
        await wizard.next(WizardStep.SECRETS)

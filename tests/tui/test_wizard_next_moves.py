"""What the root cause offers next: its field, the message to the district, and a run of what was changed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button, Collapsible, Input

from oneroster_checks.connection import Credentials, Secret
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from tests.checks.districts.district import VENDOR_KEY, VENDOR_SECRET

from ..servers import Reply
from .living_server import living_server
from .wizard_driver import Driver, driving


def opened(district: PracticeDistrict, **changes: object) -> Draft:
    """A draft on a practice district, with some fields of the connection changed."""
    return Draft(connection=district.connection.but(**changes), credentials=district.credentials)


@asynccontextmanager
async def at_checklist(draft: Draft, folder: Path) -> AsyncGenerator[Driver]:
    """The wizard on the Checklist step, after a run of this draft."""
    async with driving(WizardApp(draft=draft, start="run", folder=folder), (80, 24)) as wizard:
        await wizard.finished()
        await wizard.next(WizardStep.CHECKLIST)
        yield wizard


def buttons(wizard: Driver) -> set[str]:
    """The ids of the buttons in the row of moves, empty when the row is not shown."""
    row = wizard.app.screen.query_one("#next-moves")
    return {button.id or "" for button in row.query(Button)} if row.display else set()


async def test_the_suggested_base_url_is_filled_in_and_then_everything_passes(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        right = district.connection.base_url
        wrong = right.replace("/practice/", "/")
        async with at_checklist(opened(district, base_url=wrong), tmp_path) as wizard:
            assert "access.base-url-wrong" in wizard.words()
            assert buttons(wizard) == {"go-field", "copy-message"}
            assert wizard.focused == "go-field"
            await wizard.press("enter")
            await wizard.step(WizardStep.CONNECTION)
            assert wizard.focused == "base_url"
            assert wizard.app.screen.query_one("#base_url", Input).value == right
            assert f"The suggested base URL is filled in. It was {wrong}" in wizard.words()
            # Every check stands behind the address, so all of them run again.
            first = wizard.app.draft.log
            await wizard.press("ctrl+r")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: wizard.focused == "next")
            assert wizard.app.draft.log is not first
            assert wizard.app.last_result is not None
            assert wizard.app.last_result.verdict.status is Status.PASS


async def test_after_the_vendor_pair_only_what_it_changes_runs_again(tmp_path: Path) -> None:
    async with living_server("gradebook") as (_, _, draft), at_checklist(draft, tmp_path) as wizard:
        first = draft.result
        assert first is not None
        assert first.verdict.cause == "gradebook.vendor-credentials-missing"
        # The vendor fixes this alone, so there is no one to write to and nothing to wait for.
        assert buttons(wizard) == {"go-field"}
        await wizard.press("g")
        await wizard.step(WizardStep.SECRETS)
        assert wizard.focused == "vendor_key"
        # In one line: a break would be shown as an escape.
        assert f"{first.verdict.summary} Ctrl+R runs" in wizard.words()
        await wizard.paste(VENDOR_KEY)
        await wizard.focus("vendor_secret")
        await wizard.paste(VENDOR_SECRET)
        draft.remember = False
        await wizard.focus("run-changed")
        await wizard.press("enter")
        await wizard.step(WizardStep.RUN)
        await wizard.until(lambda: draft.result is not first and wizard.focused == "next")
        second = draft.result
        assert second is not None
        assert second.verdict.cause != "gradebook.vendor-credentials-missing"
        assert second.requests < first.requests
        again = [reported.finding.check for reported in second.findings if reported not in first.findings]
        assert "gradebook.read" in again
        kept = {reported.finding.check: reported for reported in second.findings}["paging.pages"]
        assert any(kept is reported for reported in first.findings)
        await wizard.next(WizardStep.CHECKLIST)


async def test_a_cancelled_run_of_what_was_changed_leaves_no_result(tmp_path: Path) -> None:
    async with living_server("gradebook") as (_, mind, draft), at_checklist(draft, tmp_path) as wizard:
        await wizard.press("g")
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste(VENDOR_KEY)
        draft.remember = False
        mind.says("/token", Reply(delay=60))
        await wizard.press("ctrl+r", "ctrl+r")
        await wizard.until(lambda: "Running: " in wizard.words())
        await wizard.press("c")
        await wizard.until(lambda: "The run was canceled." in wizard.words())
        await wizard.press("ctrl+n")
        await wizard.until(lambda: "There is no result yet." in wizard.words())
        mind.says("", None)
        await wizard.press("r")
        await wizard.until(lambda: wizard.focused == "next")
        await wizard.next(WizardStep.CHECKLIST)


async def test_a_refused_secret_leads_to_its_field(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = opened(district)
        draft.credentials = replace(district.credentials, client_secret=Secret("another-secret"))
        draft.remember = False
        async with at_checklist(draft, tmp_path) as wizard:
            assert buttons(wizard) == {"go-field", "copy-message", "watch"}
            await wizard.press("g")
            await wizard.step(WizardStep.SECRETS)
            assert wizard.focused == "client_secret"
            assert draft.result is not None
            assert draft.result.verdict.summary in wizard.words()
            await wizard.press("end", "ctrl+u")
            await wizard.paste(district.credentials.client_secret.reveal())
            await wizard.press("ctrl+r")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: wizard.focused == "next")
            assert wizard.app.last_result is not None
            assert wizard.app.last_result.verdict.status is Status.PASS


async def test_swapped_addresses_are_put_right_together(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        base, token = district.connection.base_url, district.connection.token_url
        async with at_checklist(opened(district, base_url=token, token_url=base), tmp_path) as wizard:
            await wizard.press("g")
            await wizard.step(WizardStep.CONNECTION)
            assert "The base URL and the token URL were swapped." in wizard.words()
            assert wizard.app.draft.connection == district.connection


async def test_a_field_that_is_folded_away_is_opened(tmp_path: Path) -> None:
    with PracticeDistrict("tls.untrusted") as district:
        async with at_checklist(opened(district), tmp_path) as wizard:
            await wizard.press("g")
            await wizard.step(WizardStep.CONNECTION)
            assert wizard.focused == "ca_file"
            assert not wizard.app.screen.query_one("#more", Collapsible).collapsed


async def test_a_combination_that_does_not_exist_leads_to_the_versions(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        async with at_checklist(opened(district, oauth=1), tmp_path) as wizard:
            await wizard.press("g")
            await wizard.step(WizardStep.VERSIONS)
            assert wizard.focused == "oauth"
            assert "OAuth 2 is chosen now" in wizard.words()
            assert wizard.app.draft.connection.oauth == 2


async def test_a_server_of_oauth_1_leads_to_that_choice(tmp_path: Path) -> None:
    with PracticeDistrict(oauth=1, oneroster="1.1") as district:
        token_url = f"{district.connection.base_url.partition('/campus')[0]}/not/there?appName=practice"
        async with at_checklist(opened(district, oauth=2, token_url=token_url), tmp_path) as wizard:
            assert "address.unsupported-combination" in wizard.words()
            await wizard.press("g")
            await wizard.step(WizardStep.VERSIONS)
            assert "OAuth 1 is chosen now, because the server returned data for it." in wizard.words()
            assert wizard.app.draft.connection.oauth == 1


async def test_what_copying_added_to_a_secret_is_taken_off(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = opened(district)
        secret = district.credentials.client_secret.reveal()
        draft.credentials = Credentials(Secret(f" {secret}\n"))
        async with at_checklist(draft, tmp_path) as wizard:
            assert "key.stray-characters" in wizard.words()
            await wizard.press("g")
            await wizard.step(WizardStep.SECRETS)
            assert "Removed from the client secret: " in wizard.words()
            assert secret not in wizard.words()
            assert draft.credentials.client_secret.reveal() == secret


async def test_a_healthy_connection_offers_no_move(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        async with at_checklist(opened(district), tmp_path) as wizard:
            assert buttons(wizard) == set()
            assert next_moves(wizard.app.draft).some is False
            assert wizard.focused == "copy-summary"
            await wizard.press("g", "t")
            await wizard.step(WizardStep.CHECKLIST)
            titles = {command.title for command in wizard.app.get_system_commands(wizard.app.screen)}
            assert "Watch" not in titles


async def test_a_saved_connection_is_written_when_its_suggested_address_runs(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        right = district.connection.base_url
        draft = opened(district, base_url=right.replace("/practice/", "/"))
        draft.profile, draft.remember = "Springfield", False
        ProfileStore(tmp_path).save(Profile("Springfield", draft.connection, {}, False))
        async with at_checklist(draft, tmp_path) as wizard:
            await wizard.press("g")
            await wizard.step(WizardStep.CONNECTION)
            await wizard.press("ctrl+r")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: wizard.focused == "next")
        assert ProfileStore(tmp_path).load("Springfield").connection.base_url == right


async def test_f1_explains_the_finding_that_has_the_focus(tmp_path: Path) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.finished()
            await wizard.until(lambda: wizard.focused == "next")
            await wizard.press("f1")
            await wizard.until(lambda: isinstance(app.screen, HelpScreen))
            await wizard.press("f1")
            await wizard.step(WizardStep.RUN)
            await wizard.focus("checks")
            await wizard.press("f1")
            await wizard.until(lambda: isinstance(app.screen, HelpScreen))
            assert "token.invalid-client: " in wizard.words()
            assert "How it is recognized: " in wizard.words()
            await wizard.press("escape")
            await wizard.step(WizardStep.RUN)
            await wizard.press("home", "down", "right", "down", "f1")
            await wizard.until(lambda: isinstance(app.screen, HelpScreen))
            assert "What this check is for" in wizard.words()
            assert "Run again" in wizard.words()
            assert every_check()[0].description in wizard.words()


@pytest.mark.parametrize(("tab", "rows"), [("1", "points"), ("2", "rows")])
async def test_f1_on_a_row_of_the_checklist(tmp_path: Path, tab: str, rows: str) -> None:
    with PracticeDistrict("token.invalid-client") as district:
        async with at_checklist(opened(district), tmp_path) as wizard:
            await wizard.press(tab)
            await wizard.until(lambda: wizard.focused == rows)
            # Of the points, the second is about the key and the secret; of the checks, what failed is the first.
            await wizard.press("home", *(["down"] if tab == "1" else []))
            await wizard.press("f1")
            await wizard.until(lambda: isinstance(wizard.app.screen, HelpScreen))
            assert "token.invalid-client: " in wizard.words()
            assert "What to do:" in wizard.words()

"""A fixed token in the wizard: offered where the provider has it, from the choice to the report."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.plan import touched_by
from oneroster_checks.report import ticket
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import ProfileStore
from oneroster_wizard.widgets.choice import Choice
from tests.checks.districts.district import SECRET, District, Living
from tests.checks.districts.shapes import CLASSLINK_PROXY

from ..servers import LoopServer
from .wizard_driver import Driver, driving, files_in

FIXED = Connection(provider="classlink", oneroster="1.1", fixed_token=True)


@asynccontextmanager
async def proxy() -> AsyncGenerator[tuple[LoopServer, str]]:
    """A district behind a proxy with a fixed token, and its base URL."""
    async with LoopServer(Living(District(CLASSLINK_PROXY), time.time)) as server:
        yield server, f"http://127.0.0.1:{server.port}{CLASSLINK_PROXY.base}"


def choice(wizard: Driver) -> Choice:
    return wizard.app.screen.query_one("Choice.-fixed-token", Choice)


async def at_versions(wizard: Driver, provider: str) -> None:
    await wizard.press("ctrl+n")
    await wizard.step(WizardStep.VERSIONS)
    wizard.app.screen.query_one("#provider", Select).value = provider
    await wizard.idle()


@pytest.mark.parametrize(
    ("provider", "offered"), [("classlink", True), ("generic", True), ("infinite-campus", False), ("aeries", False)]
)  # fmt: skip
async def test_it_is_offered_where_the_provider_has_it(tmp_path: Path, provider: str, offered: bool) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_versions(wizard, provider)
        assert choice(wizard).display is offered
        assert choice(wizard).disabled is not offered
        assert ("Fixed token" in wizard.picture()) is offered


async def test_it_can_be_chosen_with_the_keys_and_taken_back(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await at_versions(wizard, "generic")
        await wizard.focus("oauth")
        await wizard.press("right", "right", "enter")
        assert (wizard.app.draft.connection.oauth, wizard.app.draft.connection.fixed_token) == (2, True)
        assert "no token URL and no key" in wizard.words()
        wizard.app.screen.query_one("#provider", Select).value = "aeries"
        await wizard.idle()
        assert choice(wizard).display, "what is chosen stays in sight"
        assert "Aeries is not known to use a fixed token" in wizard.words()
        await wizard.press("left", "enter")
        assert (wizard.app.draft.connection.oauth, wizard.app.draft.connection.fixed_token) == (1, False)
        assert not choice(wizard).display


async def test_the_whole_way_from_the_choice_to_the_ticket(tmp_path: Path) -> None:
    async with proxy() as (server, base), driving(WizardApp(folder=tmp_path)) as wizard:
        await at_versions(wizard, "classlink")
        await wizard.focus("oauth")
        await wizard.press("right", "right", "enter")
        await wizard.focus("oneroster")
        await wizard.press("right", "enter")
        await wizard.next(WizardStep.CONNECTION)
        assert "Token URL" not in wizard.picture()
        assert "Client id" not in wizard.picture()
        await wizard.focus("base_url")
        await wizard.paste(base)
        await wizard.next(WizardStep.SECRETS)
        assert "Fixed token" in wizard.picture()
        assert "Client secret" not in wizard.picture()
        await wizard.press("ctrl+n")
        await wizard.until(lambda: "The fixed token is empty." in wizard.words())
        await wizard.focus("client_secret")
        await wizard.paste(f" Bearer {SECRET} \n")
        await wizard.press("tab")
        await wizard.until(lambda: "Removed from the fixed token: the word Bearer" in wizard.words())
        assert wizard.app.screen.query_one("#client_secret", Input).value == SECRET
        result = await wizard.whole_way()
        assert str(result.verdict.status) == "pass"
        assert "ClassLink Roster Server, Fixed token, OneRoster 1.1" in ticket(result)
        assert {request.method for request in server.heard} == {"GET"}
        assert SECRET not in wizard.picture()
        (saved,) = ProfileStore(tmp_path).list()[0]
        assert saved.connection.fixed_token
        assert not any(SECRET in text for text in files_in(tmp_path).values())


async def test_the_run_names_it_in_its_list_and_its_summary(tmp_path: Path) -> None:
    async with proxy() as (_, base):
        draft = Draft(connection=FIXED.but(base_url=base), credentials=Credentials(Secret(SECRET)))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path), (120, 36)) as wizard:
            await wizard.finished()
            await wizard.press("home")
            assert "Fixed token, OneRoster 1.1" in wizard.picture()
            assert "Token URL:" not in wizard.picture()
            assert draft.log is not None
            assert "token.fixed" in draft.log.findings


async def test_a_refused_token_leads_to_its_field(tmp_path: Path) -> None:
    async with proxy() as (_, base):
        draft = Draft(connection=FIXED.but(base_url=base), credentials=Credentials(Secret("a-token-of-old")))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            result = await wizard.finished()
            assert result.verdict.cause == "access.token-rejected"
            await wizard.next(WizardStep.CHECKLIST)
            move = next_moves(wizard.app.draft).field
            assert move is not None
            assert (move.name, move.label) == ("client_secret", "Go to the fixed token")
            await wizard.focus("go-field")
            await wizard.press("enter")
            await wizard.step(WizardStep.SECRETS)
            assert wizard.focused == "client_secret"


async def test_a_pasted_mail_with_a_token_url_ends_the_choice(tmp_path: Path) -> None:
    mail = (
        "Key: InfiniteCampus_abc\nSecret: canary-9\n"
        "Base URL: https://d.infinitecampus.org/campus/api/oneroster/v1p2/d/ims/oneroster\n"
        "Token URL: https://d.infinitecampus.org/campus/oauth2/token?appName=d\n"
    )
    draft = Draft(connection=FIXED)
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CONNECTION)
        await wizard.step(WizardStep.CONNECTION)
        await wizard.paste(mail)
        await wizard.until(lambda: "Token URL" in wizard.picture())
        assert not wizard.app.draft.connection.fixed_token
        assert "OAuth 2" in wizard.words()
        assert "Client id" in wizard.picture()


def test_oauth_1_ends_the_choice() -> None:
    draft = Draft(connection=FIXED)
    draft.change(oauth=1)
    assert not draft.connection.fixed_token


@pytest.mark.parametrize("fixed_token", [True, False])
def test_another_choice_runs_everything_again(fixed_token: bool) -> None:
    connection = FIXED.but(fixed_token=fixed_token, base_url="https://x.example/ims/oneroster")
    assert touched_by({"fixed_token"}, connection, Credentials()) is None

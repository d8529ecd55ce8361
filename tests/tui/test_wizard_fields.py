"""The fields of the forms: when they are judged, what Enter does, and where typed and pasted text goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button, Input

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.steps import WizardStep

from .wizard_driver import Driver, driving

HOST = "https://springfield.infinitecampus.org"
BASE = f"{HOST}/campus/api/oneroster/v1p2/springfield/ims/oneroster"
TOKEN = f"{HOST}/campus/oauth2/token?appName=springfield"
KEY = "InfiniteCampus_springfield"
SECRET = "canary4secret7of9fields"
FILLED = Connection(base_url=BASE, token_url=TOKEN, client_id=KEY)


async def at(wizard: Driver, step: WizardStep) -> None:
    await wizard.app.go(step)
    await wizard.step(step)


def app_of(tmp_path: Path, connection: Connection | None = None, secret: str = "") -> WizardApp:
    draft = Draft(
        connection=connection or Connection(), credentials=Credentials(client_secret=Secret(secret))
    )
    return WizardApp(draft=draft, folder=tmp_path)


async def focus_at_once(wizard: Driver, name: str) -> None:
    """As a click does, without the fields that Tab passes."""
    wizard.app.screen.query_one(f"#{name}").focus()
    await wizard.until(lambda: wizard.focused == name)


def value(wizard: Driver, name: str) -> str:
    return wizard.app.screen.query_one(f"#{name}", Input).value


async def test_a_field_is_judged_when_it_is_left_and_not_while_it_is_half_typed(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.press(*"springfield")
        assert "Fail" not in wizard.words()
        await wizard.press("tab")
        assert "Fail: The base URL does not begin with https://." in wizard.words()
        # What is said already stays true while it is corrected.
        await wizard.focus("base_url")
        await wizard.press("end", *"#x", "home")
        assert "Fail: The base URL does not begin with https://." in wizard.words()
        await wizard.press(*"https://")
        assert "does not begin with https" not in wizard.words()


async def test_enter_judges_a_typed_field_and_the_next_enter_takes_what_is_suggested(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path, FILLED.but(client_id=""))) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.focus("created")
        await wizard.press(*"8/21/2025")
        assert "Suggested" not in wizard.words()
        await wizard.press("enter")
        assert "Suggested (Enter): 2025-08-21" in wizard.words()
        assert wizard.focused == "created"
        await wizard.press("enter")
        assert value(wizard, "created") == "2025-08-21"
        assert wizard.focused == "created"


async def test_enter_leads_from_field_to_field_past_the_ticks_to_next(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        seen = [wizard.focused]
        for _ in range(5):
            await wizard.press("enter")
            seen.append(wizard.focused)
        assert seen == ["base_url", "token_url", "client_id", "created", "share-rostering", "next"]
        assert wizard.app.draft.connection.share == ("rostering",)


async def test_enter_with_a_problem_that_has_no_suggestion_goes_on(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.press(*"hello", "enter")
        assert "Fail" in wizard.words()
        assert wizard.focused == "token_url"


async def test_a_letter_typed_on_a_button_or_a_tick_ends_in_the_field_where_the_person_was(
    tmp_path: Path,
) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.press(*"https")
        for stop in ("share-gradebook", "paste", "next", "back", "quit"):
            await focus_at_once(wizard, stop)
            before = value(wizard, "base_url")
            # The second letter stands behind the first: nothing is replaced.
            await wizard.press("q", "n")
            assert wizard.focused == "base_url"
            assert value(wizard, "base_url") == f"{before}qn"
        assert isinstance(wizard.app.screen, WizardScreen)
        assert not wizard.app._exit


async def test_a_letter_typed_before_any_field_was_seen_goes_to_the_first_empty_one(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path, FILLED)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        assert wizard.focused == "next"
        await wizard.press("2", "0")
        assert (wizard.focused, value(wizard, "created")) == ("created", "20")
        await wizard.focus("share-rostering")
        await wizard.press("space")
        assert wizard.app.draft.connection.share == ()
    async with driving(app_of(tmp_path, FILLED, SECRET)) as wizard:
        await at(wizard, WizardStep.SECRETS)
        assert wizard.focused == "next"
        await wizard.press("q")
        # Every field is filled, and none was visited: nothing in them is changed, and nothing acts.
        assert value(wizard, "client_secret") == SECRET
        assert not wizard.app._exit


async def test_a_paste_on_a_button_ends_in_a_field_too(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await focus_at_once(wizard, "next")
        await wizard.paste(BASE)
        assert value(wizard, "base_url") == BASE
        await focus_at_once(wizard, "next")
        await wizard.paste(f"Token URL: {TOKEN}\nKey: {KEY}\n")
        assert (value(wizard, "token_url"), value(wizard, "client_id")) == (TOKEN, KEY)


async def test_an_address_shows_its_beginning_when_it_is_left_and_its_end_while_it_is_typed(
    tmp_path: Path,
) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.press(*BASE)
        assert BASE[-30:] in wizard.picture()
        assert BASE[:40] not in wizard.picture()
        await wizard.press("tab")
        assert BASE[:40] in wizard.picture()
        # Looking at another window is not leaving the field.
        await wizard.focus("base_url")
        await wizard.press("end")
        wizard.app.post_message(events.AppBlur())
        await wizard.until(lambda: wizard.app.focused is None)
        wizard.app.post_message(events.AppFocus())
        await wizard.until(lambda: wizard.focused == "base_url")
        await wizard.press("x")
        assert value(wizard, "base_url") == f"{BASE}x"


async def test_swapped_addresses_are_named_in_both_fields_and_swapped_by_one_enter(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path, FILLED.but(base_url=TOKEN, token_url=BASE))) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        words = wizard.words()
        assert "This is a token URL. It goes in the token URL field." in words
        assert "This is a base URL. It goes in the base URL field." in words
        assert "Suggested (Enter): swap the base URL and the token URL" in words
        # Both fields suggest the same, so there is only one to take.
        assert "Use all" not in wizard.picture()
        await wizard.press("enter")
        assert "The base URL and the token URL were swapped." in wizard.words()
        assert (value(wizard, "base_url"), value(wizard, "token_url")) == (BASE, TOKEN)
        assert "Fail" not in wizard.words()


async def test_a_secret_in_a_field_of_an_address_never_shows_in_a_suggestion(tmp_path: Path) -> None:
    draft = Draft(connection=FILLED.but(client_id=SECRET), credentials=Credentials(client_secret=Secret(KEY)))
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at(wizard, WizardStep.SECRETS)
        assert "This is a client id. It goes in the client id field on the Connection step." in wizard.words()
        assert "swap the client id and the client secret" in wizard.words()
        assert SECRET not in wizard.picture() + wizard.words()
        await wizard.focus("client_secret")
        await wizard.press("enter")
        assert draft.connection.client_id == KEY
        assert draft.credentials.client_secret.reveal() == SECRET
        assert SECRET not in wizard.picture() + wizard.words()


async def test_one_key_takes_every_suggestion_once_there_are_two(tmp_path: Path) -> None:
    doubled = BASE.replace("/campus/", "/campus/campus/")
    async with driving(app_of(tmp_path, FILLED.but(base_url=doubled))) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        assert "Use all suggestions" not in wizard.picture()
        await wizard.press("ctrl+t")
        assert value(wizard, "base_url") == doubled
        await wizard.focus("created")
        await wizard.paste("8/21/2025")
        await wizard.focus("token_url")
        await wizard.paste(TOKEN.partition("?")[0])
        assert "Ctrl+T Use all suggestions" in wizard.picture()
        assert "Ctrl+T uses all 3 suggestions" in wizard.picture()
        await wizard.press("ctrl+t")
        assert "Filled in all 3 suggestions." in wizard.words()
        connection = wizard.app.draft.connection
        assert (connection.base_url, connection.token_url) == (BASE, TOKEN)
        assert value(wizard, "created") == "2025-08-21"
        assert "Ctrl+T" not in wizard.picture()


async def test_taking_all_never_undoes_what_is_being_typed(tmp_path: Path) -> None:
    connection = FILLED.but(base_url=TOKEN, token_url=BASE, client_id=f" {KEY} ")
    async with driving(app_of(tmp_path, connection)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        assert "Ctrl+T uses both suggestions" in wizard.picture()
        await wizard.press("end", "x")
        await wizard.press("ctrl+t")
        assert (value(wizard, "base_url"), value(wizard, "token_url")) == (BASE, f"{TOKEN}x")
        assert value(wizard, "client_id") == KEY


async def test_a_click_takes_a_suggestion(tmp_path: Path) -> None:
    doubled = BASE.replace("/campus/", "/campus/campus/")
    async with driving(app_of(tmp_path, FILLED.but(base_url=doubled))) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.pilot.click("#field-base_url Suggestion")
        await wizard.until(lambda: value(wizard, "base_url") == BASE)


async def test_a_label_before_the_value_is_read(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        await wizard.paste(f"Token URL: {TOKEN}")
        assert (value(wizard, "base_url"), value(wizard, "token_url")) == ("", TOKEN)
        assert "Filled in: token URL." in wizard.words()


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
async def test_the_main_fields_and_next_are_seen_without_scrolling(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with driving(app_of(tmp_path), size) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        for name in ("base_url", "token_url", "client_id", "created", "share-rostering", "next"):
            region = wizard.app.screen.query_one(f"#{name}").region
            assert region.bottom <= size[1] - (0 if name == "next" else 2), name
        assert wizard.app.screen.query_one("#base_url").region.width <= 110
        assert wizard.app.screen.query_one("#next", Button).region.y > 0


async def test_the_data_is_named_in_plain_words_with_what_the_choice_is_for(tmp_path: Path) -> None:
    async with driving(app_of(tmp_path)) as wizard:
        await at(wizard, WizardStep.CONNECTION)
        picture = wizard.picture()
        assert "─ Data you expect ─" in picture
        assert "The checks look for exactly these. Anything else may be missing." in picture
        assert "[X] Rostering      schools, classes, and people" in picture
        assert "[ ] Grade book     assignments and scores" in picture

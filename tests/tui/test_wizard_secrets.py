"""The Secrets screen: hidden, cleaned, and kept where the person wishes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.keyring_hosts import KeptSecrets
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.secrets import SecretStore

from .wizard_driver import Driver, driving, files_in

SECRET = "canary-client-secret-3c"
CONNECTION = Connection(
    base_url="http://127.0.0.1:9/ims", token_url="http://127.0.0.1:9/token", client_id="x"
)


async def at_secrets(wizard: Driver) -> None:
    await wizard.app.go(WizardStep.SECRETS)
    await wizard.step(WizardStep.SECRETS)


async def test_secrets_are_hidden_until_the_key_shows_them(tmp_path: Path) -> None:
    draft = Draft(connection=CONNECTION, credentials=Credentials(Secret(SECRET)))
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        assert SECRET not in wizard.picture()
        await wizard.press("f3")
        await wizard.until(lambda: SECRET in wizard.picture())
        await wizard.press("f3")
        await wizard.until(lambda: SECRET not in wizard.picture())


async def test_what_copying_added_is_taken_off_and_said(tmp_path: Path) -> None:
    async with driving(WizardApp(draft=Draft(connection=CONNECTION), folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        await wizard.paste(f"\n  {SECRET[:9]}\n{SECRET[9:]} \r\n")
        await wizard.until(lambda: "Removed from the client secret" in wizard.words())
        assert wizard.app.draft.credentials.client_secret.reveal() == SECRET
        assert wizard.app.screen.query_one("#client_secret", Input).value == SECRET
        assert SECRET not in wizard.words()


async def test_the_vendor_pair_is_asked_for_with_the_grade_book_only(tmp_path: Path) -> None:
    draft = Draft(connection=CONNECTION)
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        assert "Vendor key" not in wizard.picture()
        draft.change(share=("rostering", "gradebook"))
        await wizard.app.go(WizardStep.SECRETS)
        await wizard.until(lambda: "Vendor key" in wizard.picture())


MISSING = "This computer has no usable keyring."


async def test_a_missing_keyring_is_said_once_and_the_wizard_goes_on_in_memory(tmp_path: Path) -> None:
    draft = Draft(
        connection=CONNECTION, credentials=Credentials(Secret(SECRET)), suggested_name="Springfield"
    )
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        await wizard.until(lambda: MISSING in wizard.words())
        picture = wizard.picture()
        assert "(●) Save without secrets" in picture
        assert "(○) Only until I quit" in picture
        assert "Remember in the keyring" not in picture
        assert "Warning: This computer" in picture
        await wizard.next(WizardStep.SECRETS.next)
        assert "Springfield is saved without its secrets." in wizard.words()
        assert MISSING not in wizard.words()
        assert draft.credentials.client_secret.reveal() == SECRET
    assert ProfileStore(tmp_path).load("Springfield").connection == CONNECTION
    assert SECRET not in "".join(files_in(tmp_path).values())


async def test_without_a_keyring_a_saved_connection_has_nothing_to_choose(tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Springfield", CONNECTION, {}, True))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("e")
        await wizard.step(WizardStep.VERSIONS)
        await at_secrets(wizard)
        await wizard.until(lambda: MISSING in wizard.words())
        assert "Only until I quit" not in wizard.picture()
        await wizard.paste(SECRET)
        await wizard.next(WizardStep.SECRETS.next)
        assert "Springfield is saved without its secrets." in wizard.words()
    # Where there is a keyring again, it is asked again.
    assert ProfileStore(tmp_path).load("Springfield").remember


async def test_without_a_keyring_nothing_is_saved_when_that_is_chosen(tmp_path: Path) -> None:
    draft = Draft(connection=CONNECTION, credentials=Credentials(Secret(SECRET)))
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        await wizard.focus("remember")
        await wizard.press("right", "enter")
        assert "Save as" not in wizard.picture()
        await wizard.next(WizardStep.SECRETS.next)
    assert files_in(tmp_path) == {}


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_keyring_is_named_and_offered(tmp_path: Path) -> None:
    draft = Draft(connection=CONNECTION, credentials=Credentials(Secret(SECRET)), suggested_name="x")
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        await wizard.until(lambda: "Keyring of this computer: " in wizard.words())
        assert "(●) Remember in the keyring" in wizard.picture()
        assert "(○) Only until I quit" in wizard.picture()


async def test_a_whole_mail_pasted_here_fills_in_everything(tmp_path: Path) -> None:
    base = "https://d.infinitecampus.org/campus/api/oneroster/v1p2/d/ims/oneroster"
    async with driving(WizardApp(draft=Draft(connection=CONNECTION), folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        await wizard.paste(f"Key: InfiniteCampus_d\nSecret: {SECRET}\nBase URL: {base}\n")
        await wizard.until(lambda: "Filled in: base URL, client id (key), client secret." in wizard.words())
        assert wizard.app.draft.connection.base_url == base
        assert wizard.app.draft.credentials.client_secret.reveal() == SECRET
        assert SECRET not in wizard.picture()


@pytest.mark.usefixtures("keyring_unlocked")
async def test_only_until_i_quit_takes_the_secrets_out_of_the_keyring(tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Springfield", CONNECTION, {}, True))
    await SecretStore().save("Springfield", Credentials(Secret(SECRET)))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("e")
        await wizard.step(WizardStep.VERSIONS)
        await at_secrets(wizard)
        await wizard.focus("remember")
        await wizard.press("right", "enter")
        await wizard.next(WizardStep.SECRETS.next)
    assert not ProfileStore(tmp_path).load("Springfield").remember
    assert not (await SecretStore().load("Springfield")).client_secret


async def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("Springfield", CONNECTION, {}, False))
    draft = Draft(
        connection=CONNECTION, credentials=Credentials(Secret(SECRET)), suggested_name="Springfield"
    )
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_secrets(wizard)
        # What is offered is free; what a person types need not be.
        assert wizard.app.screen.query_one("#name", Input).value == "Springfield 2"
        await wizard.focus("name")
        await wizard.press("ctrl+u", *"Springfield", "ctrl+n")
        await wizard.until(lambda: "A connection named Springfield already exists." in wizard.words())
        assert wizard.focused == "name"


async def test_esc_stops_waiting_for_a_keyring_that_hangs(tmp_path: Path) -> None:
    class Hanging(SecretStore):
        async def backend_name(self) -> str:
            return "GNOME Keyring"

        async def save(
            self, profile: str, credentials: Credentials, hosts: str = "", had: KeptSecrets | None = None
        ) -> None:
            await asyncio.Event().wait()

    draft = Draft(
        connection=CONNECTION, credentials=Credentials(Secret(SECRET)), suggested_name="Springfield"
    )
    app = WizardApp(draft=draft, folder=tmp_path)
    app.saved.secrets = Hanging()
    async with driving(app) as wizard:
        await at_secrets(wizard)
        await wizard.press("ctrl+n")
        await wizard.until(
            lambda: wizard.app.screen.has_class("-shown") and bool(wizard.app.screen.query("#close"))
        )
        assert "Waiting for the keyring" in wizard.picture()
        await wizard.press("escape")
        await wizard.step(WizardStep.SECRETS.next)
        assert "The keyring was not waited for." in wizard.words()


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_host_that_is_corrected_beside_its_secret_keeps_it(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        right = district.connection
        draft = Draft(
            profile="north",
            connection=right.but(base_url=right.base_url.replace("127.0.0.1", "127.0.0.2")),
            credentials=district.credentials,
        )
        assert (await SavedConnections(tmp_path).save(draft)).stored
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.app.go(WizardStep.CONNECTION)
            await wizard.step(WizardStep.CONNECTION)
            await wizard.focus("base_url")
            await wizard.press("ctrl+u")
            await wizard.paste(right.base_url)
            await wizard.press("ctrl+r")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: wizard.focused == "next")
        assert ProfileStore(tmp_path).load("north").connection.base_url == right.base_url
        assert await SecretStore().load("north", right) == district.credentials

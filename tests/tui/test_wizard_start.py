"""The Start screen: saved connections are listed, copied, renamed and deleted with their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from .wizard_driver import driving

CONNECTION = Connection(
    base_url="https://a.infinitecampus.org/campus", oauth=1, oneroster="1.1", client_id="x"
)


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    store = ProfileStore(tmp_path)
    store.save(Profile("Lakeside", CONNECTION, {}, False))
    return store


async def test_saved_connections_are_listed_with_provider_and_versions(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        picture = wizard.picture()
        assert "Lakeside" in picture
        assert "Infinite Campus, OAuth 1, OneRoster 1.1" in picture
        assert "Not run yet." in picture


async def test_a_broken_file_is_named_kept_and_does_not_stop_the_rest(store: ProfileStore) -> None:
    broken = store.folder / "broken.toml"
    broken.write_text("name = [")
    async with driving(WizardApp(folder=store.folder)) as wizard:
        assert "Lakeside" in wizard.picture()
        assert "broken.toml cannot be used and was left as it is." in wizard.words()
    assert broken.read_text() == "name = ["


async def test_an_unknown_provider_in_a_file_is_said_with_those_that_are_known(store: ProfileStore) -> None:
    file = next(path for path in store.folder.rglob("*.toml"))
    other = file.with_name("other.toml")
    other.write_text(file.read_text().replace('"infinite-campus"', '"acme"').replace("Lakeside", "Other"))
    async with driving(WizardApp(folder=store.folder)) as wizard:
        assert "Lakeside" in wizard.picture()
        assert "other.toml cannot be used and was left as it is." in wizard.words()
        assert '"provider" must be one of infinite-campus, generic' in wizard.words()


async def test_edit_opens_the_connection_with_its_fields(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("e")
        await wizard.step(WizardStep.VERSIONS)
        assert wizard.app.draft.connection == CONNECTION
        assert wizard.app.draft.profile == "Lakeside"


@pytest.mark.usefixtures("keyring_unlocked")
async def test_duplicate_rename_and_delete_take_the_secrets_along(store: ProfileStore) -> None:
    kept = Credentials(Secret("canary-start-secret"))
    store.save(Profile("Lakeside", CONNECTION, {}, True))
    await SecretStore().save("Lakeside", kept)
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("d")
        await wizard.until(lambda: wizard.focused == "name")
        await wizard.press("enter")
        await wizard.until(lambda: "Lakeside copy is a copy of Lakeside." in wizard.words())
        assert await SecretStore().load("Lakeside copy") == kept

        await wizard.press("f6")
        await wizard.until(lambda: wizard.focused == "name")
        await wizard.press("ctrl+u", *"Lakeside", "enter")
        await wizard.until(lambda: "A connection named Lakeside already exists." in wizard.words())
        await wizard.press("ctrl+u", *"Hill", "enter")
        await wizard.until(lambda: "Lakeside copy is now Hill." in wizard.words())
        assert await SecretStore().load("Hill") == kept
        assert not (await SecretStore().load("Lakeside copy")).client_secret

        await wizard.press("x")
        await wizard.until(lambda: "Delete Hill?" in wizard.words())
        assert "its secrets in the keyring are deleted" in wizard.words()
        assert wizard.focused == "close"
        await wizard.press("escape")
        assert [profile.name for profile in store.list()[0]] == ["Hill", "Lakeside"]
        await wizard.press("x")
        await wizard.until(lambda: wizard.focused == "close")
        await wizard.press("y")
        await wizard.until(lambda: "Hill is deleted." in wizard.words())
        assert [profile.name for profile in store.list()[0]] == ["Lakeside"]
        assert not (await SecretStore().load("Hill")).client_secret
        assert await SecretStore().load("Lakeside") == kept

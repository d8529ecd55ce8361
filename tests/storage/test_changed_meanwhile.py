"""A profile that is changed or deleted while its run waits: the secret of now never goes where it led before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.many import run_many
from oneroster_checks.result import Result
from oneroster_wizard.draft import Draft
from oneroster_wizard.fleet_run import quick_job
from oneroster_wizard.profile_secrets import ProfileSecrets
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.secrets import SecretStore

from ..recorder import recorder

pytestmark = pytest.mark.usefixtures("keyring_unlocked")
Change = Callable[[ProfileStore, Profile], object]


def moved(store: ProfileStore, profile: Profile) -> None:
    store.save(
        replace(profile, connection=profile.connection.but(base_url="https://elsewhere.example/campus"))
    )


def of_another_key(store: ProfileStore, profile: Profile) -> None:
    store.save(replace(profile, connection=profile.connection.but(client_id="another")))


def deleted(store: ProfileStore, profile: Profile) -> None:
    store.delete(profile.name)


def renamed(store: ProfileStore, profile: Profile) -> None:
    store.rename(profile.name, "Oak")


def broken(store: ProfileStore, profile: Profile) -> None:
    store.path_of(profile.name).write_text("base_url = ")


def only_retagged(store: ProfileStore, profile: Profile) -> None:
    store.save(replace(profile, tags=("pilot",)))


async def run_after(change: Change, folder: Path, *, file: str = "") -> tuple[Result, int]:
    """The result of a job that was made before a change, and how many requests came to where it led."""
    store = ProfileStore(folder)
    async with recorder() as (server, connection):
        profile = Profile("Elm", connection, {}, True)
        store.save(profile)
        if file:
            store.path_of("Elm").rename(folder / file)
        await SecretStore().save("Elm", Credentials(Secret("old-secret-of-elm")))
        (profile,), _ = store.list()
        job = quick_job(profile, ProfileSecrets([profile], Credentials(), store=store))
        change(store, profile)
        await SecretStore().save("Elm", Credentials(Secret("new-secret-of-elm")))
        async with aclosing(run_many([job], 1)) as every:
            (ended,) = [each async for each in every]
        return ended.result, len(server.heard)


@pytest.mark.parametrize("change", [moved, of_another_key, deleted, renamed, broken])
@pytest.mark.parametrize("file", ["", "named-by-hand.toml"])
async def test_nothing_is_sent_where_a_profile_led_before(change: Change, file: str, tmp_path: Path) -> None:
    result, requests = await run_after(change, tmp_path, file=file)
    assert requests == 0
    assert (result.verdict.status, result.verdict.cause) == ("error", "tool.profile-changed")
    assert result.profile == "Elm"


async def test_a_change_that_leaves_the_connection_as_it_is_stops_nothing(tmp_path: Path) -> None:
    result, requests = await run_after(only_retagged, tmp_path)
    assert requests > 0, result.verdict
    assert result.verdict.status == "fail"


async def test_a_connection_that_changes_while_it_is_opened_gets_no_secret(tmp_path: Path) -> None:
    saved = SavedConnections(tmp_path)
    profile = Profile("Elm", Connection(base_url="https://old.example/campus"), {}, True)
    saved.profiles.save(profile)
    draft = saved.open_without_secrets("Elm")
    moved(saved.profiles, profile)
    await SecretStore().save("Elm", Credentials(Secret("new-secret-of-elm")))
    opened: Draft = await saved.add_secrets(draft)
    assert not opened.credentials.texts()
    assert not opened.stored
    assert "was changed meanwhile" in opened.note

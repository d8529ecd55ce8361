"""Move all: every pair that the profiles name by moves_to, as a table from Start."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import DataTable

from oneroster_checks.connection import Connection
from oneroster_practice import PracticePair
from oneroster_wizard.app import WizardApp
from oneroster_wizard.move_pairs import NO_PAIR, MovePair, pairs_of
from oneroster_wizard.screens.move import MoveScreen
from oneroster_wizard.screens.move_files import NOT_KEPT
from oneroster_wizard.screens.moves import MovesScreen
from oneroster_wizard.screens.save_report import SaveReportScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..servers import Reply
from .living_server import living_server
from .move_driver import save_pair
from .test_wizard_keys import keys_of
from .wizard_driver import Driver, driving


def verdicts(wizard: Driver) -> dict[str, str]:
    """What the table says of each pair, by the name of the old profile."""
    table = wizard.app.screen.query_one("#pairs", DataTable)
    rows = [[str(cell) for cell in table.get_row_at(number)] for number in range(table.row_count)]
    return {old: verdict for old, _, verdict in rows}


async def open_table(wizard: Driver) -> MovesScreen:
    await wizard.until(lambda: wizard.focused == "saved")
    await wizard.press("J")
    await wizard.until(lambda: isinstance(wizard.app.screen, MovesScreen))
    screen = wizard.app.screen
    assert isinstance(screen, MovesScreen)
    return screen


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_row_a_pair_with_the_first_step_and_enter_opens_it(tmp_path: Path) -> None:
    with PracticePair() as fine, PracticePair("migrate.users-lost") as lost:
        await save_pair(tmp_path, fine)
        store = ProfileStore(tmp_path)
        for name, district, moves_to in (("oak-1p1", lost.old, "oak-1p2"), ("oak-1p2", lost.new, "")):
            store.save(Profile(name, district.connection, {}, True, moves_to=moves_to))
            await SecretStore().save(name, district.credentials)
        store.save(Profile("pine", Connection(), {}, True, moves_to="oak-1p3"))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            screen = await open_table(wizard)
            await wizard.until(lambda: not screen.comparing)
            assert verdicts(wizard) == {
                "lakeside-1p1": "It is safe to move",
                "oak-1p1": "It is not safe to move yet",
                "pine": "Not compared",
            }
            await wizard.press("down", "down")
            assert "moves to “oak-1p3”, which does not exist. Did you mean" in wizard.words()
            await wizard.press("up")
            assert "District: Open Census > People" in wizard.words()
            await wizard.press("enter")
            await wizard.step(WizardStep.MOVE)
            assert "It is not safe to move yet" in wizard.words()
            await wizard.press("W")
            await wizard.until(lambda: NOT_KEPT in wizard.words())
            # Compared alone, it has a mapping.
            await wizard.press("r")
            move = wizard.app.screen
            assert isinstance(move, MoveScreen)
            await wizard.until(lambda: not move.reading)
            await wizard.press("W")
            await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
            await wizard.press("escape", "escape")
            await wizard.step(WizardStep.START)
            # What was compared is still there.
            screen = await open_table(wizard)
            assert verdicts(wizard)["lakeside-1p1"] == "It is safe to move"
            assert "r" in keys_of(wizard)


async def test_without_the_secrets_in_the_keyring_that_is_said(tmp_path: Path) -> None:
    with PracticePair() as pair:
        store = ProfileStore(tmp_path)
        store.save(Profile("oak-1p1", pair.old.connection, {}, True, moves_to="oak-1p2"))
        store.save(Profile("oak-1p2", pair.new.connection, {}, True))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            screen = await open_table(wizard)
            await wizard.until(lambda: not screen.comparing)
            assert verdicts(wizard) == {"oak-1p1": "Not compared"}
            assert "J on Start compares one pair, and asks for its secrets." in wizard.words()
            await wizard.press("enter")
            assert wizard.app.screen is screen


@pytest.mark.usefixtures("keyring_unlocked")
@pytest.mark.parametrize("way", ["c", "escape"])
async def test_canceled_nothing_goes_on(way: str, tmp_path: Path) -> None:
    async with living_server() as (server, mind, draft):
        mind.says("/users", Reply(delay=60))
        store = ProfileStore(tmp_path)
        for name, connection, moves_to in (
            ("oak-1p1", draft.connection.but(oneroster="1.1", client_id="another"), "oak-1p2"),
            ("oak-1p2", draft.connection, ""),
        ):
            store.save(Profile(name, connection, {}, True, moves_to=moves_to))
            await SecretStore().save(name, draft.credentials)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            screen = await open_table(wizard)
            await wizard.until(lambda: any(each.path.endswith("/users") for each in server.heard))
            await wizard.until(lambda: verdicts(wizard)["oak-1p1"].startswith("Reading: "))
            assert "c" in keys_of(wizard)
            await wizard.press(way)
            await wizard.until(
                lambda: not [each for each in screen.workers if each.node is screen and each.is_running]
            )
            if way == "c":
                await wizard.until(lambda: not screen.comparing)
                assert verdicts(wizard) == {"oak-1p1": "Not compared yet"}
                assert "r" in keys_of(wizard)
            else:
                await wizard.step(WizardStep.START)


async def test_without_a_pair_it_is_said_how_to_name_one(tmp_path: Path) -> None:
    ProfileStore(tmp_path).save(Profile("oak-1p1", Connection(), {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.until(lambda: wizard.focused == "saved")
        await wizard.press("J")
        await wizard.until(lambda: NO_PAIR in wizard.words())


def test_what_was_compared_is_of_these_two_connections_alone() -> None:
    def profile(name: str, host: str, moves_to: str = "") -> Profile:
        return Profile(name, Connection(base_url=f"https://{host}/campus"), {}, False, moves_to=moves_to)

    old, new = profile("old", "a.example", "new"), profile("new", "b.example")
    (before,) = pairs_of([old, new])
    assert isinstance(before, MovePair)
    (same,) = pairs_of([old, profile("new", "b.example")], [before])
    (changed,) = pairs_of([old, profile("new", "c.example")], [before])
    assert same.is_as(before)
    assert not changed.is_as(before)
    (itself,) = pairs_of([profile("old", "a.example", "old")])
    assert itself.why == "The profile “old” moves to itself."

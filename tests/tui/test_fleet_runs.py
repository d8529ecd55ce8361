"""Run all on Start: it runs what is saved now, and the wizard goes on meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.scrollbar import ScrollTo

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_wizard.app import WizardApp
from oneroster_wizard.screens.confirm import ConfirmScreen
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.screens.start import StartScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..recorder import recorder
from ..servers import LoopServer
from ..storage.runs import run_of
from .test_wizard_fleet import NOW, chosen, ended, rows, table
from .wizard_driver import Driver, driving

BUSY = "The runs are still going."


def start(wizard: Driver) -> StartScreen:
    screen = wizard.app.screen_stack[0]
    assert isinstance(screen, StartScreen)
    return screen


async def save(store: ProfileStore, names: Iterable[str], connection: Connection) -> None:
    for name in names:
        store.save(Profile(name, connection, {}, True))
        await SecretStore().save(name, Credentials(Secret(f"secret-of-{name}")))


@asynccontextmanager
async def hanging(folder: Path, *names: str) -> AsyncGenerator[tuple[Driver, ProfileStore]]:
    """A wizard that runs all of these, at a server that never answers."""
    store = ProfileStore(folder)
    async with LoopServer(lambda request: None, mute=True) as server:
        token = f"{server.origin}/campus/oauth2/token?appName=elm"
        await save(
            store,
            names,
            Connection(base_url=f"{server.origin}/campus/api", token_url=token, client_id="InfiniteCampus_x"),
        )
        store.save_run(names[0], replace(run_of(names[0], works=False), started=NOW))
        async with driving(WizardApp(folder=folder)) as wizard:
            await wizard.press("a")
            await wizard.until(lambda: any(row.runs for row in rows(wizard).values()))
            yield wizard, store


@pytest.mark.usefixtures("keyring_unlocked")
async def test_run_all_runs_what_is_saved_now(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    async with recorder() as (old, led), recorder() as (new, leads):
        await save(store, ("Elm", "Oak"), led)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            store.save(replace(store.load("Elm"), connection=leads))
            store.delete("Oak")
            await wizard.press("a")
            await wizard.until(lambda: "1 done, 1 failing." in wizard.words())
            assert set(rows(wizard)) == {"Elm"}
    assert len(old.heard) == 0
    assert len(new.heard) > 0
    assert set(store.history.newest(1)) == {"Elm"}


@pytest.mark.usefixtures("keyring_unlocked")
async def test_esc_ends_the_filter_first_and_then_the_runs(tmp_path: Path) -> None:
    async with hanging(tmp_path, "Elm", "Oak") as (wizard, _):
        await wizard.press("slash", *"zzz", "enter")
        assert "No saved connection matches. Esc shows all of them." in wizard.words()
        assert "remaining. C cancels." in wizard.words()
        await wizard.press("escape")
        assert start(wizard).runs_go_on
        assert len(table(wizard)._rows) == 2
        await wizard.press("escape")
        await wizard.until(lambda: "Canceled: 0 of 2 were done" in wizard.words())


@pytest.mark.usefixtures("keyring_unlocked")
async def test_what_was_said_of_the_runs_goes_with_them(tmp_path: Path) -> None:
    async with hanging(tmp_path, "Elm") as (wizard, _):
        await wizard.press("e")
        assert BUSY in wizard.words()
        await wizard.press("c")
        await wizard.until(lambda: "Canceled:" in wizard.words())
        assert BUSY not in wizard.words()


@pytest.mark.usefixtures("keyring_unlocked")
async def test_the_last_result_opens_while_all_run_and_nothing_else_runs_from_there(tmp_path: Path) -> None:
    async with hanging(tmp_path, "Elm", "Oak") as (wizard, _):
        await wizard.press("slash", *"elm", "enter", "o")
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press("r")
        assert "The runs on Start are still going." in wizard.words()
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.to_start()
        await wizard.until(lambda: "0 done, 0 failing, 2 remaining." in wizard.words())
        await wizard.until(lambda: any(row.runs for row in rows(wizard).values()))
        assert chosen(wizard) == "Elm"
        await wizard.press("h")
        await wizard.until(lambda: "History of Elm" in wizard.words())
        await wizard.press("escape", "c")
        await wizard.until(lambda: "Canceled:" in wizard.words())


@pytest.mark.usefixtures("keyring_unlocked")
async def test_quitting_while_all_run_asks_once(tmp_path: Path) -> None:
    async with hanging(tmp_path, "Elm") as (wizard, _):
        await wizard.press("q")
        await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
        assert "The runs that are still going are canceled. What has ended is saved." in wizard.words()
        await wizard.press("n")
        await wizard.step(WizardStep.START)
        assert start(wizard).runs_go_on
        await wizard.press("q")
        await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
        await wizard.press("ctrl+c")
        await wizard.until(lambda: wizard.app._exit)
    assert wizard.app.return_code == 0


async def test_keys_are_answered_while_canceled_runs_wait_for_the_history(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    for number in range(40):
        store.save(Profile(f"Bare {number:02}", Connection(base_url=f"https://d{number}.example"), {}, False))
    store.history.add_ending(ended("Bare 00", Status.PASS))
    with closing(sqlite3.connect(store.history.path, isolation_level=None)) as other:
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            other.execute("BEGIN IMMEDIATE")
            await wizard.press("a")
            runs = start(wizard)
            await wizard.until(lambda: runs._runs is not None and len(runs._runs._ended) > 5)
            await wizard.press("home", "c", "c", "down")
            assert "Canceling, and saving what has ended:" in wizard.words()
            assert chosen(wizard) == "Bare 01"
            other.execute("ROLLBACK")
            await wizard.until(lambda: "Canceled:" in wizard.words() or "40 done" in wizard.words())
            assert "could not be saved" not in wizard.words()
            done = runs._runs.done if runs._runs else 0
    assert len(store.history.newest(1)) >= done > 5


async def test_the_cursor_stays_in_sight_when_the_table_shrinks(tmp_path: Path) -> None:
    for number in range(60):
        ProfileStore(tmp_path).save(
            Profile(f"Bare {number:02}", Connection(base_url="https://a.example"), {}, False)
        )
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("end")
        assert "> Bare 59" in wizard.picture()
        await wizard.press("a")
        await wizard.until(lambda: "60 done" in wizard.words())
        assert "> Bare 59" in wizard.picture()
        for size in ((80, 20), (130, 34), (80, 24)):
            await wizard.pilot.resize_terminal(*size)
            await wizard.idle()
            assert "> Bare 59" in wizard.picture()
        table(wizard).post_message(ScrollTo(y=0, animate=False))
        await wizard.until(lambda: "Bare 00" in wizard.picture())
        await wizard.press("f5")
        await wizard.until(lambda: not start(wizard)._shows.locked())
        assert "> Bare 59" not in wizard.picture()
        await wizard.press("up")
        assert "> Bare 58" in wizard.picture()


async def test_help_where_nothing_is_saved_speaks_of_nothing_else(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("f1")
        await wizard.until(lambda: isinstance(wizard.app.screen, HelpScreen))
        words = wizard.words()
        assert "Ctrl+N" in words
        assert "Esc        Back" not in words
        assert "The list shows" not in words

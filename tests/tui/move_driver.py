"""Drives the Move screen in tests: a practice pair as two saved connections, and the keys from Start to its end."""

from __future__ import annotations

import re
from pathlib import Path

from oneroster_checks.connection import Connection
from oneroster_practice import PracticePair
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.screens.move import MoveScreen
from oneroster_wizard.screens.move_to import MoveToScreen
from oneroster_wizard.screens.start import StartScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from .wizard_driver import Driver

PEOPLE = re.compile("|".join((*GIVEN_NAMES, *FAMILY_NAMES)))
OLD, NEW = "lakeside-1p1", "lakeside-1p2"


def save(
    folder: Path, old: Connection, new: Connection, *, remember: bool = True, moves_to: str = NEW
) -> None:
    store = ProfileStore(folder)
    store.save(Profile(OLD, old, {}, remember, moves_to=moves_to))
    store.save(Profile(NEW, new, {}, remember))


async def save_pair(folder: Path, pair: PracticePair) -> None:
    """Both sides as saved connections with their secrets in the keyring."""
    save(folder, pair.old.connection, pair.new.connection)
    await SecretStore().save(OLD, pair.old.credentials)
    await SecretStore().save(NEW, pair.new.credentials)


def move_screen(wizard: Driver) -> MoveScreen:
    screen = wizard.app.screen
    assert isinstance(screen, MoveScreen)
    return screen


async def stand_on(wizard: Driver, name: str) -> None:
    """Put the cursor of Start on a saved connection."""
    await wizard.until(lambda: wizard.focused == "saved")
    screen = wizard.app.screen
    assert isinstance(screen, StartScreen)
    for _ in screen.names:
        if screen.chosen() == name:
            return
        await wizard.press("down")
    raise AssertionError(f"{name} is not in the list")


async def ask_where(wizard: Driver, name: str = OLD) -> None:
    """Open the list of what a connection can move to."""
    await stand_on(wizard, name)
    await wizard.press("j")
    await wizard.until(lambda: isinstance(wizard.app.screen, MoveToScreen))


async def compared(wizard: Driver) -> MoveScreen:
    """Wait for the end of a comparison."""
    await wizard.step(WizardStep.MOVE)
    screen = move_screen(wizard)
    await wizard.until(lambda: screen.moved is not None and not screen.reading)
    return screen


async def moved(wizard: Driver) -> MoveScreen:
    """Compare both sides, chosen by keys from Start."""
    await ask_where(wizard)
    await wizard.press("enter")
    return await compared(wizard)


async def closed(wizard: Driver) -> None:
    """Close the dialog that is open."""
    before = wizard.app.screen
    await wizard.press("escape")
    await wizard.until(lambda: wizard.app.screen is not before)


def copied(folder: Path) -> str:
    """What was copied last, which is a file too."""
    files = sorted((folder / "copied").iterdir(), key=lambda each: each.stat().st_mtime_ns)
    return files[-1].read_text(encoding="utf-8")

"""The ways to the Move screen and from it: where to, the secrets of both sides, canceling, and no new one yet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from oneroster_checks.connection import Connection
from oneroster_practice import PracticeDistrict, PracticePair
from oneroster_wizard.app import WizardApp
from oneroster_wizard.screens.move import MoveScreen
from oneroster_wizard.screens.move_reading import CANCELED
from oneroster_wizard.screens.move_to import NOT_YET, MoveToScreen, in_order
from oneroster_wizard.screens.save_report import SaveReportScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.side_reads import SideReads

from ..servers import Reply
from .living_server import living_server
from .move_driver import (
    NEW,
    OLD,
    ask_where,
    compared,
    copied,
    move_screen,
    moved,
    save,
    save_pair,
)
from .test_wizard_keys import keys_of
from .wizard_driver import driving, files_in


@pytest.fixture
def pair() -> Iterator[PracticePair]:
    with PracticePair() as pair:
        yield pair


# The secrets of both sides.


async def test_missing_secrets_are_asked_for_one_side_after_the_other_and_then_known(
    pair: PracticePair, tmp_path: Path
) -> None:
    save(tmp_path, pair.old.connection, pair.new.connection, remember=False)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await ask_where(wizard)
        await wizard.press("enter")
        for name, which, district in ((OLD, "old", pair.old), (NEW, "new", pair.new)):
            await wizard.until(lambda name=name: wizard.app.draft.profile == name)  # type: ignore[misc]
            await wizard.step(WizardStep.SECRETS)
            assert f"Secrets  {name}" in wizard.picture()
            assert f"This is the {which} connection of the move." in wizard.words()
            await wizard.paste(district.credentials.client_secret.reveal())
            await wizard.press("ctrl+n")
        await compared(wizard)
        assert "Pass: It is safe to move" in wizard.words()
        # Chosen once more, nobody is asked again.
        await wizard.press("j")
        await wizard.until(lambda: isinstance(wizard.app.screen, MoveToScreen))
        await wizard.press("down", "enter")
        await wizard.until(lambda: isinstance(wizard.app.screen, MoveScreen))
        await compared(wizard)
        assert "Pass: It is safe to move" in wizard.words()
    assert pair.old.credentials.client_secret.reveal() not in "".join(files_in(tmp_path).values())


async def test_whoever_gives_no_secret_is_told_why_nothing_was_read(
    pair: PracticePair, tmp_path: Path
) -> None:
    save(tmp_path, pair.old.connection, pair.new.connection, remember=False)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await ask_where(wizard)
        await wizard.press("enter")
        for name in (OLD, NEW):
            await wizard.until(lambda name=name: wizard.app.draft.profile == name)  # type: ignore[misc]
            await wizard.step(WizardStep.SECRETS)
            await wizard.press("ctrl+n", "ctrl+n")
        screen = await compared(wizard)
        assert "The client secret is empty" in wizard.words()
        assert screen.moved is not None
        assert screen.moved.result.requests == 0


async def test_one_connection_under_two_names_is_no_move(pair: PracticePair, tmp_path: Path) -> None:
    save(tmp_path, pair.new.connection, pair.new.connection, remember=False)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await ask_where(wizard)
        await wizard.press("enter")
        for name in (OLD, NEW):
            await wizard.until(lambda name=name: wizard.app.draft.profile == name)  # type: ignore[misc]
            await wizard.step(WizardStep.SECRETS)
            await wizard.paste(pair.new.credentials.client_secret.reveal())
            await wizard.press("ctrl+n")
        await wizard.step(WizardStep.MOVE)
        await wizard.until(lambda: "two connections" in wizard.words())


# Where to.


def test_the_one_that_is_named_comes_first_then_those_of_1_2_of_the_same_host() -> None:
    def profile(name: str, oneroster: str, host: str, moves_to: str = "") -> Profile:
        connection = Connection(base_url=f"https://{host}/campus").but(oneroster=oneroster)
        return Profile(name, connection, {}, False, moves_to=moves_to)

    others = [
        profile("a-1p1", "1.1", "a.example"),
        profile("a-1p2", "1.2", "a.example"),
        profile("lakeside-new", "1.2", "b.example"),
        profile("other-1p2", "1.2", "lakeside.example"),
        profile("lakeside-1p1", "1.1", "lakeside.example"),
        profile("third", "1.1", "lakeside.example"),
    ]
    named = profile("lakeside-1p1", "1.1", "lakeside.example", "third")
    assert [each.name for each in in_order(named, others)] == [
        "third", "other-1p2", "lakeside-new", "a-1p2", "a-1p1",
    ]  # fmt: skip


async def test_typing_filters_and_without_a_likely_one_enter_reads_nothing(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    old = Connection(base_url="https://lakeside.example/campus", created=date(2026, 1, 20)).but(
        oneroster="1.1", oauth=1
    )
    store.save(Profile(OLD, old, {}, False))
    for number in range(12):
        connection = Connection(base_url=f"https://d{number}.example/campus")
        store.save(Profile(f"district-{number:02}", connection, {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await ask_where(wizard)
        options = wizard.app.screen.query_one("#others", OptionList)
        assert str(options.options[0].prompt) == NOT_YET
        assert options.highlighted == 0
        await wizard.press(*"-1")
        assert [str(each.prompt).split()[0] for each in options.options] == [
            "district-10",
            "district-11",
            "No",
        ]
        assert options.highlighted == 0
        await wizard.press("down")
        assert options.highlighted == 1
        assert wizard.focused == "wanted"
        await wizard.press(*"zz")
        assert [str(each.prompt) for each in options.options] == [NOT_YET]
        await wizard.press("escape")
        await wizard.step(WizardStep.START)


# What the move will take.


async def test_without_a_new_profile_the_old_one_says_what_the_move_will_take(tmp_path: Path) -> None:
    with PracticeDistrict(oneroster="1.1", oauth=1) as district:
        ProfileStore(tmp_path).save(Profile(OLD, district.connection, {}, False))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await ask_where(wizard)
            await wizard.press("enter")
            await wizard.step(WizardStep.MOVE)
            words = wizard.words()
            assert "What OneRoster 1.2 changes" in words
            assert "ic.legacySourcedId" in words
            assert "Up to the switch day, and on it" in words
            assert {"s", "j", "escape"} <= set(keys_of(wizard))
            assert not {"m", "w", "W", "r", "c"} & set(keys_of(wizard))
            top = wizard.picture()
            await wizard.press("pagedown")
            assert wizard.picture() != top
            await wizard.press("s")
            await wizard.until(lambda: "opied" in wizard.words())
            assert "Nothing was requested for this." in copied(tmp_path)
            await wizard.press("escape")
            await wizard.step(WizardStep.START)


# Canceling, and coming back.


@pytest.mark.parametrize("way", ["c", "escape"])
async def test_a_comparison_that_is_canceled_leaves_nothing_open(way: str, tmp_path: Path) -> None:
    async with living_server() as (server, mind, draft):
        mind.says("/users", Reply(delay=60))
        other = draft.connection.but(oneroster="1.1", client_id="another")
        save(tmp_path, other, draft.connection, remember=False)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await ask_where(wizard)
            await wizard.press("enter")
            for name in (OLD, NEW):
                await wizard.until(lambda name=name: wizard.app.draft.profile == name)  # type: ignore[misc]
                await wizard.step(WizardStep.SECRETS)
                await wizard.paste(draft.credentials.client_secret.reveal())
                await wizard.press("ctrl+n")
            await wizard.step(WizardStep.MOVE)
            screen = move_screen(wizard)
            await wizard.until(lambda: any(each.path.endswith("/users") for each in server.heard))
            await wizard.until(lambda: screen.query_one("#new", SideReads).records > 0)
            assert "c" in keys_of(wizard)
            assert "s" not in keys_of(wizard)
            await wizard.press(way)
            if way == "c":
                await wizard.until(lambda: CANCELED in wizard.words())
                assert wizard.focused == "again"
                assert "c" not in keys_of(wizard)
            else:
                await wizard.step(WizardStep.START)
            await wizard.until(lambda: not [each for each in screen.workers if each.is_running])
    leftover = [
        task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not task.done()
    ]
    assert leftover == []


@pytest.mark.usefixtures("keyring_unlocked")
async def test_canceled_the_comparison_before_is_there_and_from_start_it_opens_again(
    pair: PracticePair, tmp_path: Path
) -> None:
    await save_pair(tmp_path, pair)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        screen = await moved(wizard)
        first = screen.moved
        await wizard.press("r")
        assert screen.reading
        await wizard.press("c")
        await wizard.until(lambda: CANCELED in wizard.words())
        assert screen.moved is first
        assert "Pass: It is safe to move" in wizard.words()
        await wizard.press("escape")
        await wizard.step(WizardStep.START)
        await ask_where(wizard)
        options = wizard.app.screen.query_one("#others", OptionList)
        assert str(options.options[0].prompt).startswith(f"The comparison with {NEW} of ")
        await wizard.press("enter")
        await wizard.step(WizardStep.MOVE)
        assert move_screen(wizard).moved is first
        assert not move_screen(wizard).reading
        await wizard.press("W")
        await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
        assert "Save the mapping of 1,006 records" in wizard.words()


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_comparison_of_a_connection_that_has_changed_since_is_not_offered(
    pair: PracticePair, tmp_path: Path
) -> None:
    await save_pair(tmp_path, pair)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await moved(wizard)
        await wizard.press("escape")
        await wizard.step(WizardStep.START)
        store = ProfileStore(tmp_path)
        store.save(replace(store.load(NEW), connection=pair.new.connection.but(timeout=7.0)))
        await ask_where(wizard)
        options = wizard.app.screen.query_one("#others", OptionList)
        assert str(options.options[0].prompt).startswith(NEW)

"""Move in the wizard: two saved connections read and compared, or what the move will take without a new one."""

from __future__ import annotations

import asyncio
import csv
import re
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, OptionList

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict, PracticePair
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.app import WizardApp
from oneroster_wizard.screens.details import DetailsScreen
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.screens.letter_names import LetterNamesScreen
from oneroster_wizard.screens.move import MoveScreen
from oneroster_wizard.screens.move_files import NO_MAPPING
from oneroster_wizard.screens.move_reading import CANCELED
from oneroster_wizard.screens.move_to import NOT_YET, MoveToScreen, in_order
from oneroster_wizard.screens.save_report import SaveReportScreen
from oneroster_wizard.screens.start import StartScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore
from oneroster_wizard.widgets.side_reads import SideReads

from ..servers import Reply
from .living_server import living_server
from .test_wizard_keys import keys_of
from .wizard_driver import Driver, driving, files_in

PEOPLE = re.compile("|".join((*GIVEN_NAMES, *FAMILY_NAMES)))
OLD, NEW = "lakeside-1p1", "lakeside-1p2"


@pytest.fixture
def pair() -> Iterator[PracticePair]:
    with PracticePair() as pair:
        yield pair


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


# A move that is safe.


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_move_that_is_safe_in_two_keys(pair: PracticePair, tmp_path: Path) -> None:
    await save_pair(tmp_path, pair)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        screen = await moved(wizard)
        assert "Pass: It is safe to move" in wizard.words()
        table = wizard.app.screen.query_one("#kinds", DataTable)
        rows = [[str(cell) for cell in table.get_row_at(number)] for number in range(table.row_count)]
        assert ["Users", "192", "192", "192", "0"] in rows
        assert [str(column.label) for column in table.ordered_columns][3:] == ["By legacy id", "By sourcedId"]
        await wizard.press("1")
        await wizard.until(lambda: wizard.focused == "rows")
        await wizard.press("2")
        await wizard.until(lambda: wizard.focused == "kinds")
        assert screen.moved is not None
        assert not PEOPLE.search(wizard.picture())
        # It is no run of either profile.
        assert ProfileStore(tmp_path).history.runs(OLD) == ProfileStore(tmp_path).history.runs(NEW) == []
        await wizard.press("escape")
        await wizard.step(WizardStep.START)


@pytest.mark.usefixtures("keyring_unlocked")
async def test_the_summary_the_message_the_report_and_the_mapping(
    pair: PracticePair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    monkeypatch.chdir(saved)
    folder = tmp_path / "profiles"
    await save_pair(folder, pair)
    async with driving(WizardApp(folder=folder)) as wizard:
        await moved(wizard)
        await wizard.press("s")
        await wizard.until(lambda: "opied" in wizard.words())
        assert "It is safe to move." in copied(folder)
        assert "Users" in copied(folder)
        await wizard.press("w")
        await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
        await wizard.press("enter")
        await wizard.until(lambda: "Saved as" in wizard.words())
        (page,) = saved.glob("*.html")
        assert "It is safe to move" in page.read_text(encoding="utf-8")
        await wizard.press("W")
        await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
        assert "Save the mapping of 1,006 records" in wizard.words()
        box = wizard.app.screen.query_one("#path", Input)
        box.value = "mapping.csv"
        await wizard.press("enter")
        await wizard.until(lambda: "Saved as mapping.csv" in wizard.words())
        mapping = saved / "mapping.csv"
        assert stat.S_IMODE(mapping.stat().st_mode) == 0o600
        head, *rows = csv.reader(mapping.read_text(encoding="utf-8").splitlines())
        assert head == ["old sourcedId", "new sourcedId", "kind"]
        assert len(rows) == 1006
        users = [row for row in rows if row[2] == "users"]
        assert len(users) == 192
        assert all(old != new for old, new, _ in users)
        # It can be written a second time, and where there is something already, that is said first.
        await wizard.press("W")
        await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
        wizard.app.screen.query_one("#path", Input).value = "mapping.csv"
        await wizard.press("enter")
        await wizard.until(lambda: "This file exists" in wizard.words())
        await wizard.press("enter")
        await wizard.until(lambda: "Saved as mapping.csv" in wizard.words())
        assert len(mapping.read_text(encoding="utf-8").splitlines()) == 1007
    secrets = [*pair.old.credentials.texts(), *pair.new.credentials.texts()]
    for text in (*files_in(saved).values(), *files_in(folder / "copied").values()):
        assert not PEOPLE.search(text)
        assert not any(secret in text for secret in secrets)


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_place_that_takes_no_file_is_said_and_the_mapping_stays(
    pair: PracticePair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await save_pair(tmp_path / "profiles", pair)
    async with driving(WizardApp(folder=tmp_path / "profiles")) as wizard:
        await moved(wizard)
        await wizard.press("W")
        await wizard.until(lambda: isinstance(wizard.app.screen, SaveReportScreen))
        box = wizard.app.screen.query_one("#path", Input)
        box.value = "missing/mapping.csv"
        await wizard.press("enter")
        await wizard.until(lambda: "No file can be written there" in wizard.words())
        box.value = "mapping.csv"
        await wizard.press("enter")
        await wizard.until(lambda: "Saved as mapping.csv" in wizard.words())


# One that is not yet.


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_move_that_is_not_safe_yet_with_its_steps_its_findings_and_the_message(
    tmp_path: Path,
) -> None:
    with PracticePair("migrate.users-lost") as pair:
        await save_pair(tmp_path, pair)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            screen = await moved(wizard)
            words = wizard.words()
            assert "Fail: It is not safe to move yet" in words
            assert "Users that only the old connection has" in words
            assert "1 District" in words
            assert "migrate.users-lost" in words
            await wizard.press("down")
            assert wizard.focused == "rows"
            await wizard.press("home", "enter")
            await wizard.until(lambda: isinstance(wizard.app.screen, DetailsScreen))
            assert "What to do" in wizard.words()
            assert "Why this happens" in wizard.words()
            await closed(wizard)
            await wizard.press("f1")
            await wizard.until(lambda: isinstance(wizard.app.screen, HelpScreen))
            assert "What this cause means" in wizard.words()
            await closed(wizard)
            await wizard.press("slash")
            await wizard.until(lambda: wizard.app.screen.query_one("#rows", OptionList).option_count == 1)
            await wizard.press("2")
            await wizard.until(lambda: wizard.focused == "kinds")
            headings = wizard.app.screen.query_one("#kinds", DataTable).ordered_columns
            assert "Only old" in [str(column.label) for column in headings]
            await wizard.press("m")
            await wizard.until(lambda: isinstance(wizard.app.screen, LetterNamesScreen))
            await wizard.focus("yes")
            await wizard.press("enter")
            await wizard.until(lambda: "opied" in wizard.words())
            assert "Census > People" in copied(tmp_path)
            assert screen.moved is not None
            assert not PEOPLE.search(copied(tmp_path))


@pytest.mark.usefixtures("keyring_unlocked")
async def test_page_down_shows_the_whole_fix_and_page_up_takes_it_back(tmp_path: Path) -> None:
    with PracticePair("migrate.users-lost") as pair:
        await save_pair(tmp_path, pair)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await moved(wizard)
            whole = "Open Census > People"
            assert whole not in wizard.picture()
            await wizard.press("pagedown")
            await wizard.until(lambda: whole in wizard.picture())
            await wizard.press("pageup")
            await wizard.until(lambda: whole not in wizard.picture())


@pytest.mark.usefixtures("keyring_unlocked")
async def test_two_districts_have_no_mapping(tmp_path: Path) -> None:
    with PracticePair("migrate.other-district") as pair:
        await save_pair(tmp_path, pair)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await moved(wizard)
            assert "migrate.other-district" in wizard.words()
            await wizard.press("W")
            await wizard.until(lambda: NO_MAPPING in wizard.words())


async def test_a_side_that_refuses_is_named(pair: PracticePair, tmp_path: Path) -> None:
    save(tmp_path, pair.old.connection, pair.new.connection, remember=False)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await ask_where(wizard)
        await wizard.press("enter")
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste(pair.old.credentials.client_secret.reveal())
        await wizard.press("ctrl+n")
        await wizard.until(lambda: wizard.app.draft.profile == NEW)
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste("some-other-secret")
        await wizard.press("ctrl+n")
        screen = await compared(wizard)
        assert screen.moved is not None
        assert screen.moved.result.verdict.status is Status.FAIL
        assert "It is not known yet whether it is safe to move" in wizard.words()
        rows = wizard.app.screen.query_one("#rows", OptionList).options
        assert any("(new connection)" in str(row.prompt) for row in rows)
        await wizard.press("2")
        await wizard.until(lambda: "Nothing was compared" in wizard.words())
        await wizard.press("W")
        await wizard.until(lambda: NO_MAPPING in wizard.words())


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

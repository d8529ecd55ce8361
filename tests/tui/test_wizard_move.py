"""Move in the wizard: two saved connections read and compared, or what the move will take without a new one."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, OptionList

from oneroster_checks.finding import Status
from oneroster_practice import PracticePair
from oneroster_wizard.app import WizardApp
from oneroster_wizard.screens.details import DetailsScreen
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.screens.letter_names import LetterNamesScreen
from oneroster_wizard.screens.move_files import NO_MAPPING
from oneroster_wizard.screens.save_report import SaveReportScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import ProfileStore

from .move_driver import (
    NEW,
    OLD,
    PEOPLE,
    ask_where,
    closed,
    compared,
    copied,
    moved,
    save,
    save_pair,
)
from .wizard_driver import driving, files_in


@pytest.fixture
def pair() -> Iterator[PracticePair]:
    with PracticePair() as pair:
        yield pair


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

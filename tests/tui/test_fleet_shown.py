"""What the table of Start shows: everything in every width, and what is so now."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual import events

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_checks.when import short_day_words
from oneroster_wizard.app import WizardApp
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .test_wizard_fleet import NOW, ended, rows
from .wizard_driver import driving


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    """Thirty profiles that fail."""
    store = ProfileStore(tmp_path)
    with store.history:
        for number in range(30):
            name = f"District {number:02}"
            store.save(Profile(name, Connection(base_url="https://a.example/campus"), {}, False))
            store.history.add_ending(ended(name, Status.FAIL, "token.invalid-client"))
    return store


@pytest.mark.parametrize("broken", [True, False])
@pytest.mark.parametrize("size", [(80, 24), (81, 24), (80, 40), (100, 24), (120, 36)], ids=str)
async def test_the_last_runs_are_seen_in_every_width(
    store: ProfileStore, size: tuple[int, int], broken: bool
) -> None:
    if broken:
        (store.folder / "broken-one.toml").write_text("base_url = ")
    async with driving(WizardApp(folder=store.folder), size) as wizard:
        lines = [line.rstrip("▁▂▃▄▅▆▇█│┃ ") for line in wizard.picture().splitlines() if "Failing   " in line]
        assert len(lines) > 10
        assert all(line.endswith("F") for line in lines)
        assert "Last runs" in wizard.picture()


async def test_what_has_no_column_stands_below_the_table(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("Elm", Connection(base_url="https://a.example/campus"), {}, False))
    since = NOW - timedelta(days=6)
    run = KeptRun(
        "Elm", NOW, Status.FAIL, "tls.expired", "How it ended.", has_report=False, since=since,
        ends=(NOW + timedelta(days=300)).date(), ends_kind="certificate",
    )  # fmt: skip
    store.history.add_ending(run)
    told = f"The certificate expires in 300 days. Failing since {short_day_words(since.date(), NOW.date())}."
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert told in " ".join(wizard.picture().split())
        assert "How it ended." in wizard.picture()
        await wizard.pilot.resize_terminal(140, 36)
        await wizard.until(lambda: "Since" in wizard.picture())
        assert "Failing since" not in wizard.picture()


async def test_how_many_a_filter_leaves_is_said_without_a_frame_too(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("slash", *"07")
        assert "1 of 30" in wizard.picture()
        await wizard.press("escape")
        assert "of 30" not in wizard.picture()
        await wizard.pilot.resize_terminal(120, 36)
        await wizard.press("slash", *"07")
        assert wizard.picture().count("1 of 30") == 1


@pytest.mark.parametrize("by", ["f5", "focus"])
async def test_what_other_programs_do_is_read_again(store: ProfileStore, by: str) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        wizard.app.post_message(events.AppBlur())
        await wizard.idle()
        store.delete("District 00")
        store.history.add_ending(ended("District 29", Status.PASS, hours_ago=0))
        if by == "f5":
            await wizard.press("f5")
        else:
            wizard.app.post_message(events.AppFocus())
        await wizard.until(lambda: "Connections (29)" in wizard.words())
        assert rows(wizard)["District 29"].last is not None
        assert rows(wizard)["District 29"].state.word == "Working"
        assert wizard.focused == "saved"


@pytest.mark.parametrize("key", ["r", "e", "o", "h", "k", "number_sign", "j"])
async def test_a_connection_that_is_gone_goes_from_the_table_as_well(store: ProfileStore, key: str) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        store.delete("District 00")
        await wizard.press(key)
        await wizard.until(lambda: "There is no profile named “District 00”." in wizard.words())
        assert "District 00" not in rows(wizard)
        assert len(rows(wizard)) == 29


async def test_what_cannot_be_used_keeps_its_place_when_it_is_read_again(store: ProfileStore) -> None:
    (store.folder / "broken-one.toml").write_text("base_url = ")
    async with driving(WizardApp(folder=store.folder)) as wizard:
        before = wizard.picture()
        assert "broken-one.toml cannot be used" in before
        store.delete("District 29")
        await wizard.press("f5")
        await wizard.until(lambda: "Connections (29)" in wizard.words())
        assert [line for line in wizard.picture().splitlines() if "District" not in line] == [
            line for line in before.splitlines() if "District" not in line
        ]


async def test_the_last_connection_is_gone(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("Elm", Connection(base_url="https://a.example/campus"), {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        store.delete("Elm")
        await wizard.press("f5")
        await wizard.until(lambda: wizard.focused == "new")
        store.save(Profile("Oak", Connection(base_url="https://a.example/campus"), {}, False))
        await wizard.press("f5")
        await wizard.until(lambda: wizard.focused == "saved")
        assert "Oak" in wizard.picture()

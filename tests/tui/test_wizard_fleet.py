"""Start as the table of all saved connections: sorted, filtered, run side by side, with results and histories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.fleet_rows import FleetRow, FleetState
from oneroster_wizard.screens.start import StartScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.storage.profile_document import new_document
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore
from oneroster_wizard.widgets.fleet_table import FleetTable

from ..storage.runs import run_of
from .wizard_driver import Driver, driving

NOW = datetime.now(UTC)


def table(wizard: Driver) -> FleetTable:
    return wizard.app.screen.query_one(FleetTable)


def rows(wizard: Driver) -> dict[str, FleetRow]:
    screen = wizard.app.screen_stack[0]
    assert isinstance(screen, StartScreen)
    return screen.found.rows


def chosen(wizard: Driver) -> str:
    row = table(wizard).chosen
    return row.name if row else ""


def ended(profile: str, status: Status, cause: str | None = None, hours_ago: float = 1) -> KeptRun:
    started = NOW - timedelta(hours=hours_ago)
    return KeptRun(profile, started, status, cause, "How it ended.", has_report=False)


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    """Three profiles: one that works, one that fails now and worked before, one that has never run."""
    store = ProfileStore(tmp_path)
    for name, tags in (("Hill", ()), ("Lakeside", ("texas",)), ("Oak", ("texas", "pilot"))):
        store.save(Profile(name, Connection(base_url="https://a.example/campus"), {}, False, tags))
    store.history.add_ending(ended("Hill", Status.PASS))
    store.history.add_ending(ended("Lakeside", Status.PASS, hours_ago=50))
    store.history.add_ending(ended("Lakeside", Status.FAIL, "token.invalid-client"))
    return store


async def test_what_fails_stands_first_with_its_cause_and_its_runs(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        _, head, first, second, third, *_ = wizard.picture().splitlines()
        assert head.split("  ")
        assert "Last runs" in head
        assert "Lakeside" in first
        assert "Failing" in first
        assert first.endswith(".F")
        assert "Hill" in second
        assert "Working" in second
        assert "Oak" in third
        assert "Not run yet" in third
        assert "How it ended." in wizard.words()


async def test_typing_filters_and_the_cursor_stays_on_its_connection(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("end")
        assert chosen(wizard) == "Oak"
        await wizard.press("slash", *"#tex")
        assert [row.name for row in table(wizard)._rows] == ["Lakeside", "Oak"]
        assert chosen(wizard) == "Oak"
        await wizard.press(*"zz")
        assert chosen(wizard) == ""
        assert "No saved connection matches." in wizard.words()
        await wizard.press("escape")
        assert wizard.focused == "saved"
        assert len(table(wizard)._rows) == 3
        await wizard.press("slash", *"lake", "enter", "e")
        await wizard.step(WizardStep.VERSIONS)
        assert wizard.app.draft.profile == "Lakeside"


async def test_tags_are_changed_in_a_dialog(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("number_sign")
        await wizard.until(lambda: wizard.focused == "tags")
        await wizard.press("ctrl+u", *"x" * 41, "enter")
        assert "A tag takes up to 40 characters" in wizard.words()
        await wizard.press("ctrl+u", *"Ohio, pilot", "enter")
        await wizard.until(lambda: "The tags of Lakeside: Ohio, pilot." in wizard.words())
        assert store.load("Lakeside").tags == ("Ohio", "pilot")
        assert "#Ohio" in wizard.words()


async def test_the_last_result_opens_without_a_run(store: ProfileStore) -> None:
    store.save_run("Oak", replace(run_of("Oak", works=False), started=NOW))
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("slash", *"oak", "enter", "o")
        await wizard.step(WizardStep.CHECKLIST)
        assert "This is the run of" in wizard.words()
        assert "Every request was refused." in wizard.words()
        await wizard.to_start()
        assert chosen(wizard) == "Oak"


@pytest.mark.usefixtures("keyring_unlocked")
async def test_from_a_kept_result_the_checks_run_again(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with PracticeDistrict() as district:
        store.save(Profile("Oak", district.connection, {}, True))
        await SecretStore().save("Oak", district.credentials)
        store.save_run("Oak", replace(run_of("Oak", works=False), started=NOW))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("o")
            await wizard.step(WizardStep.CHECKLIST)
            await wizard.press("r")
            await wizard.step(WizardStep.RUN)
            result = await wizard.finished()
    assert result.verdict.status in (Status.PASS, Status.WARN)
    assert [run.worked for run in store.history.runs("Oak")] == [True, False]


async def test_a_kept_result_without_secrets_asks_for_them_before_it_runs_again(store: ProfileStore) -> None:
    store.save_run("Oak", replace(run_of("Oak", works=False), started=NOW))
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("slash", *"oak", "enter", "o")
        await wizard.step(WizardStep.CHECKLIST)
        assert "The secrets of this connection were not kept." in wizard.words()
        await wizard.press("r")
        await wizard.step(WizardStep.SECRETS)


async def test_of_a_run_of_which_only_the_end_is_kept_that_is_said(store: ProfileStore) -> None:
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("o")
        await wizard.until(lambda: "Only this run's verdict is kept." in wizard.words())
        await wizard.press("end", "o")
        await wizard.until(lambda: "Oak has not run yet." in wizard.words())


async def test_the_history_is_a_timeline_with_what_changed(store: ProfileStore) -> None:
    why = "The client secret differs from the one that worked."
    failed = replace(ended("Lakeside", Status.FAIL, "token.invalid-client", 0.5), differences=(why,))
    store.history.add_ending(failed)
    async with driving(WizardApp(folder=store.folder)) as wizard:
        await wizard.press("h")
        await wizard.until(lambda: "History of Lakeside" in wizard.words())
        words = wizard.words()
        assert "3 runs are kept." in words
        assert "failed (2 runs)" in words
        assert "[token.invalid-client]" in words
        assert words.index(why) < words.index("worked\n" if "worked\n" in words else ": worked")
        await wizard.press("escape")
        await wizard.step(WizardStep.START)


@pytest.mark.usefixtures("keyring_unlocked")
async def test_all_that_is_shown_runs_at_once_and_every_run_is_kept(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with PracticeDistrict() as well, PracticeDistrict("token.invalid-client") as broken:
        for name, district in (("Well", well), ("Broken", broken), ("Left out", well)):
            store.save(Profile(name, district.connection, {}, True, ("x",) if name != "Left out" else ()))
            await SecretStore().save(name, district.credentials)
        store.save(Profile("Bare", well.connection, {}, False, ("x",)))
        async with driving(WizardApp(folder=tmp_path), (120, 36)) as wizard:
            await wizard.press("slash", "#", "x", "enter", "a")
            await wizard.press("e")
            assert wizard.app.screen is wizard.app.screen_stack[0]
            await wizard.until(lambda: "3 done, 1 failing, 1 not checked." in wizard.words())
            states = {name: row.state for name, row in rows(wizard).items()}
            picture = wizard.picture()
            await wizard.press("escape", "escape")
            assert len(table(wizard)._rows) == 4
    assert states == {
        "Well": states["Well"],
        "Broken": FleetState.FAILING,
        "Bare": FleetState.NOT_CHECKED,
        "Left out": FleetState.NEVER_RUN,
    }
    assert states["Well"] in (FleetState.WORKING, FleetState.WARNING)
    assert "Missing client secret" in picture
    last = {name: runs[0] for name, runs in store.history.newest(1).items()}
    assert set(last) == {"Well", "Broken", "Bare"}
    assert last["Broken"].cause == "token.invalid-client"
    assert last["Broken"].has_report


@pytest.mark.usefixtures("keyring_unlocked")
async def test_esc_cancels_what_still_runs_and_keeps_what_has_ended(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with PracticeDistrict() as district:
        for number in range(12):
            store.save(Profile(f"District {number}", district.connection, {}, True))
            await SecretStore().save(f"District {number}", district.credentials)
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.press("a")
            await wizard.until(lambda: any(row.last for row in rows(wizard).values()))
            await wizard.press("down", "escape")
            await wizard.until(lambda: "Canceled:" in wizard.words())
            done = {name for name, row in rows(wizard).items() if row.last}
            assert not any(row.runs for row in rows(wizard).values())
            assert chosen(wizard)
    assert done
    assert done <= set(store.history.newest(1))


@pytest.mark.usefixtures("keyring_unlocked")
async def test_quitting_while_all_run_ends_in_good_order(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with PracticeDistrict(size="large") as district:
        store.save(Profile("Large", district.connection, {}, True))
        await SecretStore().save("Large", district.credentials)
        app = WizardApp(folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.press("a")
            await wizard.until(lambda: any(row.runs for row in rows(wizard).values()))
            await wizard.press("q", "y")
            await wizard.until(lambda: app._exit)
    assert app.return_code == 0


async def test_a_thousand_connections_are_listed_filtered_and_walked_through(tmp_path: Path) -> None:
    for number in range(1000):
        profile = Profile(
            f"District {number:04}", Connection(base_url=f"https://d{number}.example"), {}, False
        )
        (tmp_path / f"d{number}.toml").write_text(new_document(profile))
    history = ProfileStore(tmp_path).history
    history.add_ending(ended("District 0777", Status.FAIL, "tls.expired"))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert chosen(wizard) == "District 0777"
        await wizard.press("end")
        assert chosen(wizard) == "District 0999"
        assert "District 0999" in wizard.picture()
        assert "District 0777" not in wizard.picture()
        await wizard.press("slash", *"0500")
        assert chosen(wizard) == "District 0500"


async def test_with_nothing_saved_there_are_three_choices(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        assert wizard.focused == "new"
        picture = wizard.picture()
        for words in ("New connection", "Practice district", "Import", "Quit"):
            assert picture.count(words) >= 1
        await wizard.focus("take")
        await wizard.press("enter")
        await wizard.until(lambda: wizard.focused == "path")

"""The ways to a trace in the wizard and back, its cancellation, and the question before a whole list is read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.practice_choice import PracticeChoice
from oneroster_wizard.screens.confirm import ConfirmScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..servers import Reply
from .living_server import living_server
from .test_wizard_keys import keys_of
from .traces import STUDENT, at_trace, draft_of, link_words, traced
from .wizard_driver import Driver, driving


@pytest.fixture
def district() -> Iterator[PracticeDistrict]:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        yield district


# Where no filter is followed.


@pytest.fixture(scope="module")
def unfiltered() -> Iterator[PracticeDistrict]:
    with PracticeDistrict("query.filter-ignored", size="medium") as district:
        yield district


async def asked(wizard: Driver) -> None:
    """Trace somebody who is not there, until the screen asks whether a list may be read."""
    await wizard.press(*"nobody-99", "enter")
    await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))


async def test_a_whole_list_is_read_only_with_a_yes(unfiltered: PracticeDistrict, tmp_path: Path) -> None:
    async with driving(WizardApp(draft=draft_of(unfiltered), folder=tmp_path)) as wizard:
        screen = await at_trace(wizard)
        await asked(wizard)
        assert "all 12,000 records of /users must be read" in " ".join(wizard.words().split())
        # Enter alone reads nothing.
        assert wizard.focused == "close"
        await wizard.press("enter")
        await wizard.until(lambda: not screen.tracing and "for records" in wizard.words())
        assert "Warning: " in wizard.picture()
        assert "not seen  User" in wizard.picture()
        await wizard.press("f")
        said: list[str] = []
        form = screen.query_one("#trace-says")
        await wizard.press("enter")
        await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
        await wizard.press("y")

        def enrollments() -> bool:
            said.append(str(getattr(form, "content", "")))
            return isinstance(wizard.app.screen, ConfirmScreen) and "of /enrollments must" in wizard.words()

        # Each list is asked for by itself: this one has seven times as many records.
        await wizard.until(enrollments)
        await wizard.press("y")
        await wizard.until(lambda: not screen.tracing and "for records" in wizard.words())
        assert "Fail: No such record" in wizard.picture()
        assert any("Reading all of /users: " in words and "of 12,000 records" in words for words in said)


# Canceling.


@pytest.mark.parametrize("way", ["c", "escape"])
async def test_a_trace_that_is_canceled_leaves_nothing_open(way: str, tmp_path: Path) -> None:
    async with living_server() as (server, mind, draft):
        mind.says(STUDENT, Reply(delay=60))
        async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
            screen = await at_trace(wizard)
            await wizard.press(*STUDENT, "enter")
            await wizard.until(lambda: server.heard[-1].path.endswith(STUDENT) if server.heard else False)
            assert "Asking 127.0.0.1, " in wizard.words()
            assert "c" in keys_of(wizard)
            await wizard.press(way)
            heard = len(server.heard)
            if way == "c":
                await wizard.until(lambda: "The trace was canceled." in wizard.words())
                assert wizard.focused == "subject"
                assert screen.query_one("#subject", Input).value == STUDENT
                assert "c" not in keys_of(wizard)
                mind.says("", None)
                await wizard.press("enter")
                await wizard.until(lambda: "for records" in wizard.words())
                assert len(server.heard) > heard
            else:
                await wizard.step(WizardStep.START)
            await wizard.until(lambda: not [each for each in screen.workers if each.is_running])
    leftover = [
        task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not task.done()
    ]
    assert leftover == []


async def test_another_id_takes_the_place_of_one_that_is_under_way(tmp_path: Path) -> None:
    async with living_server() as (server, mind, draft):
        mind.says(STUDENT, Reply(delay=60))
        async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
            await at_trace(wizard)
            await wizard.press(*STUDENT, "enter")
            await wizard.until(lambda: server.heard[-1].path.endswith(STUDENT) if server.heard else False)
            await wizard.press("f")
            await traced(wizard, "another-one")
            assert "The trace was canceled." not in wizard.words()


# The ways that lead there, and back.


@pytest.mark.usefixtures("keyring_unlocked")
async def test_from_the_fleet_with_the_secrets_of_the_keyring(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    ProfileStore(tmp_path).save(Profile("Hill", district.connection, {}, True))
    await SecretStore().save("Hill", district.credentials)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("f")
        await wizard.step(WizardStep.TRACE)
        assert "Trace  Hill" in wizard.picture()
        await traced(wizard, STUDENT)
        assert "Nothing is broken here" in wizard.words()
        await wizard.press("escape")
        await wizard.step(WizardStep.START)
        assert ProfileStore(tmp_path).history.runs("Hill") == []


async def test_from_the_fleet_missing_secrets_are_asked_for_first(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    connection = district.connection.but(share=("rostering",))
    ProfileStore(tmp_path).save(Profile("Hill", connection, {}, False))
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.press("f")
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste(district.credentials.client_secret.reveal())
        await wizard.next(WizardStep.TRACE)
        await traced(wizard, STUDENT)
        assert "Nothing is broken here" in wizard.words()
        await wizard.to_start()


async def test_from_a_run_and_its_checklist_and_back(district: PracticeDistrict, tmp_path: Path) -> None:
    async with driving(WizardApp(draft=draft_of(district), start="run", folder=tmp_path)) as wizard:
        result = await wizard.finished()
        await wizard.until(lambda: wizard.focused == "next")
        await wizard.press("f")
        await wizard.step(WizardStep.TRACE)
        await wizard.press("escape")
        await wizard.step(WizardStep.RUN)
        await wizard.next(WizardStep.CHECKLIST)
        await wizard.press("f")
        await wizard.step(WizardStep.TRACE)
        await traced(wizard, STUDENT)
        await wizard.press("escape")
        await wizard.step(WizardStep.CHECKLIST)
        # A trace takes no result away.
        assert wizard.app.draft.result is result


async def test_a_kept_result_without_its_secrets_asks_for_them_and_then_traces(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    draft = draft_of(district, share=("rostering",))
    async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
        await wizard.finished()
        await wizard.next(WizardStep.CHECKLIST)
        secret = draft.credentials.client_secret.reveal()
        draft.put_text("client_secret", "")
        draft.remember = False
        await wizard.press("f")
        await wizard.step(WizardStep.SECRETS)
        await wizard.paste(secret)
        await wizard.next(WizardStep.TRACE)
        # Gone back to the checklist, R runs the checks as ever.
        await wizard.press("escape", "escape")
        await wizard.step(WizardStep.CHECKLIST)


async def test_a_problem_of_the_practice_district_that_a_trace_shows(tmp_path: Path) -> None:
    app = WizardApp.for_practice(PracticeChoice("trace.enrollment-ended"), folder=tmp_path)
    async with driving(app) as wizard:
        await wizard.step(WizardStep.VERSIONS)
        assert "A trace shows this problem" in " ".join(wizard.words().split())
        await wizard.whole_way()
        assert app.draft.to_be_traced is not None
        _, id = app.draft.to_be_traced
        await wizard.press("f")
        await wizard.step(WizardStep.TRACE)
        assert f"trace the student {id}." in wizard.words()
        await traced(wizard, id)
        assert "Fail: Enrollment ended" in wizard.picture()
        await wizard.until(lambda: link_words(wizard).startswith("BROKEN  Enrollment "))
        # A folded row says what it hides.
        await wizard.press("left", "left")
        await wizard.until(lambda: "▶ BROKEN  User" in wizard.picture())

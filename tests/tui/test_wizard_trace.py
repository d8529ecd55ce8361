"""Trace in the wizard: one record followed through, from the fleet and from a run, with nothing of it kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, RadioSet

from oneroster_checks.tracing.model import SUBJECT_KINDS, SubjectKind
from oneroster_practice import PracticeDistrict
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.screens.confirm import ConfirmScreen
from oneroster_wizard.screens.trace import TraceScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore
from oneroster_wizard.widgets.trace_tree import TraceTree

from ..servers import Reply
from .living_server import living_server
from .test_wizard_keys import keys_of
from .wizard_driver import Driver, driving, files_in

STUDENT, TEACHER = "1000001", "7000001"
PEOPLE = re.compile("|".join((*GIVEN_NAMES, *FAMILY_NAMES)))
WIDE = (220, 40)


@pytest.fixture
def district() -> Iterator[PracticeDistrict]:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        yield district


def draft_of(district: PracticeDistrict, **changes: object) -> Draft:
    """A connection to a district, filled in and not saved."""
    return Draft(
        connection=district.connection.but(**changes), credentials=district.credentials, names_asked=True
    )


async def at_trace(wizard: Driver) -> TraceScreen:
    """Show the Trace screen of the app's own draft."""
    await wizard.app.show(WizardStep.TRACE)
    await wizard.step(WizardStep.TRACE)
    return trace_screen(wizard)


def trace_screen(wizard: Driver) -> TraceScreen:
    screen = wizard.app.screen
    assert isinstance(screen, TraceScreen)
    return screen


async def traced(wizard: Driver, id: str) -> None:
    """Type an id in the place of what is in the field, and wait for what comes of it."""
    screen = trace_screen(wizard)
    screen.query_one("#subject", Input).value = ""
    assert wizard.focused == "subject"
    await wizard.press(*id, "enter")
    await wizard.until(lambda: not screen.tracing and "for records" in wizard.words())


async def choose(wizard: Driver, kind: SubjectKind) -> None:
    """Choose the kind of what is traced, by keys."""
    await wizard.focus("kind")
    at = wizard.app.screen.query_one("#kind", RadioSet).pressed_index
    # Behind the last is the first again.
    await wizard.press(*["right"] * ((SUBJECT_KINDS.index(kind) - at) % len(SUBJECT_KINDS)), "enter")
    await wizard.focus("subject")


def link_words(wizard: Driver) -> str:
    """The link under the cursor."""
    tree = wizard.app.screen.query_one(TraceTree)
    return str(tree.cursor_node.label) if tree.cursor_node else ""


async def copied(wizard: Driver, key: str, folder: Path) -> str:
    """The text that a key copies."""
    trace_screen(wizard).say("")
    await wizard.press(key)
    await wizard.until(lambda: "the same text is in" in wizard.words() or "The text is in" in wizard.words())
    (written,) = (folder / "copied").iterdir()
    text = written.read_text()
    written.rename(folder / f"{key}.kept")
    return text


async def test_a_student_in_order_fits_a_small_window_with_every_branch_folded(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path)) as wizard:
        await at_trace(wizard)
        await traced(wizard, STUDENT)
        picture = wizard.picture()
        assert "Pass: Nothing is broken" in picture
        assert "look in your own import" in picture
        assert "ok  User 1…1" in picture
        # The class is read without unfolding anything.
        assert "Enrollment enrollment-2, Class class-1: 2" in picture
        assert "Course" not in picture
        await wizard.press("down", "down", "right")
        await wizard.until(lambda: "Class class-1: active" in wizard.picture())
        await wizard.press("left")
        await wizard.until(lambda: "Class class-1: active" not in wizard.picture())
        assert wizard.app.screen.query_one("#links").region.height >= 8


async def test_the_first_broken_link_is_under_the_cursor_with_its_steps(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path)) as wizard:
        await at_trace(wizard)
        await traced(wizard, TEACHER)
        await wizard.until(lambda: "BROKEN  User" in link_words(wizard))
        assert wizard.focused == "links"
        picture = wizard.picture()
        assert "Fail: Another role" in picture
        assert "The user is no student: the record has the role teacher." in picture
        assert "3 District  Make sure the person has the right role" in picture
        await wizard.press("pagedown")
        await wizard.until(lambda: "a teacher needs" in wizard.picture())
        await wizard.press("pageup", "f1")
        await wizard.until(lambda: "Help: Link" in wizard.words())
        assert "trace.other-role" in wizard.words()
        await wizard.press("escape", "enter")
        await wizard.until(lambda: type(wizard.app.screen).__name__ == "DetailsScreen")
        assert "role teacher" in wizard.words()


async def test_every_kind_is_traced_one_after_the_other_by_keys(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path)) as wizard:
        await at_trace(wizard)
        rows: tuple[tuple[SubjectKind, str, str], ...] = (
            ("student", STUDENT, "User"),
            ("teacher", TEACHER, "User"),
            ("class", "class-3", "Class class-3"),
            ("grade", "result-5", "Result result-5"),
            ("grade", "lineItem-5", "Line item lineItem-5"),
        )
        for kind, id, first in rows:
            await choose(wizard, kind)
            assert wizard.app.screen.query_one("#only-class").display is (kind in ("student", "teacher"))
            await traced(wizard, id)
            await wizard.until(lambda first=first: f"ok  {first}" in wizard.picture())  # type: ignore[misc]
            assert "Nothing is broken here" in wizard.words()
            await wizard.press("f")
            await wizard.until(lambda: wizard.focused == "subject")


async def test_a_class_beside_the_id_limits_a_person_to_it(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path)) as wizard:
        screen = await at_trace(wizard)
        await wizard.press(*STUDENT)
        await wizard.focus("in-class")
        await wizard.press(*"class-2", "enter")
        await wizard.until(lambda: not screen.tracing and "for records" in wizard.words())
        # The only branch is unfolded.
        await wizard.until(lambda: "Class class-2: active" in wizard.picture())
        assert wizard.picture().count("Enrollment ") == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("subject", "", "Give the id, identifier, or username"),
        ("subject", "x" * 301, "it is too long"),
        ("in-class", "x" * 301, "it is too long"),
    ],
)
async def test_what_cannot_be_looked_up_is_said_at_its_field_and_stays(
    field: str, typed: str, sentence: str, district: PracticeDistrict, tmp_path: Path
) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path)) as wizard:
        screen = await at_trace(wizard)
        if field == "in-class":
            await wizard.press(*"somebody")
        screen.query_one(f"#{field}", Input).value = typed
        await wizard.press("enter")
        await wizard.until(lambda: sentence in wizard.words())
        assert wizard.focused == field
        assert not screen.tracing
        assert screen.query_one(f"#{field}", Input).value == typed


async def test_copies_have_no_name_and_not_what_was_typed(district: PracticeDistrict, tmp_path: Path) -> None:
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path), WIDE) as wizard:
        await at_trace(wizard)
        await wizard.focus("names")
        await wizard.press("space")
        await wizard.focus("subject")
        await traced(wizard, TEACHER)
        # Names are shown here, and nowhere else.
        assert PEOPLE.search(wizard.picture()) is not None
        assert {"f", "s", "m", "u", "r", "q", "escape", "f1"} <= set(keys_of(wizard))
        for key, words in (
            ("s", "FAIL Another role [trace.other-role]"),
            ("m", "Subject: "),
            ("u", "curl"),
        ):
            text = await copied(wizard, key, tmp_path)
            assert words in text
            assert TEACHER not in text
            assert PEOPLE.search(text) is None
            assert district.credentials.client_secret.reveal() not in text
        await wizard.focus("names")
        await wizard.press("space")
        await wizard.until(lambda: PEOPLE.search(wizard.picture()) is None)


async def test_nothing_that_was_typed_is_in_any_file(district: PracticeDistrict, tmp_path: Path) -> None:
    typed = "jane.canary-7f3"
    async with driving(WizardApp(draft=draft_of(district), folder=tmp_path), WIDE) as wizard:
        await at_trace(wizard)
        await traced(wizard, typed)
        assert "Fail: No such record" in wizard.picture()
        for key in ("s", "m", "u"):
            await copied(wizard, key, tmp_path)
    held = files_in(tmp_path)
    assert len(held) >= 3
    assert not [path for path, text in held.items() if typed in text or typed in path]


async def test_a_refused_key_shows_its_fix_and_offers_the_checks(
    district: PracticeDistrict, tmp_path: Path
) -> None:
    draft = draft_of(district)
    draft.put_text("client_secret", "not-the-right-secret")
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        screen = await at_trace(wizard)
        await wizard.press(*STUDENT, "enter")
        await wizard.until(lambda: not screen.tracing and "Fail: Key or secret refused" in wizard.words())
        assert "No record was asked for" in wizard.words()
        await wizard.until(lambda: wizard.focused == "run-checks")
        await wizard.press("enter")
        await wizard.step(WizardStep.RUN)
        result = await wizard.finished()
        assert result.verdict.cause == "token.invalid-client"


async def test_a_connection_that_cannot_be_used_is_said(district: PracticeDistrict, tmp_path: Path) -> None:
    draft = draft_of(district, ca_file=str(tmp_path / "gone.pem"))
    async with driving(WizardApp(draft=draft, folder=tmp_path)) as wizard:
        await at_trace(wizard)
        await wizard.press(*STUDENT, "enter")
        await wizard.until(lambda: "gone.pem cannot be read" in wizard.words())
        assert "It is on the Connection step" in wizard.words()


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

        def ended() -> bool:
            said.append(str(getattr(form, "content", "")))
            return not screen.tracing and "for records" in wizard.words()

        await wizard.until(ended)
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

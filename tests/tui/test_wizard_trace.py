"""Trace in the wizard: the chain, its first broken link, and copies without a name and without what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from oneroster_checks.tracing.model import SubjectKind
from oneroster_practice import PracticeDistrict
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep

from .test_wizard_keys import keys_of
from .traces import STUDENT, TEACHER, at_trace, choose, copied, draft_of, link_words, traced
from .wizard_driver import driving, files_in

PEOPLE = re.compile("|".join((*GIVEN_NAMES, *FAMILY_NAMES)))
WIDE = (220, 40)


@pytest.fixture
def district() -> Iterator[PracticeDistrict]:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        yield district


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

"""The write test in the wizard: offered where the grade book can be read, with a typed yes; removal at the start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from oneroster_checks.connection import Secret
from oneroster_checks.diagnosis.plan import steps_that_write
from oneroster_checks.finding import Status
from oneroster_checks.made_records import new_records
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.screens.confirm import ConfirmScreen
from oneroster_wizard.screens.write_test import WriteTestScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.write_journal import JournalFiles, left_tests

from ..checks.writing import SHARE, STEPS, in_gradebook, unchanged
from ..practice.caller import Caller
from ..servers.meddler import Meddler
from .wizard_driver import Driver, driving


def draft_of(district: PracticeDistrict, **changes: object) -> Draft:
    """A connection to a district, filled in."""
    return Draft(
        connection=district.connection.but(**changes), credentials=district.credentials, remember=False
    )


async def checklist(wizard: Driver) -> None:
    """Wait for the run and go to its checklist."""
    await wizard.finished()
    await wizard.next(WizardStep.CHECKLIST)


async def asked(wizard: Driver) -> None:
    """Open the dialog of the write test."""
    await wizard.press("b")
    await wizard.until(lambda: isinstance(wizard.app.screen, WriteTestScreen))


async def test_a_class_and_a_typed_yes_write_and_remove() -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        async with driving(WizardApp(draft=draft_of(district), start="run")) as wizard:
            await checklist(wizard)
            await asked(wizard)
            assert "writes to the district's grade book" in wizard.words()
            # Without a yes nothing is written.
            await wizard.focus("write")
            await wizard.press("enter")
            assert "Nothing is written until you type yes." in wizard.words()
            assert wizard.focused == "write-yes"
            await wizard.press("y", "e", "s")
            await wizard.press("enter")
            await wizard.step(WizardStep.RUN)
            await wizard.until(
                lambda: (
                    wizard.app.draft.result is not None
                    and wizard.app.draft.result.finding(STEPS[-1]) is not None
                )
            )
            result = wizard.app.draft.result
            assert result is not None
            states = {each.finding.check: each.finding.status for each in result.findings}
            assert [states[step] for step in STEPS] == [Status.PASS] * len(STEPS)
            # The findings of the run before stay.
            assert states["token.issue"] is Status.PASS
            await wizard.next(WizardStep.CHECKLIST)
            assert "Removal of test records" in wizard.picture() or len(states) > 40
    assert left_tests() == ()


async def test_the_steps_of_a_consumer_that_write_are_part_of_it() -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        draft = draft_of(district)
        draft.every_record, draft.consumer = True, "google-classroom"
        async with driving(WizardApp(draft=draft, start="run")) as wizard:
            await checklist(wizard)
            before = draft.result
            assert before is not None
            writing = steps_that_write("google-classroom")
            assert writing
            assert all(found.status is Status.SKIP for id in writing if (found := before.finding(id)))
            await asked(wizard)
            await wizard.focus("write-yes")
            await wizard.press("y", "e", "s", "enter")
            await wizard.until(lambda: draft.result not in (None, before))
            result = draft.result
            assert result is not None
            states = {each.finding.check: each.finding.status for each in result.findings}
            assert {states[id] for id in (*STEPS, *writing)} == {Status.PASS}
            # What every record said stays.
            assert result.read == before.read
    assert left_tests() == ()


async def test_the_empty_box_for_the_yes_is_seen_without_a_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with PracticeDistrict(share=SHARE) as district:
        async with driving(WizardApp(draft=draft_of(district), start="run")) as wizard:
            await checklist(wizard)
            await asked(wizard)
            box = wizard.app.screen.query_one("#write-yes").region
            line = wizard.picture().splitlines()[box.y]
            assert line[box.x] == line[box.right - 1] == "│"


async def test_the_class_can_be_typed_and_closing_writes_nothing() -> None:
    with PracticeDistrict(share=SHARE) as district:
        async with Meddler(district.connection) as relay:
            draft = draft_of(
                district, base_url=relay.connection.base_url, token_url=relay.connection.token_url
            )
            async with driving(WizardApp(draft=draft, start="run")) as wizard:
                await checklist(wizard)
                await asked(wizard)
                await wizard.press("down")
                assert wizard.app.screen.query_one("#class-id", Input).value == "class-2"
                await wizard.press("escape")
                await wizard.step(WizardStep.CHECKLIST)
            assert not any(passing.writes for passing in relay.heard)


async def test_it_is_offered_only_where_the_grade_book_can_be_read() -> None:
    with PracticeDistrict(share=("rostering",)) as district:
        async with driving(WizardApp(draft=draft_of(district), start="run")) as wizard:
            await checklist(wizard)
            await wizard.press("b")
            assert not isinstance(wizard.app.screen, WriteTestScreen)
            assert not wizard.app.screen.query("#write-test")


async def test_a_canceled_write_test_leaves_nothing() -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        async with Meddler(district.connection) as relay:
            draft = draft_of(
                district, base_url=relay.connection.base_url, token_url=relay.connection.token_url
            )
            async with driving(WizardApp(draft=draft, start="run")) as wizard:
                await checklist(wizard)
                await asked(wizard)
                await wizard.focus("write-yes")
                await wizard.press("y", "e", "s", "enter")
                await wizard.until(lambda: any(passing.method == "PUT" for passing in relay.heard))
                await wizard.press("c")
                await wizard.until(lambda: left_tests() == ())
    assert left_tests() == ()


async def test_quitting_in_the_middle_leaves_nothing() -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        async with Meddler(district.connection) as relay:
            draft = draft_of(
                district, base_url=relay.connection.base_url, token_url=relay.connection.token_url
            )
            async with driving(WizardApp(draft=draft, start="run")) as wizard:
                await checklist(wizard)
                await asked(wizard)
                await wizard.focus("write-yes")
                await wizard.press("y", "e", "s", "enter")
                await wizard.until(lambda: any(passing.method == "PUT" for passing in relay.heard))
                wizard.app.leave()
    assert left_tests() == ()


def leave_behind(district: PracticeDistrict, profile: str) -> None:
    """What a write test leaves whose program was killed: one category, and its journal."""
    record = new_records()[0]
    journal = JournalFiles(profile, district.connection.base_url)
    journal.about_to_write("class-1", record)
    journal.close()
    with Caller(district) as caller:
        sent = {"sourcedId": record.sourced_id, "status": "active", "title": "Write test",
                "dateLastModified": "2026-01-01T00:00:00.000Z"}  # fmt: skip
        path = f"categories/{record.sourced_id}"
        assert caller.call("PUT", path, service="gradebook", json={"category": sent}).status_code == 201


async def test_what_a_killed_wizard_left_is_offered_for_removal_at_the_start(tmp_path: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        before = in_gradebook(district)
        leave_behind(district, "Lincoln")
        ProfileStore(tmp_path).save(Profile("Lincoln", district.connection))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
            assert "1 record of a write test" in wizard.words()
            assert "grade book of the profile “Lincoln”" in wizard.words()
            await wizard.press("y")
            # No keyring: the secrets are typed first.
            await wizard.step(WizardStep.SECRETS)
            wizard.app.draft.credentials = district.credentials
            assert wizard.app.draft.writes is not None
            screen = wizard.app.screen
            assert isinstance(screen, WizardScreen)
            screen.leave(WizardStep.RUN)
            result = await wizard.finished()
        assert in_gradebook(district) == before
    found = result.finding("gradebook.leftovers")
    assert found is not None
    assert found.status is Status.PASS
    assert left_tests() == ()


async def test_without_a_yes_it_stays(tmp_path: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        leave_behind(district, "Lincoln")
        ProfileStore(tmp_path).save(Profile("Lincoln", district.connection))
        async with driving(WizardApp(folder=tmp_path)) as wizard:
            await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
            await wizard.press("escape")
            await wizard.step(WizardStep.START)
    assert len(left_tests()) == 1


async def test_of_a_connection_that_is_not_saved_the_checklist_offers_it() -> None:
    with PracticeDistrict(share=SHARE) as district:
        before = in_gradebook(district)
        leave_behind(district, "")
        async with driving(WizardApp(draft=draft_of(district), start="run")) as wizard:
            await checklist(wizard)
            await wizard.press("b")
            await wizard.until(lambda: isinstance(wizard.app.screen, ConfirmScreen))
            await wizard.press("y")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: left_tests() == ())
        assert in_gradebook(district) == before


def test_the_journal_has_no_secret_and_no_pupil(home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        leave_behind(district, "Lincoln")
        (path,) = (home / "state" / "oneroster-wizard" / "write-tests").glob("*.json")
        text = path.read_text()
        secrets: tuple[Secret, ...] = (
            district.credentials.client_secret, district.credentials.vendor_key, district.credentials.vendor_secret,
        )  # fmt: skip
    assert not any(secret.reveal() in text for secret in secrets)
    assert set(json.loads(text)) == {"profile", "base_url", "class", "time", "records"}

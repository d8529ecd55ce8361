"""The questions to the district, before a run and after it."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from oneroster_checks.finding import Status
from oneroster_checks.points import Point
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .wizard_driver import driving


def status_of(draft: Draft, point: Point) -> Status | None:
    """The state of a point in the checklist of the last run, None for a point that is not in it."""
    assert draft.result is not None
    return next((item.status for item in draft.result.checklist if item.item == point), None)


async def test_an_answer_after_a_run_is_in_the_checklist_at_once(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = Draft(
            profile="Springfield",
            connection=district.connection,
            credentials=district.credentials,
            remember=False,
        )
        store = ProfileStore(tmp_path)
        store.save(Profile("Springfield", district.connection, {}, False))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            first = await wizard.finished()
            assert status_of(draft, Point.SCHOOLS_CHOSEN) is None
            await wizard.press("escape")
            await wizard.step(WizardStep.ASK)
            await wizard.focus("answer-schools-chosen")
            await wizard.press("n")
            assert draft.answers == {"schools-chosen": "no"}
            assert status_of(draft, Point.SCHOOLS_CHOSEN) is Status.FAIL
            await wizard.next(WizardStep.RUN)
            # The run itself still holds: nothing was sent again.
            assert draft.result is not None
            assert draft.result.findings == first.findings
            assert draft.result.started == first.started
            await wizard.next(WizardStep.CHECKLIST)
            rows = wizard.app.screen.query_one("#rows", OptionList)
            row = str(rows.get_option(f"point:{Point.SCHOOLS_CHOSEN}").prompt)
            assert row.startswith("Fail ")
            assert wizard.app.last_result is draft.result
    # The saved result has it too.
    (kept,) = store.history.runs("Springfield")
    points = {item.item: item.status for item in store.history.result(kept).checklist}
    assert points["schools-chosen"] is Status.FAIL
    assert store.load("Springfield").answers == {"schools-chosen": "no"}

"""What only the district can answer: noted in the checklist, dated in the profile, and asked again after a month."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oneroster_checks.connection import DatedAnswer, DistrictAnswer
from oneroster_checks.finding import Status
from oneroster_checks.points import Point
from oneroster_checks.result import ChecklistItem
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.point_list import PointList

from .wizard_driver import Driver, driving

TODAY = datetime.now(UTC).date()


def item_of(wizard: Driver, point: Point) -> ChecklistItem | None:
    """A point in the checklist of the last run, None where it is not in it."""
    result = wizard.app.draft.result
    assert result is not None
    return next((item for item in result.checklist if item.item == point), None)


@asynccontextmanager
async def at_points(
    folder: Path, problem: str | None = None, answers: dict[str, DistrictAnswer] | None = None
) -> AsyncGenerator[Driver]:
    """The Checklist of a saved connection, with the points under the focus."""
    with PracticeDistrict(problem) as district:
        ProfileStore(folder).save(Profile("Springfield", district.connection, {**(answers or {})}, False))
        draft = Draft(
            profile="Springfield",
            connection=district.connection,
            credentials=district.credentials,
            answers={**(answers or {})},
            remember=False,
        )
        async with driving(WizardApp(draft=draft, start="run", folder=folder)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("1")
            await wizard.until(lambda: wizard.focused == "points")
            yield wizard


async def stand_on(wizard: Driver, point: Point) -> None:
    """Move in the points by keys until one is chosen."""
    points = wizard.app.screen.query_one(PointList)
    await wizard.press("home")
    for _ in range(points.option_count):
        if points.chosen == point:
            return
        await wizard.press("down")
    raise AssertionError(f"{point} is not in the list")


def keys_of(wizard: Driver) -> str:
    return wizard.picture().splitlines()[-1]


async def test_an_answer_is_in_the_checklist_at_once_and_in_the_profile_with_its_day(tmp_path: Path) -> None:
    async with at_points(tmp_path) as wizard:
        first = wizard.app.draft.result
        assert first is not None
        assert item_of(wizard, Point.SCHOOLS_CHOSEN) is None
        await stand_on(wizard, Point.SCHOOLS_CHOSEN)
        assert "Y Yes  N No  ? Don't know" in keys_of(wizard)
        await wizard.press("n")
        item = item_of(wizard, Point.SCHOOLS_CHOSEN)
        assert item is not None
        assert item.status is Status.FAIL
        result = wizard.app.draft.result
        assert result is not None
        # The run itself still holds: nothing was sent again.
        assert result.findings == first.findings
        assert result.started == first.started
        # The same point is still under the cursor, so that a slip is corrected at once.
        await wizard.press("y")
        item = item_of(wizard, Point.SCHOOLS_CHOSEN)
        assert item is not None
        assert item.status is Status.PASS
        store = ProfileStore(tmp_path)
        assert store.load("Springfield").answers == {"schools-chosen": DatedAnswer("yes", TODAY)}
        # The kept result has it too.
        (kept,) = store.history.runs("Springfield")
        points = {item.item: item.status for item in store.history.result(kept).checklist}
        assert points["schools-chosen"] is Status.PASS
        await wizard.press("question_mark")
        assert item_of(wizard, Point.SCHOOLS_CHOSEN) is None
        assert store.load("Springfield").answers == {}


async def test_what_the_run_has_settled_is_not_asked(tmp_path: Path) -> None:
    async with at_points(tmp_path) as wizard:
        await stand_on(wizard, Point.CONNECTION_ACTIVE)
        assert "Y Yes" not in keys_of(wizard)
        await wizard.press("n")
        assert wizard.app.draft.answers == {}


async def test_an_answer_against_the_data_is_told_with_both_sides(tmp_path: Path) -> None:
    said_no: dict[str, DistrictAnswer] = {"connection-active": DatedAnswer("no", TODAY - timedelta(days=3))}
    async with at_points(tmp_path, answers=said_no) as wizard:
        item = item_of(wizard, Point.CONNECTION_ACTIVE)
        assert item is not None
        assert item.status is Status.WARN
        assert "The district says this is not the case" in item.note
        assert "The district returned data." in item.note


async def test_an_answer_of_more_than_a_month_ago_is_asked_again(tmp_path: Path) -> None:
    for days, status in ((30, Status.PASS), (31, Status.ASK)):
        folder = tmp_path / str(days)
        said_yes: dict[str, DistrictAnswer] = {
            "connection-active": DatedAnswer("yes", TODAY - timedelta(days=days))
        }
        async with at_points(folder, "token.invalid-client", said_yes) as wizard:
            item = item_of(wizard, Point.CONNECTION_ACTIVE)
            assert item is not None
            assert item.status is status
            assert ("Ask again." in item.note) is (status is Status.ASK)

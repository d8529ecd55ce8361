"""The Run screen reads every record where that is chosen: a bar for each collection, and cancelling at any moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import RadioButton

from oneroster_checks.events import ReadProgress
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.widgets.read_bars import ReadBars, read_bars

from .test_wizard_run import opened
from .wizard_driver import Driver, driving, shown

NAMES = ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"]


async def choose_every_record(wizard: Driver) -> None:
    await wizard.focus("depth")
    await wizard.press("right", "enter")
    await wizard.until(lambda: wizard.app.screen.query_one("#depth-full", RadioButton).value)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_every_record_is_read_where_it_is_chosen(tmp_path: Path, size: tuple[int, int]) -> None:
    with PracticeDistrict() as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, size) as wizard:
            first = await wizard.finished()
            assert not first.read
            bars = wizard.app.screen.query_one(ReadBars)
            assert not shown(bars)
            await choose_every_record(wizard)
            await wizard.press("r")
            await wizard.until(lambda: app.draft.result is not None and bool(app.draft.result.read))
            assert shown(bars)
            result = app.draft.result
            assert result is not None
            assert [each.collection for each in result.read] == NAMES
            assert all(each.complete for each in result.read)
            assert list(app.draft.log.reads) == NAMES  # type: ignore[union-attr]
            # The choice stays, and so does a run of one check.
            assert wizard.app.screen.query_one("#depth-full", RadioButton).value


async def test_a_full_read_is_cancelled(tmp_path: Path) -> None:
    with PracticeDistrict(size="medium") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 40)) as wizard:
            await wizard.finished()
            await choose_every_record(wizard)
            await wizard.press("r")
            await wizard.until(lambda: app.draft.log is not None and "users" in app.draft.log.reads)
            await wizard.press("c")
            await wizard.until(lambda: "The run was canceled" in wizard.words())


def test_the_time_left_is_seen_in_a_narrow_terminal() -> None:
    read = ReadProgress(
        at=datetime(2026, 11, 23, tzinfo=UTC), check="paging.whole", collection="enrollments", records=4_878_000,
        of=8_878_000, bytes=1_700_000_000, seconds=47.0, left_s=39.0,
    )  # fmt: skip
    line = read_bars({"enrollments": read}).plain
    assert "39 s left" in line[:78]
    assert line.endswith("1,700 MB")

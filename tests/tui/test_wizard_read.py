"""The Run screen reads every record where that is chosen: a bar for each collection, and cancelling at any moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import RadioButton

from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.events import ReadProgress
from oneroster_checks.finding import Status
from oneroster_checks.labels import CONSUMER_CHOICES, CONSUMER_NAMES
from oneroster_checks.result import Result
from oneroster_checks.stages.model import CONSUMERS, Consumer
from oneroster_practice import PracticeDistrict
from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.read_bars import ReadBars, read_bars

from ..checks.writing import SHARE
from .test_wizard_run import opened, stand_on
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


async def choose_consumer(wizard: Driver, consumer: Consumer) -> None:
    await wizard.focus("consumer")
    await wizard.press(*["right"] * (CONSUMERS.index(consumer) + 1), "enter")
    await wizard.until(lambda: wizard.app.screen.query_one(f"#consumer-{consumer}", RadioButton).value)


def steps_of(result: Result | None, consumer: Consumer) -> dict[str, Status]:
    """The states of a consumer's steps in a result, by the id of the check."""
    ids = {check.id for check in every_check() if check.consumer == consumer}
    findings = result.findings if result is not None else ()
    return {each.finding.check: each.finding.status for each in findings if each.finding.check in ids}


@pytest.mark.parametrize("consumer", CONSUMERS)
async def test_the_steps_of_a_consumer_are_taken_where_it_is_chosen(
    consumer: Consumer, tmp_path: Path
) -> None:
    with PracticeDistrict(share=SHARE) as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app) as wizard:
            first = await wizard.finished()
            # A quick run takes no steps, so that nobody is asked for whom.
            assert not shown(wizard.app.screen.query_one("#consumer"))
            await choose_every_record(wizard)
            await choose_consumer(wizard, consumer)
            picture = wizard.picture()
            assert all(name in picture for name in ("Anyone", *CONSUMER_CHOICES.values()))
            await wizard.press("r")
            await wizard.until(lambda: app.draft.result not in (None, first))
            steps = steps_of(app.draft.result, consumer)
            assert steps
            assert set(steps.values()) <= {Status.PASS, Status.SKIP}
            assert f"the steps of {CONSUMER_NAMES[consumer]}" in wizard.words()
            # It stays chosen on the way to the checklist and back, and for the next run.
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("escape")
            await wizard.step(WizardStep.RUN)
            assert app.screen.query_one(f"#consumer-{consumer}", RadioButton).value
            second = app.draft.result
            await wizard.press("r")
            await wizard.until(lambda: app.draft.result not in (None, second))
            assert steps_of(app.draft.result, consumer) == steps
            # A single step runs again by itself, and the others stay.
            third = app.draft.result
            await stand_on(wizard, next(id for id, status in steps.items() if status is Status.PASS))
            await wizard.press("R")
            await wizard.until(lambda: app.draft.result not in (None, third))
            assert steps_of(app.draft.result, consumer) == steps


async def test_a_quick_run_takes_no_steps_whoever_was_chosen_before(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        draft = opened(district)
        draft.every_record, draft.consumer = True, "certification"
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            full = await wizard.finished()
            await wizard.until(lambda: wizard.focused == "next")
            await wizard.focus("depth")
            await wizard.press("left", "enter")
            await wizard.until(lambda: not shown(wizard.app.screen.query_one("#consumer")))
            await wizard.press("r")
            await wizard.until(lambda: draft.result not in (None, full))
            assert not steps_of(draft.result, "certification")


async def test_a_full_read_is_cancelled(tmp_path: Path) -> None:
    with PracticeDistrict(size="medium") as district:
        app = WizardApp(draft=opened(district), start="run", folder=tmp_path)
        async with driving(app, (120, 40)) as wizard:
            await wizard.finished()
            await choose_every_record(wizard)
            await wizard.press("r")
            await wizard.until(lambda: "users" in wizard.run_log.reads)
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


def test_the_numbers_of_all_collections_stand_below_each_other() -> None:
    def read(collection: str, records: int, size: int) -> ReadProgress:
        return ReadProgress(
            at=datetime(2026, 11, 23, tzinfo=UTC), check="paging.whole", collection=collection, records=records,
            of=records, bytes=size, seconds=0.05 if records < 10_000 else 4.5, left_s=None, ended=True,
        )  # fmt: skip

    reads = [read("orgs", 12, 900), read("scoreScales", 0, 0), read("enrollments", 878_000, 301_000_000)]
    lines = read_bars({each.collection: each for each in reads}).plain.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line.split("  ")[-1].strip() for line in lines] == ["900 bytes", "", "301 MB"]
    assert "0 records/s" not in lines[1]

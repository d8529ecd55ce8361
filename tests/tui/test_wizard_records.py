"""The tab with the records of a full read: shown only where there is one, sorted, copied, and used by keys alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import DataTable, Static, TabbedContent

from oneroster_checks.events import CheckInfo
from oneroster_checks.finding import Finding
from oneroster_checks.report import records_text
from oneroster_checks.result import Result
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.screens.details import DetailsScreen
from oneroster_wizard.screens.help import HelpScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.sorted_table import SortedTable

from ..full_results import READ, cut_off, full_result
from ..hostile_texts import CONTROLS, MARK, TEXTUAL_MARKUP, acting
from .wizard_driver import Driver, driving

NARROW, WIDE = (80, 24), (160, 50)


@asynccontextmanager
async def checklist(result: Result, folder: Path, size: tuple[int, int] = NARROW) -> AsyncGenerator[Driver]:
    """The wizard on the checklist of a result."""
    findings = {each.finding.check: each for each in result.findings}
    checks = {
        check: CheckInfo(check, each.finding.title, "What it checks.", each.finding.stage)
        for check, each in findings.items()
    }
    draft = Draft(connection=result.connection)
    draft.log = RunLog(draft.connection, draft.credentials, checks, findings, {}, result)
    app = WizardApp(draft=draft, folder=folder)
    async with driving(app, size) as driver:
        await app.go(WizardStep.CHECKLIST)
        await driver.step(WizardStep.CHECKLIST)
        yield driver


def cells(driver: Driver, table: str) -> list[list[str]]:
    """The cells of a table as they are shown, from the first row on."""
    found = driver.app.screen.query_one(f"#{table}", SortedTable)
    return [[str(cell) for cell in found.get_row_at(row)] for row in range(found.row_count)]


def rule_text(driver: Driver) -> str:
    return str(driver.app.screen.query_one("#rule-text", Static).content)


async def test_without_a_full_read_there_is_no_tab_of_records(tmp_path: Path) -> None:
    async with checklist(replace(full_result(), read=()), tmp_path) as driver:
        assert "Records" not in driver.picture()
        await driver.press("5")
        assert driver.focused == "history"


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_records_are_one_key_away(size: tuple[int, int], tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path, size) as driver:
        assert driver.focused == "copy-message"
        await driver.press("5")
        assert driver.focused == "rules"
        seen = driver.picture()
        for words in ("enrollments       878,000  not sent", "30,135  2,634,000", "data.dangling-reference"):
            assert words in seen
        for words in ("V Sort", "Shift+V Reverse", "L Copy tables"):
            assert words in seen.splitlines()[-1]
        await driver.press("1")
        assert driver.focused == "points"
        assert "Verify before submitting a support case" in driver.picture()


async def test_every_part_of_the_tab_is_reached_by_keys(tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path) as driver:
        await driver.press("5")
        for part in ("rule", "again", "collections", "rules"):
            await driver.focus(part)
        # The tabs themselves are moved by the arrows.
        await driver.press("shift+tab", "shift+tab", "left")
        assert driver.app.screen.query_one(TabbedContent).active == "shared-tab"
        await driver.press("right")
        assert driver.app.screen.query_one(TabbedContent).active == "records-tab"


async def test_the_chosen_rule_shows_its_kinds_examples_and_steps(tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path) as driver:
        await driver.press("5")
        assert "By kind: enrollment.user 26,000, enrollment.class 4,135" in rule_text(driver)
        assert "Examples: e-1001, e-1002, e-1003, e-1004, e-1005" in rule_text(driver)
        await driver.press("down", "down")
        assert "u-17, u-18, u-4711" in rule_text(driver)
        assert "Match people by sourcedId" in rule_text(driver)
        await driver.press("end", "ctrl+end")
        assert "Not checked: there are no guardians." in rule_text(driver)


async def test_a_rule_opens_its_details_and_its_help(tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path, WIDE) as driver:
        await driver.press("5", "enter")
        assert isinstance(driver.app.screen, DetailsScreen)
        assert "What it checks." in driver.picture()
        await driver.press("escape", "f1")
        screen: object = driver.app.screen
        assert isinstance(screen, HelpScreen)
        assert "data.dangling-reference" in driver.picture()
        await driver.press("escape")
        assert driver.focused == "rules"


async def test_a_table_is_sorted_by_a_key(tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path) as driver:
        await driver.press("5")
        came = cells(driver, "rules")
        await driver.press("down", "down", "v", "v", "v")
        # Numbers come largest first, and the cursor stays on its rule.
        assert [row[2] for row in cells(driver, "rules")] == [
            "30,135", "812", "57", "41", "3", "0", "0", "not checked",
        ]  # fmt: skip
        assert "data.duplicate-username" in rule_text(driver)
        assert "Count ↓" in driver.picture()
        await driver.press("V")
        assert [row[2] for row in cells(driver, "rules")][:3] == ["not checked", "0", "0"]
        await driver.press("v", "v")
        assert cells(driver, "rules") == came


async def test_a_table_is_sorted_by_a_click_on_a_heading(tmp_path: Path) -> None:
    async with checklist(full_result(), tmp_path) as driver:
        await driver.press("5")
        table = driver.app.screen.query_one("#collections", SortedTable)
        for turn, first in enumerate(("enrollments", "academicSessions")):
            await driver.pilot.click(table, offset=(24, 0))
            await driver.idle()
            assert cells(driver, "collections")[0][0] == first, turn


async def test_both_tables_are_copied_as_text(tmp_path: Path) -> None:
    result = full_result()
    async with checklist(result, tmp_path) as driver:
        await driver.press("5", "l")
        await driver.until(lambda: "opied" in driver.words())
        assert (tmp_path / "copied" / "records.txt").read_text() == records_text(result)


async def test_quitting_while_a_copy_is_under_way_is_no_fault(tmp_path: Path) -> None:
    for _ in range(5):
        async with checklist(full_result(), tmp_path) as driver:
            await driver.press("5", "l", "q")


async def test_why_a_collection_was_not_read_to_its_end_is_said(tmp_path: Path) -> None:
    async with checklist(cut_off(), tmp_path) as driver:
        await driver.press("5")
        assert "Not read to the end: enrollments." in driver.picture()


async def test_the_tab_of_a_read_without_rules(tmp_path: Path) -> None:
    result = full_result(READ[:1])
    async with checklist(replace(result, findings=result.findings[:1]), tmp_path) as driver:
        await driver.press("5")
        assert driver.focused == "collections"
        assert not driver.app.screen.query("#rules")


@pytest.mark.parametrize("text", [*TEXTUAL_MARKUP, *(f"{MARK}{each}" for each in CONTROLS.values())])
async def test_nothing_in_the_tab_is_read_as_markup_or_acts(text: str, tmp_path: Path) -> None:
    result = full_result()

    def hostile(finding: Finding) -> Finding:
        facts = {**finding.facts, "kinds": {text: 3}, "examples": (text,)}
        return replace(finding, title=text, facts=facts)

    findings = tuple(
        replace(each, finding=hostile(each.finding), summary=text, says_more=True) for each in result.findings
    )
    read = tuple(replace(each, collection=f"{number} {text}") for number, each in enumerate(READ))
    async with checklist(replace(result, findings=findings, read=read), tmp_path, WIDE) as driver:
        await driver.press("5", "down", "v")
        for strip in driver.app.screen._compositor.render_strips():
            for segment in strip:
                assert acting(segment.text, kept="") == set(), segment
                if segment.style is not None:
                    assert segment.style.link is None
                    assert MARK not in str(segment.style.meta)
        if text in TEXTUAL_MARKUP:
            assert text in cells(driver, "rules")[1][1]
            assert text in cells(driver, "collections")[0][0]
            assert rule_text(driver).count(text) >= 3
        assert isinstance(driver.app.screen.focused, DataTable)

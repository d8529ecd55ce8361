"""The verdict in a small window: a line a step; one page down shows the whole fix, one up takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.widgets.requests_table import RequestsTable
from oneroster_wizard.widgets.verdict_banner import OPENED, VerdictBanner

from ..pictures.settled import settled_draft
from .wizard_driver import driving

# The longest of all fixes.
LONGEST = "gradebook.not-enabled"


async def test_one_page_down_shows_the_whole_fix_wherever_the_focus_is(tmp_path: Path) -> None:
    draft = await settled_draft(LONGEST)
    assert draft.result is not None
    fix = draft.result.verdict.fix
    # In its line this is left out.
    whole = "click Save."
    assert whole in fix[0].text
    assert whole not in fix[0].line
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, draft)
        await wizard.step(WizardStep.CHECKLIST)
        banner = wizard.app.screen.query_one(VerdictBanner)
        first = wizard.app.screen.focused
        for _ in range(60):
            closed = wizard.picture()
            assert fix[0].line in closed
            assert fix[-1].text in closed
            assert whole not in closed
            assert "PgDn: more" in closed
            await wizard.press("pagedown")
            picture = wizard.picture()
            assert whole in picture, wizard.focused
            assert fix[-1].text in picture
            assert draft.result.verdict.summary[:40] in picture
            await wizard.press("pageup")
            assert not banner.has_class(OPENED)
            await wizard.press("tab")
            if wizard.app.screen.focused is first:
                return
        raise AssertionError("Tab never comes round")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 60)])
async def test_each_step_has_one_line_in_every_window(size: tuple[int, int], tmp_path: Path) -> None:
    draft = await settled_draft(LONGEST)
    assert draft.result is not None
    fix = draft.result.verdict.fix
    async with driving(WizardApp(folder=tmp_path), size) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, draft)
        await wizard.step(WizardStep.CHECKLIST)
        lines = [line.strip("│ ▁▂▃▄▅▆▇█") for line in wizard.picture().splitlines()]
        places = [
            place
            for number, step in enumerate(fix, start=1)
            for place, line in enumerate(lines)
            if line.startswith(f"{number} ")
            and line.endswith((step.line or step.text, step.apart or step.text))
        ]
        assert len(places) == len(fix)
        # The first has its click path below, one row for each menu; the others follow each other.
        assert places == [places[0], *range(places[0] + 3, places[0] + 3 + len(fix) - 1)]


async def test_what_has_room_needs_no_page_and_the_keys_move_the_list(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path), (160, 60)) as wizard:
        # Each of its steps fits on a line of so wide a window.
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft("tls.expired"))
        await wizard.step(WizardStep.CHECKLIST)
        assert "PgDn" not in wizard.picture()
        await wizard.press("2", "home")
        before = wizard.app.screen.query_one("#rows").scroll_offset
        await wizard.press("pagedown", "pagedown")
        await wizard.until(lambda: wizard.app.screen.query_one("#rows").scroll_offset != before)


async def test_the_page_keys_and_the_arrows_move_the_list_from_a_button_too(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft("tls.expired"))
        await wizard.step(WizardStep.CHECKLIST)
        points = wizard.app.screen.query_one("#points")
        assert wizard.focused not in ("points", "verdict")
        banner = wizard.app.screen.query_one(VerdictBanner)
        for _ in range(6):
            await wizard.press("pagedown")
        await wizard.until(lambda: points.scroll_offset.y > 0)
        assert "PgDn: more" not in wizard.picture()
        await wizard.press("1", "tab", "tab", "tab")
        assert wizard.focused != "points"
        await wizard.press("down")
        assert wizard.focused == "points"
        # A verdict that was opened is shown from its beginning again.
        await wizard.press("3")
        await wizard.until(lambda: wizard.focused == "requests")
        assert not banner.has_class(OPENED)
        assert banner.scroll_offset.y == 0


async def test_a_window_that_was_too_small_for_a_moment_takes_nothing_away(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft(LONGEST))
        await wizard.step(WizardStep.CHECKLIST)
        for tab, focused in (("1", "points"), ("3", "requests")):
            await wizard.press(tab)
            await wizard.until(lambda focused=focused: wizard.focused == focused)  # type: ignore[misc]
            before = wizard.picture()
            await wizard.pilot.resize_terminal(59, 19)
            await wizard.until(lambda: "nothing is lost" in wizard.picture())
            assert "Grade Book" not in wizard.picture()
            await wizard.pilot.resize_terminal(80, 24)
            await wizard.until(lambda before=before: wizard.picture() == before)  # type: ignore[misc]
            assert wizard.focused == focused


async def test_the_requests_begin_at_the_one_that_failed_and_f1_lists_their_keys(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft(LONGEST))
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press("3")
        await wizard.until(lambda: wizard.focused == "requests")
        request = wizard.app.screen.query_one(RequestsTable).request
        assert request is not None
        assert request.evidence.status == 403
        await wizard.press("f1")
        await wizard.until(lambda: "Copy as curl" in wizard.words())
        assert "Tab Requests" in wizard.words()
        # No records were read, so there is no sixth tab.
        assert "Tab History" not in wizard.words()

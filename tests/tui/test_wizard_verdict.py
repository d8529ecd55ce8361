"""The verdict in a small window: a line a step; one page down shows the whole fix, one up takes it back."""

from __future__ import annotations

from pathlib import Path

from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
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


async def test_what_has_room_needs_no_page_and_the_keys_move_the_list(tmp_path: Path) -> None:
    async with driving(WizardApp(folder=tmp_path), (160, 60)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, await settled_draft(LONGEST))
        await wizard.step(WizardStep.CHECKLIST)
        assert "PgDn" not in wizard.picture()
        await wizard.press("2", "home")
        before = wizard.app.screen.query_one("#rows").scroll_offset
        await wizard.press("pagedown", "pagedown")
        await wizard.until(lambda: wizard.app.screen.query_one("#rows").scroll_offset != before)

"""The Run screen where a limit of this tool ended the run: a row of its own, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from oneroster_checks.finding import Status
from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep

from ..servers import Reply, Request
from .living_server import living_server
from .wizard_driver import driving


async def test_the_run_screen_ends_with_the_limit_and_a_run_without_one_takes_it_back(tmp_path: Path) -> None:
    async with living_server() as (server, scripted, draft):
        draft.connection = draft.connection.but(timeout=1.0)

        def late(request: Request) -> Reply:
            return scripted(request).but(delay=0.0 if request.method == "POST" else 0.6)

        server.answers = late
        app = WizardApp(draft=draft, start="run", folder=tmp_path)
        async with driving(app, (120, 36)) as wizard:
            result = await wizard.finished()
            await wizard.until(lambda: wizard.focused == "next")
            assert (result.verdict.status, result.verdict.cause) == (Status.WARN, "tool.run-limit")
            # The list stands on the row of the limits, with what to do beside it.
            assert "This run reached this tool's own limit of 2.7 seconds" in wizard.words()
            assert "Cause: tool.run-limit" in wizard.words()
            assert "Set a longer time limit" in wizard.words()
            assert "Limits of this run" in wizard.picture()
            await wizard.focus("checks")
            await wizard.press("f1")
            await wizard.until(lambda: "tool.run-limit" in wizard.words())
            await wizard.press("escape")
            await wizard.next(WizardStep.CHECKLIST)
            assert "so not everything was checked" in wizard.words()
            await wizard.press("escape")
            await wizard.step(WizardStep.RUN)
            server.answers = scripted
            await wizard.focus("checks")
            # On this row, what the limit left out is run again, and nothing else.
            await wizard.press("R")
            await wizard.until(
                lambda: draft.result is not None and draft.result.finding("tool.limits") is None
            )
            await wizard.until(lambda: "Limits of this run" not in wizard.picture())
            assert draft.result is not None
            assert not any(each.finding.limit for each in draft.result.findings)
            assert any(each is kept for each in draft.result.findings for kept in result.findings)

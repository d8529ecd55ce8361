"""A run that waits for the server says so, why, and how long."""

from __future__ import annotations

from pathlib import Path

from oneroster_checks.finding import Status
from oneroster_wizard.app import WizardApp

from ..servers import Reply
from .living_server import living_server
from .wizard_driver import driving


async def test_the_run_screen_says_why_it_waits(tmp_path: Path) -> None:
    async with living_server() as (_, mind, draft):
        mind.says("/orgs", Reply(429, headers=(("Retry-After", "1"),)))
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.until(lambda: "waiting 1 s: the server asks for fewer requests" in wizard.words())
            assert "Running: " in wizard.words()
            mind.says("", None)
            result = await wizard.finished()
            assert result.verdict.status in (Status.PASS, Status.WARN)
            assert "waiting 1 s" not in wizard.picture()

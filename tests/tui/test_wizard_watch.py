"""Watching a check from the checklist: until it passes, or until the person stops."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from oneroster_checks.clock import Clock
from oneroster_checks.finding import Status
from oneroster_checks.limits import REFUSALS_OF_A_WATCH, WATCH_EVERY_S
from oneroster_wizard.app import WizardApp
from oneroster_wizard.screens.watch import WatchScreen
from oneroster_wizard.steps import WizardStep
from tests.checks.districts.replies import oauth_says

from ..servers import Reply
from .living_server import living_server
from .wizard_driver import driving

DISABLED = oauth_says(403, "access_denied")


class ListeningApp(WizardApp):
    """The wizard, with an ear for its bell."""

    rung = 0

    def bell(self) -> None:
        self.rung += 1
        super().bell()


class Waits(Clock):
    """A clock whose waiting ends when the test says so, or at once when it says so beforehand."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.over = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self.over.wait()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    clock = Waits()
    monkeypatch.setattr(WatchScreen, "CLOCK", clock)
    return clock


async def test_a_watch_rings_when_the_district_has_fixed_it(tmp_path: Path, waits: Waits) -> None:
    async with living_server() as (server, mind, draft):
        mind.says("/token", DISABLED)
        app = ListeningApp(draft=draft, start="run", folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            assert "token.unauthorized-client" in wizard.words()
            await wizard.press("t")
            await wizard.until(lambda: "1 try, the last at " in wizard.words() and bool(waits.asked))
            assert "Fail: " in wizard.words()
            assert app.rung == 0
            before = len(server.heard)
            mind.says("", None)
            waits.over.set()
            await wizard.until(lambda: "It passes now." in wizard.words())
            # The second try begins five seconds after the first began, which had ended a little later.
            assert WATCH_EVERY_S - 2 < waits.asked[0] <= WATCH_EVERY_S
            assert "2 tries, the last at " in wizard.words()
            assert "Pass: " in wizard.words()
            assert len(server.heard) > before
            assert app.rung == 1
            assert wizard.focused == "run-all"
            await wizard.press("enter")
            await wizard.step(WizardStep.RUN)
            await wizard.until(lambda: wizard.focused == "next")
            assert app.last_result is not None
            assert app.last_result.verdict.status is Status.PASS


async def test_a_watch_stops_by_itself_when_the_credentials_are_refused(tmp_path: Path, waits: Waits) -> None:
    waits.over.set()
    async with living_server() as (server, mind, draft):
        mind.says("/token", oauth_says(401, "invalid_client"))
        app = ListeningApp(draft=draft, start="run", folder=tmp_path)
        async with driving(app) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            await wizard.press("t")
            await wizard.until(lambda: "Stopped: the district refused the credentials" in wizard.words())
            assert f"{REFUSALS_OF_A_WATCH} tries, the last at " in wizard.words()
            assert (app.rung, len(waits.asked)) == (1, REFUSALS_OF_A_WATCH - 1)
            await wizard.press("escape")
            await wizard.step(WizardStep.CHECKLIST)
            # The same credentials are tried once more when somebody says so, and corrected ones as often as before.
            before = len(waits.asked)
            await wizard.press("t")
            await wizard.until(lambda: "Stopped: the district refused the credentials" in wizard.words())
            assert "1 try, the last at " in wizard.words()
            assert len(waits.asked) == before
            draft.put_text("client_secret", "a-corrected-secret")
            assert draft.refusals == 0
            assert server.heard


async def test_a_watch_that_has_passed_can_be_closed(tmp_path: Path, waits: Waits) -> None:
    waits.over.set()
    async with living_server() as (_, mind, draft):
        mind.says("/token", DISABLED)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            mind.says("", None)
            await wizard.focus("watch")
            await wizard.press("enter")
            await wizard.until(lambda: "It passes now." in wizard.words())
            await wizard.press("escape")
            await wizard.step(WizardStep.CHECKLIST)
            assert "The check passes now. R runs all checks again." in wizard.words()


@pytest.mark.parametrize("during", ["a request", "the pause"])
async def test_a_watch_that_is_stopped_leaves_nothing_open(tmp_path: Path, during: str) -> None:
    async with living_server() as (server, mind, draft):
        mind.says("/token", DISABLED)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            before = len(server.heard)
            if during == "a request":
                mind.says("/token", Reply(delay=60))
            await wizard.press("t")
            if during == "a request":
                await wizard.until(lambda: len(server.heard) > before)
            else:
                await wizard.until(lambda: "1 try, " in wizard.words())
            screen = wizard.app.screen
            assert isinstance(screen, WatchScreen)
            await wizard.press("escape")
            await wizard.step(WizardStep.CHECKLIST)
            await wizard.until(lambda: not [w for w in screen.workers if w.node is screen and w.is_running])
            assert "The check passes now." not in wizard.words()
            asked = len(server.heard)
    leftover = [
        task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not task.done()
    ]
    assert leftover == []
    assert len(server.heard) == asked


async def test_a_watch_says_when_the_ca_file_has_gone(tmp_path: Path) -> None:
    async with living_server() as (_, mind, draft):
        mind.says("/token", DISABLED)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)
            draft.change(ca_file=str(tmp_path / "gone.pem"))
            await wizard.press("t")
            await wizard.until(lambda: "gone.pem cannot be read: there is no such file" in wizard.words())

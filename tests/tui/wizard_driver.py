"""Drives the wizard in tests: keys, pastes, and waiting for what should come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from oneroster_checks.result import Result
from oneroster_wizard.app import WizardApp
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.screens.dialog import Dialog
from oneroster_wizard.screens.run import RunScreen
from oneroster_wizard.steps import WizardStep

from ..idle import until_idle

# Seconds until a condition that never comes fails the test.
LIMIT_S = 20.0


class Driver:
    """A wizard under test."""

    def __init__(self, app: WizardApp, pilot: Pilot[Result | None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, what: Callable[[], bool]) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + LIMIT_S
        while not what():
            if self.app._exception is not None:
                raise self.app._exception
            assert time.monotonic() < ends, f"it never came; the screen is {self.app.screen}: {self.words()}"
            await asyncio.sleep(0.01)
        await self.idle()

    async def idle(self) -> None:
        """Wait until the app has handled everything; a run may still be under way."""
        await until_idle(self.app, workers=False, timers=False)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the app has handled the one before."""
        for key in keys:
            # As the terminal's driver sends it; the pilot's own way waits for the clock after each key.
            event = events.Key(key, " " if key == "space" else key if len(key) == 1 else None)
            event.set_sender(self.app)
            assert self.app._driver is not None
            self.app._driver.send_message(event)
            await self.idle()

    async def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.idle()

    async def step(self, step: WizardStep) -> None:
        """Wait until a step is shown and something on it has the focus."""

        def there() -> bool:
            screen = self.app.screen
            return isinstance(screen, WizardScreen) and step is screen.STEP and screen.focused is not None

        await self.until(there)

    async def next(self, step: WizardStep) -> None:
        """Go on and wait for the step."""
        await self.press("ctrl+n")
        await self.step(step)

    async def to_start(self) -> None:
        """Go back, step by step, to Start."""
        for _ in range(20):
            screen = self.app.screen
            assert isinstance(screen, WizardScreen)
            if screen.STEP is WizardStep.START:
                await self.step(WizardStep.START)
                return
            await self.press("escape")
            await self.until(lambda before=screen: self.app.screen is not before)  # type: ignore[misc]
        raise AssertionError("Esc never leads to Start")

    async def focus(self, widget_id: str) -> None:
        """Press Tab until a widget has the focus."""
        for _ in range(60):
            if self.focused == widget_id:
                return
            await self.press("tab")
        raise AssertionError(f"Tab never reaches {widget_id}")

    async def finished(self) -> Result:
        """Wait for the end of the run."""
        await self.until(lambda: self.app.draft.result is not None)
        assert self.app.draft.result is not None
        return self.app.draft.result

    @property
    def run_log(self) -> RunLog:
        """What the Run step shows so far."""
        screen = self.app.screen
        assert isinstance(screen, RunScreen)
        return screen.shown

    async def whole_way(self) -> Result:
        """From any step on to the checklist, past every objection."""
        for _ in range(20):
            screen = self.app.screen
            assert isinstance(screen, WizardScreen)
            if screen.STEP is WizardStep.RUN:
                result = await self.finished()
                await self.next(WizardStep.CHECKLIST)
                return result
            await self.press("ctrl+n")
            await self.until(lambda: self.app.screen.focused is not None)
        raise AssertionError("the run never began")

    @property
    def focused(self) -> str | None:
        """The id of what has the focus."""
        return self.app.screen.focused.id if self.app.screen.focused else None

    def words(self) -> str:
        """Every text that the current screen holds, shown or scrolled away."""
        found = [str(widget.content) for widget in self.app.screen.query(Static) if shown(widget)]
        framed = [widget for widget in self.app.screen.query(".framed") if shown(widget)]
        # The title of a frame is written as markup.
        lines = [line for widget in framed for line in (widget.border_title, widget.border_subtitle)]
        titles = [Content.from_markup(str(line or "")).plain for line in lines]
        return "\n".join([*titles, *found])

    def picture(self) -> str:
        """What a person sees: the lines of the screen as text."""
        width = self.app.size.width
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text[:width].rstrip() for strip in strips)


def shown(widget: Widget) -> bool:
    """Whether a widget is displayed."""
    return all(each.display for each in widget.ancestors_with_self if isinstance(each, Widget))


def files_in(folder: Path) -> dict[str, str]:
    """The texts of all files below a folder, by path."""
    return {str(path): path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()}


@asynccontextmanager
async def driving(app: WizardApp, size: tuple[int, int] = (80, 24)) -> AsyncGenerator[Driver]:
    """A wizard that runs in a terminal of this size until the test is done with it."""
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        # A first step, or what it offers in a dialog as soon as it is there.
        await driver.until(
            lambda: app.screen.focused is not None and isinstance(app.screen, WizardScreen | Dialog)
        )
        yield driver

"""The wizard's app: it holds the draft, moves between the steps, and leaves the last result behind."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import WorkerFailed

from oneroster_checks.visible import visible

from .draft import Draft
from .no_dumps import no_memory_for_others
from .practice_choice import PracticeChoice
from .screens.base import WizardScreen
from .screens.fleet_runs import RUNS_GO_ON
from .screens.start import StartScreen
from .steps import WizardStep
from .stopping import listening_in, told
from .storage.profile_error import ProfileError
from .storage.saved_connections import SavedConnections
from .textual_logs import turn_logs_off
from .themes import DARK_THEME, LIGHT_THEME, theme_name, themes
from .trail import Trail
from .unsaved_results import UnsavedResults
from .widgets.nothing_acts import NothingActs
from .window_sizes import HEIGHTS, WIDTHS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from oneroster_checks.result import Result
    from oneroster_practice import PracticeDistrict

_HERE = Path(__file__).parent


class WizardApp(App["Result | None"]):
    """The wizard. `run()` gives the result of the last run, None when there was none.

    `draft` opens with a connection filled in; `start="run"` goes straight to its run; `folder` is where
    profiles are kept. `for_practice` opens on the practice district.
    """

    TITLE = "OneRoster wizard"
    CSS_PATH = [_HERE / "wizard.tcss", _HERE / "screens" / "start.tcss"]  # noqa: RUF012
    # Textual types these as plain attributes, so they cannot be class variables here.
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", "Quit", show=False, priority=True)]

    def __init__(
        self,
        *,
        draft: Draft | None = None,
        start: Literal["start", "run"] = "start",
        folder: Path | None = None,
    ) -> None:
        self.saved = SavedConnections(folder)
        self.draft = draft or Draft()
        self.trail = Trail()
        self.unsaved = UnsavedResults()
        self._start = start
        self._opening_practice: PracticeChoice | None = None
        # Each with its draft: those of results that can still be opened stay, so that their checks can run again.
        self._districts: list[tuple[Draft, PracticeDistrict]] = []
        self._asks_to_quit: Screen[bool] | None = None
        self._nothing_acts = NothingActs()
        self._ears = ExitStack()
        turn_logs_off()
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(theme_name(color=not self.no_color, dark=self.saved.theme() != LIGHT_THEME))

    def _begin_with(self, theme: str) -> None:
        """Take a theme before anything is drawn: as a change of the theme, it would have all rules read twice."""
        self.set_reactive(WizardApp.theme, theme)
        dark = self.current_theme.dark
        self.update_classes(
            {f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False
        )
        self.stylesheet.set_variables(self.get_css_variables())

    @classmethod
    def for_practice(cls, choice: PracticeChoice | None = None, *, folder: Path | None = None) -> WizardApp:
        """The wizard on a practice district, the healthy one where none is chosen, with everything filled in."""
        app = cls(folder=folder)
        app._opening_practice = choice or PracticeChoice()
        return app

    @property
    def last_result(self) -> Result | None:
        """The result of the last run that came to its end."""
        return self.draft.result

    def get_default_screen(self) -> Screen[None]:
        """The first screen, which stays beneath the others."""
        return StartScreen(self.draft, self.saved, self.unsaved)

    @property
    def _runs_go_on(self) -> bool:
        return any(isinstance(each, StartScreen) and each.runs_go_on for each in self.screen_stack)

    def on_mount(self) -> None:
        self._listen_for_signals()
        # No secret is in memory yet, and the first screen need not wait.
        self.call_after_refresh(no_memory_for_others)
        if self._start == "run":
            self.push_screen(self._screen_of(WizardStep.RUN))
        if self._opening_practice:
            self.call_after_refresh(self.open_practice, self._opening_practice)

    def on_unmount(self) -> None:
        self.close_practice()
        self._ears.close()

    # Moving between the steps.

    @on(WizardScreen.StepLeft)
    async def _step_left(self, message: WizardScreen.StepLeft) -> None:
        # A second press before the screen has changed is the same step.
        if self.screen is message.screen:
            if message.to.asks and self._runs_go_on:
                # Each host gets one request at a time, and those runs know nothing of this one.
                message.screen.say(RUNS_GO_ON)
                return
            if message.draft is None:
                self.trail.forward(message.screen.STEP, message.to, returns=message.returns)
            await self.go(message.to, message.draft)

    @on(WizardScreen.SteppedBack)
    async def _stepped_back(self, message: WizardScreen.SteppedBack) -> None:
        if self.screen is message.screen:
            await self.show(self.trail.back(), came_back=True)

    async def go(self, step: WizardStep, draft: Draft | None = None) -> None:
        """Show a step, of another connection when a draft is given."""
        if draft is not None:
            self.unsaved.leave(self.draft, draft)
            self.draft = draft
            self.trail.begin()
        await self.show(step)

    async def show(self, step: WizardStep, *, came_back: bool = False) -> None:
        """Show a step of the present connection; `came_back` says that the person was there before."""
        start = self.screen_stack[0]
        if step is WizardStep.START and isinstance(start, StartScreen):
            self.trail.begin()
            if self.screen is not start:
                await self.pop_screen()
            start.come_back(self.draft)
        elif self.screen is start:
            await self.push_screen(self._screen_of(step, came_back))
        else:
            await self.switch_screen(self._screen_of(step, came_back))

    def _screen_of(self, step: WizardStep, came_back: bool = False) -> WizardScreen:
        # Each screen is imported when it is first shown, so that the first one is there at once.
        module = import_module(f".screens.{step.module}", __package__)
        screen: WizardScreen = getattr(module, step.screen)(self.draft, self.saved)
        screen.came_back = came_back
        return screen

    @on(StartScreen.PracticeChosen)
    def _practice_chosen(self, message: StartScreen.PracticeChosen) -> None:
        self.open_practice(PracticeChoice(message.problem))

    def open_practice(self, choice: PracticeChoice) -> None:
        """Start the practice district and open a connection to it."""
        self.run_worker(self._open_practice(choice), exclusive=True)

    async def _open_practice(self, choice: PracticeChoice) -> None:
        import asyncio

        district = await asyncio.to_thread(choice.district)
        if isinstance(district, Exception):
            self.notify(f"The practice district cannot start. {district}", severity="error")
            return
        draft = choice.draft(district)
        self._districts.append((draft, district))
        await self.go(WizardStep.VERSIONS, draft)
        self._close_all_but([draft, *self.unsaved.of(draft)])

    def close_practice(self) -> None:
        """Stop every practice district that runs."""
        self._close_all_but([])

    def _close_all_but(self, drafts: list[Draft]) -> None:
        """Stop the practice districts that nobody can come back to."""
        stays = [each for each in self._districts if any(each[0] is draft for draft in drafts)]
        for draft, district in self._districts:
            if all(each[0] is not draft for each in stays):
                district.close()
        self._districts = stays

    # Leaving.

    async def action_quit(self) -> None:
        """Leave the wizard; asks once when typed text would be lost, or runs are going on."""
        from .screens.confirm import ConfirmScreen

        lost: list[str] = []
        if self.draft.unsaved and not self.draft.practice and self.draft.result is None:
            lost.append(f"What you typed for {self.draft.profile or 'this connection'} is not saved yet.")
        if self._runs_go_on:
            lost.append("The runs that are still going are canceled. What has ended is saved.")
        if not lost or self._asks_to_quit in self.screen_stack:
            self.leave()
            return
        self._asks_to_quit = ConfirmScreen("Quit?", " ".join(lost), "Quit")
        self.push_screen(self._asks_to_quit, lambda quits: self.leave() if quits else None)

    def leave(self) -> None:
        """Leave the wizard with the last result."""
        self.exit(self.draft.result)

    def _listen_for_signals(self) -> None:
        """Leave in good order when the program is told to end; the exit code is that of the signal."""
        import asyncio

        self._ears.enter_context(listening_in(asyncio.get_running_loop(), self.leave))

    # Words around the screens.

    def action_dialog_keys(self) -> None:
        """List the keys of the dialog that is open."""
        from .screens.dialog import Dialog
        from .screens.help import HelpScreen

        dialog = self.screen
        if isinstance(dialog, Dialog):
            self.push_screen(HelpScreen(dialog.heading, dialog.HELP_TEXT, dialog))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: what this screen can do, then what holds everywhere."""
        if isinstance(screen, WizardScreen):
            for title, help_text, action in screen.commands():
                yield SystemCommand(title, help_text, action)
            yield SystemCommand("Help", "What this screen is for, and its keys", screen.action_help)
        other = "light" if self.current_theme.dark else "dark"
        yield SystemCommand(
            f"Change to {other}", f"Show the wizard in {other} colors", self.action_light_or_dark
        )
        yield SystemCommand("Quit", "Quit the wizard", self.action_quit)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes before it reaches the terminal: nothing in it acts there."""
        return [*super().get_line_filters(), self._nothing_acts]

    def notify(self, message: str, *, title: str = "", markup: bool = False, **settings: Any) -> None:
        """Say something in passing; it is never read as markup, whoever says it."""
        super().notify(visible(message, lines=True), title=visible(title), markup=False, **settings)

    def action_light_or_dark(self) -> None:
        """Change between the light and the dark theme, for the next time too."""
        dark = not self.current_theme.dark
        self.theme = theme_name(color=not self.no_color, dark=dark)
        try:
            self.saved.save_theme(DARK_THEME if dark else LIGHT_THEME)
        except ProfileError as error:
            self.notify(str(error), severity="warning")

    # A crash shows no local variable and no secret.

    def _fatal_error(self) -> None:
        from oneroster_checks.redaction import Redactor

        if told() is not None:
            # A screen that was just coming up does not find its parts once the program is told to end.
            self._close_messages_no_wait()
            return
        self.bell()
        # Plain lines, not a drawn box: a box would break a secret over two lines, past the redaction.
        error: BaseException | None = self._exception
        if isinstance(error, WorkerFailed):
            error = error.error
        text = "".join(traceback.format_exception(error)) if error else traceback.format_exc()
        text = Redactor(self.draft.secret_texts()).text(text)
        self.panic(
            f"{text}\nThis is oneroster-wizard's fault, not the district's. Please report these lines."
        )

    def panic(self, *renderables: RenderableType) -> None:
        """Leave with what went wrong, past the redaction and never read as markup."""
        from rich.text import Text

        from oneroster_checks.redaction import Redactor

        redactor = Redactor(self.draft.secret_texts())
        super().panic(*(Text(visible(redactor.text(str(part)), lines=True)) for part in renderables))

"""What the Run step shows: how far a run is, its checks, and the one under the cursor."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Button

from oneroster_wizard.check_help import check_help
from oneroster_wizard.draft import Draft
from oneroster_wizard.keys import Key
from oneroster_wizard.run_help import RUN_HELP
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.check_tree import WHOLE_RUN, CheckTree
from oneroster_wizard.widgets.depth_rows import DepthRows
from oneroster_wizard.widgets.read_bars import ReadBars
from oneroster_wizard.widgets.run_board import RunBoard
from oneroster_wizard.widgets.run_strip import RunStrip
from oneroster_wizard.widgets.verdict_banner import problems_words

from .base import WizardScreen
from .paging import page_of


class RunView(WizardScreen):
    """Shows a run, `shown`; a subclass starts and stops it.

    The draft has a run once it has ended, so that nothing takes an earlier result away.
    """

    STEP = WizardStep.RUN
    NEXT = "Checklist"
    CSS_PATH = "run.tcss"
    HELP_TEXT = RUN_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.PAGE_DOWN.bound("page(1)", "Page down", show=False, priority=True),
        Key.PAGE_UP.bound("page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self.shown = draft.log or new_log(draft)
        self._began = 0.0
        # Whether only some checks run, on top of an earlier result.
        self._only = False
        # What the step before had to say is not hidden by the run.
        self._note = draft.note

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        raise NotImplementedError

    def compose_middle(self) -> ComposeResult:
        yield DepthRows(self.draft)
        yield RunStrip()
        yield ReadBars()
        yield RunBoard()

    def compose_moves(self) -> ComposeResult:
        yield from super().compose_moves()
        yield Button("Cancel", id="cancel")
        yield Button("Run again", id="again")
        yield Button("This one again", id="one")

    def first_focus(self) -> Widget:
        return self.query_one("#next" if self._has_result else "#checks")

    def explained_here(self) -> tuple[str, str] | None:
        log, check = self.shown, self._checks.chosen
        on_check = self.focused is not None and self.focused.id in ("checks", "details")
        if not on_check or check not in log.checks:
            return None
        return check_help(log.checks[check], log.findings.get(check), self.draft.connection.provider)

    @property
    def _board(self) -> RunBoard:
        return self.query_one(RunBoard)

    @property
    def _checks(self) -> CheckTree:
        return self._board.checks

    @property
    def _strip(self) -> RunStrip:
        return self.query_one(RunStrip)

    def action_page(self, way: int) -> None:
        """Show the next page of the details, whatever has the focus."""
        page_of(self.query_one("#details"), way)

    @property
    def _has_result(self) -> bool:
        """Whether there is a result of this connection as it is now."""
        return self.draft.log is not None and self.draft.log.fits(
            self.draft.connection, self.draft.credentials
        )

    def _show_end(self) -> None:
        result = self.shown.result
        if result is None:
            return
        problems = problems_words(result)
        ended = (
            f"{problems}. Ctrl+N opens the checklist with what to do."
            if problems
            else "Nothing is wrong. Ctrl+N opens the checklist."
        )
        self.say(f"{self._note} {ended}".strip())
        self._note = ""
        if self._checks.follows:
            self._checks.lead_to(result.verdict.check or WHOLE_RUN)
            if self.focused is None or self.focused.id == "checks":
                self.query_one("#next").focus()
        self._strip.show_pace(self.shown)
        self._checks.show_row(WHOLE_RUN)
        self._board.show_details()
        self._show_buttons()
        self._show_progress()

    def _begin(self) -> None:
        """Count the seconds of a run from now on."""
        self._began = monotonic()

    def _show_progress(self) -> None:
        runs = self.running and not self._finished()
        now = self.shown.checks.get(self._checks.now)
        self._strip.show_progress(
            self.shown, monotonic() - self._began if runs else None, now.title if now else ""
        )

    def _finished(self) -> bool:
        return self.shown.result is not None and not self._only

    def _show_buttons(self) -> None:
        running = self.running and not self._finished()
        self.query_one(DepthRows).disabled = running
        self.query_one("#cancel").display = running
        self.query_one("#again").display = not running
        self.query_one("#one").display = not running and self._has_result
        self.query_one("#next").disabled = not self._has_result
        self.refresh_bindings()


def new_log(draft: Draft) -> RunLog:
    """The log of a run of a draft that is about to begin."""
    log = RunLog(draft.connection, draft.credentials, every_record=draft.every_record)
    log.consumer = draft.consumer if draft.every_record else None
    return log

"""The Run step: the checks as they run, with the details of one beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button
from textual.worker import Worker, WorkerState

from oneroster_checks import events
from oneroster_checks.errors import InputError
from oneroster_wizard.check_help import check_help
from oneroster_wizard.draft import Draft
from oneroster_wizard.draft_run import events_of
from oneroster_wizard.draft_writes import DraftWrites
from oneroster_wizard.run_help import RUN_HELP
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.check_list import WHOLE_RUN, CheckList
from oneroster_wizard.widgets.depth_rows import DepthRows
from oneroster_wizard.widgets.input_trouble import input_trouble
from oneroster_wizard.widgets.read_bars import ReadBars
from oneroster_wizard.widgets.run_board import RunBoard
from oneroster_wizard.widgets.run_strip import RunStrip
from oneroster_wizard.widgets.state import plain, stated

from .base import Command, WizardScreen


class RunScreen(WizardScreen):
    """Runs the checks and shows each event; a run that is still true is shown again, not repeated."""

    STEP = WizardStep.RUN
    NEXT = "Checklist"
    CSS_PATH = "run.tcss"
    HELP_TEXT = RUN_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cancel", "Cancel", tooltip="Stop the run"),
        Binding("r", "run_again", "Run again", tooltip="Run every check again"),
        Binding("o", "run_one", "This one again", tooltip="Run only the chosen check, and what it needs"),
    ]

    class Reported(Message):
        """The engine reports an event; `number` is that of the run that it belongs to."""

        def __init__(self, number: int, event: events.Event) -> None:
            super().__init__()
            self.number = number
            self.event = event

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._number, self._began = 0, 0.0
        self._only, self._is_partial = False, False
        self._worker: Worker[None] | None = None
        self._before: RunLog | None = None

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

    def on_mount(self) -> None:
        rerun, self.draft.rerun = self.draft.rerun, ()
        writes, self.draft.writes = self.draft.writes, None
        log = self.draft.log
        if writes is not None:
            only = writes.checks if self._has_result else ()
            self._board.show_log(log if log and only else self._new_log())
            self.call_after_refresh(self._start, only, follows=True, writes=writes)
        elif log is not None and self._has_result:
            self._board.show_log(log)
            self._show_end()
        elif log is not None and rerun and log.result is not None:
            self._board.show_log(log)
            self.call_after_refresh(self._start, rerun, follows=True)
        else:
            self.call_after_refresh(self.action_run_again)
        self.set_interval(0.5, self._show_progress)

    def first_focus(self) -> Widget:
        return self.query_one("#next" if self._has_result else "#checks")

    def explained_here(self) -> tuple[str, str] | None:
        log, check = self.draft.log, self._checks.chosen
        on_check = self.focused is not None and self.focused.id in ("checks", "details")
        if not on_check or log is None or check not in log.checks:
            return None
        return check_help(log.checks[check], log.findings.get(check), self.draft.connection.provider)

    def commands(self) -> Iterable[Command]:
        yield "Run again", "Run every check again", self.action_run_again
        yield "Run this one again", "Run the chosen check and what it needs", self.action_run_one
        yield "Cancel", "Stop the run", self.action_cancel
        yield from super().commands()

    @property
    def _board(self) -> RunBoard:
        return self.query_one(RunBoard)

    @property
    def _checks(self) -> CheckList:
        return self._board.checks

    @property
    def _strip(self) -> RunStrip:
        return self.query_one(RunStrip)

    # Starting and stopping.

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._worker is not None and self._worker.is_running

    @property
    def _has_result(self) -> bool:
        """Whether there is a result of this connection as it is now."""
        return self.draft.log is not None and self.draft.log.fits(
            self.draft.connection, self.draft.credentials
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that make no sense now are not offered."""
        if action == "cancel":
            return self.running
        if action in ("run_again", "run_one"):
            return not self.running
        return True

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check."""
        if not self.running:
            self._before = self.draft.log
            self._board.show_log(self._new_log())
            self._start((), follows=True)

    def _new_log(self) -> RunLog:
        draft = self.draft
        draft.log = log = RunLog(draft.connection, draft.credentials, every_record=draft.every_record)
        log.consumer = draft.consumer if draft.every_record else None
        return log

    @on(Button.Pressed, "#one")
    def action_run_one(self) -> None:
        """Run the chosen check again, with what it needs."""
        chosen = self._checks.chosen
        if self.running or not self._has_result:
            return
        from oneroster_checks.diagnosis.plan import needs_option

        if chosen == WHOLE_RUN:
            self.action_run_again()
        elif needs_option(chosen):
            self.say("A check that writes runs only from the checklist: B there asks for the class.")
        else:
            self._start((chosen,), follows=False)

    def _start(self, only: tuple[str, ...], *, follows: bool, writes: DraftWrites | None = None) -> None:
        self._number += 1
        # A write test runs on top of the last result, and is a run of its own.
        self._only, self._is_partial = bool(only), bool(only) and writes is None
        self._checks.follows = follows
        self._began = monotonic()
        self.say("")
        self._worker = self._run(self._number, only, writes)
        self._show_buttons()

    @work(exclusive=True, group="run")
    async def _run(self, number: int, only: tuple[str, ...], writes: DraftWrites | None) -> None:
        draft = self.draft
        try:
            async with aclosing(events_of(draft, only, writes)) as happening:
                async for event in happening:
                    self.post_message(self.Reported(number, event))
        except InputError as error:
            self.say(input_trouble(error))
            # A run that could not even begin takes nothing away.
            if self._before is not None and draft.result is None:
                draft.log = self._before
                self._board.show_log(draft.log)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Stop the run; nothing stays open."""
        if self._worker is not None:
            self._worker.cancel()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is self._worker and event.state is WorkerState.CANCELLED:
            self._number += 1
            self._checks.now = ""
            log = self.draft.log
            if log is not None:
                log.cancel()
                self._board.show_log(log)
            self.say("The run was canceled. R runs it again.")
            self._show_progress()
        self._show_buttons()

    def action_next(self) -> None:
        if self.running:
            self.say("The run is still going. C cancels it.")
        elif not self._has_result:
            self.say("There is no result yet. R runs the checks.")
        else:
            self.leave(self.STEP.next)

    # What the engine reports.

    @on(Reported)
    def _reported(self, message: Reported) -> None:
        log = self.draft.log
        if message.number != self._number or log is None:
            return
        log.record(message.event)
        self.query_one(ReadBars).show_reads(log.reads)
        match message.event:
            case events.RunStarted():
                self._board.show_log(log)
            case events.CheckStarted(check):
                self._checks.now = check
                self._checks.show_row(check)
                if self._checks.follows:
                    self._checks.lead_to(check)
            case events.RequestMade(check):
                self._strip.show_pace(log)
                self._board.show_check(check)
            case events.CheckFinished(reported):
                if self._checks.now == reported.finding.check:
                    self._checks.now = ""
                self._board.show_check(reported.finding.check)
            case events.RunFinished():
                self._checks.now = ""
                self._finish(log)
        self._show_progress()

    def _finish(self, log: RunLog) -> None:
        draft = self.draft
        # A run of what was changed ends with a result of the connection as it is now.
        log.connection, log.credentials = draft.connection, draft.credentials
        log.is_partial = self._is_partial
        self.save_result()
        self._checks.show_rows(log)
        self._show_end()

    def _show_end(self) -> None:
        log = self.draft.log
        if log is None or log.result is None:
            return
        verdict = log.result.verdict
        self.say(Content.assemble(stated(verdict.status), plain(f": {verdict.summary}")))
        if self._checks.follows:
            self._checks.lead_to(verdict.check or WHOLE_RUN)
            if self.focused is None or self.focused.id == "checks":
                self.query_one("#next").focus()
        self._strip.show_pace(log)
        self._checks.show_row(WHOLE_RUN)
        self._board.show_details()
        self._show_buttons()
        self._show_progress()

    # Showing it.

    def _show_progress(self) -> None:
        if self.draft.log is not None:
            runs = self.running and not self._finished()
            self._strip.show_progress(self.draft.log, monotonic() - self._began if runs else None)

    def _finished(self) -> bool:
        return self.draft.log is not None and self.draft.log.result is not None and not self._only

    def _show_buttons(self) -> None:
        running = self.running and not self._finished()
        self.query_one(DepthRows).disabled = running
        self.query_one("#cancel").display = running
        self.query_one("#again").display = not running
        self.query_one("#one").display = not running and self._has_result
        self.query_one("#next").disabled = not self._has_result
        self.refresh_bindings()

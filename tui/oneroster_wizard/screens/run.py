"""The Run step: the checks as they run, with the details of one beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Button
from textual.worker import Worker, WorkerState

from oneroster_checks import events
from oneroster_checks.errors import InputError
from oneroster_wizard.draft import Draft
from oneroster_wizard.draft_run import events_of
from oneroster_wizard.draft_writes import DraftWrites
from oneroster_wizard.keys import Key
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.check_tree import WHOLE_RUN
from oneroster_wizard.widgets.input_trouble import input_trouble
from oneroster_wizard.widgets.read_bars import ReadBars

from .base import Command
from .run_view import RunView, new_log


class RunScreen(RunView):
    """Runs the checks and shows each event; a run that is still true is shown again, not repeated."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.CANCEL.bound("cancel", "Cancel", tooltip="Stop the run"),
        Key.RUN.bound("run_again", "Run again", tooltip="Run every check again"),
        Key.RUN_ONE.bound("run_one", "Run this one", tooltip="Run only the chosen check, and what it needs"),
        Key.TRACE.bound("trace", "Trace", tooltip="Follow one student, teacher, class, or grade through"),
    ]

    class Reported(Message):
        """The engine reports an event; `number` is that of the run that it belongs to."""

        def __init__(self, number: int, event: events.Event) -> None:
            super().__init__()
            self.number = number
            self.event = event

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._number = 0
        self._is_partial = False
        self._worker: Worker[None] | None = None

    def on_mount(self) -> None:
        draft, log = self.draft, self.draft.log
        (rerun, draft.rerun), (anew, draft.runs_anew) = (draft.rerun, ()), (draft.runs_anew, False)
        writes, draft.writes = draft.writes, None
        if writes is not None:
            only = writes.checks if self._has_result else ()
            self.shown = log if log and only else new_log(self.draft)
            self._board.show_log(self.shown)
            self.call_after_refresh(self._start, only, follows=True, writes=writes)
        elif log is not None and ((self._has_result and not anew) or self.came_back):
            self._board.show_log(log)
            self._show_end()
            if not self._has_result:
                self.say("The connection has changed since this run. R runs the checks.")
        elif self.came_back:
            self.say("There is no result yet. R runs the checks.")
            self._show_buttons()
        elif log is not None and rerun and log.result is not None:
            self._board.show_log(log)
            self.call_after_refresh(self._start, rerun, follows=True)
        else:
            self.call_after_refresh(self.action_run_again)
        self.set_interval(0.5, self._show_progress)

    def commands(self) -> Iterable[Command]:
        yield "Run again", "Run every check again", self.action_run_again
        yield "Run this one again", "Run the chosen check and what it needs", self.action_run_one
        yield "Cancel", "Stop the run", self.action_cancel
        if self._has_result and not self.running:
            yield "Trace", "Follow one student, teacher, class, or grade through", self.action_trace
        yield from super().commands()

    # Starting and stopping.

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._worker is not None and self._worker.is_running

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that make no sense now are not offered."""
        if action == "cancel":
            return self.running
        if action in ("run_again", "run_one"):
            return not self.running
        if action == "trace":
            return self._has_result and not self.running
        return True

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check."""
        if not self.running:
            self.shown = new_log(self.draft)
            self._checks.follows = True
            self._board.show_log(self.shown)
            self._start((), follows=True)

    @on(Button.Pressed, "#one")
    def action_run_one(self) -> None:
        """Run the chosen check again, with what it needs."""
        chosen = self._checks.chosen
        if self.running or not self._has_result:
            return
        from oneroster_checks.diagnosis.plan import needs_option

        if chosen == WHOLE_RUN:
            self.action_run_again()
        elif chosen not in self.shown.checks:
            self.say("Choose one check. Enter unfolds a stage.")
        elif needs_option(chosen):
            self.say("A check that writes runs only from the checklist: B there asks for the class.")
        else:
            self._start((chosen,), follows=False)

    def _start(self, only: tuple[str, ...], *, follows: bool, writes: DraftWrites | None = None) -> None:
        self._number += 1
        # A write test runs on top of the last result, and is a run of its own.
        self._only, self._is_partial = bool(only), bool(only) and writes is None
        self._checks.follows = follows
        self._begin()
        self.say(self._note)
        self._worker = self._run(self._number, only, writes)
        self._show_buttons()

    @work(exclusive=True, group="run")
    async def _run(self, number: int, only: tuple[str, ...], writes: DraftWrites | None) -> None:
        draft = self.draft
        try:
            async with aclosing(events_of(draft, self.shown, only, writes)) as happening:
                async for event in happening:
                    self.post_message(self.Reported(number, event))
        except InputError as error:
            self.say(input_trouble(error))
            self._show_what_is_known()

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
            self.shown.cancel()
            self.say("The run was canceled. R runs it again.")
            self._show_what_is_known()
        self._show_buttons()

    def _show_what_is_known(self) -> None:
        """A run that did not come to its end takes nothing away: the one before is shown again."""
        self.shown = self.draft.log or self.shown
        self._board.show_log(self.shown)
        self._show_progress()

    def action_next(self) -> None:
        if self.running:
            self.say("The run is still going. C cancels it.")
        elif not self._has_result:
            self.say("There is no result yet. R runs the checks.")
        else:
            self.leave(self.STEP.next)

    def action_trace(self) -> None:
        """Follow one record through."""
        self.leave(WizardStep.TRACE)

    # What the engine reports.

    @on(Reported)
    def _reported(self, message: Reported) -> None:
        log = self.shown
        if message.number != self._number:
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
        draft.log = log
        self.save_result()
        self._checks.show_rows(log)
        self._show_end()

"""Step 6: the checks as they run, with the details of one beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, OptionList, Sparkline, Static
from textual.worker import Worker, WorkerState

from oneroster_checks.events import CheckFinished, CheckStarted, Event, RequestMade, RunFinished, RunStarted
from oneroster_wizard.draft import Draft, RunLog
from oneroster_wizard.running import root_check, whole_run
from oneroster_wizard.widgets.check_list import WHOLE, CheckList
from oneroster_wizard.widgets.details import details
from oneroster_wizard.widgets.state import plain, stated

from .base import Command, WizardScreen

if TYPE_CHECKING:
    from oneroster_checks.result import Result

# How the trace calls a connection that was only opened: no request went over it.
CONNECT = "CONNECT"


class RunScreen(WizardScreen):
    """Runs the checks and shows each event; a run that is still true is shown again, not repeated."""

    STEP = 6
    NEXT = "Checklist"
    CSS_PATH = "run.tcss"
    HELP_TEXT = """
Each line is one check: its state, what it looks at, how long it took, and what it found. The pane \
beside or beneath the list shows the chosen check: what it asks, each request with its status and \
milliseconds, the form of what came back, the cause and what to do. Names, birth dates and secrets \
are never shown.

The first line is the whole run: how much the district shares, and how fast it answers.

The checks only read. They send one request at a time. A check that cannot be judged, because an \
earlier one failed, is skipped and says why.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cancel", "Cancel", tooltip="Stop the run"),
        Binding("r", "run_again", "Run again", tooltip="Run every check again"),
        Binding("o", "run_one", "This one again", tooltip="Run only the chosen check, and what it needs"),
    ]

    class Reported(Message):
        """The engine has said something; `number` tells the run that it belongs to."""

        def __init__(self, number: int, event: Event) -> None:
            super().__init__()
            self.number = number
            self.event = event

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._number = 0
        self._only = False
        self._began = 0.0
        self._worker: Worker[None] | None = None

    def compose_middle(self) -> ComposeResult:
        with Horizontal(id="strip"):
            yield Static("Starting", id="progress")
            yield Sparkline([], id="times")
            yield Static("", id="pace")
        with Container(id="split"):
            yield CheckList()
            with Vertical(id="beside"), VerticalScroll(id="details"):
                yield Static(id="detail-text")

    def compose_moves(self) -> ComposeResult:
        yield from super().compose_moves()
        yield Button("Cancel", id="cancel")
        yield Button("Run again", id="again")
        yield Button("This one again", id="one")

    def on_mount(self) -> None:
        log = self.draft.log
        if log is not None and log.fits(self.draft):
            self._list()
            self._show_end()
        else:
            self.call_after_refresh(self.action_run_again)
        self.set_interval(0.5, self._show_progress)
        super().on_mount()

    def first_focus(self) -> Widget:
        log = self.draft.log
        return self.query_one("#next" if log is not None and log.fits(self.draft) else "#checks")

    def commands(self) -> Iterable[Command]:
        yield "Run again", "Run every check again", self.action_run_again
        yield "Run this one again", "Run the chosen check and what it needs", self.action_run_one
        yield "Cancel", "Stop the run", self.action_cancel
        yield from super().commands()

    @property
    def _checks(self) -> CheckList:
        return self.query_one(CheckList)

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
        return True

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check."""
        if not self.running:
            self.draft.log = RunLog(self.draft.connection, self.draft.credentials)
            self._list()
            self._start(())

    @on(Button.Pressed, "#one")
    def action_run_one(self) -> None:
        """Run the chosen check again, with what it needs."""
        chosen = self._checks.chosen
        log = self.draft.log
        if self.running or log is None or log.result is None:
            return
        if chosen == WHOLE:
            self.action_run_again()
        else:
            self._start((chosen,))

    def _start(self, only: tuple[str, ...]) -> None:
        self._number += 1
        self._only = bool(only)
        self._checks.follows = not only
        self._began = monotonic()
        self.say("")
        self._worker = self._run(self._number, only)
        self._show_buttons()

    @work(exclusive=True, group="run")
    async def _run(self, number: int, only: tuple[str, ...]) -> None:
        from oneroster_checks.diagnosis import diagnose

        draft = self.draft
        stream = diagnose(
            draft.connection,
            draft.credentials,
            answers=draft.answers,
            only=only or None,
            profile=draft.profile or None,
            previous=draft.result if only else None,
        )
        try:
            async with aclosing(stream) as events:
                async for event in events:
                    self.post_message(self.Reported(number, event))
        except OSError as error:
            # Only a file of the user's own is read here: the one with further certificate authorities.
            self.say(f"The CA file cannot be read: {(error.strerror or 'it is no PEM file').lower()}.")

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
            if log is not None and log.result is not None:
                # What was repeated has not ended, so what was known before holds.
                log.said = {said.finding.check: said for said in log.result.said}
            self._list()
            self.say("The run was cancelled. R runs it again.")
            self._show_progress()
        self._show_buttons()

    def action_next(self) -> None:
        log = self.draft.log
        if self.running:
            self.say("The run is still going. C cancels it.")
        elif log is None or log.result is None:
            self.say("There is no result yet. R runs the checks.")
        else:
            self.leave(7)

    # What the engine says.

    @on(Reported)
    def _reported(self, message: Reported) -> None:
        log = self.draft.log
        if message.number != self._number or log is None:
            return
        match message.event:
            case RunStarted(checks):
                for info in checks:
                    log.checks[info.check] = info
                    log.said.pop(info.check, None)
                    log.requests.pop(info.check, None)
                self._list()
            case CheckStarted(check):
                self._checks.now = check
                self._checks.show_row(check)
                if self._checks.follows:
                    self._checks.lead_to(check)
            case RequestMade(check, evidence):
                log.requests.setdefault(check, []).append(evidence)
                self._show_pace()
                self._show_details_of(check)
            case CheckFinished(said):
                log.said[said.finding.check] = said
                if self._checks.now == said.finding.check:
                    self._checks.now = ""
                self._checks.show_row(said.finding.check)
                self._show_details_of(said.finding.check)
            case RunFinished(result):
                self._checks.now = ""
                self._finish(result)
        self._show_progress()

    def _finish(self, result: Result) -> None:
        draft, log = self.draft, self.draft.log
        if log is None:
            return
        log.result = result
        log.said = {said.finding.check: said for said in result.said}
        if draft.profile and not draft.practice:
            from oneroster_wizard.profiles import ProfileError

            try:
                self.wizard.keeper.keep_result(draft.profile, result)
            except ProfileError as error:
                self.app.notify(str(error), severity="warning", markup=False)
        for check in log.checks:
            self._checks.show_row(check)
        self._show_end()

    def _show_end(self) -> None:
        log = self.draft.log
        if log is None or log.result is None:
            return
        verdict = log.result.verdict
        self.say(Content.assemble(stated(verdict.status), plain(f": {verdict.summary}")))
        if self._checks.follows:
            self._checks.lead_to(root_check(log.result) or WHOLE)
            if self.focused is None or self.focused.id == "checks":
                self.query_one("#next").focus()
        self._show_pace()
        self._checks.show_row(WHOLE)
        self._show_details()
        self._show_buttons()
        self._show_progress()

    # Showing it.

    def _list(self) -> None:
        if self.draft.log is not None:
            self._checks.show_log(self.draft.log)
            self._show_details()

    @on(OptionList.OptionHighlighted, "#checks")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id == self._checks.chosen:
            self._show_details()
            self.query_one("#details").scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#checks")
    def _selected(self) -> None:
        self.query_one("#details").focus()

    def _show_details_of(self, check: str) -> None:
        if check == self._checks.chosen:
            self._show_details()

    def _show_details(self) -> None:
        log, check = self.draft.log, self._checks.chosen
        if log is None:
            return
        if check == WHOLE or check not in log.checks:
            text = whole_run(log)
        else:
            said, requests = log.said.get(check), log.requests.get(check, ())
            text = details(log.checks[check], said, requests, running=check == self._checks.now)
        self.query_one("#detail-text", Static).update(text)

    def _show_pace(self) -> None:
        log = self.draft.log
        every = [evidence for made in log.requests.values() for evidence in made] if log else []
        times = [evidence.elapsed_ms for evidence in every if evidence.method != CONNECT]
        self.query_one("#times", Sparkline).data = [float(time) for time in times]
        if times:
            self.query_one("#pace", Static).update(f"{len(times)} requests, {min(times)} to {max(times)} ms")

    def _show_progress(self) -> None:
        log = self.draft.log
        if log is None:
            return
        done, every = len(log.said), len(log.checks)
        if self.running and not self._finished():
            words = f"Running: {done} of {every} checks, {monotonic() - self._began:.0f} s"
        elif log.result is not None:
            words = f"Finished: {every} checks in {log.result.duration_ms / 1000:.1f} s"
        else:
            words = f"Stopped after {done} of {every} checks"
        self.query_one("#progress", Static).update(words)

    def _finished(self) -> bool:
        return self.draft.log is not None and self.draft.log.result is not None and not self._only

    def _show_buttons(self) -> None:
        running = self.running and not self._finished()
        log = self.draft.log
        self.query_one("#cancel").display = running
        self.query_one("#again").display = not running
        self.query_one("#one").display = not running and log is not None and log.result is not None
        self.query_one("#next").disabled = log is None or log.result is None
        self.refresh_bindings()

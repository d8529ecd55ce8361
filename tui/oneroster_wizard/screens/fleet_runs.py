"""Run all: the checks of every saved connection that is shown, side by side, while the table goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer
from textual.widgets import Button, Static
from textual.worker import Worker, WorkerState

from oneroster_wizard.draft import Draft
from oneroster_wizard.limits import FLEET_REFRESH_S
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.state import plain

from .base import Command
from .fleet import FleetScreen

if TYPE_CHECKING:
    from oneroster_wizard.fleet_live import FleetRuns
    from oneroster_wizard.fleet_rows import FleetRow
    from oneroster_wizard.storage.kept_run import KeptRun

_BUSY = "The runs are still going. C cancels them."
# The same on another screen.
RUNS_GO_ON = "The runs on Start are still going. Wait for them, or cancel them there."


class FleetRunScreen(FleetScreen):
    """Runs what is shown; meanwhile nothing else that asks a district or changes a profile begins."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._runs: FleetRuns | None = None
        self._worker: Worker[None] | None = None
        self._timer: Timer | None = None
        self._is_canceled = False
        # Whether it was said that nothing else begins.
        self._said_busy = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Cancel is offered while something runs, Run all while nothing does, Back while there is something to end."""
        if action == "run_all" and self.runs_go_on:
            return False
        if action == "cancel" and (not self.runs_go_on or self._is_canceled):
            return False
        if action == "back" and not (self.is_filtered or self.runs_go_on or self._runs is not None):
            return False
        return super().check_action(action, parameters)

    def commands(self) -> Iterable[Command]:
        yield from super().commands()
        if self.runs_go_on:
            yield "Cancel", "Cancel the runs that are still going", self.action_cancel
        elif self.names:
            yield "Run all", "Run the checks of all connections that are shown", self.action_run_all

    @property
    def runs_go_on(self) -> bool:
        """Whether runs are going on, or what has ended is still being saved."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def is_busy(self) -> bool:
        if self.runs_go_on:
            self.say(_BUSY)
            self._said_busy = True
        return self.runs_go_on

    @on(Button.Pressed, "#all")
    def action_run_all(self) -> None:
        """Run the checks of every connection that is shown."""
        if self.is_busy or not self.wanted_names():
            return
        self.say("")
        self._end_line()
        self._is_canceled = False
        self.table.focus()
        self._worker = self.run_worker(self._run_all(), group="fleet")
        self.set_class(True, "-running")
        self.refresh_bindings()

    async def _run_all(self) -> None:
        from oneroster_wizard.fleet_live import FleetRuns

        # Another program may have changed where a connection leads since they were read.
        await self.show_saved()
        wanted = set(self.wanted_names())
        runs = FleetRuns(self.saved.profiles, [each for each in self.found.profiles if each.name in wanted])
        self._runs = runs
        self._show_live()
        self._timer = self.set_interval(FLEET_REFRESH_S, self._show_live)
        await runs.run()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Cancel the runs that are under way; what has ended stays."""
        # A second time would only give up waiting for what is being saved.
        if self._worker is not None and self.runs_go_on and not self._is_canceled:
            self._is_canceled = True
            self._worker.cancel()
            self._show_live()
            self.refresh_bindings()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is self._worker and event.state not in (WorkerState.PENDING, WorkerState.RUNNING):
            if self._timer is not None:
                self._timer.stop()
            if self._said_busy:
                self._said_busy = False
                self.say("")
            self.set_class(False, "-running")
            self.refresh_bindings()
            self._show_live()

    async def show_saved(self, choose: str = "") -> None:
        await super().show_saved(choose)
        # What was read knows neither what runs now nor what could not be kept.
        self._show_live()

    def _show_live(self) -> None:
        """Show what has happened since the last time, all of it at once."""
        runs = self._runs
        if runs is None or not self.query("#live"):
            return
        begun, news = runs.take()
        if not self.runs_go_on:
            begun = frozenset()
        changed = False
        for name, row in self.found.rows.items():
            now = self._with_news(row, news.get(name) or runs.not_kept.get(name))
            now = now if now.runs == (name in begun) else replace(now, runs=name in begun)
            if now is not row:
                self.found.rows[name] = now
                changed = True
        if changed:
            self.show_rows()
        self._show_figures(runs)

    def _with_news(self, row: FleetRow, run: KeptRun | None) -> FleetRow:
        """A row after a run, unless it was read with that one already."""
        from oneroster_wizard.fleet_rows import with_run

        if run is None or (row.last is not None and row.last.started >= run.started):
            return row
        return with_run(row, run, self.saved.today())

    def _show_figures(self, runs: FleetRuns) -> None:
        live = self.query_one("#live", Static)
        live.update(plain(self._figures(runs)))
        live.add_class("-shown")

    def _figures(self, runs: FleetRuns) -> str:
        left, lost = runs.total - runs.done, len(runs.not_kept)
        unsaved = f" {lost:,} run{'s' * (lost > 1)} could not be saved: {runs.trouble}" if lost else ""
        if not self.runs_go_on and not left:
            return f"{runs.total:,} done, {runs.counts}.{unsaved}"
        if not self._is_canceled:
            return f"{runs.done:,} done, {runs.counts}, {left:,} remaining. C cancels.{unsaved}"
        done = f"{runs.done:,} of {runs.total:,} were done, {runs.counts}."
        if self.runs_go_on:
            return f"Canceling, and saving what has ended: {done}{unsaved}"
        return f"Canceled: {done}{unsaved or ' Their results are kept.' * bool(runs.done)}"

    def _end_line(self) -> None:
        self._runs = None
        for line in self.query("#live"):
            line.remove_class("-shown")

    def close_runs(self) -> bool:
        """One step back here: end the filter, cancel the runs, or take their line away; False for nothing of them."""
        if self.is_filtered:
            self.end_filter()
        elif self.runs_go_on:
            self.action_cancel()
        elif self._runs is not None:
            self._end_line()
            self.refresh_bindings()
        else:
            return False
        return True

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

_BUSY = "The runs are still going. Esc cancels them."


class FleetRunScreen(FleetScreen):
    """Runs what is shown; meanwhile nothing else that asks a district or changes a profile begins."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._runs: FleetRuns | None = None
        self._worker: Worker[None] | None = None
        self._timer: Timer | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Cancel is offered while something runs, Run all while nothing does."""
        if action in ("cancel", "run_all") and (action == "cancel") != self._is_running:
            return False
        return super().check_action(action, parameters)

    def commands(self) -> Iterable[Command]:
        yield from super().commands()
        if self._is_running:
            yield "Cancel", "Cancel the runs that are still going", self.action_cancel
        elif self.names:
            yield "Run all", "Run the checks of all connections that are shown", self.action_run_all

    @property
    def _is_running(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    @property
    def is_busy(self) -> bool:
        if self._is_running:
            self.say(_BUSY)
        return self._is_running

    @on(Button.Pressed, "#all")
    def action_run_all(self) -> None:
        """Run the checks of every connection that is shown."""
        from oneroster_wizard.fleet_live import FleetRuns

        wanted = set(self.wanted_names())
        if self.is_busy or not wanted:
            return
        self.say("")
        profiles = [each for each in self.found.profiles if each.name in wanted]
        self._runs = FleetRuns(self.saved.profiles, profiles)
        self._worker = self.run_worker(self._runs.run(), group="fleet")
        self.table.focus()
        self._show_live()
        self._timer = self.set_interval(FLEET_REFRESH_S, self._show_live)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Cancel the runs that are under way; what has ended stays."""
        if self._worker is not None:
            self._worker.cancel()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is self._worker and event.state not in (WorkerState.PENDING, WorkerState.RUNNING):
            if self._timer is not None:
                self._timer.stop()
            self._show_live()

    def _show_live(self) -> None:
        """Show what has happened since the last time, all of it at once."""
        runs = self._runs
        if runs is None or not self.query("#live"):
            return
        from oneroster_wizard.fleet_rows import with_run

        begun, news = runs.take()
        if not self._is_running:
            begun = frozenset()
        changed = False
        for name, row in self.found.rows.items():
            now = with_run(row, news[name], self.saved.today()) if name in news else row
            now = now if now.runs == (name in begun) else replace(now, runs=name in begun)
            if now is not row:
                self.found.rows[name] = now
                changed = True
        if changed:
            self.show_rows()
        self._show_figures(runs)

    def _show_figures(self, runs: FleetRuns) -> None:
        left = runs.total - runs.done
        if self._is_running:
            words = f"{runs.done:,} done, {runs.counts}, {left:,} remaining. Esc cancels."
        elif left:
            words = (
                f"Canceled: {runs.done:,} of {runs.total:,} were done, {runs.counts}. Their results are kept."
            )
        else:
            words = f"{runs.total:,} done, {runs.counts}."
        if runs.trouble:
            words += f" Some runs were not saved: {runs.trouble}"
        live = self.query_one("#live", Static)
        live.update(plain(words))
        live.add_class("-shown")
        self.set_class(self._is_running, "-running")
        self.refresh_bindings()

    def close_runs(self) -> bool:
        """One step back here: cancel the runs, take their line away, or end the filter; False for nothing of them."""
        if self._is_running:
            self.action_cancel()
        elif self._runs is not None:
            self._runs = None
            self.query_one("#live").remove_class("-shown")
        elif self.wanted:
            self.end_filter()
        else:
            return False
        return True

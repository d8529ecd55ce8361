"""The reading of both sides of a move: how far it is, and its end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Button
from textual.worker import Worker, WorkerState

from oneroster_checks.errors import InputError
from oneroster_wizard.draft import Draft
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.input_trouble import input_trouble
from oneroster_wizard.widgets.side_reads import SideReads

from .move_files import MoveFilesScreen

if TYPE_CHECKING:
    from oneroster_checks.events import ReadProgress
    from oneroster_checks.moving.model import Side

CANCELED = "The comparison was canceled. R runs it again."


class MoveReadingScreen(MoveFilesScreen):
    """Reads and compares the sides of its plan; a subclass shows what came of it."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._worker: Worker[None] | None = None
        self._began = 0.0

    # What a subclass fills in.

    async def show_moved(self) -> None:
        """Show what came of the comparison."""
        raise NotImplementedError

    def show_moves(self) -> None:
        """Show the parts and the buttons that make sense now."""
        raise NotImplementedError

    # What it does.

    @property
    def reading(self) -> bool:
        """Whether the sides are being read."""
        return self._worker is not None and not self._worker.is_finished

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Read both sides again, and compare them; what was found stays until that has ended."""
        if self.reading or self.plan.new is None:
            return
        for side in self.query(SideReads):
            side.begin()
        self.say("")
        self._began = monotonic()
        self._worker = self._compare()
        self.show_moves()
        self.query_one("#cancel").focus()

    @work(exclusive=True, group="compare")
    async def _compare(self) -> None:
        from oneroster_wizard.move_run import compare

        try:
            await compare(self.plan, self._take_progress)
        except InputError as error:
            self.say(input_trouble(error))
        else:
            await self.show_moved()

    def _take_progress(self, side: Side, read: ReadProgress) -> None:
        for place in self.query(f"#{side}").results(SideReads):
            place.take(read)

    def _show_progress(self) -> None:
        if self.reading:
            records = sum(side.records for side in self.query(SideReads))
            self.say(f"Reading both connections: {records:,} records, {monotonic() - self._began:.0f} s.")

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Stop reading; nothing stays open."""
        if self._worker is not None:
            self._worker.cancel()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._worker:
            return
        if event.state is WorkerState.CANCELLED:
            self.say(CANCELED)
        self.show_moves()
        if not self.reading:
            self._focus_end()

    def _focus_end(self) -> None:
        """Go on from where Cancel was."""
        if self.focused is None or self.focused.id == "cancel":
            self.query_one("#copy-summary" if self.moved is not None else "#again").focus()

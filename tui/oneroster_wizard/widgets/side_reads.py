"""One side of a move while it is read: its name, and a bar for each collection."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from oneroster_checks.events import ReadProgress
from oneroster_wizard.draft import Draft

from .read_bars import ReadBars
from .state import plain

BEFORE = "No record was read yet: the requests are being authorized."


class SideReads(Vertical):
    """Shows how far one side has come."""

    def __init__(self, title: str, draft: Draft, *, id: str) -> None:
        super().__init__(id=id, classes="framed side")
        self._reads: dict[str, ReadProgress] = {}
        self.border_title = plain(f"{title}: {draft.profile} · OneRoster {draft.connection.oneroster}")

    def compose(self) -> ComposeResult:
        yield Static(BEFORE, classes="before")
        yield ReadBars()

    @property
    def records(self) -> int:
        """How many records came so far."""
        return sum(read.records for read in self._reads.values())

    def begin(self) -> None:
        """Show that nothing was read yet."""
        self._reads = {}
        self._show()

    def take(self, read: ReadProgress) -> None:
        """Show how far a collection has come."""
        self._reads[read.collection] = read
        self._show()

    def _show(self) -> None:
        self.query_one(".before").display = not self._reads
        self.query_one(ReadBars).show_reads(self._reads)

"""How much a run reads: the first pages, or every record."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from .choice import Choice, ChoiceRow


class DepthRow(Horizontal):
    """The choice between a quick run and one that reads every record; it holds for the runs that are started next."""

    def __init__(self, *, every_record: bool) -> None:
        super().__init__(id="depth-row")
        self._every_record = every_record

    def compose(self) -> ComposeResult:
        yield Label("How much is read:")
        yield ChoiceRow(
            Choice(
                "Quick",
                value=not self._every_record,
                id="depth-quick",
                tooltip="The first pages: some seconds",
            ),
            Choice(
                "Every record",
                value=self._every_record,
                id="depth-full",
                tooltip="All pages, judged record by record: minutes in a large district",
            ),
            id="depth",
        )

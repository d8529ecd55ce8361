"""How much a run reads: the first pages, or every record."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label, RadioSet

from oneroster_wizard.draft import Draft

from .choice import Choice, ChoiceRow


class DepthRow(Horizontal):
    """The choice between a quick run and one that reads every record, for the next runs of a draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(id="depth-row")
        self._draft = draft

    def compose(self) -> ComposeResult:
        yield Label("How much is read:")
        yield ChoiceRow(
            Choice(
                "Quick",
                value=not self._draft.every_record,
                id="depth-quick",
                tooltip="The first pages: some seconds",
            ),
            Choice(
                "Every record",
                value=self._draft.every_record,
                id="depth-full",
                tooltip="All pages, judged record by record: minutes in a large district",
            ),
            id="depth",
        )

    @on(RadioSet.Changed)
    def _chosen(self, event: RadioSet.Changed) -> None:
        self._draft.every_record = event.pressed.id == "depth-full"

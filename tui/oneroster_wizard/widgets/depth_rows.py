"""How much a run reads: the first pages, or every record, and for whom."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, RadioSet

from oneroster_checks.labels import CONSUMER_CHOICES, CONSUMER_NAMES
from oneroster_checks.stages.model import CONSUMERS, Consumer
from oneroster_wizard.draft import Draft

from .choice import Choice, ChoiceRow


class DepthRows(Vertical):
    """The choice between a quick run and one that reads every record, for the next runs of a draft.

    Only the latter can take the steps of a consumer, so that the row for those is shown with it.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(id="depth-rows")
        self._draft = draft

    def compose(self) -> ComposeResult:
        draft = self._draft
        with Horizontal(id="depth-row"):
            yield Label("How much is read:")
            yield ChoiceRow(
                Choice(
                    "Quick",
                    value=not draft.every_record,
                    id="depth-quick",
                    tooltip="The first pages: seconds",
                ),
                Choice(
                    "Every record",
                    value=draft.every_record,
                    id="depth-full",
                    tooltip="All pages, judged record by record: minutes in a large district",
                ),
                id="depth",
            )
        with Horizontal(id="consumer-row"):
            yield Label("Ready for:")
            yield ChoiceRow(
                Choice(
                    "Anyone",
                    value=draft.consumer is None,
                    id="consumer-anyone",
                    tooltip="Only the checks of every connection",
                ),
                *(self._choice(consumer) for consumer in CONSUMERS),
                id="consumer",
            )

    def _choice(self, consumer: Consumer) -> Choice:
        return Choice(
            CONSUMER_CHOICES[consumer],
            value=self._draft.consumer == consumer,
            id=f"consumer-{consumer}",
            tooltip=f"Also what {CONSUMER_NAMES[consumer]} requires, step by step",
        )

    def on_mount(self) -> None:
        self._show_consumers()

    def _show_consumers(self) -> None:
        self.query_one("#consumer-row").display = self._draft.every_record

    @on(RadioSet.Changed, "#depth")
    def _depth_chosen(self, event: RadioSet.Changed) -> None:
        self._draft.every_record = event.pressed.id == "depth-full"
        self._show_consumers()

    @on(RadioSet.Changed, "#consumer")
    def _consumer_chosen(self, event: RadioSet.Changed) -> None:
        chosen: dict[str, Consumer] = {f"consumer-{consumer}": consumer for consumer in CONSUMERS}
        self._draft.consumer = chosen.get(event.pressed.id or "")

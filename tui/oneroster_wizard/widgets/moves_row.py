"""The row beneath a root cause: what to do next about it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Label

from oneroster_wizard.next_moves import NextMoves

COPY_MESSAGE = "Copy message to the district"


class MovesRow(Horizontal):
    """One button a move, the likeliest first; nothing is shown when there is none."""

    def __init__(self, moves: NextMoves) -> None:
        super().__init__(id="next-moves")
        self._moves = moves
        self.display = moves.some or moves.write_test

    def compose(self) -> ComposeResult:
        moves = self._moves
        yield Label("Next:")
        if moves.field is not None:
            yield Button(
                moves.field.label,
                id="go-field",
                variant="primary",
                compact=True,
                tooltip="The field to correct",
            )
        if moves.message:
            yield Button(COPY_MESSAGE, id="copy-message", compact=True)
        if moves.watch:
            yield Button("Watch", id="watch", compact=True, tooltip="Try this check until it passes")
        if moves.write_test:
            yield Button(
                "Write test", id="write-test", compact=True, tooltip="Try to write to the grade book"
            )

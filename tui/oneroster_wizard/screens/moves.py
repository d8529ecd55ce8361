"""Every pair of profiles that one of them names by moves_to, compared one after the other, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, DataTable, Static
from textual.worker import Worker, WorkerState

from oneroster_checks.visible import visible
from oneroster_wizard.draft import MovePlan
from oneroster_wizard.keys import Key
from oneroster_wizard.limits import MOVES_REFRESH_S
from oneroster_wizard.move_pairs import MovePair, compare_pairs
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_wizard.storage.saved_connections import SavedConnections

MEANS = (
    "Reads both connections of each pair whole, one pair after the other. Enter opens what came of one. Closing this "
    "stops it; what has ended stays until you quit."
)
HEADINGS = ("Old", "New", "Verdict")
_WAITS, _NOT = "Not compared yet", "Not compared"


class MovesScreen(Dialog[MovePlan | None]):
    """Compares pairs, and gives the one that is to be opened, None when it is closed."""

    WINDOW = "moves-window"
    AUTO_FOCUS = "#pairs"
    CSS_PATH = ["lists.tcss", "dialog.tcss", "moves.tcss"]  # noqa: RUF012
    HELP_TEXT = """
A row for each profile whose file has a line such as moves_to = “lakeside-1p2”. Their secrets come from the keyring. \
The lines below the table say what to do first.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.CANCEL.bound("cancel", "Cancel", tooltip="Stop reading; what has ended stays"),
        Key.RUN.bound("run_again", "Run again", tooltip="Compare every pair again"),
    ]

    def __init__(self, saved: SavedConnections, pairs: Sequence[MovePair]) -> None:
        super().__init__("Move all")
        self._saved = saved
        self._pairs = pairs
        self._worker: Worker[None] | None = None
        self._shown: list[tuple[str, ...]] = []

    def compose_body(self) -> ComposeResult:
        yield Static(MEANS, id="moves-means")
        yield DataTable[Text](id="pairs", cursor_type="row")
        yield Static(id="about")

    def compose_actions(self) -> ComposeResult:
        yield Button("Open", id="open", variant="primary")
        yield Button("Cancel", id="cancel")
        yield Button("Run again", id="again")

    def on_mount(self) -> None:
        table = self._table
        for heading in HEADINGS:
            table.add_column(heading, key=heading)
        for place, pair in enumerate(self._pairs):
            table.add_row(*map(_cell, _cells(pair)), key=str(place))
        self._shown = [_cells(pair) for pair in self._pairs]
        self._begin()
        self.set_interval(MOVES_REFRESH_S, self._show)

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one("#pairs", DataTable)

    @property
    def _chosen(self) -> MovePair:
        return self._pairs[self._table.cursor_row]

    # Comparing.

    @property
    def comparing(self) -> bool:
        """Whether a pair is being compared."""
        return self._worker is not None and not self._worker.is_finished

    def _begin(self, *, anew: bool = False) -> None:
        from oneroster_checks.connection import Credentials
        from oneroster_wizard.profile_secrets import ProfileSecrets

        profiles = [each for pair in self._pairs for each in (pair.old, pair.new) if each is not None]
        # Only the keyring: what is in the environment belongs to one connection, and nobody said to which.
        secrets = ProfileSecrets(profiles, Credentials(), store=self._saved.profiles)
        self._worker = self.run_worker(
            compare_pairs(self._pairs, secrets, self._show, anew=anew), exclusive=True
        )
        self._show()

    def action_run_again(self) -> None:
        """Compare every pair again."""
        if not self.comparing:
            self._begin(anew=True)

    @on(Button.Pressed, "#again")
    def _again_pressed(self) -> None:
        self.action_run_again()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Stop; what has ended stays."""
        if self._worker is not None:
            self._worker.cancel()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is self._worker and event.state is not WorkerState.PENDING:
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Cancel is offered while something runs, Run again while nothing does."""
        if action in ("cancel", "run_again"):
            return (action == "cancel") == self.comparing
        return True

    # What is shown.

    def _show(self) -> None:
        """Show what has changed."""
        # A pair that is canceled tells its end when the dialog may be gone.
        if not self._shown or not self.query("#pairs"):
            return
        for place, pair in enumerate(self._pairs):
            cells = _cells(pair)
            if cells != self._shown[place]:
                self._shown[place] = cells
                self._table.update_cell(str(place), HEADINGS[-1], _cell(cells[-1]), update_width=True)
        self.query_one("#cancel").display = self.comparing
        self.query_one("#again").display = not self.comparing
        self._show_about()
        self.refresh_bindings()

    @on(DataTable.RowHighlighted, "#pairs")
    def _show_about(self) -> None:
        pair = self._chosen
        self.query_one("#open", Button).disabled = pair.plan is None
        self.query_one("#about", Static).update(plain(about(pair)))

    @on(DataTable.RowSelected, "#pairs")
    @on(Button.Pressed, "#open")
    def _open(self) -> None:
        if self._chosen.plan is not None:
            self.workers.cancel_node(self)
            self.dismiss(self._chosen.plan)

    def action_close(self) -> None:
        self.workers.cancel_node(self)
        self.dismiss(None)


def _cells(pair: MovePair) -> tuple[str, ...]:
    """A row: the old and the new profile, and what came of it."""
    from oneroster_checks.report.moved import words_of

    if pair.now:
        verdict = pair.now
    elif pair.plan is not None and pair.plan.moved is not None:
        verdict = words_of(pair.plan.moved).rstrip(".")
    else:
        verdict = _NOT if pair.why else _WAITS
    return pair.old.name, pair.old.moves_to, verdict


def _cell(text: str) -> Text:
    return Text(visible(text), no_wrap=True)


def about(pair: MovePair) -> str:
    """What to do first about a pair, or why it was not compared; "" where there is nothing to say."""
    from oneroster_checks.report.moved import table_row

    if pair.plan is not None and pair.plan.moved is not None:
        moved = pair.plan.moved
        _, _, _, step = table_row(moved)
        return f"{moved.result.verdict.summary} {step}".strip()
    return pair.why

"""The Start step: all saved connections, a new one, the practice district, or a file to import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Static

from oneroster_wizard.draft import Draft
from oneroster_wizard.keys import Key
from oneroster_wizard.start_help import EMPTY_HELP, START_HELP
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.unsaved_results import UnsavedResults

from .base import Command
from .fleet_runs import FleetRunScreen

INTRO = (
    "This wizard tests a OneRoster connection to a district, and says what is wrong with it and how to fix it. "
    "Its checks only read; a write test runs only when you ask for it."
)
# What a first start offers: the id of its button, its title, and what it does.
CHOICES = (
    ("new", "New connection", "Enter what the district sent, and run the checks."),
    ("try", "Practice district", "A pretend district, served on this computer."),
    ("take", "Import", "Many connections at once, from a CSV or TOML file."),
)


class StartScreen(FleetRunScreen):
    """Shows what is saved; everything else begins here."""

    STEP = WizardStep.START
    NEXT = "New connection"
    HELP_TEXT = START_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.RUN.bound("run_saved", "Run"),
        Key.RUN_ALL.bound("run_all", "Run all"),
        Key.CANCEL.bound("cancel", "Cancel"),
        Key.LAST_RESULT.bound("open_last", "Last result"),
        Key.HISTORY.bound("history", "History"),
        Key.COMPARE.bound("compare", "Compare"),
        Key.TRACE.bound("trace", "Trace"),
        Key.MOVE.bound("move", "Move"),
        Key.MOVE_ALL.bound("move_all", "Move all"),
        Key.FILTER.bound("filter", "Filter"),
        Key.NEXT.bound("next", "New"),
        Key.PRACTICE.bound("practice", "Practice"),
        Key.IMPORT.bound("import", "Import"),
        Key.EDIT.bound("edit", "Edit"),
        Key.TAGS.bound("tags", "Tags"),
        Key.DUPLICATE.bound("duplicate", "Duplicate"),
        Key.RENAME.bound("rename", "Rename"),
        Key.DELETE.bound("delete", "Delete"),
        Key.WRITE_FILE.bound("export", "Export"),
        Key.READ_AGAIN.bound("read_again", "Refresh"),
        Key.BACK.bound("back", "Back", show=False),
    ]

    class PracticeChosen(Message):
        """The person wants the practice district, with a problem or, for None, a healthy one."""

        def __init__(self, problem: str | None) -> None:
            super().__init__()
            self.problem = problem

    def compose_nothing(self) -> Iterator[Widget]:
        yield Static(INTRO, classes="intro")
        if self.saved.is_empty:
            yield Static("No connection is saved yet.", id="nothing")
        for id, title, words in CHOICES:
            label = Content.assemble((title, "bold"), f"\n{words}")
            yield Button(label, id=id, classes="choice", variant="primary" if id == "new" else "default")

    def compose_moves(self) -> ComposeResult:
        # Where nothing is saved, the large choices take their place.
        if not self.saved.is_empty:
            yield Button(self.NEXT, id="next", variant="primary")
            yield Button("Practice district", id="practice")
            yield Button("Import", id="import")

    def which_district(self) -> str:
        return ""

    def help_text(self) -> str:
        return self.HELP_TEXT if self.names else EMPTY_HELP

    def first_focus(self) -> Widget:
        return self.query_one("#saved" if self.names else "#new")

    def commands(self) -> Iterable[Command]:
        yield "New connection", "Describe a connection and run its checks", self.action_next
        yield "Practice district", "A pretend district on this computer", self.action_practice
        yield from super().commands()

    def on_mount(self) -> None:
        if self.saved.is_empty:
            self.rows_came()

    def rows_came(self) -> None:
        # A dialog before that would hide an empty screen.
        self.call_after_refresh(self._offer_removal)

    # In a group of its own: it must not end what a quick key has begun.
    @work(exclusive=True, group="removal")
    async def _offer_removal(self) -> None:
        """Offer to remove what a write test has left in a grade book when its program was killed."""
        from oneroster_wizard.storage.journal_folder import journal_folder, journal_names

        if not journal_names(journal_folder()):
            return
        from oneroster_wizard.storage.write_journal import left_tests

        from .removal import offer_removal

        name = await offer_removal(self.app, left_tests(), self.saved.names())
        if name:
            self.open_saved(WizardStep.RUN, name, removes=True)

    def __init__(self, draft: Draft, saved: SavedConnections, unsaved: UnsavedResults) -> None:
        super().__init__(draft, saved)
        self._unsaved = unsaved
        # Before there is anything to be styled by it.
        self.update_classes({"-nothing": saved.is_empty}, update=False)

    # Results that stand nowhere else.

    async def show_saved(self, choose: str = "") -> None:
        await super().show_saved(choose)
        await self._show_unsaved()

    async def _show_unsaved(self) -> None:
        """Offer the results of connections that are not saved, the newest first."""
        await self.query("#unsaved").remove()
        drafts = self._unsaved.of(self.draft)
        if drafts:
            from oneroster_wizard.widgets.unsaved_row import UnsavedRow

            await self.query_one("#body").mount(UnsavedRow(drafts), before=0)
        self.refresh_bindings()

    @on(Button.Pressed, "#unsaved Button")
    def _unsaved_pressed(self, event: Button.Pressed) -> None:
        drafts = self._unsaved.of(self.draft)
        self.leave(WizardStep.CHECKLIST, drafts[int((event.button.id or "").rpartition("-")[2])])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a saved connection is offered when there is one; of a result any will do."""
        if action == "open_last" and self.query("#unsaved"):
            return True
        return super().check_action(action, parameters)

    def action_open_last(self) -> None:
        """Open the last result: of the chosen connection, or, where none is saved, of what was tried last."""
        drafts = self._unsaved.of(self.draft)
        if self.names or not drafts:
            super().action_open_last()
        else:
            self.leave(WizardStep.CHECKLIST, drafts[0])

    def come_back(self, draft: Draft) -> None:
        """Show the screen again after other steps, for the draft as it is now."""
        self.draft = draft
        self.say("")
        self._say_note()
        self.set_focus(None)
        self.run_worker(self._read_first(), exclusive=True, group="read")

    # What begins anew.

    @on(Button.Pressed, "#new")
    def action_next(self) -> None:
        """Begin a new connection, or go on with the one that was begun."""
        if self.is_busy:
            return
        draft = self.draft
        if draft.profile or draft.practice or draft.result:
            draft = Draft()
        self.leave(WizardStep.VERSIONS, draft)

    @on(Button.Pressed, "#practice")
    @on(Button.Pressed, "#try")
    @work(exclusive=True)
    async def action_practice(self) -> None:
        """Choose how the practice district is broken, and open it."""
        from .problems import ProblemsScreen

        if self.is_busy:
            return
        problem = await self.app.push_screen_wait(ProblemsScreen())
        if problem is not None:
            self.say("The practice district is starting.")
            self.post_message(self.PracticeChosen(problem or None))

    @on(Button.Pressed, "#take")
    def _import_pressed(self) -> None:
        self.action_import()

    def action_back(self) -> None:
        """One step back here: end the filter, cancel the runs, or take their line away; before Start is nothing."""
        self.close_runs()

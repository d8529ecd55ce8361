"""The last step: the root cause and how to fix it, the article's points, then every check, failures first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, DataTable, OptionList, Select, Static, TabbedContent, TabPane

from oneroster_checks.labels import STATE_ORDER, STATE_WORDS
from oneroster_checks.report.records import RECORDS
from oneroster_wizard.check_help import check_help
from oneroster_wizard.checklist_help import CHECKLIST_HELP
from oneroster_wizard.draft import Draft
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.details import details
from oneroster_wizard.widgets.moves_row import COPY_MESSAGE, MovesRow
from oneroster_wizard.widgets.result_list import ALL, ResultList
from oneroster_wizard.widgets.result_words import point_details, verdict_words, why
from oneroster_wizard.widgets.sorted_table import SortedTable

from .base import Command
from .export import ExportScreen

RECORDS_TAB = "records-tab"


class ChecklistScreen(ExportScreen):
    """Shows the result of the last run and exports it: copied, saved as a file, kept in the profile."""

    STEP = WizardStep.CHECKLIST
    CSS_PATH = "checklist.tcss"
    HELP_TEXT = CHECKLIST_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "g", "go_field", "Go to the field", tooltip="The field to correct, filled in where that is known"
        ),
        Binding("t", "watch", "Watch", tooltip="Run the failing check until it passes"),
        Binding(
            "b", "write_test", "Write test", tooltip="Try to write to the grade book, and remove it again"
        ),
        Binding("s", "copy_summary", "Summary", tooltip="Copy the text for a support ticket"),
        Binding("m", "copy_message", "Message", tooltip="Copy a message to the district"),
        Binding("w", "save_report", "Report", tooltip="Write a file: Markdown, text or JSON"),
        Binding("d", "show_records", "Records", tooltip="What the full read found"),
        Binding("d", "show_checklist", "Checklist", tooltip="Back to the checklist"),
        Binding("r", "run_again", "Run again", show=False),
        Binding("p", "save_profile", "Save connection", show=False),
        Binding("f", "next_filter", "Filter", tooltip="Show one state after the other"),
        Binding("ctrl+n", "next", "Start", show=False),
    ]

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._moves = next_moves(draft)
        self._on_records = False

    def compose_middle(self) -> ComposeResult:
        result = self.draft.result
        if result is None or not result.read:
            yield from self._compose_checklist()
            return
        from oneroster_wizard.widgets.records_pane import RecordsPane

        with TabbedContent(id="tabs"):
            with TabPane("Checklist", id="checklist-tab"):
                yield from self._compose_checklist()
            with TabPane(RECORDS, id=RECORDS_TAB):
                yield RecordsPane(result)

    def _compose_checklist(self) -> ComposeResult:
        with VerticalScroll(id="verdict"):
            yield Static(id="verdict-text")
        yield MovesRow(self._moves)
        with Horizontal(classes="actions", id="hand-on"):
            yield Button("Copy summary", id="copy-summary", compact=True)
            if not self._moves.message:
                yield Button(COPY_MESSAGE, id="copy-message", compact=True)
            yield Button("Save report", id="save-report", compact=True)
            yield Select([("All states", ALL)], value=ALL, allow_blank=False, id="filter", compact=True)
        yield ResultList()

    def compose_moves(self) -> ComposeResult:
        yield Button("Run again", id="again", variant="primary")
        yield Button("Back", id="back")
        yield Button("Save connection", id="save-profile")
        yield Button("To the start", id="start")

    def on_mount(self) -> None:
        result = self.draft.result
        if result is not None:
            self.query_one("#verdict-text", Static).update(verdict_words(result))
            states = [item.status for item in result.checklist] + [
                reported.finding.status for reported in result.findings
            ]
            offered = [("All states", ALL)]
            offered += [
                (f"{STATE_WORDS[state]} ({states.count(state)})", state.value)
                for state in STATE_ORDER
                if state in states
            ]
            self.query_one("#filter", Select).set_options(offered)
        self.query_one("#save-profile").display = not self.draft.profile and not self.draft.practice

    def first_focus(self) -> Widget:
        return self.query_one("#next-moves" if self._moves.some else "#hand-on").query(Button).first()

    def explained_here(self) -> tuple[str, str] | None:
        result, log = self.draft.result, self.draft.log
        if result is None or log is None:
            return None
        kind, name = self._row_with_focus()
        if kind == "point":
            # A point has the cause of the first finding that settled it so.
            item = next(item for item in result.checklist if item.item == name)
            causes = [
                check
                for check in item.findings
                if check in log.findings and log.findings[check].finding.cause
            ]
            name = causes[0] if causes else ""
        if name not in log.checks:
            return None
        return check_help(log.checks[name], log.findings.get(name), self.draft.connection.provider)

    def _row_with_focus(self) -> tuple[str, str]:
        """Whether a point or a check of a list has the focus, and which; empty texts where none has."""
        focused = self.focused
        if isinstance(focused, OptionList) and focused.highlighted_option is not None:
            kind, _, name = (focused.highlighted_option.id or "").partition(":")
            return kind, name
        return ("check", focused.chosen) if isinstance(focused, SortedTable) else ("", "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The moves that the root cause does not allow are not offered."""
        if action == "go_field":
            return self._moves.field is not None
        if action in ("show_records", "show_checklist", "next_filter"):
            if not self.query("#tabs"):
                return action == "next_filter"
            return (action == "show_checklist") is self._on_records
        if action == "write_test":
            return self._moves.write_test
        return bool(self._moves.watch) if action == "watch" else True

    def commands(self) -> Iterable[Command]:
        if self._moves.field is not None:
            yield self._moves.field.label, "The field to correct", self.action_go_field
        if self._moves.watch:
            yield "Watch", "Run the failing check until it passes", self.action_watch
        if self._moves.write_test:
            yield "Write test", "Try to write to the grade book, and remove it again", self.action_write_test
        yield "Copy summary", "The text for a support ticket", self.action_copy_summary
        yield (
            "Copy message to the district",
            "Only the steps that the district takes",
            self.action_copy_message,
        )
        if self.query("#tabs"):
            yield "Records", "What the full read found", self.action_show_records
            yield "Copy tables", "The collections and the rules as text", self.action_copy_records
        yield "Save report", "Write a file: Markdown, text or JSON", self.action_save_report
        yield "Run again", "Run every check again", self.action_run_again
        if not self.draft.practice:
            yield "Save connection", "Keep this connection under a name", self.action_save_profile
        yield "Start", "Go to the saved connections", self.action_next
        yield "Back", "Go back to the run", self.action_back

    # The list.

    def _list_rows(self) -> None:
        result = self.draft.result
        if result is None:
            return
        wanted = str(self.query_one("#filter", Select).value)
        self.query_one(ResultList).show(result, wanted)

    def on_resize(self) -> None:
        # The rows are wrapped by hand, so a new width means new rows.
        self.call_after_refresh(self._list_rows)

    @on(Select.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._list_rows()

    def action_next_filter(self) -> None:
        """Show the next state alone, and after the last one all again."""
        select = self.query_one("#filter", Select)
        result = self.draft.result
        if result is None:
            return
        states = {item.status for item in result.checklist} | {
            reported.finding.status for reported in result.findings
        }
        values = [ALL, *(state.value for state in STATE_ORDER if state in states)]
        select.value = values[(values.index(str(select.value)) + 1) % len(values)]

    @on(OptionList.OptionSelected, "#rows")
    def _row_selected(self, event: OptionList.OptionSelected) -> None:
        from .details import DetailsScreen

        result = self.draft.result
        kind, _, name = (event.option_id or "").partition(":")
        if result is None or kind != "point":
            self._open_check(name)
            return
        item = next(item for item in result.checklist if item.item == name)
        self.app.push_screen(DetailsScreen("Point of the checklist", point_details(item, result)))

    def _open_check(self, name: str) -> None:
        from .details import DetailsScreen

        log = self.draft.log
        if log is None or name not in log.checks:
            return
        text = details(log.checks[name], log.findings.get(name), log.requests.get(name, ()))
        self.app.push_screen(DetailsScreen("Check", Content("\n").join([text, *why(log.findings.get(name))])))

    # The tab with the records.

    def action_show_records(self) -> None:
        """Show what the full read found."""
        self._show_tab(RECORDS_TAB, "#records DataTable")

    def action_show_checklist(self) -> None:
        """Show the checklist again."""
        self._show_tab("checklist-tab", "#rows")

    def _show_tab(self, tab: str, focus: str) -> None:
        # What is hidden gives the focus away, to whatever comes next.
        self.set_focus(None)
        self.query_one(TabbedContent).active = tab
        self.call_after_refresh(self.query(focus).last().focus)

    @on(TabbedContent.TabActivated)
    def _tab_activated(self, event: TabbedContent.TabActivated) -> None:
        self._on_records = event.pane.id == RECORDS_TAB
        self.refresh_bindings()
        # The rows of a list that is not shown have no width to be wrapped at.
        self.call_after_refresh(self._list_rows)

    @on(DataTable.RowSelected, "#rules")
    def _rule_selected(self, event: DataTable.RowSelected) -> None:
        self._open_check(str(event.row_key.value))

    # What to do about the root cause.

    @on(Button.Pressed, "#go-field")
    def action_go_field(self) -> None:
        """Go to the field that is wrong, with the suggested text in it where one is known."""
        move = self._moves.field
        if move is not None:
            move.fill(self.draft)
            self.leave(move.step)

    @on(Button.Pressed, "#watch")
    def action_watch(self) -> None:
        """Run the failing check again and again until it passes."""
        from .watch import WatchOutcome, WatchScreen

        def ended(outcome: WatchOutcome | None) -> None:
            if outcome is not None and outcome.run_all:
                self.action_run_again()
            elif outcome is not None and outcome.passed:
                self.say("The check passes now. R runs all checks again.")

        if self._moves.watch and self.draft.result is not None:
            self.app.push_screen(WatchScreen(self.draft, self.draft.result, self._moves.watch), ended)

    @on(Button.Pressed, "#write-test")
    @work(exclusive=True)
    async def action_write_test(self) -> None:
        """Try to write to the grade book, or remove first what an earlier try has left there."""
        from .write_question import what_to_write

        self.draft.writes = await what_to_write(self.app, self.draft)
        if self.draft.writes is not None:
            self.leave(WizardStep.RUN)

    # Moving on.

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check again."""
        self.draft.log = None
        # A kept result opens without its secrets where the keyring does not have them.
        self.leave(WizardStep.RUN if self.draft.credentials.client_secret else WizardStep.SECRETS)

    @on(Button.Pressed, "#start")
    def action_next(self) -> None:
        self.leave(WizardStep.START)

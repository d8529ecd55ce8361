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
from textual.widgets import Button, OptionList, Select, Static
from textual.widgets.option_list import Option

from oneroster_checks.labels import STATE_ORDER, STATE_WORDS
from oneroster_checks.report.words import HEADING
from oneroster_wizard.check_help import check_help
from oneroster_wizard.draft import Draft
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.details import details, heading
from oneroster_wizard.widgets.moves_row import COPY_MESSAGE, MovesRow
from oneroster_wizard.widgets.result_words import finding_row, point_details, point_row, verdict_words, why

from .base import Command
from .export import ExportScreen

ALL = "all"


class ChecklistScreen(ExportScreen):
    """Shows the result of the last run and exports it: copied, saved as a file, kept in the profile."""

    STEP = WizardStep.CHECKLIST
    CSS_PATH = "checklist.tcss"
    HELP_TEXT = """
At the top is the root cause: the one thing to fix first, with the steps and who takes them. The line \
beneath offers what to do next: go to the field that is wrong, with the suggested value filled in \
where one is known; copy the message to the district; or watch, which runs the failing check again \
every few seconds while the district makes its change, and rings when it passes.

Where the grade book can be read, Write test (B) tries to write to it: it asks for a class and for \
your yes, and removes everything again.

Beneath it are the points to verify before submitting a support case, then every check of the run, \
failures first. Enter on a line opens its details; F1 on it says what its cause means, how it is \
recognized, and who fixes it where. The filter shows only one state.

Copy summary (S) is for a support ticket: verdict, addresses, checklist, and each finding with its \
requests. Copy message (M) is a polite text to the district with only the steps that the district \
has to take. Neither holds a secret or a person's name. Each copy is also written into a file, whose \
path is shown.
"""
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
        Binding("r", "run_again", "Run again", show=False),
        Binding("p", "save_profile", "Save connection", show=False),
        Binding("f", "next_filter", "Filter", tooltip="Show one state after the other"),
        Binding("ctrl+n", "next", "Start", show=False),
    ]

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._moves = next_moves(draft)

    def compose_middle(self) -> ComposeResult:
        with VerticalScroll(id="verdict"):
            yield Static(id="verdict-text")
        yield MovesRow(self._moves)
        with Horizontal(classes="actions", id="hand-on"):
            yield Button("Copy summary", id="copy-summary", compact=True)
            if not self._moves.message:
                yield Button(COPY_MESSAGE, id="copy-message", compact=True)
            yield Button("Save report", id="save-report", compact=True)
            yield Select([("All states", ALL)], value=ALL, allow_blank=False, id="filter", compact=True)
        yield OptionList(id="rows", compact=True)

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
        option = self.query_one("#rows", OptionList).highlighted_option
        on_row = self.focused is not None and self.focused.id == "rows"
        if not on_row or option is None or result is None or log is None:
            return None
        kind, _, name = (option.id or "").partition(":")
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The moves that the root cause does not allow are not offered."""
        if action == "go_field":
            return self._moves.field is not None
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
        listed = self.query_one("#rows", OptionList)
        width = listed.scrollable_content_region.width
        wanted = str(self.query_one("#filter", Select).value)
        points = [item for item in result.checklist if wanted in (ALL, item.status.value)]
        findings = [
            reported for reported in result.findings if wanted in (ALL, reported.finding.status.value)
        ]
        findings.sort(key=lambda reported: STATE_ORDER.index(reported.finding.status))
        options: list[Option] = []
        if points:
            options.append(Option(heading(HEADING), disabled=True))
            options += [Option(point_row(item, width), id=f"point:{item.item}") for item in points]
        if findings:
            options.append(Option(heading("Every check, failures first"), disabled=True))
            options += [
                Option(finding_row(reported, width), id=f"check:{reported.finding.check}")
                for reported in findings
            ]
        highlighted = listed.highlighted
        listed.set_options(options)
        if highlighted is not None and highlighted < len(options):
            listed.highlighted = highlighted

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

        result, log = self.draft.result, self.draft.log
        kind, _, name = (event.option_id or "").partition(":")
        if result is None or log is None:
            return
        if kind == "point":
            item = next(item for item in result.checklist if item.item == name)
            self.app.push_screen(DetailsScreen("Point of the checklist", point_details(item, result)))
        elif name in log.checks:
            text = details(log.checks[name], log.findings.get(name), log.requests.get(name, ()))
            self.app.push_screen(
                DetailsScreen("Check", Content("\n").join([text, *why(log.findings.get(name))]))
            )

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
        from oneroster_wizard.draft_writes import DraftWrites, left_for

        from .confirm import ConfirmScreen
        from .write_test import REMOVAL, WriteTestScreen

        draft = self.draft
        if draft.result is None:
            return
        left = left_for(draft.connection)
        if left:
            ask = ConfirmScreen("Remove test records?", "\n".join([*left, REMOVAL]), "Remove")
            draft.writes = DraftWrites() if await self.app.push_screen_wait(ask) else None
        else:
            class_id = await self.app.push_screen_wait(WriteTestScreen(draft.result.classes))
            draft.writes = DraftWrites(class_id) if class_id else None
        if draft.writes is not None:
            self.leave(WizardStep.RUN)

    # Moving on.

    @on(Button.Pressed, "#again")
    def action_run_again(self) -> None:
        """Run every check again."""
        self.draft.log = None
        self.leave(WizardStep.RUN)

    @on(Button.Pressed, "#start")
    def action_next(self) -> None:
        self.leave(WizardStep.START)

"""The last step: the verdict and how to fix it, and beneath it the result under tabs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, OptionList, TabbedContent

from oneroster_checks.connection import Answer
from oneroster_wizard.checklist_help import CHECKLIST_HELP
from oneroster_wizard.draft import Draft
from oneroster_wizard.keys import Key
from oneroster_wizard.next_moves import next_moves
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.checks_pane import ChecksPane
from oneroster_wizard.widgets.moves_row import MovesRow
from oneroster_wizard.widgets.point_list import PointList
from oneroster_wizard.widgets.result_tabs import TAB_TITLES, ResultTabs
from oneroster_wizard.widgets.verdict_banner import OPENED, VerdictBanner

from .base import Command
from .paging import page_of
from .result_rows import ResultRowsScreen

if TYPE_CHECKING:
    from oneroster_wizard.storage.kept_run import KeptRun


class ChecklistScreen(ResultRowsScreen):
    """Shows the result of the last run and exports it: copied, saved as a file, kept in the profile."""

    STEP = WizardStep.CHECKLIST
    CSS_PATH = ["lists.tcss", "tabs.tcss", "verdict.tcss", "checklist.tcss"]  # noqa: RUF012
    HELP_TEXT = CHECKLIST_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        # What can be answered comes first, since only some of the keys have room in a small window.
        Key.YES.bound("answer('yes')", "Yes", tooltip="The district says yes"),
        Key.NO.bound("answer('no')", "No", tooltip="The district says no"),
        Key.UNKNOWN.bound("answer('unknown')", "Don't know", tooltip="Clear the answer"),
        Key.SUMMARY.bound("copy_summary", "Summary", tooltip="Copy the text for a support ticket"),
        Key.MESSAGE.bound("copy_message", "Message", tooltip="Copy a message to the district"),
        Key.SECOND_MESSAGE.bound(
            "copy_second_message", "Second message", tooltip="If the first did not help", show=False
        ),
        Key.GO_TO_FIELD.bound("go_field", "Go to the field", tooltip="The field to correct"),
        Key.WATCH.bound("watch", "Watch", tooltip="Run the failing check until it passes"),
        Key.FILTER.bound("next_filter", "Filter", tooltip="Step through the states"),
        Key.WRITE_FILE.bound("save_report", "Report", tooltip="Write a file: Markdown, text or JSON"),
        Key.RUN.bound("run_again", "Run again", tooltip="Run every check again"),
        Key.TRACE.bound("trace", "Trace", tooltip="Follow one student, teacher, class, or grade through"),
        Key.SAVE.bound("save_profile", "Save", tooltip="Save this connection under a name"),
        Key.WRITE_TEST.bound("write_test", "Write test", tooltip="Try to write to the grade book"),
        Key.PAGE_DOWN.bound("page(1)", "Page down", show=False, priority=True),
        Key.PAGE_UP.bound("page(-1)", "Page up", show=False, priority=True),
        Binding("down,up", "into_tab", "Into the list", show=False),
        *(
            Binding(f"{number}", f"tab({number})", f"Tab {title}", show=False)
            for number, title in enumerate(TAB_TITLES, start=1)
        ),
    ]

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._moves = next_moves(draft)

    def compose_middle(self) -> ComposeResult:
        draft = self.draft
        yield VerdictBanner(draft.result)
        yield MovesRow(self._moves)
        if draft.result is not None:
            yield ResultTabs(draft.result, self._kept_runs())

    def compose_moves(self) -> ComposeResult:
        yield Button("Copy summary", id="copy-summary", variant="primary")
        yield Button("Save report", id="save-report")
        yield Button("Run again", id="again")
        yield Button("Save connection", id="save-profile")
        yield Button("Start", id="start")

    def _kept_runs(self) -> Sequence[KeptRun] | None:
        """The kept runs of this connection, the newest first; None where it is not saved."""
        from oneroster_wizard.storage.profile_error import ProfileError

        draft = self.draft
        if not draft.profile or draft.practice:
            return None
        try:
            return self.saved.profiles.history.runs(draft.profile)
        except ProfileError:
            return ()

    def was_saved(self) -> None:
        for tabs in self.query(ResultTabs):
            tabs.show_runs(self._kept_runs())

    def on_mount(self) -> None:
        self.query_one("#save-profile").display = not self.draft.profile and not self.draft.practice

    def first_focus(self) -> Widget:
        moves = self.query("#next-moves Button")
        return moves.first() if self._moves.some and moves else self.query_one("#copy-summary")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The moves that the root cause does not allow, and the keys of what is not shown, are not offered."""
        if action == "next":
            return False
        if action == "tab":
            return parameters[0] in {number for tabs in self.query(ResultTabs) for number in tabs.numbers}
        if action == "go_field":
            return self._moves.field is not None
        if action == "answer":
            return isinstance(self.focused, PointList) and self.focused.question is not None
        if action == "next_filter":
            return bool(self.query(ChecksPane)) and self._tabs.active == "checks-tab"
        if action == "save_profile":
            return not self.draft.profile and not self.draft.practice
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
            "Only the steps for the district",
            self.action_copy_message,
        )
        yield "Names in messages", "The district, your product, and you", self.action_names
        yield "Copy second message", "If the first did not help", self.action_copy_second_message
        if self.draft.result is not None and self.draft.result.read:
            yield "Copy tables", "The collections and the rules as text", self.action_copy_records
        yield "Save report", "Write a file: Markdown, text or JSON", self.action_save_report
        yield "Run again", "Run every check again", self.action_run_again
        yield "Trace", "Follow one student, teacher, class, or grade through", self.action_trace
        if not self.draft.practice:
            yield "Save connection", "Save this connection under a name", self.action_save_profile
        yield "Start", "Go to the saved connections", self.action_to_start
        yield "Back", "Go back to where you came from", self.action_back

    # The tabs.

    @property
    def _tabs(self) -> ResultTabs:
        return self.query_one(ResultTabs)

    def action_tab(self, number: int) -> None:
        """Show a tab."""
        for tabs in self.query(ResultTabs):
            tabs.go_to(number)

    def action_into_tab(self) -> None:
        """Go from a button into what the tab shows; there the arrow keys move on."""
        for tabs in self.query(ResultTabs):
            tabs.focus_inside()

    @on(TabbedContent.TabActivated)
    def _tab_activated(self) -> None:
        self.set_class(self._tabs.active != "points-tab", "-table")
        self.query_one(VerdictBanner).close()
        self.refresh_bindings()
        # The rows of a list that is not shown have no width to be wrapped at.
        self.call_after_refresh(self._list_rows)

    def _list_rows(self) -> None:
        result = self.draft.result
        if result is not None:
            self.query_one(PointList).show(result, self.draft.answers)

    def on_resize(self) -> None:
        # The rows are wrapped by hand, so a new width means new rows.
        self.call_after_refresh(self._list_rows)

    def action_page(self, way: int) -> None:
        """Show the next page of the verdict, and once all of it was seen, of what has the focus."""
        banner = self.query_one(VerdictBanner)
        # An opened verdict lies over everything else.
        if (way > 0 or banner.has_class(OPENED)) and banner.page(way):
            return
        # From a button, the page keys move what the tab shows.
        inside = next((tabs.inside for tabs in self.query(ResultTabs)), None)
        if not page_of(self.focused, way) and not page_of(inside, way):
            banner.page(way)

    def action_next_filter(self) -> None:
        """Show the next state alone, and after the last one all again."""
        self.query_one(ChecksPane).next_filter()

    @on(OptionList.OptionHighlighted, "#points")
    def _point_highlighted(self) -> None:
        self.refresh_bindings()

    # What the district answers.

    def action_answer(self, answer: Answer) -> None:
        """Note the district's answer to the chosen point, with the day."""
        points = self.query_one(PointList)
        question = points.question
        if question is None:
            return
        self.draft.put_answer(question.id, answer, self.saved.today())
        self.save_profile()
        self._say_note()
        self.save_result()
        self._list_rows()

    # What to do about the root cause.

    @on(Button.Pressed, "#go-field")
    def action_go_field(self) -> None:
        """Go to the field that is wrong, with the suggested text in it where one is known."""
        move = self._moves.field
        if move is not None:
            move.fill(self.draft)
            self.leave(move.step, returns=True)

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
        """Run every check again; what was found stays until the new run has ended."""
        self.draft.runs_anew = True
        # A kept result opens without its secrets where the keyring does not have them.
        self.leave(WizardStep.RUN if self.draft.credentials.client_secret else WizardStep.SECRETS)

    def action_trace(self) -> None:
        """Follow one record through."""
        self.draft.to_trace = not self.draft.credentials.client_secret
        self.leave(WizardStep.SECRETS if self.draft.to_trace else WizardStep.TRACE)

    @on(Button.Pressed, "#start")
    def action_to_start(self) -> None:
        """Go to the saved connections; the result stays."""
        self.leave(WizardStep.START)

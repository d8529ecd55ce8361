"""Move: both sides of a move read and compared, or, without a new connection yet, what the move will take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static, TabbedContent

from oneroster_wizard.keys import Key
from oneroster_wizard.move_help import MOVE_HELP
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.widgets.checks_pane import ChecksPane
from oneroster_wizard.widgets.move_tabs import TAB_TITLES, MoveTabs
from oneroster_wizard.widgets.result_list import ResultList
from oneroster_wizard.widgets.side_reads import SideReads
from oneroster_wizard.widgets.state import plain
from oneroster_wizard.widgets.verdict_banner import OPENED, VerdictBanner

from .base import Command
from .move_reading import MoveReadingScreen
from .paging import page_of

if TYPE_CHECKING:
    from oneroster_checks.result import ReportedFinding


class MoveScreen(MoveReadingScreen):
    """Compares the sides of the draft's plan, and shows what came of it; what was compared is shown again."""

    STEP = WizardStep.MOVE
    CSS_PATH = ["lists.tcss", "tabs.tcss", "verdict.tcss", "move.tcss"]  # noqa: RUF012
    HELP_TEXT = MOVE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.CANCEL.bound("cancel", "Cancel", tooltip="Stop reading"),
        Key.SUMMARY.bound("copy_summary", "Summary", tooltip="Copy what is shown as text"),
        Key.MESSAGE.bound("copy_message", "Message", tooltip="Copy a message to the district"),
        Key.WRITE_FILE.bound("save_report", "Report", tooltip="Write the report for the district"),
        Key.WRITE_MAPPING.bound("save_mapping", "Mapping", tooltip="Write old and new sourcedIds as CSV"),
        Key.RUN.bound("run_again", "Run again", tooltip="Read both connections again, and compare them"),
        Key.MOVE.bound("another", "Move to another", tooltip="Choose another connection to move to"),
        Key.FILTER.bound("next_filter", "Filter", tooltip="Step through the states"),
        Key.PAGE_DOWN.bound("page(1)", "Page down", show=False, priority=True),
        Key.PAGE_UP.bound("page(-1)", "Page up", show=False, priority=True),
        Binding("down,up", "into_tab", "Into the list", show=False),
        *(
            Binding(f"{number}", f"tab({number})", f"Tab {title}", show=False)
            for number, title in enumerate(TAB_TITLES, start=1)
        ),
    ]

    # What it looks like.

    def compose_middle(self) -> ComposeResult:
        if self.plan.new is None:
            from oneroster_checks.moving.readiness import readiness
            from oneroster_wizard.widgets.readiness_view import ReadinessView

            yield ReadinessView(readiness(self.draft.connection, self.saved.today()), self.draft)
            return
        yield Static(self._sides(), id="sides")
        with Horizontal(id="side-reads"):
            yield SideReads("Old", self.plan.old, id="old")
            yield SideReads("New", self.plan.new, id="new")
        with Vertical(id="verdict-place"):
            yield from self._compose_moved()

    def _compose_moved(self) -> Iterator[Widget]:
        from oneroster_wizard.widgets.move_banner import MoveBanner

        if self.moved is not None:
            yield MoveBanner(self.moved)
            yield MoveTabs(self.moved)

    def _sides(self) -> Content:
        """The two sides, a line each."""
        from oneroster_checks.report.redacted import shown_fields

        lines = [
            Content.assemble(
                plain(f"{label}  ", "bold"),
                plain(side.profile),
                plain(
                    f" · OneRoster {side.connection.oneroster} · {shown_fields(side.connection).base_url}",
                    "$text-muted",
                ),
            )
            for label, side in (("Old", self.plan.old), ("New", self.plan.new))
            if side is not None
        ]
        return Content("\n").join(lines)

    def compose_moves(self) -> ComposeResult:
        yield Button("Copy summary", id="copy-summary", variant="primary")
        yield Button("Copy message", id="copy-message")
        yield Button("Save report", id="save-report")
        yield Button("Save mapping", id="save-mapping")
        yield Button("Run again", id="again")
        yield Button("Cancel", id="cancel")
        yield Button("Move to another", id="another")
        yield Button(self.BACK, id="back")

    def on_mount(self) -> None:
        if self.plan.new is not None:
            if self.moved is not None:
                self._say_what_it_took()
            else:
                self.call_after_refresh(self.action_run_again)
            self.set_interval(0.5, self._show_progress)
        self.show_moves()

    def first_focus(self) -> Widget:
        if self.plan.new is None:
            return self.query_one("#readiness")
        return self.query_one("#copy-summary" if self.moved is not None else "#cancel")

    def commands(self) -> Iterable[Command]:
        if self.reading:
            yield "Cancel", "Stop reading", self.action_cancel
        if self._has_summary:
            yield "Copy summary", "What is shown, as text", self.action_copy_summary
        if self._has_result:
            yield "Copy message to the district", "Only the steps for the district", self.action_copy_message
            yield "Names in messages", "The district, your product, and you", self.action_names
            yield "Save report", "Write the report for the district", self.action_save_report
            yield "Save mapping", "Old and new sourcedIds as a CSV file", self.action_save_mapping
        if not self.reading:
            if self.plan.new is not None:
                yield "Run again", "Read both connections again, and compare them", self.action_run_again
            yield "Move to another", "Choose another connection to move to", self.action_another
        yield "Back", "Go back to where you came from", self.action_back

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that make no sense now are not offered."""
        match action:
            case "next":
                return False
            case "cancel":
                return self.reading
            case "another":
                return not self.reading
            case "run_again":
                return not self.reading and self.plan.new is not None
            case "copy_summary":
                return self._has_summary
            case "copy_message" | "save_report" | "save_mapping" | "tab":
                return self._has_result
            case "next_filter":
                return any(tabs.shows_findings for tabs in self.query(MoveTabs))
        return True

    @property
    def _has_result(self) -> bool:
        return not self.reading and self.moved is not None

    @property
    def _has_summary(self) -> bool:
        return self.plan.new is None or self._has_result

    # What came of it.

    async def show_moved(self) -> None:
        """Show the verdict, the findings and the numbers of the plan's comparison."""
        place = self.query_one("#verdict-place")
        await place.remove_children()
        await place.mount(*self._compose_moved())
        self._say_what_it_took()

    def _say_what_it_took(self) -> None:
        if self.shown_result is not None:
            result = self.shown_result
            self.say(f"{result.requests:,} requests, {result.duration_ms / 1000:.1f} s.")

    def show_moves(self) -> None:
        reading, result = self.reading, self._has_result
        for name, shows in (
            ("copy-summary", self._has_summary),
            ("copy-message", result),
            ("save-report", result),
            ("save-mapping", result),
            ("again", not reading and self.plan.new is not None),
            ("cancel", reading),
        ):
            self.query_one(f"#{name}").display = shows
        for parts, shows in (("#side-reads", not result), ("#verdict-place", result)):
            for part in self.query(parts):
                part.display = shows
        # In a small window these two have no room beside the others.
        self.set_class(reading, "-reading")
        self.set_class(result, "-compared")
        self.refresh_bindings()

    @property
    def _chosen(self) -> ReportedFinding | None:
        """The finding under the cursor."""
        rows = next(iter(self.query(ResultList)), None)
        if rows is None or self.moved is None:
            return None
        found = (each for each in self.moved.result.findings if each.finding.check == rows.chosen)
        return next(found, None)

    def explained_here(self) -> tuple[str, str] | None:
        from oneroster_wizard.check_help import check_help
        from oneroster_wizard.widgets.finding_details import info_of

        found = self._chosen if isinstance(self.focused, ResultList) else None
        if found is None or not found.finding.cause:
            return None
        return check_help(info_of(found), found, self.draft.connection.provider)

    @on(OptionList.OptionSelected, "#rows")
    def _row_selected(self) -> None:
        from oneroster_wizard.widgets.finding_details import finding_details

        from .details import DetailsScreen

        found = self._chosen
        if found is not None:
            self.app.push_screen(DetailsScreen(found.finding.title, finding_details(found)))

    # Moving on the screen, and on.

    @on(TabbedContent.TabActivated)
    def _tab_activated(self) -> None:
        self.set_class(not self.query_one(MoveTabs).shows_findings, "-table")
        self.query_one(VerdictBanner).close()
        self.refresh_bindings()
        for pane in self.query(ChecksPane):
            # The rows of a list that is not shown have no width to be wrapped at.
            self.call_after_refresh(pane.show_rows)

    def action_tab(self, number: int) -> None:
        """Show a tab."""
        for tabs in self.query(MoveTabs):
            tabs.go_to(number)

    def action_into_tab(self) -> None:
        """Go from a button into what the tab shows; there the arrow keys move on."""
        for tabs in self.query(MoveTabs):
            tabs.focus_inside()

    def action_next_filter(self) -> None:
        """Show the next state alone, and after the last one all again."""
        self.query_one(ChecksPane).next_filter()

    def action_page(self, way: int) -> None:
        """Show the next page of the verdict, and once all of it was seen, of what the tab shows."""
        banner = next(iter(self.query(VerdictBanner)), None)
        if banner is not None and (way > 0 or banner.has_class(OPENED)) and banner.page(way):
            return
        inside = next((tabs.inside for tabs in self.query(MoveTabs)), None)
        if not page_of(self.focused, way) and not page_of(inside, way) and banner is not None:
            banner.page(way)

    @on(Button.Pressed, "#another")
    @work(exclusive=True)
    async def action_another(self) -> None:
        """Choose another connection to move to."""
        from .move_question import where_to

        try:
            plan = await where_to(self.app, self.saved, self.draft.profile, self.plan)
        except ProfileError as error:
            self.say(str(error))
            return
        if plan is not None and plan is not self.plan:
            self.leave(*plan.way())

"""The checks of a run as they are known, and beside them the one under the cursor in a pane of its own."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static, Tree

from oneroster_checks.labels import STAGES
from oneroster_wizard.run_log import RunLog

from .check_tree import WHOLE_RUN, CheckTree
from .details import details
from .run_summary import run_summary, stage_summary
from .state import plain, stated


class RunBoard(Container):
    """Shows a log: `show_log` all of it, `show_check` what has changed about one check."""

    def __init__(self) -> None:
        super().__init__(id="split")
        self._log: RunLog | None = None

    def compose(self) -> ComposeResult:
        tree = CheckTree()
        tree.border_title = "Checks"
        tree.add_class("framed")
        yield tree
        with VerticalScroll(id="details", classes="framed"):
            yield Static(id="detail-text")

    @property
    def checks(self) -> CheckTree:
        """The tree of the checks."""
        return self.query_one(CheckTree)

    def show_log(self, log: RunLog) -> None:
        """List the checks of a log anew, with the same one under the cursor."""
        self._log = log
        self.checks.show_log(log)
        self.show_details()

    def show_check(self, check: str) -> None:
        """Show a check again after something about it has changed."""
        self.checks.show_row(check)
        if check == self.checks.chosen:
            self.show_details()

    def show_details(self) -> None:
        """Show what is known of the check under the cursor, of its stage, or of the whole run."""
        log, check = self._log, self.checks.chosen
        if log is None:
            return
        pane = self.query_one("#details", VerticalScroll)
        if check in log.checks:
            found, requests = log.findings.get(check), log.requests.get(check, ())
            text = details(log.checks[check], found, requests)
            state = stated(found.finding.status) if found else plain(self._undone(check))
            title = Content.assemble(state, plain(f": {log.checks[check].title}"))
        elif check in STAGES:
            text, title = stage_summary(log, check), plain(STAGES[check])
        else:
            text, title = run_summary(log), plain("Whole run")
        pane.border_title = title
        self.query_one("#detail-text", Static).update(text)

    def _undone(self, check: str) -> str:
        return "Running" if check == self.checks.now else "Waiting"

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        if event.node is self.checks.cursor_node:
            self.show_details()
            self.query_one("#details").scroll_home(animate=False)

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[str]) -> None:
        if event.node.data == WHOLE_RUN or not event.node.allow_expand:
            self.query_one("#details").focus()

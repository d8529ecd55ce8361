"""Watches one check while the district clicks, until it passes or the person stops it."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from oneroster_checks.result import Result
from oneroster_wizard.draft import Draft
from oneroster_wizard.proxy import https_proxy_for
from oneroster_wizard.run_log import unreadable
from oneroster_wizard.widgets.state import plain, stated

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.watch import Tried

MEANS = (
    "Ask the district to make its change now. This check is tried again every few seconds, one request at a "
    "time, until it passes; then the bell rings."
)
PASSES = "It passes now. Run all checks again to see whether anything else is wrong."


@dataclass(frozen=True, slots=True)
class Watched:
    """How a watch ended: whether the check passed, and whether all checks are to be run again."""

    passed: bool = False
    run_all: bool = False


class WatchScreen(ModalScreen[Watched]):
    """Shows the tries of one check; Esc or the button stops, and nothing stays open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "stop", "Stop")]
    AUTO_FOCUS = "#stop"
    CSS_PATH = ["windows.tcss", "watch.tcss"]  # noqa: RUF012

    def __init__(self, draft: Draft, result: Result, check: str) -> None:
        super().__init__()
        self._draft = draft
        self._result = result
        self._check = check
        self._passed = False

    def compose(self) -> ComposeResult:
        finding = self._result.finding(self._check)
        title = finding.title if finding is not None else self._check
        with Vertical(classes="window", id="watch-window"):
            yield Static(Content(f"Watching: {title}"), classes="window-title")
            yield Static(MEANS, id="watch-means")
            yield Static("The first try is under way.", id="tries")
            with VerticalScroll(id="found", can_focus=False):
                yield Static(id="found-text")
            with Horizontal(classes="actions"):
                yield Button("Run all checks again", id="run-all", variant="primary")
                yield Button("Stop (Esc)", id="stop")

    def on_mount(self) -> None:
        self.query_one("#run-all").display = False
        self._watch()

    @work(exclusive=True)
    async def _watch(self) -> None:
        from oneroster_checks.diagnosis.watch import watch

        draft = self._draft
        tries = watch(
            draft.connection,
            draft.credentials,
            self._check,
            previous=self._result,
            answers=draft.answers,
            https_proxy=https_proxy_for(draft.connection),
        )
        try:
            async with aclosing(tries):
                async for tried in tries:
                    self._show(tried)
        except (OSError, ValueError) as error:
            self.query_one("#tries", Static).update(Content(unreadable(error)))

    def _show(self, tried: Tried) -> None:
        times = "1 try" if tried.number == 1 else f"{tried.number} tries"
        self.query_one("#tries", Static).update(Content(f"{times}, the last at {datetime.now():%H:%M:%S}"))
        summary = next(
            reported.summary for reported in tried.result.findings if reported.finding.check == self._check
        )
        words = Content.assemble(stated(tried.finding.status), plain(f": {summary}"))
        self.query_one("#found-text", Static).update(words)
        if tried.passed:
            self._end()

    def _end(self) -> None:
        self._passed = True
        self.query_one("#watch-means", Static).update(PASSES)
        self.query_one("#stop", Button).label = "Close (Esc)"
        run_all = self.query_one("#run-all", Button)
        run_all.display = True
        run_all.focus()
        self.app.bell()

    @on(Button.Pressed, "#run-all")
    def _run_all(self) -> None:
        self.dismiss(Watched(self._passed, run_all=True))

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Stop watching."""
        self.workers.cancel_node(self)
        self.dismiss(Watched(self._passed))

"""Watches one check while the district clicks, until it passes or the person closes the dialog."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from oneroster_checks.clock import Clock
from oneroster_checks.errors import InputError
from oneroster_checks.limits import REFUSALS_OF_A_WATCH
from oneroster_checks.result import Result
from oneroster_wizard.draft import Draft
from oneroster_wizard.proxy import https_proxy_for
from oneroster_wizard.widgets.input_trouble import input_trouble
from oneroster_wizard.widgets.state import plain, stated

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.watch import Tried

MEANS = (
    "Ask the district to make its change now. This check runs again every few seconds, one request at a time, "
    "until it passes; then the bell rings. Close (Esc) stops it."
)
GIVEN_UP = (
    f"Stopped: the district refused the credentials in {REFUSALS_OF_A_WATCH} tries, and more may lock the key. Ask "
    "the district to check that the connection is enabled and which key and secret it has. Correct them on the "
    "Connection and Secrets steps, or watch again once the district has made its change."
)
PASSES = "It passes now. Run all checks again to see whether anything else is wrong."


@dataclass(frozen=True, slots=True)
class WatchOutcome:
    """How a watch ended: whether the check passed, and whether all checks are to be run again."""

    passed: bool = False
    run_all: bool = False


class WatchScreen(Dialog[WatchOutcome]):
    """Shows the tries of one check; closing it stops them, and nothing stays open.

    `CLOCK` waits between two tries.
    """

    CLOCK: ClassVar[Clock] = Clock()

    WINDOW = "watch-window"
    AUTO_FOCUS = "#close"
    CSS_PATH = ["dialog.tcss", "watch.tcss"]  # noqa: RUF012

    def __init__(self, draft: Draft, result: Result, check: str) -> None:
        finding = result.finding(check)
        super().__init__(f"Watching: {finding.title if finding is not None else check}")
        self._draft = draft
        self._result = result
        self._check = check
        self._passed = False

    def compose_body(self) -> ComposeResult:
        yield Static(MEANS, id="watch-means")
        yield Static("The first try is under way.", id="tries")
        with VerticalScroll(id="found", can_focus=False):
            yield Static(id="found-text")

    def compose_actions(self) -> ComposeResult:
        yield Button("Run all checks again", id="run-all", variant="primary")

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
            clock=self.CLOCK,
            refused=draft.refusals,
        )
        try:
            async with aclosing(tries):
                async for tried in tries:
                    self._show(tried)
        except InputError as error:
            self.query_one("#tries", Static).update(plain(input_trouble(error)))

    def _show(self, tried: Tried) -> None:
        times = "1 try" if tried.number == 1 else f"{tried.number} tries"
        self.query_one("#tries", Static).update(plain(f"{times}, the last at {datetime.now():%H:%M:%S}"))
        summary = next(
            reported.summary for reported in tried.result.findings if reported.finding.check == self._check
        )
        words = Content.assemble(stated(tried.finding.status), plain(f": {summary}"))
        self.query_one("#found-text", Static).update(words)
        self._draft.refusals = tried.refused
        if tried.passed:
            self._end()
        elif tried.given_up:
            self.query_one("#watch-means", Static).update(GIVEN_UP)
            self.app.bell()

    def _end(self) -> None:
        self._passed = True
        self.query_one("#watch-means", Static).update(PASSES)
        run_all = self.query_one("#run-all", Button)
        run_all.display = True
        run_all.focus()
        self.app.bell()

    @on(Button.Pressed, "#run-all")
    def _run_all(self) -> None:
        self.dismiss(WatchOutcome(self._passed, run_all=True))

    def action_close(self) -> None:
        self.workers.cancel_node(self)
        self.dismiss(WatchOutcome(self._passed))

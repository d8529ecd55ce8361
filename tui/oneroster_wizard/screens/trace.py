"""Trace: one record followed through, as a tree of links, with the first broken one and what fixes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Tree
from textual.worker import Worker, WorkerState

from oneroster_checks.errors import InputError
from oneroster_wizard.draft import Draft
from oneroster_wizard.keys import Key
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.trace_help import TRACE_HELP, link_help
from oneroster_wizard.widgets.input_trouble import input_trouble
from oneroster_wizard.widgets.state import several_lines
from oneroster_wizard.widgets.trace_form import TraceForm
from oneroster_wizard.widgets.trace_tree import TraceTree
from oneroster_wizard.widgets.verdict_banner import OPENED, VerdictBanner

from .base import Command
from .paging import page_of
from .trace_copies import TraceCopyScreen

if TYPE_CHECKING:
    from oneroster_checks.tracing.model import Link, Subject, Trace
    from oneroster_wizard.trace_run import TraceProgress

_LINK = "Link"
_COPIES = frozenset(("copy_summary", "copy_message"))


class TraceScreen(TraceCopyScreen):
    """Traces one record after the other with the connection of the draft; nothing of it is kept."""

    STEP = WizardStep.TRACE
    NEXT = "Trace"
    CSS_PATH = ["forms.tcss", "verdict.tcss", "trace.tcss"]  # noqa: RUF012
    HELP_TEXT = TRACE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Key.CANCEL.bound("cancel", "Cancel", tooltip="Stop the trace"),
        Key.TRACE.bound("another", "Trace another", tooltip="Go to the ID, and type the next one"),
        Key.SUMMARY.bound("copy_summary", "Summary", tooltip="Copy the chain and the verdict, without names"),
        Key.MESSAGE.bound("copy_message", "Message", tooltip="Copy a message to the district"),
        Key.COPY_CURL.bound(
            "copy_curl", "Copy as curl", tooltip="Copy the request that shows what is wrong as curl"
        ),
        Key.RUN.bound("run_checks", "Run", tooltip="Run the checks of this connection"),
        Key.PAGE_DOWN.bound("page(1)", "Page down", show=False, priority=True),
        Key.PAGE_UP.bound("page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self._worker: Worker[None] | None = None

    def compose_middle(self) -> ComposeResult:
        yield TraceForm()
        tree = TraceTree()
        tree.add_class("framed")
        tree.border_title = "Chain"
        yield tree

    def compose_moves(self) -> ComposeResult:
        yield Button(self.NEXT, id="next", variant="primary")
        yield Button("Cancel", id="cancel")
        yield Button("Copy summary", id="copy-summary")
        yield Button("Copy message", id="copy-message")
        yield Button("Run the checks", id="run-checks")
        yield Button(self.BACK, id="back")

    def on_mount(self) -> None:
        self._show_moves()
        if self.draft.to_be_traced is not None:
            kind, id = self.draft.to_be_traced
            self.query_one(TraceForm).say(f"In this practice district, trace the {kind} {id}.")

    def first_focus(self) -> Widget:
        return self.query_one("#subject")

    def commands(self) -> Iterable[Command]:
        if self.tracing:
            yield "Cancel", "Stop the trace", self.action_cancel
        else:
            yield "Trace", "Trace what is typed", self.action_next
        if self.found is not None:
            yield "Copy summary", "The chain and the verdict, without names", self.action_copy_summary
            yield "Copy message to the district", "Only the steps for the district", self.action_copy_message
            yield "Names in messages", "The district, your product, and you", self.action_names
            yield "Copy as curl", "The request that shows what is wrong", self.action_copy_curl
        yield "Show names", "Show the names of the records, or hide them again", self.action_names_shown
        yield "Run", "Run the checks of this connection", self.action_run_checks
        yield "Back", "Go back to where you came from", self.action_back

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that make no sense now are not offered."""
        if action == "next":
            # Enter in the field traces.
            return False
        if action == "cancel":
            return self.tracing
        if action in _COPIES:
            return self.found is not None
        if action == "copy_curl":
            return self.failing is not None
        return not self.tracing if action == "run_checks" else True

    def explained_here(self) -> tuple[str, str] | None:
        tree = self.query_one(TraceTree)
        if self.focused is not tree or tree.link is None:
            return None
        return _LINK, self._all_of(tree.link)

    def _all_of(self, link: Link) -> str:
        return link_help(self.query_one(TraceTree).words_of(link), link, self.draft.connection.provider)

    # Starting and stopping.

    @property
    def tracing(self) -> bool:
        """Whether a trace is under way."""
        return self._worker is not None and not self._worker.is_finished

    def action_next(self) -> None:
        """Trace what is typed; one that is under way ends."""
        subject = self.query_one(TraceForm).subject()
        if subject is None:
            return
        self.subject, self.found = subject, None
        self._clear()
        self._worker = self._follow(subject)
        self.query_one(TraceTree).focus()
        self._show_moves()

    @on(Input.Submitted, "#subject")
    @on(Input.Submitted, "#in-class")
    def _entered(self) -> None:
        self.action_next()

    @work(exclusive=True, group="trace")
    async def _follow(self, subject: Subject) -> None:
        from oneroster_wizard.trace_run import TraceProgress, trace_of

        try:
            found = await trace_of(self.draft, subject, self._may_read, TraceProgress(self._show_progress))
        except InputError as error:
            self.query_one(TraceForm).say(input_trouble(error), wrong=True)
        else:
            await self.show_trace(found)

    async def _may_read(self, path: str, total: int | None) -> bool:
        """Ask the person whether a list may be read whole."""
        from .confirm import ConfirmScreen

        records = f"all {total:,} records of {path}" if total is not None else f"every record of {path}"
        text = (
            f"Filters did not show it. To see this record, {records} must be read, one request at a time. "
            "C cancels it while it reads."
        )
        question = ConfirmScreen("Read the whole list?", text, "Read it", is_loss=False)
        answer = await self.app.push_screen_wait(question)
        return bool(answer)

    def _show_progress(self, progress: TraceProgress) -> None:
        for form in self.query(TraceForm):
            form.say(f"{progress.words()} C cancels.")

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Stop the trace; nothing stays open."""
        if self._worker is not None:
            self._worker.cancel()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._worker:
            return
        if event.state is WorkerState.CANCELLED:
            self.query_one(TraceForm).say("The trace was canceled.")
            self.query_one("#subject").focus()
        self._show_moves()

    # What came of it.

    def _clear(self) -> None:
        self.query_one(TraceTree).show_chain(None)
        self.query(VerdictBanner).remove()
        self.query_one(TraceForm).say("Tracing. C cancels.")
        self.say("")

    async def show_trace(self, found: Trace) -> None:
        """Show what came of a trace."""
        from oneroster_checks.report.traced import requests_words, safe_trace
        from oneroster_wizard.widgets.trace_banner import TraceBanner

        self.found = found
        safe = safe_trace(found)
        self.query_one(TraceTree).show_chain(safe.chain, safe.result.verdict.cause)
        await self.query(VerdictBanner).remove()
        await self.mount(TraceBanner(safe), before="#says")
        took = (
            requests_words(safe) if safe.requests else "No record was asked for: the connection failed first."
        )
        self.query_one(TraceForm).say(took)
        self._show_moves()
        if self.query_one(TraceTree) is self.focused and safe.chain is None:
            self.call_after_refresh(self.query_one("#run-checks").focus)

    def _show_moves(self) -> None:
        found = None if self.tracing else self.found
        self.query_one("#next").display = self.query_one("#back").display = not self.tracing
        self.query_one("#cancel").display = self.tracing
        for name in ("#copy-summary", "#copy-message"):
            self.query_one(name).display = found is not None
        # Where no record could be asked for, the checks find out why.
        self.query_one("#run-checks").display = found is not None and found.chain is None
        self.refresh_bindings()

    @on(Checkbox.Changed, "#names")
    def _names_changed(self, event: Checkbox.Changed) -> None:
        self.query_one(TraceTree).show_names(event.value)

    def action_names_shown(self) -> None:
        """Show the names of the records, or hide them again."""
        self.query_one("#names", Checkbox).toggle()

    @on(Tree.NodeSelected)
    def _link_selected(self, event: Tree.NodeSelected[Link]) -> None:
        from .details import DetailsScreen

        # A link that leads on is folded or unfolded.
        if event.node.data is not None and not event.node.allow_expand:
            self.app.push_screen(DetailsScreen(_LINK, several_lines(self._all_of(event.node.data))))

    def action_page(self, way: int) -> None:
        """Show the next page of the verdict, and once all of it was seen, of the chain."""
        banner = next(iter(self.query(VerdictBanner)), None)
        if banner is not None and (way > 0 or banner.has_class(OPENED)) and banner.page(way):
            return
        if not page_of(self.query_one(TraceTree), way) and banner is not None:
            banner.page(way)

    # Moving on.

    def action_another(self) -> None:
        """Go to the ID; what is typed replaces it."""
        self.query_one("#subject").focus()

    @on(Button.Pressed, "#run-checks")
    def action_run_checks(self) -> None:
        """Run the checks of this connection."""
        self.draft.runs_anew = True
        self.leave(WizardStep.RUN)

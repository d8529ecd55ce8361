"""Copying what was traced: the chain without names, the message to the district, the request that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Button

from oneroster_wizard.draft import Draft
from oneroster_wizard.storage.saved_connections import SavedConnections

from .copying import CopyScreen

if TYPE_CHECKING:
    from oneroster_checks.evidence import Evidence
    from oneroster_checks.result import Result
    from oneroster_checks.tracing.model import Subject, Trace


class TraceCopyScreen(CopyScreen):
    """A step that shows a trace, `found`, of what was typed, `subject`; neither a name nor what was typed is copied."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self.subject: Subject | None = None
        self.found: Trace | None = None

    @property
    def shown_result(self) -> Result | None:
        return self.found.result if self.found is not None else None

    @property
    def failing(self) -> Evidence | None:
        """The request that shows what is wrong, None where nothing is."""
        from oneroster_wizard.trace_run import failing_request

        return failing_request(self.found) if self.found is not None else None

    def fit_to_copy(self, text: str) -> str:
        from oneroster_wizard.trace_run import without_typed

        return without_typed(text, self.subject) if self.subject is not None else text

    @on(Button.Pressed, "#copy-summary")
    def action_copy_summary(self) -> None:
        """Copy the chain and the verdict; no name is in them."""
        from oneroster_checks.report.text_traced import trace_text
        from oneroster_wizard.trace_run import without_names

        if self.found is not None:
            self.copy(trace_text(without_names(self.found)), "trace", ".txt")

    @on(Button.Pressed, "#copy-message")
    def action_copy_message(self) -> None:
        """Copy the message to the district."""
        from oneroster_checks.report import message_to_district

        self.copy_message(message_to_district, "message-to-district")

    def action_copy_curl(self) -> None:
        """Copy the lines for a shell that make the request again which shows what is wrong; no secret is in them."""
        from oneroster_checks.report.as_curl import curl

        request = self.failing
        if self.found is not None and request is not None:
            self.copy(curl(request, self.found.result), "curl", ".sh", as_it_is=True)

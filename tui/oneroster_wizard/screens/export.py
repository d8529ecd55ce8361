"""Exporting a result: copied, saved as a file, kept with its connection."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import on, work
from textual.widgets import Button

from .copying import CopyScreen


class ExportScreen(CopyScreen):
    """A step that shows a result and exports it."""

    @on(Button.Pressed, "#copy-summary")
    def action_copy_summary(self) -> None:
        """Copy the text for a support ticket."""
        from oneroster_checks.report import ticket

        if self.draft.result is not None:
            self.copy(ticket(self.draft.result), "summary", ".md")

    @on(Button.Pressed, "#copy-message")
    def action_copy_message(self) -> None:
        """Copy the message to the district."""
        from oneroster_checks.report import message_to_district

        self.copy_message(message_to_district, "message-to-district")

    def action_copy_second_message(self) -> None:
        """Copy the message for when the first one did not help."""
        from oneroster_checks.report import second_message

        self.copy_message(second_message, "second-message")

    def action_copy_records(self) -> None:
        """Copy the tables of a full read as text."""
        from oneroster_checks.report import records_text

        if self.draft.result is not None and self.draft.result.read:
            self.copy(records_text(self.draft.result), "records", ".txt")

    def action_copy_curl(self) -> None:
        """Copy the lines for a shell that make the chosen request again; no secret is in them."""
        from oneroster_checks.report.as_curl import curl
        from oneroster_wizard.widgets.requests_table import RequestsTable

        request = self.query_one(RequestsTable).request
        if self.draft.result is not None and request is not None:
            # Its parts are redacted, and names such as TOKEN= are its own.
            self.copy(curl(request.evidence, self.draft.result), "curl", ".sh", as_it_is=True)

    @on(Button.Pressed, "#save-report")
    @work(exclusive=True, group="save")
    async def action_save_report(self) -> None:
        """Save the report as a file."""
        from .save_report import SaveReportScreen

        result = self.draft.result
        if result is None:
            return
        name = "-".join(part for part in ("oneroster", self.draft.profile or "report") if part)
        path = Path.cwd() / f"{name}-{result.started:%Y-%m-%d}.md"
        chosen = await self.app.push_screen_wait(SaveReportScreen(path))
        if chosen is None:
            return
        from oneroster_checks.files import reason_of
        from oneroster_checks.report import render
        from oneroster_wizard.limits import READER_S
        from oneroster_wizard.storage.report_file import shown_path, write_report

        form, target = chosen
        try:
            await asyncio.to_thread(write_report, target, render([result], form), stall_s=READER_S)
        except OSError as error:
            self.say(f"{shown_path(target)} could not be written: {reason_of(error)}.")
        else:
            self.say(f"Saved as {target}")

    @on(Button.Pressed, "#save-profile")
    @work(exclusive=True, group="save")
    async def action_save_profile(self) -> None:
        """Keep the connection under a name, with its last result."""
        from oneroster_wizard.storage.profiles import ProfileError
        from oneroster_wizard.storage.saved_connections import GIVEN_UP, SaveOutcome

        from .name import NameScreen
        from .wait import WaitScreen

        draft, saved = self.draft, self.saved
        if draft.practice:
            self.say("The practice district is gone when you quit, so its connection is not saved.")
            return
        named = draft.profile
        if not named:
            taken = saved.names()
            name = await self.app.push_screen_wait(
                NameScreen("Save as", draft.name_to_offer(taken), "Save", taken=taken)
            )
            if not name:
                return
            draft.profile = name

        async def save() -> SaveOutcome:
            try:
                outcome = await saved.save(draft)
            except ProfileError as error:
                return SaveOutcome(refused=str(error))
            if draft.result is not None:
                try:
                    saved.save_result(draft)
                except ProfileError as error:
                    outcome.trouble = f"{outcome.trouble} {error}".strip()
            return outcome

        outcome = await self.app.push_screen_wait(
            WaitScreen("Waiting for the keyring.", save, SaveOutcome(False, GIVEN_UP))
        )
        if outcome.refused:
            draft.profile = named
            self.say(outcome.refused)
            return
        where = "with its secrets in the keyring" if outcome.stored else "without its secrets"
        self.say(f"Saved as {draft.profile}, {where}. {outcome.trouble}".strip())
        self.query_one("#save-profile").display = False
        self.refresh_bindings()
        self.was_saved()

    def was_saved(self) -> None:
        """Called once the connection has a name."""

"""What a comparison leaves: the summary and the message as copies, the report and the mapping as files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Button

from oneroster_wizard.draft import Draft, MovePlan
from oneroster_wizard.storage.saved_connections import SavedConnections

from .copying import CopyScreen
from .save_report import NO_NAMES, FileForm, SaveReportScreen, forms_of

if TYPE_CHECKING:
    from oneroster_checks.moving.model import Moved
    from oneroster_checks.result import Result

_REPORT = "move"
_MAPPING = FileForm("mapping", "CSV", ".csv")
NO_MAPPING = "There is no mapping: both sides have to be read whole, and be of one district."
NOT_KEPT = "Where all pairs are compared, no mapping is kept. R compares these two again, and keeps it."
MAPPING_MEANS = (
    "Old sourcedId, new sourcedId, and kind of everything that matches: no names. Only you can read the file."
)


class MoveFilesScreen(CopyScreen):
    """Copies and saves what came of the comparison in `plan`."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self.plan = draft.move or MovePlan(draft)

    @property
    def moved(self) -> Moved | None:
        """What came of the last comparison."""
        return self.plan.moved

    @property
    def shown_result(self) -> Result | None:
        return self.moved.result if self.moved is not None else None

    def fit_to_copy(self, text: str) -> str:
        """The secrets of the new connection are taken out as those of the old one are."""
        from oneroster_checks.redaction.known import redactor_for
        from oneroster_checks.target import make_target

        new = self.plan.new
        if new is None:
            return text
        return redactor_for(make_target(new.connection, new.credentials)).without_secrets(text)

    @on(Button.Pressed, "#copy-summary")
    def action_copy_summary(self) -> None:
        """Copy the comparison as text, or what the move will take where there is none."""
        if self.plan.new is None:
            from oneroster_checks.moving.readiness import readiness
            from oneroster_checks.report.readiness import readiness_text

            connection = self.draft.connection
            found = readiness(connection, self.saved.today())
            self.copy(readiness_text(found, self.draft.profile, connection), "readiness", ".txt")
        elif self.moved is not None:
            from oneroster_checks.report.moved import move_text

            self.copy(move_text(self.moved), _REPORT, ".txt")

    @on(Button.Pressed, "#copy-message")
    def action_copy_message(self) -> None:
        """Copy the message to the district."""
        from oneroster_checks.report import message_to_district

        self.copy_message(message_to_district, "message-to-district")

    @on(Button.Pressed, "#save-report")
    @work(exclusive=True, group="save")
    async def action_save_report(self) -> None:
        """Save the report for the district as a file."""
        from oneroster_wizard.limits import READER_S
        from oneroster_wizard.storage.report_file import write_report

        moved = self.moved
        if moved is None:
            return
        forms = forms_of("html", "text", "json")
        chosen = await self._asked(moved, _REPORT, forms, "Save the report", NO_NAMES)
        if chosen is not None:
            form, target = chosen
            text = report_of(moved, form)
            await self._written(target, lambda: write_report(target, text, stall_s=READER_S))

    @on(Button.Pressed, "#save-mapping")
    @work(exclusive=True, group="save")
    async def action_save_mapping(self) -> None:
        """Save the old and the new sourcedId of everything that matches."""
        moved, mapping = self.moved, self.plan.mapping
        if moved is None:
            return
        if mapping is None:
            self.say(NOT_KEPT)
            return
        if mapping.trouble:
            self.say(f"There is no mapping: the disk of this computer did not keep it ({mapping.trouble}).")
            return
        if not mapping.rows:
            self.say(NO_MAPPING)
            return
        rows = f"{mapping.rows:,} {'record' if mapping.rows == 1 else 'records'}"
        chosen = await self._asked(
            moved, "mapping", (_MAPPING,), f"Save the mapping of {rows}", MAPPING_MEANS
        )
        if chosen is not None:
            _, target = chosen
            await self._written(target, lambda: mapping.write(target))

    async def _asked(
        self, moved: Moved, what: str, forms: tuple[FileForm, ...], title: str, means: str
    ) -> tuple[str, Path] | None:
        """The form and the place that the person chose, None when the dialog was closed."""
        name = f"oneroster-{what}-{self.draft.profile}-{moved.result.started:%Y-%m-%d}{forms[0].suffix}"
        ask = SaveReportScreen(Path.cwd() / name, forms, title=title, means=means)
        return await self.app.push_screen_wait(ask)

    async def _written(self, target: Path, write: Callable[[], None]) -> None:
        from oneroster_checks.files import reason_of
        from oneroster_wizard.storage.report_file import shown_path

        try:
            await asyncio.to_thread(write)
        except OSError as error:
            self.say(f"{shown_path(target)} could not be written: {reason_of(error)}.")
        else:
            self.say(f"Saved as {target}")


def report_of(moved: Moved, form: str) -> str:
    """A comparison in one of the forms that a file can have."""
    from oneroster_checks.report.moved import move_html, move_json, move_text

    match form:
        case "json":
            return move_json([moved])
        case "text":
            return move_text(moved, everything=True)
        case _:
            return move_html(moved)

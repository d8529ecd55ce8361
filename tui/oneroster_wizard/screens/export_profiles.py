"""Writes saved connections into a file, without their secrets, to hand to somebody else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_wizard.storage.profiles import Profile
    from oneroster_wizard.storage.saved_connections import SavedConnections

_FILE = "connections.toml"


class ExportProfilesScreen(Dialog["str | None"]):
    """Gives a sentence on what was written, None when it is closed; a file that would be replaced is named first."""

    AUTO_FOCUS = "#path"

    def __init__(self, saved: SavedConnections, names: Sequence[str]) -> None:
        super().__init__("Export 1 connection" if len(names) == 1 else f"Export {len(names):,} connections")
        self._saved = saved
        self._names = frozenset(names)
        self._replaces = ""

    def compose_body(self) -> ComposeResult:
        box = PlainInput(_FILE, id="path", compact=True)
        box.cursor_blink = False
        yield box
        yield Static(
            "The ones shown, without their secrets. A name that ends with .csv makes a table, any other "
            "a TOML file.",
            id="export-says",
        )

    def compose_actions(self) -> ComposeResult:
        yield Button("Export", id="yes", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _export(self) -> None:
        from oneroster_checks.files import reason_of
        from oneroster_wizard.storage.report_file import refuse_place, shown_path, write_report
        from oneroster_wizard.storage.special_files import descriptor_of

        text = self.query_one("#path", Input).value.strip()
        path = Path(os.path.expanduser(text))
        if not text or os.path.isdir(path) or descriptor_of(path) is not None:
            self._say("Enter the path of the file.")
            return
        try:
            refuse_place(path)
            if os.path.isfile(path) and self._replaces != text:
                self._replaces = text
                self._say("This file exists. Export again replaces it.")
                return
            kept, left = self._chosen()
            if kept:
                write_report(path, _document(kept, path))
        except OSError as error:
            self._say(f"No file can be written there: {reason_of(error)}.")
        except ProfileError as error:
            self._say(str(error))
        else:
            told = f"Exported {len(kept):,} to {shown_path(path)}." if kept else "Nothing was exported."
            self.dismiss(f"{told} {_left_words(left)}".strip())

    def _chosen(self) -> tuple[list[Profile], list[str]]:
        """The profiles to write, and the names of those that cannot be handed on as they are."""
        from oneroster_wizard.exchange.judged import problems_of

        found = [profile for profile in self._saved.list()[0] if profile.name in self._names]
        kept = [profile for profile in found if not any(problems_of(profile))]
        names = {profile.name for profile in kept}
        return kept, [profile.name for profile in found if profile.name not in names]

    def _say(self, sentence: str) -> None:
        self.query_one("#export-says", Static).update(plain(sentence))


def _document(profiles: Sequence[Profile], path: Path) -> str:
    from oneroster_wizard.exchange.document import document_of
    from oneroster_wizard.exchange.written_table import MARK, table_of

    return f"{MARK}{table_of(profiles)}" if path.suffix.lower() == ".csv" else document_of(profiles)


def _left_words(left: Sequence[str]) -> str:
    return f"Left out because something in them must be corrected: {', '.join(left)}." if left else ""

"""What the steps have in common on which something is changed: after a run, a run of what this touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button

from oneroster_wizard.keys import Key
from oneroster_wizard.steps import WizardStep

from .base import Command, WizardScreen

TITLE = "Run the checks that this changes"


class EditingScreen(WizardScreen):
    """A step that changes the connection; once there is a run, it offers to repeat only what this touches."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.RUN_CHANGED.bound("run_changed", "Run what changed", tooltip=TITLE),
        # No plain letter acts where people type.
        Binding("q", "quit_by_letter", show=False),
    ]

    def compose_moves(self) -> ComposeResult:
        yield from super().compose_moves()
        if self.draft.result is not None:
            yield Button(TITLE, id="run-changed")

    def commands(self) -> Iterable[Command]:
        yield from super().commands()
        if self.draft.result is not None:
            yield TITLE, "Other findings of the last run are kept", self.action_run_changed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the first run there is nothing to repeat."""
        if action == "quit_by_letter":
            return False
        return action != "run_changed" or self.draft.result is not None

    @on(Button.Pressed, "#run-changed")
    def action_run_changed(self) -> None:
        """Run the checks that the changes since the last run touch; all of them where no fewer will do."""
        from oneroster_checks.diagnosis.plan import touched_by

        draft = self.draft
        if draft.result is not None and not self.objects_to(TITLE):
            changed = draft.changed_since_run()
            draft.rerun = touched_by(changed, draft.connection, draft.credentials) or ()
            self.leave(WizardStep.RUN)

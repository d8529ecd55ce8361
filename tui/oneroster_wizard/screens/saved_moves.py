"""What is done with two of the saved connections: the move from the chosen one to another."""

from __future__ import annotations

from textual import work

from oneroster_wizard.storage.profile_error import ProfileError

from .saved_actions import SavedScreen


class SavedMovesScreen(SavedScreen):
    """Leads from a saved connection to the Move step."""

    @work(exclusive=True)
    async def action_move(self) -> None:
        """Choose where the chosen connection moves to, and compare both."""
        from .move_question import where_to

        name = self.chosen()
        if not name or self.is_busy:
            return
        try:
            plan = await where_to(self.app, self.saved, name, self.draft.move)
        except ProfileError as error:
            self.say(str(error))
            return
        if plan is not None:
            self.leave(*plan.way())

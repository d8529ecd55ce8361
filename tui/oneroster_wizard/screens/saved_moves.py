"""What is done with two of the saved connections: the move from the chosen one to another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import work

from oneroster_wizard.move_pairs import NO_PAIR, MovePair, pairs_of
from oneroster_wizard.storage.profile_error import ProfileError

from .saved_actions import SavedScreen


class SavedMovesScreen(SavedScreen):
    """Leads from a saved connection, or from the table of all pairs, to the Move step."""

    # What was compared stays known while the wizard is open.
    _pairs: Sequence[MovePair] = ()

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
            await self._refused(error)
            return
        if plan is not None:
            self.leave(*plan.way())

    @work(exclusive=True)
    async def action_move_all(self) -> None:
        """Compare every pair that the profiles name by moves_to."""
        from .moves import MovesScreen

        if self.is_busy:
            return
        try:
            profiles, _ = await asyncio.to_thread(self.saved.list)
        except ProfileError as error:
            self.say(str(error))
            return
        self._pairs = pairs_of(profiles, self._pairs)
        if not self._pairs:
            self.say(NO_PAIR)
            return
        plan = await self.app.push_screen_wait(MovesScreen(self.saved, self._pairs))
        if plan is not None:
            self.leave(*plan.way())

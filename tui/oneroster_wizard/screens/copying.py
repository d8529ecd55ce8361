"""Copying what a screen shows: a text, or a message to the district with the names that only the vendor knows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from .base import WizardScreen

if TYPE_CHECKING:
    from oneroster_checks.report import DistrictMessage, Letterhead
    from oneroster_checks.result import Result

    MakesMessage = Callable[[Result, Letterhead], DistrictMessage]


class CopyScreen(WizardScreen):
    """A step that copies texts of a result; each copy is a file, too."""

    # What a subclass fills in.

    @property
    def shown_result(self) -> Result | None:
        """The result that is shown, None where there is none."""
        return self.draft.result

    def fit_to_copy(self, text: str) -> str:
        """A text without what only this screen knows that nobody may copy."""
        return text

    # What all of them do alike.

    @work(exclusive=True, group="copy")
    async def copy_message(self, make: MakesMessage, what: str) -> None:
        """Copy a message to the district; its names are asked for once."""
        draft, result = self.draft, self.shown_result
        if result is None:
            return
        names, trouble = self.saved.letterhead(draft)
        unneeded = make(result, names).unneeded
        if unneeded:
            self.say(unneeded)
            return
        if self.saved.asks_for_names(draft):
            given = await self._asked_names(names, "Copy the message")
            if given is None:
                return
            names, trouble = given
        await self._copied(make(result, names).text, what, ".txt", trouble)

    @work(exclusive=True, group="copy")
    async def action_names(self) -> None:
        """Change the names in messages."""
        names, _ = self.saved.letterhead(self.draft)
        given = await self._asked_names(names, "Save")
        if given is not None:
            _, trouble = given
            self.say(trouble or "Saved for your next messages.")

    async def _asked_names(self, names: Letterhead, button: str) -> tuple[Letterhead, str] | None:
        """The names that were given, and a sentence where they could not be kept; None when the dialog was closed."""
        from oneroster_wizard.storage.profile_error import ProfileError

        from .letter_names import LetterNamesScreen

        given = await self.app.push_screen_wait(LetterNamesScreen(names, button))
        if given is None:
            return None
        self.draft.names_asked, trouble = True, ""
        try:
            self.saved.save_letterhead(self.draft, given)
        except ProfileError as error:
            trouble = str(error)
        self.save_profile()
        return given, trouble

    @work(exclusive=True, group="copy")
    async def copy(self, text: str, what: str, suffix: str, *, as_it_is: bool = False) -> None:
        """Copy a text; `what` and `suffix` name its file, and `as_it_is` is that of a text whose parts are redacted."""
        await self._copied(text, what, suffix, as_it_is=as_it_is)

    async def _copied(
        self, text: str, what: str, suffix: str, trouble: str = "", *, as_it_is: bool = False
    ) -> None:
        """Copy a text and save it as a file; `as_it_is` takes only the connection's own secrets out of it."""
        from oneroster_checks.redaction.known import redactor_for
        from oneroster_checks.target import make_target
        from oneroster_wizard import clipboard

        folder = self.saved.folder
        redactor = redactor_for(make_target(self.draft.connection, self.draft.credentials))
        text = self.fit_to_copy(redactor.without_secrets(text) if as_it_is else redactor.text(text))
        name = "-".join(part for part in (what, self.draft.profile) if part) + suffix
        copied = await asyncio.to_thread(
            clipboard.copy, text, folder=folder / "copied" if folder else None, name=name, app=self.app
        )
        self.say(f"{copied.sentence} {trouble}".strip())

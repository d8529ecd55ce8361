"""The errors of saved profiles; they are light, since the first screen may have to catch them."""

from __future__ import annotations

# As type checkers read it: importing `typing` itself is most of the time of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class ProfileError(Exception):
    """A profile cannot be read, named or saved; the text is one clear sentence for the user.

    `is_held` says that another program was waited for in vain.
    """

    is_held = False

    @classmethod
    def held(cls, sentence: str) -> Self:
        """The error of somebody who has waited in vain."""
        error = cls(sentence)
        error.is_held = True
        return error


class HistoryError(ProfileError):
    """The history of the runs cannot be read or written; nothing in it was changed."""

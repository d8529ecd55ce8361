"""The errors of saved profiles; they are light, since the first screen may have to catch them."""

from __future__ import annotations


class ProfileError(Exception):
    """A profile cannot be read, named or saved; the text is one clear sentence for the user."""


class HistoryError(ProfileError):
    """The history of the runs cannot be read or written; nothing in it was changed."""

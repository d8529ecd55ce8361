"""The error of saved profiles; it is light, since the first screen may have to catch it."""

from __future__ import annotations


class ProfileError(Exception):
    """A profile cannot be read, named or saved; the text is one clear sentence for the user."""

"""What this room needs of a redaction; the engine hands one in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Redaction(Protocol):
    """Takes secrets and people out of everything that may be shown."""

    def text(self, text: str, /) -> str:
        """The text without any secret."""
        ...

    def id(self, text: str, /) -> str:
        """What a server calls a request, whole only in a form that can be no name."""
        ...

    def address(self, url: str, /) -> str:
        """The address of a request, without a secret, and with ids as they are shown."""
        ...

    def said(self, words: Iterable[str], /) -> str:
        """The values in which a server says what is wrong, as one short line without a secret or personal value."""
        ...

    def learn(self, secret: str, /) -> None:
        """Remember a secret that came up."""
        ...

    def learn_people(self, document: object, /) -> None:
        """Remember the personal values of a decoded answer."""
        ...

    def outline(self, document: object, /) -> str:
        """The shape of a decoded answer, in a few lines without a personal value."""
        ...

"""How a text report marks what it says: the engine knows no terminal, so whoever shows the text brings the marks."""

from __future__ import annotations

from typing import Protocol

from ..finding import Status


class TextStyle(Protocol):
    """Marks for pieces of a text report. Each takes a piece and gives it back, marked, with the same letters."""

    def state(self, word: str, status: Status) -> str:
        """The word of a state, such as FAIL."""
        ...

    def heading(self, words: str) -> str:
        """The line above a list."""
        ...

    def link(self, words: str, address: str) -> str:
        """Words that lead to a page; "" where they cannot, and the address has to be read."""
        ...


class Unmarked:
    """No marks: for files, pipes, and terminals that show text only."""

    def state(self, word: str, status: Status) -> str:
        """The word as it is."""
        return word

    def heading(self, words: str) -> str:
        """The words as they are."""
        return words

    def link(self, words: str, address: str) -> str:
        """Nothing: the address has to be read."""
        return ""


UNMARKED = Unmarked()

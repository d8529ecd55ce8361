"""The error of a command that cannot be carried out as it was typed."""

from __future__ import annotations


class CommandLineError(Exception):
    """The command line, a profile or a needed secret is wrong or missing; the text says what to change.

    `lines` are the sentence and what follows it on lines of their own.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines

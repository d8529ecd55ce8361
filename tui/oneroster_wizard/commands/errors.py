"""The error of a command that cannot be carried out as it was typed."""

from __future__ import annotations


class CommandLineError(Exception):
    """The command line, a profile or a needed secret is wrong or missing; the text says what to change."""

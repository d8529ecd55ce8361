"""What is said of a command line that names what does not exist: a command, an option, or the value of one."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from ..nearest import did_you_mean


def wrong_choice(action: argparse.Action, typed: object) -> str:
    """The sentence for a value that is none of the choices of an argument."""
    known = [str(choice) for choice in action.choices or ()]
    word = str(typed)
    if not action.option_strings:
        noun = (action.metavar if isinstance(action.metavar, str) else action.dest).lower()
        return f"There is no {noun} “{word}”.{did_you_mean(word, known)} There are: {', '.join(known)}."
    name = action.option_strings[-1]
    return f"{name} does not take “{word}”.{did_you_mean(word, known)} It takes: {', '.join(known)}."


def wrong_argument(first: str, options: Iterable[str]) -> str:
    """The sentence for the first argument that a command has no place for; `options` are those that it knows."""
    if not first.startswith("-"):
        return f"There is one argument too many: “{first}”."
    # What stands behind the equals sign may be a secret.
    name = first.partition("=")[0]
    return f"There is no option “{name}”.{did_you_mean(name, options)}"

"""The second message to the district about each run, for when the first one did not help."""

from __future__ import annotations

from collections.abc import Sequence

from ..result import Result
from .as_message import messages
from .letterhead import LetterheadOf
from .message import second_message


def render(results: Sequence[Result], letterhead_of: LetterheadOf) -> str:
    """The second message about each run, one below the other, ending in a line break."""
    return messages(results, letterhead_of, second_message)

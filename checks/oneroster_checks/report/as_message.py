"""The message to the district about each run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..result import Result
from .closing import name_of
from .letterhead import Letterhead, LetterheadOf
from .mail import DistrictMessage
from .message import first_message

# Between two messages, which nobody sends together.
_RULE = "-" * 72


def render(results: Sequence[Result], letterhead_of: LetterheadOf) -> str:
    """The message about each run, one below the other, ending in a line break."""
    return messages(results, letterhead_of, first_message)


def messages(
    results: Sequence[Result],
    letterhead_of: LetterheadOf,
    write: Callable[[Result, Letterhead], DistrictMessage],
) -> str:
    """A message about each run; of several, each begins with a line that says which run it is about."""
    texts = [write(result, letterhead_of(result)).text for result in results]
    if len(texts) == 1:
        return texts[0]
    named = [f"{name_of(result)}\n\n{text}" for result, text in zip(results, texts, strict=True)]
    return f"\n{_RULE}\n\n".join(named)

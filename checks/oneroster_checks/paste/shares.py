"""Which parts of the data a pasted text says are shared: those behind a label, and what a vendor pair is for."""

from __future__ import annotations

import re

from ..connection import SHARES, Share

# The district's own heading, and this program's.
_LABELLED = re.compile(
    r"(?im)^[ \t>*|-]{0,9}(?:data[ _-]?to[ _-]?share|data[ _-]?you[ _-]?expect|shared[ _-]?data|expected[ _-]?data)"
    r"[ \t]{0,9}[:=|][ \t]{0,9}([^\n]{1,200})"
)
_NOT_ALL = re.compile(r"(?i)\b(?:no|not|none|without|except|but)\b")
_WORDS: dict[Share, re.Pattern[str]] = {
    "rostering": re.compile(r"(?i)\broster(?:ing|s)?\b"),
    "demographics": re.compile(r"(?i)\bdemographics?\b"),
    "gradebook": re.compile(r"(?i)\bgrade[ _-]?books?\b"),
    "assessments": re.compile(r"(?i)\bassessments?\b"),
    "resources": re.compile(r"(?i)\bresources?\b"),
}
# A label or an address names the service, and says nothing of what is shared.
_IS_LABEL = re.compile(r"[:=|]|\w/\w")


def shares_in(text: str) -> tuple[Share, ...]:
    """The parts that a label in the text lists, in the usual order; empty where none does, or with an exception."""
    labelled = "\n".join(_LABELLED.findall(text))
    if _NOT_ALL.search(labelled):
        return ()
    return tuple(share for share in SHARES if _WORDS[share].search(labelled))


def mentions_grade_book(text: str) -> bool:
    """Whether a sentence of the text is about the grade book."""
    lines = (line for line in text.splitlines() if not _IS_LABEL.search(line))
    return any(_WORDS["gradebook"].search(line) for line in lines)

"""Whether the whole fix of a root cause is seen in a small window: 80 by 24, at most one page down."""

from __future__ import annotations

import re
import textwrap

from oneroster_checks.result import Result
from oneroster_wizard.widgets.step_table import step_table
from oneroster_wizard.widgets.verdict_banner import verdict_words

# At 80 by 24: the width without the frame, the space inside it and the scrollbar; the height of the opened banner
# (checklist.tcss) without the frame.
COLUMNS, LINES = 80 - 2 - 2 - 2, 24 * 88 // 100 - 2
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def fix_lines(result: Result) -> list[str]:
    """The lines of the verdict as far as its last step, as they stand in the banner."""
    lines = verdict_words(result, COLUMNS).plain.splitlines()
    wrapped = [part for line in lines for part in textwrap.wrap(line, COLUMNS, drop_whitespace=False) or [""]]
    steps = [place for place, line in enumerate(wrapped) if re.match(r"\d+ (You|District) ", line)]
    if not steps:
        return wrapped
    last = steps[-1] + 1
    # What belongs to a step is indented.
    while last < len(wrapped) and wrapped[last].startswith("  "):
        last += 1
    return wrapped[:last]


def steps_of_several_lines(result: Result) -> list[str]:
    """The steps that take more than a line each before the banner is opened."""
    rows = list(step_table(result.verdict.fix, COLUMNS, whole=False))
    return [row.plain for row in rows if "\n" in row.plain or row.cell_length > COLUMNS]


def said_twice(result: Result) -> list[str]:
    """The sentences that the verdict says more than once."""
    verdict = result.verdict
    texts = [verdict.summary, *(step.text for step in verdict.fix)]
    sentences = [sentence for text in texts for sentence in _SENTENCE.split(text)]
    return sorted({sentence for sentence in sentences if sentences.count(sentence) > 1})

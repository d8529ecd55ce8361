"""A trace as plain text: the chain with a state at every link, and the first that is broken with its steps."""

from __future__ import annotations

import textwrap

from ..causes.help_pages import pages_of
from ..finding import Status
from ..labels import STATES
from ..tracing.model import LinkState, Trace
from .text import WIDTH
from .text_style import UNMARKED, TextStyle
from .traced import COLOR_OF, STATE_WORDS, heading, requests_words, safe_trace, trace_rows, verdict_words
from .words import expected_after

_STATE = max(map(len, STATE_WORDS.values()))
_DEEPER = 2


def trace_text(
    trace: Trace, width: int = WIDTH, style: TextStyle = UNMARKED, *, everything: bool = False
) -> str:
    """The trace, ending in a line break, wrapped at `width` columns, with the marks of a `style`.

    Without `everything`, branches that are in order have one line each.
    """
    trace = safe_trace(trace)
    lines = [style.heading(heading(trace))]
    for row in trace_rows(trace, everything=everything):
        word = STATE_WORDS[row.state]
        indent = 2 + _STATE + 1 + _DEEPER * row.depth
        first, *rest = _wrapped(row.words, width, indent, indent + 2)
        marked = word if row.state is LinkState.FINE else style.state(word, COLOR_OF[row.state])
        lines += [f"  {marked}{' ' * (indent - 2 - len(word))}{first[indent:]}", *rest]
    return "\n".join([*lines, "", *_verdict(trace, width, style), "", requests_words(trace)]) + "\n"


def _verdict(trace: Trace, width: int, style: TextStyle) -> list[str]:
    result = trace.result
    verdict = result.verdict
    first, *sentences = verdict_words(trace)
    # What was not seen is no pass.
    status = Status.WARN if verdict.status is Status.PASS and not trace.is_whole else verdict.status
    lines = _wrapped(f"{STATES[status]} {first}", width, 0, 5)
    word = STATES[status]
    lines[0] = lines[0].replace(word, style.state(word, status), 1)
    for sentence in sentences:
        lines += _wrapped(sentence, width, 2, 2)
    if verdict.fix:
        lines.append(style.heading("What to do:"))
        for number, step in enumerate(verdict.fix, 1):
            lines += _wrapped(f"{number}. {step}", width, 2, 5)
    for page in pages_of(
        verdict.cause, verdict.fix, provider=result.connection.provider, oneroster=result.connection.oneroster
    ):
        linked = style.link(page.title, page.address)
        lines.append(f"  {linked}" if linked else f"  {page.title} · {page.address}")
    after = ", ".join(f"{title} [{code}]" for title, code in expected_after(result))
    return [*lines, *_wrapped(f"Also found: {after}.", width, 0, 2)] if after else lines


def _wrapped(text: str, width: int, first: int, rest: int) -> list[str]:
    return textwrap.wrap(
        text, max(width, first + 20), initial_indent=" " * first, subsequent_indent=" " * rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip

"""The help of the Trace screen, and what is known of one link."""

from __future__ import annotations

from collections.abc import Iterable

from oneroster_checks.tracing.model import Link

TRACE_HELP = """
Follows one record through, as software does that reads the district: from a student or teacher to enrollments, \
classes, courses, and terms, or from a grade to its line item, category, class, and student. The first link that is \
broken is under the cursor, and the box says who fixes it, and where. PgDn shows the rest of the box.

Type an ID and press Enter. A person is found by sourcedId, identifier, or username, a class or a grade by sourcedId. \
A class beside the ID limits the trace of a person to that class. F goes back to the ID, and Enter traces the next one.

Branches that are in order are folded; Enter or the right arrow unfolds one. Enter on any other link shows all of it, \
and F1 says what its cause means.

It makes as few requests as the server allows. If filters do not show what is there, it asks before it reads a whole \
list. C cancels, and so does leaving this screen.

S copies the chain and the verdict, M the message to the district, U the request that shows what is wrong, as curl. \
Names are shown on this screen only, and only when you want them. What you type is kept nowhere.
"""


def link_help(words: str, link: Link, provider: str) -> str:
    """All that is known of one link: its words, and what its causes mean; `provider` is whose steps to show."""
    from oneroster_checks.causes.explanation import explain

    return "\n\n".join([words, *_each(explain(cause, provider) for cause in link.causes)])


def _each(texts: Iterable[str]) -> list[str]:
    return [text.strip() for text in texts]

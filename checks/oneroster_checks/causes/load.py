"""Causes in load: answers that are slow, throttled, or come on the second try only."""

from __future__ import annotations

from .model import Cause, you
from .steps import AGAIN, AWAIT, CAMPUS, CAMPUS_HELP, STANDARD, SUPPORT

SECTION = "Protocol and load"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="load.page-too-large",
        title="Large pages fail",
        summary="A page of {asked} records of {path}[[ (also of {also})]] failed[[ ({status})]][[: {detail}]], and "
        "one of {works} worked.",
        why="The server allows only so many records on a page, or the server or a proxy in front of it cannot finish a "
        "larger one in time.",
        detection="The same request fails with a large limit and works with a smaller one. Fewer records than asked "
        "for, without an error, are paging.limit-capped.",
        fix=(
            you(
                "Ask for at most {works} records a page.",
                general="Ask for no more records a page than the largest number that worked.",
            ),
            you(
                "Ask the provider which limit is allowed, or try sizes in between.",
                line="Ask the provider for the limit, or try sizes in between.",
            ),
            AGAIN,
        ),
        source=f"RFC 9110, section 15; {STANDARD}",
    ),
    Cause(
        code="load.throttled",
        title="Requests slowed down by the server",
        summary="The server asked to slow down (HTTP 429, {count} times), and waiting helped[[: {detail}]].",
        why="A request limit was reached during the read. The run waited as asked and went on.",
        detection="429 ended after the time asked for. When it does not end, it is access.throttled.",
        fix=(
            you(
                "Have your software wait as Retry-After says, and make one request at a time.",
                line="Have your software obey Retry-After, one request at a time.",
            ),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Have your software wait as Retry-After says. Campus asks for one request at a time "
                    "during school hours and at most five at once outside them.",
                    line="Have your software wait as Retry-After says.",
                ),
                you(
                    "Do the full sync weekly, and every night read only what changed, by dateLastModified.",
                    line="Do the full sync weekly, and read only changes every night.",
                ),
                AGAIN,
            ),
            "classlink": (
                you(
                    "Have your software wait as Retry-After says: ClassLink usually sends it with 429.",
                    line="Have your software wait as Retry-After says.",
                ),
                AGAIN,
            ),
        },
        source="RFC 6585, section 4",
        told_last=2,
    ),
    Cause(
        code="load.slow",
        title="Slow answers",
        summary="Answers are slow: the slowest took {seconds} seconds[[ at {path}]], and half of them took more "
        "than {median} seconds.",
        why="The server is busy, or the pages asked for are too large for it.",
        because="Large reads may fail, or never end in time.",
        detection="A request took more than 30 seconds, or half of them more than 5.",
        fix=(
            you("Ask for smaller pages, and read outside school hours."),
            SUPPORT,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Ask for smaller pages, one at a time, outside school hours."),
                you(
                    "If it stays slow, open a case with Campus, with the full request address, the app and "
                    "parameters, and the times.",
                    line="If it stays slow, open a case with Campus.",
                ),
                AGAIN,
            ),
        },
        source=CAMPUS_HELP,
    ),
    Cause(
        code="load.unsteady",
        title="Transient errors",
        summary="Some requests failed and worked when they were tried again ({count})[[: {detail}]].",
        why="It can be a server that restarts, a proxy that drops a connection, or a token that ended early. The "
        "connection works, but software that does not retry will run into it.",
        because="Software that does not retry runs into such errors.",
        detection="A 500, 502, 503, or 504, a closed connection, or a refused token, each followed by a good answer.",
        fix=(
            you(
                "Have your software retry after a short wait, and ask for a new token when one is refused.",
                line="Have your software wait and retry, and renew a refused token.",
            ),
            SUPPORT,
            AGAIN,
        ),
        source="RFC 9110, section 15.6",
        told_last=1,
    ),
)

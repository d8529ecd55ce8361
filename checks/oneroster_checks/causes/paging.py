"""Causes in paging: limit, offset, totals, and links to the next page."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, STANDARD, SUPPORT

SECTION = "Protocol and load"

_UNTIL_EMPTY = "Have your software read until a page is empty."

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="paging.offset-ignored",
        title="Second page repeats the first",
        summary="A later page of {path}[[ (also of {also})]] has the records of the first page again.",
        why="The server ignores offset, so software that reads page by page never gets past the first, or "
        "never ends.",
        because="We cannot read past the first page.",
        detection="A page at a later offset has the records of the first, and no others. Single records twice are "
        "paging.duplicates.",
        fix=(
            you("Make sure that no proxy drops the query from the address."),
            you(
                "Read with a limit larger than the whole list, where the server allows it.",
                line="Where allowed, read with a limit larger than the whole list.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="paging.limit-ignored",
        title="More records than asked for",
        summary="{path}[[ (also {also})]] returned {received} records although the limit was {asked}.",
        why="The server ignores limit, and often returns the whole list at once. For a large district that takes "
        "long, and may be more than software can read at once.",
        because="For a large district, one answer may be more than software can read at once.",
        detection="An answer has more records than its limit. With fewer it is paging.limit-capped.",
        fix=(
            you(
                "Have your software take every record of an answer, and read on from the number that it received.",
                line="Have your software take every record, and read on after them.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="paging.limit-capped",
        title="Fewer records than asked for",
        summary="{path}[[ (also {also})]] returned {received} records where {asked} were asked for, and there are "
        "more.",
        why="The server caps limit without saying so. Software that takes a short page for the last one "
        "loses the rest.",
        detection="The page is shorter than asked for, and the next page has more.",
        fix=(
            you(
                "Have your software read on from the number of records that it received, until a page is empty or "
                "brings nothing new.",
                line="Have your software read on until a page brings nothing new.",
            ),
            AGAIN,
        ),
        fix_for={
            "ed-fi": (
                you("Ask for at most 500 records: Ed-Fi caps limit at that."),
                you(
                    "Have your software read on from the number of records that it received, until a page is empty.",
                    line=_UNTIL_EMPTY,
                ),
                AGAIN,
            ),
        },
        source=STANDARD,
    ),
    Cause(
        code="paging.total-missing",
        title="No total count",
        headline="[[?found|Total count that is not one number]]",
        summary="{path} came [[-found|without X-Total-Count]][[with an X-Total-Count that is not one number "
        "({found})]], so nobody can check that everything was read.",
        why="The standard recommends the header but does not require it.",
        detection="The header is absent, no number, or there twice with different ones. When it is there with a wrong "
        "number, it is paging.total-wrong.",
        fix=(
            you(
                "Have your software read until a page is empty, not until a total is reached.",
                line=_UNTIL_EMPTY,
            ),
            AGAIN,
        ),
        fix_for={
            "ed-fi": (
                you(
                    "Have your software read until a page is empty: Ed-Fi sends neither a total nor links.",
                    line=_UNTIL_EMPTY,
                ),
                AGAIN,
            ),
        },
        source=STANDARD,
    ),
    Cause(
        code="paging.total-wrong",
        title="Wrong total count",
        summary="The server says that {path} has {total} records, but {received} came.",
        why="Either the total counts records that are not returned, or records got lost between pages. On a "
        "busy system the number can change during the read.",
        because="We cannot tell whether we have read everything.",
        detection="The header is there, and fewer or more records were read, or there is nothing where it says that "
        "there is more.",
        fix=(
            you(
                "Run the checks at a quiet hour, to rule out changes during the read.",
                line="Run the checks at a quiet hour, to rule out changes.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="paging.next-loops",
        title="Next link leads back",
        summary="The link to the next page of {path} leads to a page that was already read.",
        why="Software that follows the link never ends. Campus has been seen to send it on the last page too.",
        because="Software that follows the link never ends.",
        detection="On the first page or a later one, the link leads to that page or an earlier one, or brings "
        "nothing new, and there is more to read. When offset is ignored, even the second page repeats.",
        fix=(
            you(
                "Have your software stop when a page brings nothing new, or when the page is the last one.",
                line="Have your software stop when a page brings nothing new.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="paging.next-elsewhere",
        title="Next link leads elsewhere",
        summary="The link to the next page of {path}[[-status| names {found} instead of {expected}]]"
        "[[ leads to an address that answered with {status}]].",
        why="Software that follows the link leaves the address it was given, or gets no records. Usually a proxy in "
        "front of the server does not pass its public address on.",
        because="Software that follows the link leaves your address, or gets no records.",
        detection="The link names another host, port, or scheme than the base URL, and is not followed; or its address "
        "answers with an error, and the same page is there by offset.",
        fix=(
            you(
                "Until this is fixed, have your software read by offset instead of following the link.",
                line="Until this is fixed, have your software read by offset.",
            ),
            district(
                "Open a support case with the provider: the links to the next page need the public address of the "
                "server, which the proxy in front of it usually has to pass on.",
                line="Open a support case: next links need the public address.",
            ),
            AWAIT,
        ),
        source=f"RFC 8288, section 3; {STANDARD}",
    ),
    Cause(
        code="paging.duplicates",
        title="Same record on two pages",
        summary="Some records of {path}[[ (also of {also})]] came twice, on different pages ({count}).",
        why="The order changes between pages, so some records come twice and others may be left out.",
        because="Other records may be left out in their place.",
        detection="The same sourcedId is on two pages. The same whole page is paging.offset-ignored.",
        fix=(
            you(
                "Have your software sort by sourcedId while it reads, and drop records that it already has.",
                line="Have your software sort by sourcedId and drop duplicates.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
)

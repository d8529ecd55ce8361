"""Causes in paging, queries, errors and load."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Cause, Step, district, you
from .payload import SUPPORT
from .steps import AGAIN, AWAIT, CAMPUS

_STANDARD = "OneRoster 1.1 and 1.2 (A)"


def _cause(
    code: str,
    title: str,
    summary: str,
    why: str,
    detection: str,
    fix: tuple[Step, ...],
    facts: tuple[str, ...],
    *,
    source: str = _STANDARD,
    fix_for: Mapping[str, tuple[Step, ...]] | None = None,
    told_last: int = 0,
) -> Cause:
    return Cause(code, title, summary, why, detection, fix, source, fix_for or {}, told_last=told_last)


CAUSES: tuple[Cause, ...] = (
    _cause(
        "paging.offset-ignored",
        "The second page is the first again",
        "{path} answers the second page with the records of the first.",
        "The server ignores offset, so software that reads page by page never gets past the first, or "
        "never ends.",
        "Both pages hold the same records. Single records twice are paging.duplicates.",
        (
            you("Check that no proxy drops the query from the address."),
            you("Read with a limit larger than the whole list, where the server allows it."),
            SUPPORT,
            AWAIT,
        ),
        ("path",),
    ),
    _cause(
        "paging.limit-capped",
        "The server gives fewer records than asked",
        "{path} gave {received} records where {asked} were asked for, and more exist.",
        "The server caps limit without saying so. Software that takes a short page for the last one "
        "loses the rest.",
        "The page is shorter than asked and the next page holds more.",
        (
            you(
                "Have your software go on by the records received, until a page is empty or brings "
                "nothing new."
            ),
            AGAIN,
        ),
        ("path", "asked", "received"),
        fix_for={
            "ed-fi": (
                you("Ask for at most 500 records: Ed-Fi caps limit at that."),
                you("Have your software go on by the records received until a page is empty."),
                AGAIN,
            ),
        },
    ),
    _cause(
        "paging.total-missing",
        "The answer does not say how many records exist",
        "{path} answers without X-Total-Count, so nobody can check that everything was read.",
        "The standard recommends the header but does not require it.",
        "The header is absent. When it is there with another number, it is paging.total-wrong.",
        (
            you("Have your software read until a page is empty, not until a total is reached."),
            AGAIN,
        ),
        ("path",),
        fix_for={
            "ed-fi": (
                you("Have your software read until a page is empty: Ed-Fi sends neither a total nor links."),
                AGAIN,
            ),
        },
    ),
    _cause(
        "paging.total-wrong",
        "The total is not what was read",
        "{path} says that there are {total} records, but {received} were read.",
        "Either the total counts records that are not given out, or records got lost between pages. On a "
        "busy system the number can change while it is read.",
        "The header is there and differs from the records read to the end.",
        (
            you("Run the checks at a quiet hour, to rule out changes during the read."),
            SUPPORT,
            AWAIT,
        ),
        ("path", "total", "received"),
    ),
    _cause(
        "paging.next-loops",
        "The link to the next page leads back",
        "The link to the next page of {path} leads to a page that was read already.",
        "Software that follows the link never ends. Campus has been seen to send it on the last page too.",
        "The link leads back to a page already read. When offset is ignored, even the second page repeats.",
        (
            you("Have your software stop when a page brings nothing new, or when the page is the last one."),
            SUPPORT,
            AWAIT,
        ),
        ("path",),
    ),
    _cause(
        "paging.duplicates",
        "The same record stands on two pages",
        "{count} of the records read from {path} came twice, on different pages.",
        "The order changes between pages, so some records come twice and others may be left out.",
        "The same sourcedId is on two pages. The same whole page is paging.offset-ignored.",
        (
            you("Have your software sort by sourcedId while it reads, and drop records that it has already."),
            SUPPORT,
            AWAIT,
        ),
        ("path", "count"),
    ),
    _cause(
        "query.filter-ignored",
        "A filter is ignored",
        "{path} with the filter {filter} gave {count} records that do not match it.",
        "The server leaves the filter out. Software that trusts it takes in records that it did not want.",
        "Records come back that do not match. A refused filter is query.filter-unsupported.",
        (
            you("Check that your software percent-encodes the filter."),
            you("Read everything and filter in your own software."),
            SUPPORT,
            AWAIT,
        ),
        ("path", "filter", "count"),
    ),
    _cause(
        "query.filter-unsupported",
        "A filter of the standard is refused",
        "{path} refuses the filter {filter} ({status}).",
        "The server does not offer this filter, although the standard has it.",
        "The call works without the filter and is refused with it.",
        (
            you("Read without this filter and filter in your own software."),
            SUPPORT,
            AWAIT,
        ),
        ("path", "filter", "status"),
        fix_for={
            CAMPUS: (
                you(
                    "For roles, read /students and /teachers instead of filtering /users by role: Campus "
                    "usually refuses that filter with OneRoster 1.2."
                ),
                you("For other filters, filter in your own software."),
                AGAIN,
            ),
        },
    ),
    _cause(
        "query.sort-ignored",
        "Sorting is ignored",
        "{path} does not sort its records by {sort}.",
        "The server leaves sort or orderBy out. Reading page by page is then less safe.",
        "The records come in another order than asked for.",
        (
            you("Sort in your own software after everything is read."),
            AGAIN,
        ),
        ("path", "sort"),
    ),
    _cause(
        "query.fields-ignored",
        "The choice of fields is ignored",
        "{path} sends further fields although only {fields} were asked for.",
        "The server leaves the fields parameter out, so answers are larger than needed.",
        "Records hold fields beyond those asked for.",
        (
            you("Have your software accept further fields and drop those it does not need."),
            AGAIN,
        ),
        ("path", "fields"),
    ),
    _cause(
        "error.shape",
        "Errors are not in the standard's form",
        "{path} answers an error ({status}) in another form than the standard's[[: {detail}]].",
        "Software that reads the standard's error codes learns nothing from it. Even certified servers "
        "differ here.",
        "The status says error and the body is not the standard's status information.",
        (
            you("Have your software go by the HTTP status and treat the body as a hint."),
            AGAIN,
        ),
        ("path", "status", "detail"),
    ),
    _cause(
        "error.unsafe",
        "Data is given out without a valid token",
        "{path} gives out data without valid credentials ({status})[[: {detail}]].",
        "Anybody who knows the address can read data of students. This is urgent.",
        "The same call was made without credentials or with forged ones, and data came back.",
        (
            district(
                "Tell whoever runs the server at once, and close the address to the outside until it is "
                "mended."
            ),
            you("Do not spread the address; tell the district by telephone."),
            AWAIT,
        ),
        ("path", "status", "detail"),
        source="RFC 6750 section 3, OneRoster 1.1 and 1.2 (A)",
    ),
    _cause(
        "load.throttled",
        "The server asked to slow down",
        "The server asked to slow down (HTTP 429, number of times: {count}), and waiting helped.",
        "A limit of calls was reached during the read. The run waited as asked and went on.",
        "429 ended after the time asked for. When it does not end, it is access.throttled.",
        (
            you("Have your software wait as Retry-After says, and make one request at a time."),
            AGAIN,
        ),
        ("count",),
        source="RFC 6585 section 4",
        told_last=2,
        fix_for={
            CAMPUS: (
                you(
                    "Have your software wait as Retry-After says. Campus asks for one request at a time "
                    "during school hours and at most five at once outside them."
                ),
                you("Do the full sync weekly and read nightly what changed, by dateLastModified."),
                AGAIN,
            ),
            "classlink": (
                you("Have your software wait as Retry-After says: ClassLink usually sends it with 429."),
                AGAIN,
            ),
        },
    ),
    _cause(
        "load.slow",
        "The server answers slowly",
        "Answers are slow: the slowest took {seconds} seconds[[ at {path}]], half of them more than {median} "
        "seconds.",
        "The server is busy, or the pages asked for are too large for it.",
        "A request took more than 30 seconds, or half of them more than 5.",
        (
            you("Ask for smaller pages, and read outside school hours."),
            SUPPORT,
            AWAIT,
        ),
        ("seconds", "median", "path"),
        source="published load rules of providers (A)",
        fix_for={
            CAMPUS: (
                you("Ask for smaller pages, one request at a time, outside school hours."),
                you(
                    "If it stays slow, open a case with Campus; it needs the full request address with "
                    "the app and parameters, and the times."
                ),
                AGAIN,
            ),
        },
    ),
    _cause(
        "load.unsteady",
        "An answer failed once and came on the second try",
        "A request failed and worked when it was tried again (number of times: {count})[[: {detail}]].",
        "A server that restarts, a proxy that drops a connection, or a token that ended early. It is no broken "
        "connection, and software that does not try again will meet it.",
        "A 502, 503 or 504, a closed connection or a refused token, each followed by a good answer.",
        (
            you(
                "Have your software try again after a short wait, and ask for a new token when one is refused."
            ),
            SUPPORT,
            AGAIN,
        ),
        ("count", "detail"),
        source="this project's own",
        told_last=1,
    ),
)

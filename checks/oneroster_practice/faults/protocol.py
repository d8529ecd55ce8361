"""Responses that break the rules of OneRoster, and a server that is slow or busy."""

from __future__ import annotations

from typing import Any

from ..errors import ErrorResponses
from ..exchange import Request, Response
from ..fault import DataRules, Fault, ListRules, Problem, RosterRules
from ..form import Record
from ..site import Site

# The data request of each token that is answered with 429: late enough that the connection has worked.
_BUSY_REQUEST = 4


def _busy_once(request: Request, site: Site, number: int) -> Response | None:
    if number != _BUSY_REQUEST:
        return None
    return ErrorResponses(site.oneroster).response(
        429, "server_busy", "Too many requests.", ("Retry-After", "1")
    )


def _break_record(entity: str, position: int, record: Record) -> Record:
    if position % 4 != 1:
        return record
    if entity == "user":
        record.pop("familyName")
    elif entity == "enrollment":
        record.pop("school")
    elif entity == "class":
        record.pop("title")
    return record


def _without_types(value: Any) -> Any:
    """A value in which no reference has its type."""
    if isinstance(value, list):
        return [_without_types(part) for part in value]
    if isinstance(value, dict):
        is_reference = "href" in value and "sourcedId" in value
        return {
            name: _without_types(part) for name, part in value.items() if name != "type" or not is_reference
        }
    return value


def _lists(code: str, title: str, rules: ListRules) -> Fault:
    return Fault(problem=Problem(code, title), lists=rules)


FAULTS = (
    Fault(
        problem=Problem("payload.not-oneroster", "Records come under a name that is not in OneRoster"),
        data=DataRules(list_key=lambda collection, key: "data"),
    ),
    Fault(
        problem=Problem("payload.other-key", "Records come under the name in the path, not the standard's"),
        data=DataRules(list_key=lambda collection, key: collection),
    ),
    Fault(
        problem=Problem(
            "payload.list-missing", "Lists without records come as an empty object", full_depth=True
        ),
        lists=ListRules(empty_left_out=True),
    ),
    Fault(
        problem=Problem(
            "payload.version-mismatch", "Records are in the format of the other OneRoster version"
        ),
        roster=RosterRules(other_version=True),
    ),
    Fault(
        problem=Problem("payload.invalid", "Some records break the standard"),
        roster=RosterRules(edit=_break_record),
    ),
    Fault(
        problem=Problem("payload.content-type", "Lists come as text/plain, although they are JSON"),
        data=DataRules(content_type="text/plain; charset=utf-8"),
    ),
    Fault(
        problem=Problem(
            "payload.reference-type", "References do not say what they refer to", full_depth=True
        ),
        roster=RosterRules(edit=lambda entity, position, record: _without_types(record)),
    ),
    _lists("paging.offset-ignored", "Every page is the first page", ListRules(offset_ignored=True)),
    _lists("paging.limit-ignored", "Lists come whole, whatever the limit", ListRules(limit_ignored=True)),
    _lists("paging.limit-capped", "A page never has more than 50 records", ListRules(limit_cap=50)),
    _lists("paging.total-missing", "Lists come without an X-Total-Count header", ListRules(total="missing")),
    _lists("paging.total-wrong", "X-Total-Count is too high", ListRules(total="wrong")),
    _lists("paging.next-loops", "The next link leads back to the first page", ListRules(next_loops=True)),
    _lists(
        "paging.next-elsewhere",
        "The next link names a host inside the district's network",
        ListRules(next_origin="https://sis.internal.example/"),
    ),
    _lists(
        "paging.duplicates", "Each page repeats a record from the page before", ListRules(duplicates=True)
    ),
    _lists("query.filter-ignored", "Filters are ignored", ListRules(filters="ignored")),
    _lists("query.filter-unsupported", "Filters are refused", ListRules(filters="refused")),
    _lists("query.sort-ignored", "Sorting is ignored", ListRules(sort_ignored=True)),
    _lists("query.fields-ignored", "Field selection is ignored", ListRules(fields_ignored=True)),
    Fault(
        problem=Problem(
            "query.delta-ignored", "Filters by the time of the last change are ignored", full_depth=True
        ),
        lists=ListRules(delta_ignored=True),
    ),
    Fault(
        problem=Problem(
            "query.no-match", "A filter that no record matches is answered with 404", full_depth=True
        ),
        lists=ListRules(no_match_refused=True),
    ),
    Fault(
        problem=Problem(
            "operation.absent", "Requests for the students of a class are answered with 404", full_depth=True
        ),
        data=DataRules(absent=("/classes/*/students",)),
    ),
    Fault(
        problem=Problem(
            "operation.disagrees", "Classes with enrollments have no list of students", full_depth=True
        ),
        data=DataRules(empty=("/classes/*/students",)),
    ),
    Fault(
        problem=Problem("error.shape", "Errors are not in the standard's format"),
        data=DataRules(plain_errors=True),
    ),
    Fault(
        problem=Problem("error.unsafe", "Data is returned without a token"),
        data=DataRules(open_to_all=True),
    ),
    Fault(
        problem=Problem("load.page-too-large", "More than 50 records a page are refused", oauth=2),
        lists=ListRules(largest_limit=50),
    ),
    Fault(
        problem=Problem("load.throttled", "One data request is answered with 429 Too Many Requests", oauth=2),
        data=DataRules(after_authorization=_busy_once),
    ),
    Fault(
        problem=Problem("load.slow", "Every data request takes more than five seconds"),
        data=DataRules(delay=5.1),
    ),
)

"""Answers that break the rules of OneRoster, and a server that is slow or busy."""

from __future__ import annotations

from ..errors import Errors
from ..exchange import Ask, Reply, Site
from ..fault import DataRules, Fault, ListHabits, Problem, RosterRules
from ..rows import Record

# The call of each token that is answered with 429; late enough that the connection has already worked.
_BUSY_CALL = 4


def _busy_once(ask: Ask, site: Site, call: int) -> Reply | None:
    if call != _BUSY_CALL:
        return None
    return Errors(site.oneroster).reply(429, "server_busy", "Too many requests.", ("Retry-After", "1"))


def _spoilt(entity: str, place: int, record: Record) -> Record:
    if place % 4 != 1:
        return record
    if entity == "user":
        record.pop("familyName")
    elif entity == "enrollment":
        record.pop("school")
    elif entity == "class":
        record["classType"] = "lecture"
    return record


def _lists(code: str, title: str, habits: ListHabits) -> Fault:
    return Fault(problem=Problem(code, title), lists=habits)


FAULTS = (
    Fault(
        problem=Problem("payload.not-oneroster", "The lists stand under a key that OneRoster does not have"),
        data=DataRules(envelope=lambda path_name, key: "data"),
    ),
    Fault(
        problem=Problem("payload.other-key", "The lists stand under the name of the path"),
        data=DataRules(envelope=lambda path_name, key: path_name),
    ),
    Fault(
        problem=Problem("payload.version-mismatch", "The records have the other version's form"),
        roster=RosterRules(other_version=True),
    ),
    Fault(
        problem=Problem("payload.invalid", "Some records break the standard"),
        roster=RosterRules(change=_spoilt),
    ),
    _lists("paging.offset-ignored", "Every page is the first page", ListHabits(offset_ignored=True)),
    _lists("paging.limit-capped", "A page never has more than 50 rows", ListHabits(limit_cap=50)),
    _lists("paging.total-missing", "There is no X-Total-Count", ListHabits(total="missing")),
    _lists("paging.total-wrong", "X-Total-Count is too high", ListHabits(total="wrong")),
    _lists("paging.next-loops", "The next link leads back to the first page", ListHabits(next_loops=True)),
    _lists("paging.duplicates", "A page begins with a row of the page before", ListHabits(duplicates=True)),
    _lists("query.filter-ignored", "Filters change nothing", ListHabits(filters="ignored")),
    _lists("query.filter-unsupported", "Every filter is refused", ListHabits(filters="refused")),
    _lists("query.sort-ignored", "Sorting changes nothing", ListHabits(sort_ignored=True)),
    _lists("query.fields-ignored", "Choosing fields changes nothing", ListHabits(fields_ignored=True)),
    Fault(
        problem=Problem("error.shape", "Errors do not have the standard's form"),
        data=DataRules(plain_errors=True),
    ),
    Fault(
        problem=Problem("error.unsafe", "Data is given without a token"),
        data=DataRules(anybody=True),
    ),
    Fault(
        problem=Problem("load.throttled", "One data call says: too many requests", oauth=2),
        data=DataRules(granted=_busy_once),
    ),
    Fault(
        problem=Problem("load.slow", "Every data call takes more than five seconds"),
        data=DataRules(delay=5.1),
    ),
)

"""Servers that are odd and right, as what they make of a fault: its lists, what is absent, the form of its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from oneroster_practice.fault import DataRules, Fault, ListRules
from oneroster_practice.form import Record

Odd = Callable[[Fault], Fault]

_RECORDS = ("users", "students", "teachers", "orgs", "classes", "courses", "academicSessions", "enrollments",
            "lineItems", "results", "categories")  # fmt: skip
_BELOW = ("/students/*/classes", "/teachers/*/classes", "/users/*/classes", "/schools/*/classes/*/enrollments",
          "/classes/*/lineItems/*/results")  # fmt: skip
_ABSENT_FIELDS = ("metadata", "agents", "middleName", "sms", "phone", "password", "grades", "location")


def _lists(**rules: object) -> Odd:
    return lambda fault: replace(fault, lists=ListRules(**rules))  # type: ignore[arg-type]


def _without(*shapes: str) -> Odd:
    return lambda fault: replace(fault, data=DataRules(absent=shapes))


def _both(*odd: Odd) -> Odd:
    def made(fault: Fault) -> Fault:
        for each in odd:
            fault = each(fault)
        return fault

    return made


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and "sourcedId" in value


def _flat(record: Record) -> Record:
    """References as ids in fields of their own."""
    found: Record = {}
    for name, value in record.items():
        if _is_reference(value):
            found[f"{name}SourcedId"] = value["sourcedId"]
        elif isinstance(value, list) and value and all(map(_is_reference, value)):
            found[f"{name.removesuffix('s')}SourcedIds"] = [each["sourcedId"] for each in value]
        elif name == "roles":
            found[name] = [_flat(each) for each in value]
        else:
            found[name] = value
    return found


def _with_nulls(record: Record) -> Record:
    """Null for every field that is absent or empty, real truth values, and numbers as texts and the other way about."""
    found: Record = {**dict.fromkeys(_ABSENT_FIELDS), **record}
    for name, value in found.items():
        if value in ([], ""):
            found[name] = None
        elif value in ("true", "false"):
            found[name] = value == "true"
        elif name == "schoolYear" and isinstance(value, str):
            found[name] = int(value)
        elif isinstance(value, float):
            found[name] = str(value)
    return found


def _sent_as(edit: Callable[[Record], Record]) -> Odd:
    return lambda fault: replace(fault, data=DataRules(edit=edit))


def _flat_in_filters(fault: Fault) -> Fault:
    """Records are flat inside the server, so that a filter by a reference brings nothing; the grade book's are not."""
    return replace(fault, roster=replace(fault.roster, edit=lambda entity, position, record: _flat(record)))


_FILTERS_IGNORED = _lists(filters="ignored")

# By name; those under NEED_READING follow no filter, so that lists are read whole with a yes.
ODD: dict[str, Odd] = {
    "filters refused": _lists(filters="refused"),
    "filters ignored": _FILTERS_IGNORED,
    "filters ignored, pages of 20, no total, no links": _lists(
        filters="ignored", limit_cap=20, total="missing", links_missing=True
    ),
    "filters ignored, no single records": _both(
        _FILTERS_IGNORED, _without(*(f"/{name}/*" for name in _RECORDS))
    ),
    "flat references": _sent_as(_flat),
    "flat references, for filters too": _flat_in_filters,
    "pages of 20": _lists(limit_cap=20),
    "pages of 20, no total": _lists(limit_cap=20, total="missing"),
    "pages of 20, no total, no links": _lists(limit_cap=20, total="missing", links_missing=True),
    "pages of 5": _lists(limit_cap=5),
    "no total": _lists(total="missing"),
    "no total, no links": _lists(total="missing", links_missing=True),
    "offset ignored": _lists(offset_ignored=True),
    "no single records": _without(*(f"/{name}/*" for name in _RECORDS)),
    "no lists below records": _without(*_BELOW),
    "only lists at the top": _without(*_BELOW, *(f"/{name}/*" for name in _RECORDS)),
    "no match is not found": _lists(no_match_refused=True),
    "an empty list is left out": _lists(empty_left_out=True),
    "nulls": _sent_as(_with_nulls),
    "nulls in flat records": _sent_as(lambda record: _with_nulls(_flat(record))),
}
NEED_READING = frozenset(
    name for name in ODD if name.startswith("filters") or name.endswith("for filters too")
)

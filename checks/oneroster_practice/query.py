"""The query language of OneRoster: filter, sort, fields, limit and offset."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from oneroster_checks.connection import OneRosterVersion

from .fault import ListHabits
from .rows import Places, Record, Rows
from .vocabulary import has_field

# How many records of a long list a filter or a sort looks at: enough for every list of the small district,
# and a fraction of a second of work for the very large one.
SCAN_BOUND = 30_000
DEFAULT_LIMIT = 100

_TERM = r"\s*([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'\s*"
_FILTER = re.compile(f"{_TERM}(?:(AND|OR|and|or){_TERM})?")

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "~": lambda left, right: str(right).lower() in str(left).lower(),
}


class BadQuery(Exception):
    """A query that is refused; `kind` is the standard's code."""

    def __init__(self, kind: str, words: str):
        super().__init__(words)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison of a filter."""

    field: str
    operator: str
    value: str

    def matches(self, record: Record) -> bool:
        """Whether a record fits; of a list it is enough that one member does."""
        found = values(record, self.field)
        if self.operator == "!=":
            return all(self._holds(value) for value in found)
        return any(self._holds(value) for value in found)

    def _holds(self, value: Any) -> bool:
        compare = _COMPARE[self.operator]
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return compare(float(value), float(self.value))
            except ValueError:
                return False
        return compare(str(value), self.value)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood. `warnings` are codes and words of what was let pass."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    terms: tuple[Term, ...] = ()
    any_of: bool = False
    sort: str = ""
    descending: bool = False
    fields: tuple[str, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()

    def matches(self, record: Record) -> bool:
        """Whether a record passes the filter."""
        every = (term.matches(record) for term in self.terms)
        return any(every) if self.any_of else all(every)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of a list, and how many there are in all."""

    records: list[Record]
    total: int
    query: Query


def values(record: Record, name: str) -> list[Any]:
    """What stands at a dotted name; a list along the way gives each of its members."""
    found: list[Any] = [record]
    head, rest = "", name
    while rest:
        head, _, deeper = rest.partition(".")
        step: list[Any] = []
        for value in found:
            inner = value.get(head, value.get(rest)) if isinstance(value, dict) else None
            step.extend(inner if isinstance(inner, list) else [] if inner is None else [inner])
        found, rest = step, deeper if head != "metadata" else ""
        if head == "metadata" and deeper:
            found = [value[deeper] for value in found if isinstance(value, dict) and deeper in value]
    return found


def read_query(raw: str, version: OneRosterVersion, entity: str, habits: ListHabits) -> Query:
    """Read the query part of an address; raises BadQuery for what the standard refuses."""
    given = dict(parse_qsl(raw, keep_blank_values=True))
    warnings: list[tuple[str, str]] = []
    limit = min(_number(given, "limit", DEFAULT_LIMIT, least=1), habits.limit_cap)
    offset = _number(given, "offset", 0, least=0)
    terms, any_of = _read_filter(given.get("filter"), version, entity, habits)
    sort = given.get("sort", "")
    if sort and not has_field(version, entity, sort):
        warnings.append(("invalid_sort_field", "There is no such field to sort by."))
        sort = ""
    fields = _read_fields(given.get("fields"), version, entity, warnings)
    return Query(
        limit=limit,
        offset=offset,
        terms=terms,
        any_of=any_of,
        sort="" if habits.sort_ignored else sort,
        descending=given.get("orderBy", "asc").lower() == "desc",
        fields=() if habits.fields_ignored else fields,
        warnings=tuple(warnings),
    )


def _number(given: dict[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) < least:
        raise BadQuery("invalid data", f"{name} must be a whole number of at least {least}.")
    return int(text)


def _read_filter(
    text: str | None, version: OneRosterVersion, entity: str, habits: ListHabits
) -> tuple[tuple[Term, ...], bool]:
    if text is None or habits.filters == "ignored":
        return (), False
    if habits.filters == "refused":
        raise BadQuery("invalid_filter_field", "Filters are not supported here.")
    parts = _FILTER.fullmatch(text)
    if parts is None:
        raise BadQuery("invalid_filter_field", "The filter is not of the form field='value'.")
    first, joint, second = parts.group(1, 2, 3), parts.group(4), parts.group(5, 6, 7)
    terms = [Term(field, operator, value.replace("''", "'")) for field, operator, value in (first,)]
    if joint:
        terms.append(Term(second[0], second[1], second[2].replace("''", "'")))
    for term in terms:
        if not has_field(version, entity, term.field):
            raise BadQuery("invalid_filter_field", "There is no such field to filter by.")
    return tuple(terms), joint in ("OR", "or")


def _read_fields(
    text: str | None, version: OneRosterVersion, entity: str, warnings: list[tuple[str, str]]
) -> tuple[str, ...]:
    if text is None:
        return ()
    names = [name.strip().partition(".")[0] for name in text.split(",")]
    if not all(names):
        raise BadQuery("invalid_selection_field", "A field that is asked for has no name.")
    if all(has_field(version, entity, name) for name in names):
        return tuple(names)
    if version == "1.2":
        raise BadQuery("invalid_selection_field", "There is no such field to select.")
    warnings.append(("invalid_selection_field", "A field that is asked for does not exist; all are given."))
    return ()


def page(rows: Rows, query: Query, habits: ListHabits) -> Page:
    """The part of a list that a query asks for."""
    chosen = _sorted(_filtered(rows, query), query)
    total = len(chosen)
    offset = 0 if habits.offset_ignored else query.offset
    records = chosen.page(offset, query.limit)
    if habits.duplicates and offset and records:
        records[0] = chosen.page(offset - 1, 1)[0]
    if query.fields:
        records = [{name: record[name] for name in query.fields if name in record} for record in records]
    return Page(records, total, query)


def _filtered(rows: Rows, query: Query) -> Rows:
    if not query.terms:
        return rows
    places: Places | None = None
    first = query.terms[0]
    if len(query.terms) == 1 and first.operator == "=":
        if first.field == "sourcedId":
            place = rows.locate(first.value)
            # An id that exists may still not be in this list, so a short list is looked through.
            if place is None or len(rows) > SCAN_BOUND:
                places = [] if place is None else [place]
        else:
            places = rows.narrow(first.field, first.value)
    if places is None:
        places = [place for place, record in rows.scan(SCAN_BOUND) if query.matches(record)]
    return rows.at(places)


def _sorted(rows: Rows, query: Query) -> Rows:
    if not query.sort or len(rows) < 2:
        return rows

    def key(item: tuple[int, Record]) -> tuple[int, float, str]:
        found = values(item[1], query.sort)
        if not found:
            return (2, 0.0, "")
        value = found[0]
        return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))

    ordered = sorted(rows.scan(SCAN_BOUND), key=key, reverse=query.descending)
    head = [place for place, _ in ordered]
    return rows.at(_Resorted(head, rows.places))


@dataclass(frozen=True, slots=True)
class _Resorted:
    """Places whose beginning is in another order."""

    head: list[int]
    every: Places

    def __len__(self) -> int:
        return len(self.every)

    def __getitem__(self, at: int, /) -> int:
        return self.head[at] if at < len(self.head) else self.every[at]

"""The query language of OneRoster: filter, sort, fields, limit and offset."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.fields import has_field

from .fault import ListRules
from .form import Record, compact
from .lazy_list import LazyList, Positions

# How many records of a long list a filter or a sort looks at: enough for every list of the small district,
# and a fraction of a second of work for the very large one.
SCAN_BOUND = 30_000
DEFAULT_LIMIT = 100

_TERM = r"\s*+([A-Za-z][\w.]*+)\s*+(!=|>=|<=|=|>|<|~)\s*+'((?:[^']|'')*+)'\s*+"
_FILTER = re.compile(rf"\A{_TERM}(?:(AND|OR|and|or){_TERM})?")

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
    """A query that is refused; `code` is the standard's minor code, `status` that of the response."""

    def __init__(self, code: str, words: str, status: int = 400):
        super().__init__(words)
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a filter, such as `role='student'`."""

    field: str
    operator: str
    value: str

    def matches(self, record: Record) -> bool:
        """Whether a record fits; in a list it is enough that one member does."""
        found = values_at(record, self.field)
        if self.operator == "!=":
            return all(self._fits(value) for value in found)
        return any(self._fits(value) for value in found)

    def _fits(self, value: Any) -> bool:
        compare = _COMPARE[self.operator]
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return compare(float(value), float(self.value))
            except ValueError:
                return False
        return compare(str(value), self.value)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood.

    A record must match all of `comparisons`, or any of them if `any_of`. `warnings` are the codes and words
    for what was wrong and could be passed over.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    comparisons: tuple[Comparison, ...] = ()
    any_of: bool = False
    sort: str = ""
    descending: bool = False
    fields: tuple[str, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()

    def matches(self, record: Record) -> bool:
        """Whether a record passes the filter."""
        every = (comparison.matches(record) for comparison in self.comparisons)
        return any(every) if self.any_of else all(every)


@dataclass(frozen=True, slots=True)
class Page:
    """The records of one page as JSON, with commas between them, and how many there are on all pages."""

    text: str
    total: int
    query: Query


def values_at(record: Record, name: str) -> list[Any]:
    """The values at a dotted name; a list along the way gives each of its members."""
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


def read_query(raw: str, version: OneRosterVersion, entity: str, rules: ListRules) -> Query:
    """Read the query of an address, still encoded; raises BadQuery for what the standard refuses."""
    given = dict(parse_qsl(raw, keep_blank_values=True))
    warnings: list[tuple[str, str]] = []
    limit = _read_limit(given, rules)
    offset = _number(given, "offset", 0, least=0)
    comparisons, any_of = _read_filter(given.get("filter"), version, entity, rules)
    sort = given.get("sort", "")
    if sort and not has_field(version, entity, sort):
        warnings.append(("invalid_sort_field", "There is no such field to sort by."))
        sort = ""
    fields = _read_fields(given.get("fields"), version, entity, warnings)
    return Query(
        limit=limit,
        offset=offset,
        comparisons=comparisons,
        any_of=any_of,
        sort="" if rules.sort_ignored else sort,
        descending=given.get("orderBy", "asc").lower() == "desc",
        fields=() if rules.fields_ignored else fields,
        warnings=tuple(warnings),
    )


def _read_limit(given: dict[str, str], rules: ListRules) -> int:
    limit = _number(given, "limit", DEFAULT_LIMIT, least=1)
    if rules.largest_limit is not None and limit > rules.largest_limit:
        raise BadQuery("invalid data", f"limit must be at most {rules.largest_limit}.")
    return rules.limit_cap if rules.limit_ignored else min(limit, rules.limit_cap)


def _number(given: dict[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) < least:
        raise BadQuery("invalid data", f"{name} must be a whole number of at least {least}.")
    return int(text)


def _read_filter(
    text: str | None, version: OneRosterVersion, entity: str, rules: ListRules
) -> tuple[tuple[Comparison, ...], bool]:
    if text is None or rules.filters == "ignored":
        return (), False
    if rules.filters == "refused":
        raise BadQuery("invalid_filter_field", "Filters are not supported here.")
    parts = _FILTER.fullmatch(text)
    if parts is None:
        raise BadQuery("invalid_filter_field", "The filter is not of the form field='value'.")
    first, joint, second = parts.group(1, 2, 3), parts.group(4), parts.group(5, 6, 7)
    found = [Comparison(first[0], first[1], first[2].replace("''", "'"))]
    if joint:
        found.append(Comparison(second[0], second[1], second[2].replace("''", "'")))
    for comparison in found:
        if not has_field(version, entity, comparison.field):
            raise BadQuery("invalid_filter_field", "There is no such field to filter by.")
    kept = [each for each in found if not (rules.delta_ignored and each.field == "dateLastModified")]
    return tuple(kept), joint in ("OR", "or")


def _read_fields(
    text: str | None, version: OneRosterVersion, entity: str, warnings: list[tuple[str, str]]
) -> tuple[str, ...]:
    if text is None:
        return ()
    names = [name.strip().partition(".")[0] for name in text.split(",")]
    if not all(names):
        raise BadQuery("invalid_selection_field", "A field in the selection has no name.")
    if all(has_field(version, entity, name) for name in names):
        return tuple(names)
    if version == "1.2":
        raise BadQuery("invalid_selection_field", "There is no such field to select.")
    warnings.append(
        ("invalid_selection_field", "A selected field does not exist, so all fields are returned.")
    )
    return ()


def page(every: LazyList, query: Query, rules: ListRules) -> Page:
    """The page of a list that a query asks for."""
    chosen = _sorted(_filtered(every, query), query)
    total = len(chosen)
    if not total and query.comparisons and rules.no_match_refused:
        raise BadQuery("unknown object", "No record matches the filter.", status=404)
    offset = 0 if rules.offset_ignored else query.offset
    if not query.fields and not (rules.duplicates and offset):
        return Page(chosen.text(offset, query.limit), total, query)
    records = chosen.page(offset, query.limit)
    if rules.duplicates and offset and records:
        records[0] = chosen.page(offset - 1, 1)[0]
    if query.fields:
        records = [{name: record[name] for name in query.fields if name in record} for record in records]
    return Page(",".join(map(compact, records)), total, query)


def _filtered(every: LazyList, query: Query) -> LazyList:
    if not query.comparisons:
        return every
    positions: Positions | None = None
    first = query.comparisons[0]
    if len(query.comparisons) == 1 and first.operator == "=":
        if first.field == "sourcedId":
            position = every.locate(first.value)
            # An id that exists may still not be in this list, so a short list is looked through.
            if position is None or len(every) > SCAN_BOUND:
                positions = [] if position is None else [position]
        else:
            positions = every.lookup(first.field, first.value)
    if positions is None:
        positions = [position for position, record in every.scan(SCAN_BOUND) if query.matches(record)]
    if every.unfiltered:
        found = (positions[at] for at in range(len(positions)))
        positions = [position for position in found if position not in every.unfiltered]
    return every.only(positions)


def _sorted(every: LazyList, query: Query) -> LazyList:
    if not query.sort or len(every) < 2:
        return every

    def key(item: tuple[int, Record]) -> tuple[int, float, str]:
        found = values_at(item[1], query.sort)
        if not found:
            return (2, 0.0, "")
        value = found[0]
        return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))

    ordered = sorted(every.scan(SCAN_BOUND), key=key, reverse=query.descending)
    head = [position for position, _ in ordered]
    return every.only(_Resorted(head, every.positions))


@dataclass(frozen=True, slots=True)
class _Resorted:
    """Positions whose beginning is in another order."""

    head: list[int]
    every: Positions

    def __len__(self) -> int:
        return len(self.every)

    def __getitem__(self, at: int, /) -> int:
        return self.head[at] if at < len(self.head) else self.every[at]

"""What is kept of each entity: its columns, and how each is had from typed records and from leniently read ones.

Both ways give the same for a record that keeps the standard. Of a list the first entry is a column, and the further
ones are links, so that a record with one of each has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from ..standard.envelopes import Record, reference, references
from .page import Value

Link = tuple[str, str, str]
# The columns that every entity begins with.
FIRST = ("id", "deleted", "modified_fault", "content")
_TRUTHS = {"true": "true", "1": "true", "false": "false", "0": "false"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `typed` has it from typed records, `loose` from dictionaries; of each record one value, "" or None
    for none. Where `links` names a kind it is a list of them, of which the further ones are links; `entry` has the
    value of a typed entry of the list, None where the entry is the value.

    Typed records come by the thousand, so a column of them is made by as few steps for each as there can be.
    """

    name: str
    typed: Callable[[Sequence[Any]], Iterable[Any]]
    loose: Callable[[Record], Any]
    links: str = ""
    entry: Callable[[Any], Any] | None = None


def text(name: str) -> Column:
    """A text; a number or true and false are read as texts."""
    return Column(name, _each(name), lambda row: as_text(row.get(name)))


def required_reference(name: str) -> Column:
    """The sourcedId of a reference that every record has."""
    return Column(name, _each(f"{name}.sourcedId"), lambda row: reference(row, name))


def optional_reference(name: str) -> Column:
    """The sourcedId of a reference."""
    get = attrgetter(name)
    return Column(
        name,
        lambda records: [value.sourcedId if value else None for value in map(get, records)],
        lambda row: reference(row, name),
    )


def list_of_references(name: str, column: str, links: str) -> Column:
    """The sourcedIds of a list of references."""
    return Column(column, _each(name), lambda row: references(row, name), links, attrgetter("sourcedId"))


def list_of_texts(name: str, column: str, links: str) -> Column:
    """The texts of a list."""
    get = attrgetter(name)

    def typed(records: Sequence[Any]) -> Iterable[Any]:
        lists = list(map(get, records))
        if all(chain.from_iterable(filter(None, lists))):
            return lists
        return [list(filter(None, each or ())) for each in lists]

    return Column(column, typed, lambda row: texts(row.get(name)), links)


def truth(name: str) -> Column:
    """A string boolean, however a server writes it."""
    return Column(name, _each(name), lambda row: as_truth(row.get(name)))


def _each(name: str) -> Callable[[Sequence[Any]], Iterable[Any]]:
    get = attrgetter(name)
    return lambda records: map(get, records)


def texts(value: object) -> list[str]:
    """The texts of a list, numbers among them; of anything else none."""
    return [found for item in value if (found := as_text(item))] if isinstance(value, list) else []


def as_text(value: object) -> str | None:
    """A value as a text, None for an empty one and for what is neither text nor number."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else None


def as_truth(value: object) -> str | None:
    """A string boolean, None for what is none."""
    known = as_text(value)
    return _TRUTHS.get(known.strip().lower()) if known else None


def typed_values(
    ids: Sequence[str], column: Column, records: Sequence[Any], links: list[Link]
) -> Sequence[Value]:
    """The values of a column of typed records; of lists the first one of each, and the others are put to the links."""
    values = list(column.typed(records))
    return split(ids, column, values, column.entry, links) if column.links else values


def loose_values(
    ids: Sequence[str], column: Column, records: Sequence[Record], links: list[Link]
) -> Sequence[Value]:
    """The same of records that were decoded the usual way."""
    values = list(map(column.loose, records))
    return split(ids, column, values, None, links) if column.links else values


def split(
    ids: Sequence[str],
    column: Column,
    lists: Sequence[Sequence[Any] | None],
    entry: Callable[[Any], Any] | None,
    links: list[Link],
) -> Sequence[Value]:
    """The first value of each list; the others are put to the links."""
    if not any(lists):
        return ()
    firsts = [each[0] if each else None for each in lists]
    if entry is not None:
        firsts = [entry(first) if first is not None else None for first in firsts]
    if max(map(len, filter(None, lists))) > 1:
        for id, each in zip(ids, lists, strict=True):
            if each and len(each) > 1:
                others = each[1:] if entry is None else map(entry, each[1:])
                links += [(column.links, id, other) for other in others]
    return firsts

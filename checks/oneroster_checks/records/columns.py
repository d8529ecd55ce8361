"""What is kept of each entity: its columns, and how each is had from typed records and from leniently read ones.

Both ways give the same for a record that keeps the standard. Of a list the first entry is a column, and the further
ones are links, so that a record with one of each has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
    """One column: `typed` has it from typed records, `loose` from dictionaries; of each record one value, or a list of
    them of which the further ones are links of the kind `links`."""

    name: str
    typed: Callable[[Sequence[Any]], Iterable[Any]]
    loose: Callable[[Record], Any]
    links: str = ""


def text(name: str) -> Column:
    """A text, None where it is absent or empty; a number or true and false are read as texts."""
    get = attrgetter(name)
    return Column(
        name,
        lambda records: [value or None for value in map(get, records)],
        lambda row: as_text(row.get(name)),
    )


def required_reference(name: str) -> Column:
    """The sourcedId of a reference that every record has."""
    get = attrgetter(f"{name}.sourcedId")
    return Column(name, lambda records: map(get, records), lambda row: reference(row, name) or None)


def optional_reference(name: str) -> Column:
    """The sourcedId of a reference, None where it is absent."""
    get = attrgetter(name)
    return Column(
        name,
        lambda records: [value.sourcedId if value else None for value in map(get, records)],
        lambda row: reference(row, name) or None,
    )


def list_of_references(name: str, column: str, links: str) -> Column:
    """The sourcedIds of a list of references."""
    get = attrgetter(name)
    return Column(
        column,
        lambda records: [[each.sourcedId for each in value] if value else () for value in map(get, records)],
        lambda row: references(row, name),
        links,
    )


def list_of_texts(name: str, column: str, links: str) -> Column:
    """The texts of a list."""
    get = attrgetter(name)
    return Column(
        column,
        lambda records: [list(filter(None, value)) if value else () for value in map(get, records)],
        lambda row: texts(row.get(name)),
        links,
    )


def truth(name: str) -> Column:
    """A string boolean, however a server writes it."""
    get = attrgetter(name)
    return Column(
        name,
        lambda records: [value or None for value in map(get, records)],
        lambda row: as_truth(row.get(name)),
    )


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


def split(ids: Sequence[str], column: Column, values: Iterable[Any], links: list[Link]) -> list[Value]:
    """The values of a column; of lists the first one of each, and the others are put to the links."""
    if not column.links:
        return list(values)
    firsts: list[Value] = []
    for id, several in zip(ids, values, strict=True):
        firsts.append(several[0] if several else None)
        for further in several[1:]:
            links.append((column.links, id, further))
    return firsts

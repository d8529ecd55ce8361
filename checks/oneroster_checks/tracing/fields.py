"""The fields by which records are looked up: how a filter names them, and what a record has in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..standard.envelopes import Record, id_of, reference

LEGACY_ID = "ic.legacySourcedId"
SOURCED_ID, IDENTIFIER, USERNAME = "sourcedId", "identifier", "username"
OF_USER, OF_CLASS, OF_LINE_ITEM = "user.sourcedId", "class.sourcedId", "lineItem.sourcedId"


def _text_in(name: str) -> Callable[[Record], str]:
    def read(record: Record) -> str:
        value = record.get(name)
        return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""

    return read


# By the name in a filter. A reference is read in the form of either version, and flat.
_READ: Mapping[str, Callable[[Record], str]] = {
    SOURCED_ID: id_of,
    IDENTIFIER: _text_in(IDENTIFIER),
    USERNAME: _text_in(USERNAME),
    OF_USER: lambda record: reference(record, "user"),
    OF_CLASS: lambda record: reference(record, "class"),
    OF_LINE_ITEM: lambda record: reference(record, "lineItem"),
}


def value_of(record: Record, field: str) -> str:
    """What a record has in a field, "" for nothing."""
    return _READ[field](record)


def has(record: Record, field: str, value: str) -> bool:
    """Whether a record has this value in a field; servers compare without regard to case."""
    return bool(value) and value_of(record, field).casefold() == value.casefold()


def names_of(record: Record) -> Iterator[tuple[str, str]]:
    """Everything by which a person may call a user: each with the field that it stands in."""
    for field in (SOURCED_ID, IDENTIFIER, USERNAME):
        yield field, value_of(record, field)
    several = record.get("userIds")
    for each in several if isinstance(several, list) else ():
        if isinstance(each, dict):
            yield "userIds", str(each.get("identifier") or "")
    metadata = record.get("metadata")
    if isinstance(metadata, dict):
        yield LEGACY_ID, str(metadata.get(LEGACY_ID) or "")


def called(record: Record, text: str) -> str:
    """The field by which a text calls a user, "" for none."""
    wanted = text.casefold()
    return next((field for field, value in names_of(record) if value and value.casefold() == wanted), "")

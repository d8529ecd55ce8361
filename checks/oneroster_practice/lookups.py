"""Where the records are that a filter asks for, without a look at every record of a long list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .form import Source
from .lazy_list import index_of_id
from .people import Role
from .records import Records
from .shape import COHORT, ENROLLED

_DIGITS = re.compile(r"\d{7,8}")


class Lookups:
    """Where the records of a roster with some value in a field can be, by the shape of the roster alone.

    None is for a field that does not tell it.
    """

    def __init__(self, records: Records):
        self._records = records

    def enrollments(self, field: str, value: str) -> Iterable[int] | None:
        """The positions of the enrollments of a person or a class."""
        shape = self._records.shape
        if field == "class.sourcedId":
            of = index_of_id("class-", value, shape.class_count)
            return () if of is None else range(of * ENROLLED, (of + 1) * ENROLLED)
        if field != "user.sourcedId":
            return None
        found: list[int] = []
        for role in (Role.STUDENT, Role.TEACHER):
            prefix = self._records.refer.prefix(role)
            index = index_of_id(prefix, value, shape.counts[role], role.first_number)
            if index is not None:
                slot = index % COHORT + 1 if role is Role.STUDENT else 0
                found += [of * ENROLLED + slot for of in shape.classes_of_person(role, index)]
        return found

    def users(self, field: str, value: str) -> Iterable[int] | None:
        """The positions of the users with an identifier or a username, both of which have the person's number."""
        if field not in ("identifier", "username"):
            return None
        found = _DIGITS.search(value)
        number = found.group()[-7:] if found else ""
        shape = self._records.shape
        places: list[int] = []
        for role in Role:
            index = index_of_id("", number, shape.counts[role], role.first_number)
            if index is not None:
                places.append(shape.first_position(role) + index)
        return places


def having(
    source: Source, places: Iterable[int], is_shown: Callable[[int], bool], name: str, value: str
) -> list[int]:
    """Of some positions, in order and each once, those that are shown and whose record has a value in a field."""
    found: list[int] = []
    for position in sorted({*places}):
        if is_shown(position):
            record: object = source.record(position)
            for part in name.split("."):
                record = record.get(part) if isinstance(record, dict) else None
            if record == value:
                found.append(position)
    return found

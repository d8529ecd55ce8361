"""The sourcedIds by which nested paths and single records are asked for: of records that the server itself returned.

A class that has students, a student and a teacher of that class, its school, course and term; a line item that has a
result, with its class and its student.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..standard.envelopes import REPLACED, Record, id_of, reference, references
from ..standard.operations import Operation

Rows = Callable[[str], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class KnownIds:
    """One sourcedId for each word of a path: `roster` for the roster and resources, `grades` for the grade book."""

    roster: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)

    def of(self, operation: Operation) -> tuple[str, ...] | None:
        """The sourcedIds for the path of an operation, None where one of them is not known."""
        known = self.grades if operation.service == "gradebook" else self.roster
        ids = tuple(known.get(word, "") for word in operation.parents)
        return ids if all(ids) else None


def known_ids(rows: Rows) -> KnownIds:
    """The sourcedIds of one class and what belongs to it; `rows` gives the first records of a collection."""
    enrolled = _active(rows("/enrollments"))
    chosen = _class_of(rows, enrolled)
    roster = {word: _first(rows(f"/{word}")) for word in _TOPS}
    if chosen:
        own = next((row for row in rows("/classes") if id_of(row) == chosen), {})
        members = [row for row in enrolled if reference(row, "class") == chosen]
        roster |= _found({
            "classes": chosen,
            "schools": reference(own, "school"),
            "courses": reference(own, "course"),
            "terms": _among(references(own, "terms"), rows("/terms")),
            "students": _member(members, "student"),
            "teachers": _member(members, "teacher"),
        })  # fmt: skip
        roster |= _found({"users": roster["students"] or roster["teachers"]})
    return KnownIds(roster, _of_grades(rows, roster))


_TOPS = (
    "orgs", "schools", "academicSessions", "terms", "gradingPeriods", "courses", "classes", "students", "teachers",
    "users", "enrollments", "demographics", "resources",
)  # fmt: skip


def _class_of(rows: Rows, enrolled: list[Record]) -> str:
    """A class with students and a teacher, else one with either, else the first one."""
    listed = [id for row in _active(rows("/classes")) if (id := _usable(row))]
    with_roles = {
        role: {reference(row, "class") for row in enrolled if row.get("role") == role}
        for role in ("student", "teacher")
    }
    both = [id for id in listed if all(id in classes for classes in with_roles.values())]
    either = [id for id in listed if id in with_roles["student"] | with_roles["teacher"]]
    return next(iter([*both, *either, *listed]), "")


def _of_grades(rows: Rows, roster: Mapping[str, str]) -> dict[str, str]:
    """The same for the grade book: a line item with its class, and a student with a result for it."""
    found = {
        word: _first(rows(f"/{word}"))
        for word in ("categories", "results", "scoreScales", "assessmentLineItems", "assessmentResults")
    }
    results = _active(rows("/results"))
    items = [row for row in _active(rows("/lineItems")) if _usable(row)]
    graded = {reference(row, "lineItem") for row in results}
    item = next((row for row in items if id_of(row) in graded), items[0] if items else {})
    result = next((row for row in results if reference(row, "lineItem") == id_of(item) and _usable(row)), {})
    return {
        "schools": roster["schools"],
        "classes": roster["classes"],
        "students": roster["students"],
        **_found(found),
        **_found({
            "lineItems": id_of(item), "classes": reference(item, "class"), "students": reference(result, "student"),
            "results": id_of(result),
        }),
    }  # fmt: skip


def _active(rows: Iterable[Record]) -> list[Record]:
    return [row for row in rows if row.get("status") != "tobedeleted"]


def _usable(row: Record) -> str:
    """The sourcedId of a record where it can stand in a path as the server wrote it."""
    id = id_of(row)
    return "" if REPLACED in id else id


def _first(rows: Sequence[Record]) -> str:
    return next((id for row in _active(rows) if (id := _usable(row))), "")


def _among(ids: Iterable[str], rows: Sequence[Record]) -> str:
    """The first of some sourcedIds that is one of these records, "" for none."""
    there = {id_of(row) for row in rows}
    return next((id for id in ids if id in there), "")


def _member(enrolled: Iterable[Record], role: str) -> str:
    return next((reference(row, "user") for row in enrolled if row.get("role") == role), "")


def _found(ids: Mapping[str, str]) -> dict[str, str]:
    return {word: id for word, id in ids.items() if id and REPLACED not in id}

"""The sourcedIds by which nested paths and single records are asked for: of records that the server itself returned.

A class that has students, a student and a teacher of that class, its school, course and term; a line item that has a
result, with its class and its student. An enrollment may name somebody who has no account: a single record is asked for
by a sourcedId of the list at that very path, and so are nested ones where a page of that list has somebody who fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..standard.envelopes import REPLACED, Record, id_of, reference, references
from ..standard.operations import Operation

Pages = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, slots=True)
class KnownIds:
    """One sourcedId for each word of a path: `roster` for the roster and resources, `grades` for the grade book.

    `singles` are those by which single records are asked for, by the path of their list, and `listed` every
    sourcedId on a first page, by the same.
    """

    roster: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    singles: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, operation: Operation) -> tuple[str, ...] | None:
        """The sourcedIds for the path of an operation, None where one of them is not known."""
        if operation.is_single:
            id = self.singles.get(operation.parents[0], "")
            return (id,) if id else None
        known = self.grades if operation.service == "gradebook" else self.roster
        ids = tuple(known.get(word, "") for word in operation.parents)
        return ids if all(ids) else None

    def unlisted(self, operation: Operation, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Those that are not on the first page of the collection before them, with its word, where that was read."""
        pairs = zip(operation.parents, ids, strict=True)
        return [(word, id) for word, id in pairs if word in self.listed and id not in self.listed[word]]


def known_ids(pages: Pages) -> KnownIds:
    """The sourcedIds of one class and what belongs to it; `pages` are the first records of the collections that came,
    by their words, such as `users`."""
    enrolled = _active(pages.get("enrollments", ()))
    listed = {word: frozenset(id for row in rows if (id := id_of(row))) for word, rows in pages.items()}
    chosen = _class_of(pages, enrolled, listed)
    roster = {word: _first(pages.get(word, ())) for word in _TOPS}
    if chosen:
        own = next((row for row in pages.get("classes", ()) if id_of(row) == chosen), {})
        members = [row for row in enrolled if reference(row, "class") == chosen]
        roster |= _found({
            "classes": chosen,
            "schools": reference(own, "school"),
            "courses": reference(own, "course"),
            "terms": next((id for id in references(own, "terms") if id in listed.get("terms", ())), ""),
            "students": _member(members, "student", listed.get("students", frozenset())),
            "teachers": _member(members, "teacher", listed.get("teachers", frozenset())),
        })  # fmt: skip
        roster |= _found({"users": roster["students"] or roster["teachers"]})
    grades = _of_grades(pages, roster)
    singles = {word: _single(word, rows, roster, grades) for word, rows in pages.items()}
    return KnownIds(roster, grades, singles, listed)


def _single(word: str, rows: Sequence[Record], *known: Mapping[str, str]) -> str:
    """The sourcedId by which a single record of a list is asked for: one of those that are known, else the first."""
    ids = {id for row in _active(rows) if (id := _usable(row))}
    return next((id for each in known if (id := each.get(word, "")) in ids), _first(rows))


_ROLES = ("student", "teacher")
_TOPS = (
    "orgs", "schools", "academicSessions", "terms", "gradingPeriods", "courses", "classes", "students", "teachers",
    "users", "enrollments", "demographics", "resources",
)  # fmt: skip


def _class_of(pages: Pages, enrolled: list[Record], listed: Mapping[str, frozenset[str]]) -> str:
    """A class with students and a teacher, of whom both are listed if there is one, else one with either, else the
    first one."""
    classes = [id for row in _active(pages.get("classes", ())) if (id := _usable(row))]
    found: list[str] = []
    with_roles: dict[str, set[str]] = {}
    for people in ({role: listed.get(f"{role}s", frozenset()) for role in _ROLES}, None):
        with_roles = {
            role: {
                reference(row, "class")
                for row in enrolled
                if row.get("role") == role and (people is None or reference(row, "user") in people[role])
            }
            for role in _ROLES
        }
        found += [id for id in classes if all(id in of_role for of_role in with_roles.values())]
    either = [id for id in classes if any(id in of_role for of_role in with_roles.values())]
    return next(iter([*found, *either, *classes]), "")


def _of_grades(pages: Pages, roster: Mapping[str, str]) -> dict[str, str]:
    """The same for the grade book: a line item with its class, and a student with a result for it."""
    found = {
        word: _first(pages.get(word, ()))
        for word in ("categories", "results", "scoreScales", "assessmentLineItems", "assessmentResults")
    }
    results = _active(pages.get("results", ()))
    items = [row for row in _active(pages.get("lineItems", ())) if _usable(row)]
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


def _member(enrolled: Iterable[Record], role: str, listed: frozenset[str]) -> str:
    """Who is enrolled in a role: the first who is listed, else the first."""
    people = [reference(row, "user") for row in enrolled if row.get("role") == role]
    return next((id for id in people if id in listed), next(iter(people), ""))


def _found(ids: Mapping[str, str]) -> dict[str, str]:
    return {word: id for word, id in ids.items() if id and REPLACED not in id}
